# SPDX-License-Identifier: Apache-2.0
"""Content that takes hundreds of megabytes while it is read: one at a time, with few who wait."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from gems_platform.errors import TooMany

WAITING = 4  # each holds one of the server's 40 threads, which everything else needs too


class Turns:
    """One place to read large content in, for uploads and carry files together."""

    def __init__(self, waiting: int = WAITING) -> None:
        self._one = threading.Lock()
        self._left, self._count = waiting + 1, threading.Lock()

    def left(self) -> int:
        """How many more may come now."""
        return self._left

    @contextmanager
    def mine(self) -> Iterator[None]:
        """Held while large content is read and used; raises TooMany at once when enough others wait."""
        with self._count:
            if not self._left:
                raise TooMany("The platform is reading as much as it can.", action="Try again in a moment.")
            self._left -= 1
        try:
            with self._one:
                yield
        finally:
            with self._count:
                self._left += 1


TURNS = Turns()
