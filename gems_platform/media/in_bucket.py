# SPDX-License-Identifier: Apache-2.0
"""Media in an S3-compatible store: checked on this machine first, then put under their SHA-256 in one request."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from gems_platform.media.bucket import Bucket
from gems_platform.media.incoming import Incoming, drop_left
from gems_platform.media.store import Stored, unavailable

_FOLDER = "media/"
_OWNER = "platform"  # the key under which the prefix says whose it is


class MediaInBucket:
    """See MediaStore. Keys are `media/<sha256>`; `folder` on this machine holds only what is on its way in."""

    def __init__(self, bucket: Bucket, folder: Path, max_bytes: int, max_pixels: int) -> None:
        self._bucket, self._folder, self._bytes, self._pixels = bucket, folder, max_bytes, max_pixels
        folder.mkdir(parents=True, exist_ok=True)
        drop_left(folder)

    def begin(self, sha256: str) -> Incoming:
        """See MediaStore."""
        return Incoming(self._folder, sha256, self._bytes, self._pixels)

    def keep(self, incoming: Incoming) -> None:
        """See MediaStore: S3 shows a thing when all of it has come and its digest is right."""
        with incoming.path.open("rb") as file:
            self._bucket.put(_FOLDER + incoming.sha256, file, incoming.md5)

    def size(self, sha256: str) -> int | None:
        """See MediaStore."""
        return self._bucket.size(_FOLDER + sha256)

    def open(self, sha256: str, start: int, end: int) -> Iterator[bytes]:
        """See MediaStore."""
        try:
            return self._bucket.stream(_FOLDER + sha256, start, end)
        except KeyError:
            raise unavailable() from None

    def delete(self, sha256: str) -> None:
        """See MediaStore."""
        self._bucket.delete(_FOLDER + sha256)

    def after(self, sha256: str, count: int) -> list[Stored]:
        """See MediaStore."""
        things = self._bucket.after(_FOLDER, _FOLDER + sha256, count)
        return [Stored(thing.key.removeprefix(_FOLDER), thing.size, thing.at) for thing in things]

    def is_of(self, platform: str) -> bool:
        """See MediaStore."""
        wanted = platform.encode()
        size = self._bucket.size(_OWNER)
        if size is None:
            self._bucket.put(_OWNER, wanted, hashlib.md5(wanted, usedforsecurity=False).digest())
        return size is None or b"".join(self._bucket.stream(_OWNER, 0, size)) == wanted

    def close(self) -> None:
        """See MediaStore."""
        self._bucket.close()
