# SPDX-License-Identifier: Apache-2.0
"""Media on its way to a platform: each file once, a few at a time, large ones in parts that go on after a cut."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from gems_protocol.errors import GemsError
from gems_protocol.reaching import Offline, PlatformRefused

AT_ONCE = 4
WHOLE = 1_000_000  # bytes up to which a file goes in one request
PART = 1_000_000
_TRIES = 8  # of one part, before the file is left for the next time
#: Then the part is sent once more, as it is for whatever says that it may be.
_AGAIN = frozenset(("conflict", "checksum", "too_many_requests"))
#: Then the file goes whole: no uploads here, one larger than they take, or too many of them under way.
_NO_UPLOADS = frozenset(("not_found", "method_not_allowed", "too_large", "quota"))


class MediaLine(Protocol):
    """What uploads need of a platform; raises Offline, PlatformRefused, PlatformLied."""

    async def has_file(self, path: str) -> bool: ...
    async def put_file(self, path: str, content: bytes) -> Any: ...
    async def post(self, path: str, body: dict[str, Any] | str) -> Any: ...
    async def begin_upload(self, sha256: str, size: int) -> int: ...
    async def append_upload(self, sha256: str, offset: int, chunk: bytes, size: int) -> int: ...


class FileChanged(GemsError):
    """A file is not what it was when its hash was taken, or is gone."""


@dataclass(frozen=True, slots=True)
class Uploaded:
    """How far the files are: counts and bytes; `skipped` were there before."""

    files: int
    of_files: int
    size: int
    of_size: int
    skipped: int


Told = Callable[[Uploaded], object]


async def upload_all(
    line: MediaLine, files: Mapping[str, Path], told: Told = lambda _: None, *, at_once: int = AT_ONCE
) -> Uploaded:
    """Bring every file (SHA-256 in hex -> path) that is not there yet; may be cut off anywhere and repeated.

    Raises FileChanged, and what the line raises; files that are whole by then stay at the platform.
    """
    sizes = {sha256: _size(path) for sha256, path in files.items()}
    state = {"files": 0, "size": 0, "skipped": 0}
    total = sum(sizes.values())

    def now() -> Uploaded:
        return Uploaded(state["files"], len(files), state["size"], total, state["skipped"])

    async def one(sha256: str) -> None:
        there = await line.has_file(f"/v1/media/{sha256}")
        if not there:
            await _bring(line, sha256, files[sha256], sizes[sha256])
        state["files"] += 1
        state["size"] += sizes[sha256]
        state["skipped"] += there
        told(now())

    # the largest first: what is refused for its size, or passes the quota, is refused before the rest was sent
    waiting = iter(sorted(files, key=lambda sha256: (-sizes[sha256], sha256)))

    async def worker() -> None:
        for sha256 in waiting:
            await one(sha256)

    try:
        async with asyncio.TaskGroup() as group:
            for _ in range(min(at_once, len(files))):
                group.create_task(worker())
    except* (GemsError, OSError) as errors:
        raise _first(errors) from None
    return now()


def _first(group: BaseExceptionGroup[Any]) -> Exception:
    found: Any = group
    while isinstance(found, BaseExceptionGroup):
        found = found.exceptions[0]
    return Exception(found) if not isinstance(found, Exception) else found


async def _bring(line: MediaLine, sha256: str, path: Path, size: int) -> None:
    content = await asyncio.to_thread(_whole, path, sha256) if size <= WHOLE else b""
    if size > WHOLE:
        await asyncio.to_thread(_check, path, sha256)
        try:
            await _in_parts(line, sha256, path, size)
        except PlatformRefused as error:
            if error.code not in _NO_UPLOADS:
                raise
            content = await asyncio.to_thread(_whole, path, sha256)  # a platform that takes media whole only
        else:
            return
    await line.put_file(f"/v1/media/{sha256}", content)


async def _in_parts(line: MediaLine, sha256: str, path: Path, size: int) -> None:
    offset = await line.begin_upload(sha256, size)
    left = _TRIES
    with path.open("rb") as file:
        while offset < size:
            file.seek(offset)
            chunk = await asyncio.to_thread(file.read, min(PART, size - offset))
            if not chunk:
                raise _changed(path)
            try:
                offset = await line.append_upload(sha256, offset, chunk, size)
                left = _TRIES
            except (Offline, PlatformRefused) as error:
                if not (error.retryable or (isinstance(error, PlatformRefused) and error.code in _AGAIN)):
                    raise
                left -= 1
                if not left:
                    raise
                await asyncio.sleep(0.1 * 2 ** (_TRIES - left))
                offset = await line.begin_upload(sha256, size)  # finds it, where it is
    await line.post("/v1/media/from-upload", {"upload": sha256})


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError as error:
        raise _changed(path) from error


def _whole(path: Path, sha256: str) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise _changed(path) from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise _changed(path)
    return content


def _check(path: Path, sha256: str) -> None:
    try:
        with path.open("rb") as file:
            same = hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except OSError as error:
        raise _changed(path) from error
    if not same:
        raise _changed(path)


def _changed(path: Path) -> FileChanged:
    return FileChanged(
        f"The file {path} changed or went away since the campaign's files were read.",
        safe="It was not sent, and no money moved.",
        action="Put it back, or begin anew with the files as they are.",
    )
