# SPDX-License-Identifier: Apache-2.0
"""One media file on its way in: beside the store, unseen, until it is known to be what its name says."""

from __future__ import annotations

import hashlib
import os
import secrets
import time
from pathlib import Path
from typing import BinaryIO

from gems_platform.errors import Malformed, TooLarge
from gems_platform.media.kinds import HEAD, kind_of, pixels_of

_NOT_ALLOWED = "A media file must be PNG, JPEG, WebP, WAV, FLAC, Ogg, MP3, MP4, WebM or PDF."
_LEFT_S = 7200  # no request lasts so long: a part of that age was left by a process that died


class Incoming:
    """A file that is being written to a part of its own; leaving the `with` drops whatever was not kept."""

    def __init__(self, folder: Path, sha256: str, max_bytes: int, max_pixels: int) -> None:
        self.sha256, self.size, self.kind = sha256, 0, ""
        self.path = folder / f"{secrets.token_hex(8)}.part"
        self._bytes, self._pixels = max_bytes, max_pixels
        self._hash, self._md5 = hashlib.sha256(), hashlib.md5(usedforsecurity=False)
        self._head = b""
        self._file: BinaryIO = self.path.open("w+b")

    def __enter__(self) -> Incoming:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
        self.path.unlink(missing_ok=True)

    @property
    def md5(self) -> bytes:
        """Of what was written: what S3 checks a file by when it comes."""
        return self._md5.digest()

    def write(self, chunk: bytes) -> None:
        """Take some bytes; raises TooLarge, and Malformed as soon as the format shows."""
        self.size += len(chunk)
        if self.size > self._bytes:
            raise TooLarge(f"A media file has at most {self._bytes} bytes.")
        if len(self._head) < HEAD:
            self._head = (self._head + chunk)[:HEAD]
            if len(self._head) == HEAD and kind_of(self._head) is None:
                raise Malformed(_NOT_ALLOWED)
        self._hash.update(chunk)
        self._md5.update(chunk)
        self._file.write(chunk)

    def finish(self) -> str:
        """All of it is here and synced; its media type. Raises Malformed when it is not what its name says, TooLarge
        when the picture in it is too large to be shown, however few bytes it has."""
        kind = kind_of(self._head)
        if kind is None:
            raise Malformed(_NOT_ALLOWED)
        if self._hash.hexdigest() != self.sha256:
            raise Malformed("The file does not have the SHA-256 that its name says.")
        if pixels_of(self._file, kind) > self._pixels:
            raise TooLarge(f"A picture has at most {self._pixels} pixels.")
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self.kind = kind
        return kind


def drop_left(folder: Path) -> None:
    """Drop the parts that died with their process; other processes may be writing theirs here now."""
    for part in folder.glob("*.part"):
        try:
            if part.stat().st_mtime < time.time() - _LEFT_S:
                part.unlink()
        except FileNotFoundError:  # it was kept or dropped meanwhile
            continue
