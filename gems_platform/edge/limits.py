# SPDX-License-Identifier: Apache-2.0
"""How much one network address may ask, as a bucket of tokens that refills."""

from __future__ import annotations

import time
from collections import OrderedDict

_MAX_BUCKETS = 10_000  # addresses remembered at once: a bound on memory


class Buckets:
    """One bucket per network address: `burst` requests at once, `rate` a second after that."""

    def __init__(self, rate: float, burst: int) -> None:
        self._rate, self._burst = rate, burst
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, address: str) -> bool:
        """Whether the address may ask once more now."""
        now = time.monotonic()
        left, at = self._left.pop(address, (float(self._burst), now))
        left = min(float(self._burst), left + (now - at) * self._rate)
        allowed = left >= 1
        self._left[address] = (left - 1 if allowed else left, now)
        while len(self._left) > _MAX_BUCKETS:
            self._left.popitem(last=False)
        return allowed
