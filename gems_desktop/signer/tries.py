# SPDX-License-Identifier: Apache-2.0
"""Makes guessing a password slow: each wrong one doubles the wait before the next, also across restarts."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable
from pathlib import Path

from gems_desktop.services.wallet_errors import TooManyTries
from gems_desktop.signer.vault_file import write_durably

MAX_WAIT_S = 60
_MAX_COUNT = 1_000


def wait_after(count: int) -> int:
    """Seconds to wait after `count` wrong passwords in a row: 0, 1, 2, 4 .. 60."""
    return 0 if count == 0 else min(MAX_WAIT_S, 1 << min(count - 1, 10))


class Tries:
    """Wrong passwords in a row, in memory and in tries.json; the higher of both counts."""

    def __init__(self, folder: Path, clock: Callable[[], float] = time.time) -> None:
        self.path = folder / "tries.json"
        self._clock = clock
        self._count, self._at = 0, 0.0

    def check(self) -> None:
        """Raise TooManyTries while the wait after the last wrong password is not over."""
        count, at = self._stored()
        if count > self._count:
            self._count, self._at = count, at
        now = self._clock()
        if now < self._at:  # a clock moved back lets the wait begin anew, and not last until it has caught up
            self._at = now
        left = wait_after(self._count) - (now - self._at)
        if left > 0:
            raise TooManyTries(math.ceil(left))

    def wrong(self) -> None:
        """Count one more."""
        self._count, self._at = min(self._count + 1, _MAX_COUNT), self._clock()
        write_durably(self.path, json.dumps({"count": self._count, "at": int(self._at)}).encode())

    def right(self) -> None:
        """Begin anew."""
        self._count, self._at = 0, 0.0
        self.path.unlink(missing_ok=True)

    def _stored(self) -> tuple[int, float]:
        try:
            told = json.loads(self.path.read_bytes()[:200])
            count, at = told["count"], told["at"]
        except (OSError, ValueError, KeyError, TypeError):
            return 0, 0.0
        good = type(count) is int and type(at) is int and 0 <= count <= _MAX_COUNT
        return (count, float(at)) if good else (0, 0.0)
