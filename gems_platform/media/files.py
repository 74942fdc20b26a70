# SPDX-License-Identifier: Apache-2.0
"""Media on disk, named by content: written beside, synced, renamed into place, never changed after."""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path
from typing import BinaryIO

from gems_platform.errors import Malformed, TooLarge

_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", 0, "image/png"),
    (b"\xff\xd8\xff", 0, "image/jpeg"),
    (b"WEBP", 8, "image/webp"),
)


def kind_of(head: bytes) -> str | None:
    """The media type of a file that begins with `head`, None when it is not an allowed one."""
    for magic, at, kind in _MAGIC:
        if head[at : at + len(magic)] == magic and (kind != "image/webp" or head[:4] == b"RIFF"):
            return kind
    return None


class MediaFiles:
    """A folder of files named by their SHA-256."""

    def __init__(self, folder: Path, max_bytes: int) -> None:
        self._folder, self._max = folder, max_bytes
        folder.mkdir(parents=True, exist_ok=True)
        for left in folder.glob("*.part"):
            left.unlink()

    def path(self, sha256: str) -> Path:
        """Where a file is, or would be."""
        return self._folder / sha256[:2] / sha256

    def begin(self, sha256: str) -> Upload:
        """Start to take a file; `Upload.place` keeps it, leaving the `with` drops what was not placed."""
        return Upload(self.path(sha256), self._folder / f"{secrets.token_hex(8)}.part", sha256, self._max)


class Upload:
    """One file on its way in: `finish` says that it is whole, `place` keeps it."""

    def __init__(self, path: Path, part: Path, sha256: str, limit: int) -> None:
        self._path, self._part, self._sha256, self._limit = path, part, sha256, limit
        self._hash = hashlib.sha256()
        self._file: BinaryIO = part.open("wb")
        self._head = b""
        self.size = 0

    def __enter__(self) -> Upload:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
        self._part.unlink(missing_ok=True)

    def write(self, chunk: bytes) -> None:
        """Take some bytes; raises TooLarge, and Malformed as soon as the format shows."""
        self.size += len(chunk)
        if self.size > self._limit:
            raise TooLarge(f"A media file has at most {self._limit} bytes.")
        if len(self._head) < 12:
            self._head = (self._head + chunk)[:12]
            if len(self._head) == 12 and kind_of(self._head) is None:
                raise Malformed("A media file must be PNG, JPEG or WebP.")
        self._hash.update(chunk)
        self._file.write(chunk)

    def finish(self) -> str:
        """All of it is here and synced; its media type. Raises Malformed when it is not what its name says."""
        kind = kind_of(self._head)
        if kind is None:
            raise Malformed("A media file must be PNG, JPEG or WebP.")
        if self._hash.hexdigest() != self._sha256:
            raise Malformed("The file does not have the SHA-256 that its name says.")
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        return kind

    def place(self) -> None:
        """Keep the finished file for good under its name."""
        self._path.parent.mkdir(exist_ok=True)
        os.replace(self._part, self._path)
        _sync_folder(self._path.parent)


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":  # folders cannot be opened for syncing elsewhere
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
