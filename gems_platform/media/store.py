# SPDX-License-Identifier: Apache-2.0
"""What a place for media files is: whole files named by their SHA-256, written once and never changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from gems_platform.errors import MediaUnavailable
from gems_platform.media.incoming import Incoming

CHUNK = 256 * 1024  # bytes that are held of a file while it is sent


@dataclass(frozen=True, slots=True)
class Stored:
    """A file that lies in a store; `at` is when it was written, Unix seconds of the store's own clock."""

    sha256: str
    size: int
    at: int


class MediaStore(Protocol):
    """Several processes may use one store. Everything raises MediaUnavailable while it does not answer."""

    def begin(self, sha256: str) -> Incoming:
        """Start to take a file that nobody sees before `keep`."""
        ...

    def keep(self, incoming: Incoming) -> None:
        """Keep a finished file for good under its name: wholly or not at all, and again does no harm."""
        ...

    def size(self, sha256: str) -> int | None:
        """Bytes of the file, None when it is not here."""
        ...

    def open(self, sha256: str, start: int, end: int) -> Iterator[bytes]:
        """The bytes from `start` to `end` in pieces of at most CHUNK; what fails at once is raised by the call."""
        ...

    def delete(self, sha256: str) -> None:
        """Drop a file, if there is one."""
        ...

    def after(self, sha256: str, count: int) -> list[Stored]:
        """At most `count` files whose names come after this one, in order; fewer mean that none follow."""
        ...

    def is_of(self, platform: str) -> bool:
        """Whether the store is this platform's alone; the first that asks has it."""
        ...

    def close(self) -> None:
        """Let go of connections, if there are any."""
        ...


def unavailable() -> MediaUnavailable:
    """What is said while the store does not answer."""
    return MediaUnavailable(
        "The platform cannot reach its media files now.",
        safe="Nothing that was stored is lost.",
        action="Try again in a minute.",
    )
