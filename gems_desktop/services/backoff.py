# SPDX-License-Identifier: Apache-2.0
"""How long to wait before something is tried again: exponential with full jitter, so that many clients spread."""

from __future__ import annotations

FIRST_S, LONGEST_S = 4.0, 900.0
_FULL = 65_536


def wait_s(tries: int, noise: bytes) -> float:
    """Seconds before the next try after `tries` that failed, from 2 random bytes: 0 to 4, 8, 16 ... 900."""
    most = min(LONGEST_S, FIRST_S * 2.0 ** min(tries - 1, 20))
    return float(most * int.from_bytes(noise[:2], "big") / _FULL)
