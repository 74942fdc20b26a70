# SPDX-License-Identifier: Apache-2.0
"""What a place for the bytes of uploads is; several processes may go on with one another's uploads in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Protocol


class Missing(Exception):
    """Bytes that were here are gone: dropped meanwhile, or older than the store that knows of them."""


class UploadStore(Protocol):
    """`parts` is what the store itself remembers of an upload: text that is kept in the upload's row, "" at first.

    Everything may raise MediaUnavailable where the bytes are on another machine.
    """

    def lock(self, owner: str, sha256: str) -> AbstractContextManager[object]:
        """Held while an upload is looked at and changed, against others on this machine."""
        ...

    def write(self, owner: str, sha256: str, offset: int, content: bytes, parts: str = "") -> str:
        """Put `content` at `offset`, forget what was behind it, durably; the new `parts`."""
        ...

    def size(self, owner: str, sha256: str, parts: str = "") -> int:
        """How many bytes are there without a gap."""
        ...

    def part(self, owner: str, sha256: str, start: int, end: int, parts: str = "") -> bytes:
        """The bytes from `start` to `end`, or to where the upload ends; raises Missing."""
        ...

    def pieces(self, owner: str, sha256: str, parts: str = "") -> Iterator[bytes]:
        """All of it, at most a megabyte or two at a time; raises Missing."""
        ...

    def digest(self, owner: str, sha256: str, parts: str = "") -> str:
        """The SHA-256 of all that is there, "" when some of it is missing."""
        ...

    def free(self) -> int:
        """Bytes that are free where uploads lie."""
        ...

    def remove(self, owner: str, sha256: str, parts: str = "") -> None:
        """Drop the bytes, if there are any."""
        ...

    def tidy(self, owner: str, sha256: str, parts: str, kept: str) -> None:
        """Drop what stands in `parts` and not in `kept`, which is what holds."""
        ...
