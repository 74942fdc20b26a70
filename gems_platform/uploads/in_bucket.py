# SPDX-License-Identifier: Apache-2.0
"""The bytes of uploads in an S3-compatible store, where any process can go on with what another one began.

A thing in S3 cannot be appended to: an upload is a row of parts, each a thing of its own that never changes. Which of
them count stands in the upload's row, so that of two requests at once one holds and the other's part is nothing.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from gems_platform.media.bucket import Bucket, Thing
from gems_platform.uploads.store import Missing

FOLDER = "uploads/"
_LOCKS = 64
_JOINED = 256_000  # a last part of fewer bytes is written anew with what follows: small chunks make no crowd of parts
_PLENTY = 1 << 60
_KEY = re.compile(r"uploads/(0x[0-9a-f]{40})/([0-9a-f]{64})/([0-9]{12}-[0-9]{12}-[0-9a-f]{16})", re.ASCII)


@dataclass(frozen=True, slots=True)
class _Part:
    """The bytes from `start` to `end` of an upload, in a thing of this name."""

    start: int
    end: int
    name: str


def _read(parts: str) -> list[_Part]:
    found = []
    for name in parts.split():
        start, end, _ = name.split("-")
        found.append(_Part(int(start), int(end), name))
    return found


def place_of(key: str) -> tuple[str, str, str] | None:
    """Owner, SHA-256 and name of the part under a key, None for another key."""
    match = _KEY.fullmatch(key)
    return None if match is None else (match[1], match[2], match[3])


class UploadsInBucket:
    """See UploadStore. Keys are `uploads/<owner>/<sha256>/<start>-<end>-<token>`; `parts` are their names."""

    def __init__(self, bucket: Bucket) -> None:
        self._bucket = bucket
        self._locks = [threading.Lock() for _ in range(_LOCKS)]

    @contextmanager
    def lock(self, owner: str, sha256: str) -> Iterator[None]:
        """See UploadStore: spares the threads of one process needless work; what counts is decided in the row."""
        with self._locks[zlib.crc32(f"{owner}/{sha256}".encode()) % _LOCKS]:
            yield

    def write(self, owner: str, sha256: str, offset: int, content: bytes, parts: str = "") -> str:
        """See UploadStore."""
        kept = [part for part in _read(parts) if part.start < offset]
        start = offset
        if kept and (kept[-1].end > offset or kept[-1].end - kept[-1].start < _JOINED):
            start = kept.pop().start
            content = self.part(owner, sha256, start, offset, parts) + content
        name = f"{start:012d}-{start + len(content):012d}-{secrets.token_hex(8)}"
        md5 = hashlib.md5(content, usedforsecurity=False).digest()
        self._bucket.put(f"{FOLDER}{owner}/{sha256}/{name}", content, md5)
        return " ".join([*(part.name for part in kept), name])

    def size(self, owner: str, sha256: str, parts: str = "") -> int:
        """See UploadStore."""
        if not parts:
            return 0
        folder = f"{FOLDER}{owner}/{sha256}/"
        there = {thing.key.removeprefix(folder) for thing in self._listed(folder)}
        at = 0
        for part in _read(parts):
            if part.name not in there or part.start != at:
                break
            at = part.end
        return at

    def part(self, owner: str, sha256: str, start: int, end: int, parts: str = "") -> bytes:
        """See UploadStore."""
        found = bytearray()
        for part in _read(parts):
            first, last = max(start, part.start), min(end, part.end)
            if first < last:
                for piece in self._stream(owner, sha256, part, first - part.start, last - part.start):
                    found += piece
        return bytes(found)

    def pieces(self, owner: str, sha256: str, parts: str = "") -> Iterator[bytes]:
        """See UploadStore."""
        for part in _read(parts):
            yield from self._stream(owner, sha256, part, 0, part.end - part.start)

    def digest(self, owner: str, sha256: str, parts: str = "") -> str:
        """See UploadStore."""
        found = hashlib.sha256()
        try:
            for piece in self.pieces(owner, sha256, parts):
                found.update(piece)
        except Missing:
            return ""
        return found.hexdigest()

    def free(self) -> int:
        """See UploadStore: such a store has room, and an account its quota."""
        return _PLENTY

    def remove(self, owner: str, sha256: str, parts: str = "") -> None:
        """See UploadStore."""
        self.tidy(owner, sha256, parts, "")

    def tidy(self, owner: str, sha256: str, parts: str, kept: str) -> None:
        """See UploadStore."""
        holds = set(kept.split())
        for name in parts.split():
            if name not in holds:
                self._bucket.delete(f"{FOLDER}{owner}/{sha256}/{name}")

    def after(self, key: str, count: int) -> list[Thing]:
        """At most `count` parts of any upload whose keys come after this one: for finding what belongs to none."""
        return self._bucket.after(FOLDER, key, count)

    def drop(self, key: str) -> None:
        """Drop a part that belongs to no upload."""
        self._bucket.delete(key)

    def _listed(self, folder: str) -> Iterator[Thing]:
        last = ""
        while page := self._bucket.after(folder, last, 1000):
            yield from page
            last = page[-1].key
            if len(page) < 1000:
                return

    def _stream(self, owner: str, sha256: str, part: _Part, start: int, end: int) -> Iterator[bytes]:
        try:
            yield from self._bucket.stream(f"{FOLDER}{owner}/{sha256}/{part.name}", start, end)
        except KeyError:
            raise Missing from None
