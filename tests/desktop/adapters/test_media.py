# SPDX-License-Identifier: Apache-2.0
"""The media folder against a small server: cut lines, wrong parts, other files, other hosts."""

from __future__ import annotations

import asyncio
import hashlib
import os
from pathlib import Path

import pytest
from aiohttp import web

from gems_desktop.adapters.media import MediaFolder
from gems_desktop.adapters.platform_http import PlatformHttp
from gems_desktop.services.errors import (
    CaptivePortal,
    MediaDoesNotFit,
)
from tests.desktop.adapters.lying_server import Clock, Liar

PICTURE = os.urandom(100_000)
NAME = hashlib.sha256(PICTURE).hexdigest()


async def test_media_resume_after_a_cut_line(liar: Liar, client: PlatformHttp, tmp_path: Path) -> None:
    ranges: list[str] = []

    async def cutting(request: web.Request, _body: bytes) -> web.StreamResponse:
        ranges.append(request.headers.get("Range", ""))
        start = int(ranges[-1].removeprefix("bytes=").rstrip("-") or 0)
        response = web.StreamResponse(status=206 if start else 200)
        response.content_length = len(PICTURE) - start
        await response.prepare(request)
        await response.write(PICTURE[start : start + 40_000])
        if start + 40_000 < len(PICTURE):
            await asyncio.sleep(0.05)
            assert request.transport is not None
            request.transport.abort()
        return response

    liar.say = cutting
    media = MediaFolder(tmp_path / "media", client, Clock())
    await media.ensure(NAME, len(PICTURE))
    assert media.path(NAME).read_bytes() == PICTURE
    assert ranges == ["", "bytes=40000-", "bytes=80000-"]
    await media.ensure(NAME, len(PICTURE))
    assert len(ranges) == 3


@pytest.mark.parametrize("at", [0, 30_000, 99_999])
async def test_a_part_that_came_wrong_is_thrown_away_once_and_fetched_anew(
    liar: Liar, client: PlatformHttp, tmp_path: Path, at: int
) -> None:
    asked: list[tuple[str, str]] = []

    async def sometimes(request: web.Request, _body: bytes) -> web.StreamResponse:
        asked.append((request.headers.get("Range", ""), request.headers.get("If-Range", "")))
        wrong = PICTURE[:at] + bytes([PICTURE[at] ^ 1]) + PICTURE[at + 1 :]
        start = int(asked[-1][0].removeprefix("bytes=").rstrip("-") or 0)
        sent = (wrong if len(asked) <= 2 else PICTURE)[start:]
        response = web.StreamResponse(status=206 if start else 200)
        response.content_length = len(sent)
        await response.prepare(request)
        await response.write(sent[:50_000])
        if len(asked) == 1:
            assert request.transport is not None
            await asyncio.sleep(0.05)
            request.transport.abort()
        else:
            await response.write(sent[50_000:])
        return response

    liar.say = sometimes
    media = MediaFolder(tmp_path / "media", client, Clock())
    await media.ensure(NAME, len(PICTURE))
    assert media.path(NAME).read_bytes() == PICTURE
    assert asked == [("", ""), ("bytes=50000-", f'"{NAME}"'), ("", "")]


async def test_a_server_that_knows_another_file_sends_it_whole_and_the_part_is_dropped(
    liar: Liar, client: PlatformHttp, tmp_path: Path
) -> None:
    async def whole(_request: web.Request, _body: bytes) -> web.StreamResponse:
        return web.Response(body=PICTURE)

    liar.say = whole
    media = MediaFolder(tmp_path / "media", client, Clock())
    part = media.path(NAME).with_suffix(".part")
    part.parent.mkdir(parents=True)
    part.write_bytes(b"another file")
    await media.ensure(NAME, len(PICTURE))
    assert media.path(NAME).read_bytes() == PICTURE


@pytest.mark.parametrize("sent", [b"x" * len(PICTURE), PICTURE + b"more"], ids=["other", "longer"])
async def test_media_whose_hash_does_not_fit_are_not_kept(
    liar: Liar, client: PlatformHttp, tmp_path: Path, sent: bytes
) -> None:
    async def wrong(_request: web.Request, _body: bytes) -> web.StreamResponse:
        return web.Response(body=sent)

    liar.say = wrong
    media = MediaFolder(tmp_path / "media", client, Clock())
    with pytest.raises(MediaDoesNotFit):
        await media.ensure(NAME, len(PICTURE))
    assert not media.has(NAME)


async def test_a_name_that_is_no_hash_opens_nothing(client: PlatformHttp, tmp_path: Path) -> None:
    with pytest.raises(MediaDoesNotFit):
        await MediaFolder(tmp_path, client, Clock()).ensure("../../etc/passwd", 10)


async def test_a_file_is_asked_of_the_platform_and_of_nobody_else(
    liar: Liar, client: PlatformHttp, tmp_path: Path
) -> None:
    async def elsewhere(request: web.Request, _body: bytes) -> web.StreamResponse:
        if request.path == "/inside-the-house":
            return web.Response(body=PICTURE)
        raise web.HTTPFound(f"{liar.url}/inside-the-house")

    liar.say = elsewhere
    media = MediaFolder(tmp_path / "media", client, Clock())
    with pytest.raises(CaptivePortal):
        await media.ensure(NAME, len(PICTURE))
    assert {request.path for request in liar.asked} == {f"/v1/media/{NAME}"} and not media.has(NAME)
