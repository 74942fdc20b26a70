# SPDX-License-Identifier: Apache-2.0
"""How much one network address may ask, as a bucket of tokens that refills."""

from __future__ import annotations

import ipaddress
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
    """One bucket per network address: `burst` requests at once, `rate` a second after that."""

    def __init__(self, rate: float, burst: int) -> None:
        self._rate, self._burst = rate, burst
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, address: str, cost: float = 1.0) -> bool:
        """Whether the address may ask once more now; a large request costs more than one token."""
        address, now = network_of(address), time.monotonic()
        left, at = self._left.pop(address, (float(self._burst), now))
        left = min(float(self._burst), left + (now - at) * self._rate)
        allowed = left >= cost
        self._left[address] = (left - cost if allowed else left, now)
        while len(self._left) > _MAX_BUCKETS:
            self._left.popitem(last=False)
        return allowed
