# SPDX-License-Identifier: Apache-2.0
"""Sine and cosine in whole numbers: a platform's own last digit must not decide a verdict."""

from __future__ import annotations

from functools import lru_cache

_BITS = 80
_PI = 3_141592653589793238462643383279  # times 10**30
_QUARTER = 90_000_000  # a right angle in millionths of a degree
BITS = 40
ONE = 1 << BITS
CORNERS = 64  # of the polygon that stands for an ellipse: its area is 0.2 % below the ellipse's


@lru_cache(maxsize=4096)
def turn(millionths: int) -> tuple[int, int]:
    """(cosine, sine) of an angle in millionths of a degree, in parts of ONE; right angles are exact."""
    quarters, rest = divmod(millionths % (4 * _QUARTER), _QUARTER)
    angle = (rest * _PI << _BITS) // (180_000_000 * 10**30)
    cosine, sine = _series(angle, 0), _series(angle, 1)
    for _ in range(quarters):
        cosine, sine = -sine, cosine
    half = 1 << (_BITS - BITS - 1)
    return (cosine + half) >> (_BITS - BITS), (sine + half) >> (_BITS - BITS)


def _series(angle: int, order: int) -> int:
    """Taylor's series of the cosine (order 0) or the sine (1) of an angle below a right one."""
    term = angle if order else 1 << _BITS
    total, square = term, angle * angle >> _BITS
    while term:
        term = (term * square >> _BITS) // ((order + 1) * (order + 2))
        order += 2
        total += -term if order % 4 in (2, 3) else term
    return total


@lru_cache(maxsize=1)
def circle() -> tuple[tuple[int, int], ...]:
    """The corners of a regular polygon on the circle of radius ONE."""
    return tuple(turn(corner * 4 * _QUARTER // CORNERS) for corner in range(CORNERS))
