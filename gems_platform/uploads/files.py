# SPDX-License-Identifier: Apache-2.0
"""The bytes of uploads on disk: written at their place and synced before anybody is told that they are here."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gems_platform.uploads.store import Missing

if sys.platform != "win32":
    import fcntl

_LOCKS = 64
_PIECE = 1_000_000


class UploadFiles:
    """A folder with one folder for each account, in it one file for each upload, named by its SHA-256.

    See UploadStore; a file needs no `parts`. Processes of one machine may share the folder.
    """

    def __init__(self, folder: Path) -> None:
        self._folder, self._beside = folder, folder.with_name(folder.name + ".locks")
        self._locks = [threading.Lock() for _ in range(_LOCKS)]
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    @contextmanager
    def lock(self, owner: str, sha256: str) -> Iterator[None]:
        """See UploadStore: against this process's threads and the other processes at this folder."""
        place = zlib.crc32(f"{owner}/{sha256}".encode()) % _LOCKS
        with self._locks[place]:
            if sys.platform == "win32":
                yield
                return
            self._beside.mkdir(exist_ok=True, mode=0o700)
            handle = os.open(self._beside / str(place), os.O_RDWR | os.O_CREAT, 0o600)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX)
                yield
            finally:
                os.close(handle)

    def write(self, owner: str, sha256: str, offset: int, content: bytes, parts: str = "") -> str:
        """See UploadStore."""
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
        return parts

    def size(self, owner: str, sha256: str, parts: str = "") -> int:
        """See UploadStore."""
        path = self._path(owner, sha256)
        return path.stat().st_size if path.exists() else 0

    def part(self, owner: str, sha256: str, start: int, end: int, parts: str = "") -> bytes:
        """See UploadStore."""
        if start == end:
            return b""
        try:
            with self._path(owner, sha256).open("rb") as file:
                file.seek(start)
                return file.read(end - start)
        except FileNotFoundError:
            raise Missing from None

    def pieces(self, owner: str, sha256: str, parts: str = "") -> Iterator[bytes]:
        """See UploadStore."""
        try:
            with self._path(owner, sha256).open("rb") as file:
                while piece := file.read(_PIECE):
                    yield piece
        except FileNotFoundError:
            raise Missing from None

    def digest(self, owner: str, sha256: str, parts: str = "") -> str:
        """See UploadStore."""
        found = hashlib.sha256()
        try:
            for piece in self.pieces(owner, sha256):
                found.update(piece)
        except Missing:
            return ""
        return found.hexdigest()

    def free(self) -> int:
        """See UploadStore."""
        return shutil.disk_usage(self._folder).free

    def remove(self, owner: str, sha256: str, parts: str = "") -> None:
        """See UploadStore."""
        self._path(owner, sha256).unlink(missing_ok=True)

    def tidy(self, owner: str, sha256: str, parts: str, kept: str) -> None:
        """See UploadStore: there is one file, and it is what holds."""

    def _path(self, owner: str, sha256: str) -> Path:
        return self._folder / owner / sha256


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
