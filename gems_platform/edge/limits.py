# SPDX-License-Identifier: Apache-2.0
"""How much one network address or one account may ask, as a bucket of tokens that refills."""

from __future__ import annotations

import ipaddress
import math
import threading
import time
from collections import OrderedDict

_MAX_BUCKETS = 10_000  # addresses remembered at once: a bound on memory


def network_of(address: str) -> str:
    """What one customer of a provider has: an IPv4 address, or 64 bits of IPv6 with all addresses in it."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return address
    mapped = found.ipv4_mapped
    return str(mapped) if mapped else str(ipaddress.ip_network((found, 64), strict=False))


class Buckets:
    """One bucket per name (a network address, an account): `burst` requests at once, `rate` a second after that."""

    def __init__(self, rate: float, burst: int) -> None:
        self.rate, self.burst = rate, burst
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._one = threading.Lock()  # routes run in threads

    def take(self, name: str, cost: float = 1.0) -> bool:
        """Whether `name` may ask once more now; a large request costs more than one token."""
        name, now = network_of(name), time.monotonic()
        with self._one:
            left = self._now(name, now)
            allowed = left >= cost
            self._left.pop(name, None)
            self._left[name] = (left - cost if allowed else left, now)
            while len(self._left) > _MAX_BUCKETS:
                self._left.popitem(last=False)
        return allowed

    def left(self, name: str) -> int:
        """How many tokens the bucket holds now."""
        with self._one:
            return int(self._now(network_of(name), time.monotonic()))

    def wait(self, name: str, cost: float = 1.0) -> int:
        """Seconds, at least one, after which the bucket holds enough for `cost`."""
        with self._one:
            lacking = min(cost, self.burst) - self._now(network_of(name), time.monotonic())
        return max(1, min(3600, math.ceil(lacking / self.rate))) if self.rate > 0 else 3600

    def _now(self, name: str, now: float) -> float:
        left, at = self._left.get(name, (float(self.burst), now))
        return min(float(self.burst), left + (now - at) * self.rate)
