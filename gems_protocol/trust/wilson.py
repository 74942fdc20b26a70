# SPDX-License-Identifier: Apache-2.0
"""The Wilson score interval, how sure a share of successes is (white paper 6.1: its lower bound)."""

from __future__ import annotations

from math import sqrt

Z95 = 1.959963984540054  # the 97.5 % quantile of the normal distribution


def wilson(successes: float, n: float, z: float = Z95) -> tuple[float, float]:
    """(lower, upper) bounds of a share; n may be weighted evidence, and n = 0 gives (0, 1).

    Raises ValueError unless 0 <= successes <= n.
    """
    if not 0 <= successes <= n:
        raise ValueError("successes lie between 0 and n")
    if n == 0:
        return 0.0, 1.0
    square = z * z
    middle = successes + square / 2
    spread = z * sqrt(successes * (n - successes) / n + square / 4)
    below = n + square
    lower = 0.0 if successes == 0 else (middle - spread) / below
    upper = 1.0 if successes == n else (middle + spread) / below
    return max(0.0, lower), min(1.0, upper)
