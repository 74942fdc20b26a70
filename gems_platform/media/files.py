# SPDX-License-Identifier: Apache-2.0
"""Media on disk, named by content: written beside, synced, renamed into place, never changed after."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from gems_platform.media.incoming import Incoming, drop_left
from gems_platform.media.store import CHUNK, Stored, unavailable

MAX_PIXELS = 24_000_000  # of a picture: what a client's decoder opens


class MediaFiles:
    """A folder of files named by their SHA-256, in folders of their first two digits; see MediaStore."""

    def __init__(self, folder: Path, max_bytes: int, max_pixels: int = MAX_PIXELS) -> None:
        self._folder, self._bytes, self._pixels = folder, max_bytes, max_pixels
        folder.mkdir(parents=True, exist_ok=True)
        drop_left(folder)

    def path(self, sha256: str) -> Path:
        """Where a file is, or would be."""
        return self._folder / sha256[:2] / sha256

    def begin(self, sha256: str) -> Incoming:
        """See MediaStore."""
        return Incoming(self._folder, sha256, self._bytes, self._pixels)

    def keep(self, incoming: Incoming) -> None:
        """See MediaStore."""
        path = self.path(incoming.sha256)
        if not path.parent.exists():
            path.parent.mkdir(exist_ok=True)
            _sync_folder(self._folder)
        os.replace(incoming.path, path)
        _sync_folder(path.parent)

    def size(self, sha256: str) -> int | None:
        """See MediaStore."""
        path = self.path(sha256)
        return path.stat().st_size if path.is_file() else None

    def open(self, sha256: str, start: int, end: int) -> Iterator[bytes]:
        """See MediaStore."""

        def pieces() -> Iterator[bytes]:
            with self.path(sha256).open("rb") as file:
                file.seek(start)
                yield b""
                left = end - start
                while left and (piece := file.read(min(CHUNK, left))):
                    left -= len(piece)
                    yield piece

        found = pieces()
        try:
            next(found)  # it holds the file from now on, and lets go of it whenever nobody asks for more
        except FileNotFoundError:
            raise unavailable() from None
        return found

    def delete(self, sha256: str) -> None:
        """See MediaStore."""
        self.path(sha256).unlink(missing_ok=True)

    def after(self, sha256: str, count: int) -> list[Stored]:
        """See MediaStore."""
        found: list[Stored] = []
        for folder in sorted(path for path in self._folder.iterdir() if path.is_dir()):
            if folder.name < sha256[:2] or len(found) == count:
                continue
            for path in sorted(folder.iterdir()):
                if path.name > sha256 and len(found) < count:
                    stat = path.stat()
                    found.append(Stored(path.name, stat.st_size, int(stat.st_mtime)))
        return found

    def is_of(self, platform: str) -> bool:
        """See MediaStore: a folder in `data_dir` is nobody else's."""
        return True

    def close(self) -> None:
        """See MediaStore: there is none."""


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":  # folders cannot be opened for syncing elsewhere
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
