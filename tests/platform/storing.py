# SPDX-License-Identifier: Apache-2.0
"""Files as media may be, and what the tests of media and of uploads do with a platform's stores."""

from __future__ import annotations

import hashlib
import os
import secrets
from dataclasses import replace
from typing import Any

import pytest
from multidict import CIMultiDict

from gems_platform.settings import Settings
from tests.helpers.s3 import BUCKET, CREDENTIALS, S3
from tests.platform.api import Person, Refused
from tests.platform.test_uploads import CHUNK, Told, b64, tus

PLACES = ("disk", "s3")


def name_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def png(size: int = 300, width: int = 20, height: int = 10) -> bytes:
    """A file that begins as a PNG of that many pixels does, with random bytes after it; `size` bytes in all."""
    head = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + width.to_bytes(4) + height.to_bytes(4)
    return head + os.urandom(size - len(head))


def at(place: str, settings: Settings, s3: S3 | None, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The settings with media on disk or in an empty prefix of the bucket."""
    if place == "disk":
        return settings
    assert s3 is not None
    for name, value in CREDENTIALS.items():
        monkeypatch.setenv(name, value)
    url = f"s3://{BUCKET}/{secrets.token_hex(8)}"
    return replace(settings, media_url=url, media_endpoint=s3.endpoint, media_region="us-east-1")


async def code_of(asked: Any) -> str:
    """The code that a request is refused with."""
    with pytest.raises(Refused) as refused:
        await asked
    return str(refused.value.code)


async def upload(who: Person, data: bytes, chunk: int = 100_000, upto: int = 1 << 60, begin: int = 0) -> Told:
    """Upload a media file in chunks; `upto`: where to stop."""
    name = name_of(data)
    told = f"sha256 {b64(name.encode())},kind {b64(b'media')}"
    found = await tus(who, "POST", "/v1/uploads", Upload_Length=str(len(data)), Upload_Metadata=told)
    for place in range(begin, min(len(data), upto), chunk):
        if found.code:
            return found
        piece = data[place : min(place + chunk, upto)]
        headers = {"Upload_Offset": str(place), "Content_Type": CHUNK}
        found = await tus(who, "PATCH", f"/v1/uploads/{name}", piece, **headers)
    return found


async def fetched(who: Person, name: str, **headers: str) -> tuple[int, bytes, CIMultiDict[str]]:
    """Status, bytes and headers of a media file."""
    sent = {key.replace("_", "-"): value for key, value in headers.items()}
    async with who.http.get(f"{who.url}/v1/media/{name}", headers=sent) as response:
        return response.status, await response.read(), CIMultiDict(response.headers)


def names(context: Any) -> list[str]:
    """The names of all files in a platform's store."""
    return [file.sha256 for file in context.media.store.after("", 1000)]
