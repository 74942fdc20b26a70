# SPDX-License-Identifier: Apache-2.0
"""The bytes of uploads on disk: written at their place and synced before anybody is told that they are here."""

from __future__ import annotations

import hashlib
import os
import shutil
import threading
from pathlib import Path

_LOCKS = 64


class UploadFiles:
    """A folder with one folder for each account, in it one file for each upload, named by its SHA-256."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._locks = [threading.Lock() for _ in range(_LOCKS)]
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def lock(self, owner: str, sha256: str) -> threading.Lock:
        """Held while an upload is looked at and changed, so that two requests never write it together."""
        return self._locks[hash((owner, sha256)) % _LOCKS]

    def write(self, owner: str, sha256: str, offset: int, content: bytes) -> None:
        """Put `content` at `offset`, cut off what was behind it, and sync."""
        path = self._path(owner, sha256)
        path.parent.mkdir(exist_ok=True, mode=0o700)
        fresh = not path.exists()
        handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(handle, "r+b") as file:
            file.truncate(offset)
            file.seek(offset)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if fresh and os.name == "posix":
            _sync(path.parent)

    def size(self, owner: str, sha256: str) -> int:
        """How many bytes are on disk."""
        path = self._path(owner, sha256)
        return path.stat().st_size if path.exists() else 0

    def part(self, owner: str, sha256: str, start: int, end: int) -> bytes:
        """The bytes from `start` to `end`."""
        if start == end:
            return b""
        with self._path(owner, sha256).open("rb") as file:
            file.seek(start)
            return file.read(end - start)

    def digest(self, owner: str, sha256: str) -> str:
        """The SHA-256 of all that is there."""
        with self._path(owner, sha256).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def free(self) -> int:
        """Bytes that are free where uploads lie."""
        return shutil.disk_usage(self._folder).free

    def remove(self, owner: str, sha256: str) -> None:
        """Drop the bytes, if there are any."""
        self._path(owner, sha256).unlink(missing_ok=True)

    def _path(self, owner: str, sha256: str) -> Path:
        return self._folder / owner / sha256


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
