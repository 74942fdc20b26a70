# SPDX-License-Identifier: Apache-2.0
"""A file's parts on a bad day: what the platform says may be sent again is sent again, nothing else is."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest

from gems_platform.client.media import WHOLE, upload_all
from gems_protocol.reaching import PlatformRefused


class Line:
    """A platform that has nothing, and refuses the first parts of a file."""

    def __init__(self, *refusals: PlatformRefused) -> None:
        self.refusals, self.offset, self.used = list(refusals), 0, False

    async def has_file(self, path: str) -> bool:
        return False

    async def put_file(self, path: str, content: bytes) -> Any:
        raise AssertionError("a large file goes in parts")

    async def post(self, path: str, body: dict[str, Any] | str) -> Any:
        self.used = True

    async def begin_upload(self, sha256: str, size: int) -> int:
        return self.offset

    async def append_upload(self, sha256: str, offset: int, chunk: bytes, size: int) -> int:
        if self.refusals:
            raise self.refusals.pop()
        self.offset = offset + len(chunk)
        return self.offset


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    path = tmp_path / "large"
    path.write_bytes(bytes(WHOLE + 1))
    return {hashlib.sha256(path.read_bytes()).hexdigest(): path}


@pytest.mark.parametrize("code", ["conflict", "checksum", "too_many_requests"])
async def test_a_part_refused_by_these_codes_goes_again(files: dict[str, Path], code: str) -> None:
    line = Line(PlatformRefused(code, ""))
    await upload_all(line, files)
    assert line.used and line.offset == WHOLE + 1


async def test_a_part_goes_again_where_the_refusal_says_so_and_only_there(files: dict[str, Path]) -> None:
    line = Line(PlatformRefused("media_unavailable", "", retryable=True))
    await upload_all(line, files)
    assert line.used
    line = Line(PlatformRefused("media_unavailable", ""))
    with pytest.raises(PlatformRefused):
        await upload_all(line, files)
    assert not line.used
