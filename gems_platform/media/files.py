# SPDX-License-Identifier: Apache-2.0
"""Media on disk, named by content: written beside, synced, renamed into place, never changed after."""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path
from typing import BinaryIO

from gems_platform.errors import Malformed, TooLarge

# What a decode worker of the client opens; each by its first bytes: (what, where, what stands first, media type).
_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", 0, b"", "image/png"),
    (b"\xff\xd8\xff", 0, b"", "image/jpeg"),
    (b"WEBP", 8, b"RIFF", "image/webp"),
    (b"WAVE", 8, b"RIFF", "audio/wav"),
    (b"fLaC", 0, b"", "audio/flac"),
    (b"OggS", 0, b"", "audio/ogg"),
    (b"ID3", 0, b"", "audio/mpeg"),
    (b"\xff\xfb", 0, b"", "audio/mpeg"),
    (b"\xff\xf3", 0, b"", "audio/mpeg"),
    (b"\xff\xf2", 0, b"", "audio/mpeg"),
    (b"ftyp", 4, b"", "video/mp4"),
    (b"\x1aE\xdf\xa3", 0, b"", "video/webm"),
    (b"%PDF-", 0, b"", "application/pdf"),
)
_NOT_ALLOWED = "A media file must be PNG, JPEG, WebP, WAV, FLAC, Ogg, MP3, MP4, WebM or PDF."


def kind_of(head: bytes) -> str | None:
    """The media type of a file that begins with `head`, None when it is not an allowed one."""
    for magic, at, first, kind in _MAGIC:
        if head[at : at + len(magic)] == magic and head.startswith(first):
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
                raise Malformed(_NOT_ALLOWED)
        self._hash.update(chunk)
        self._file.write(chunk)

    def finish(self) -> str:
        """All of it is here and synced; its media type. Raises Malformed when it is not what its name says."""
        kind = kind_of(self._head)
        if kind is None:
            raise Malformed(_NOT_ALLOWED)
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
