# SPDX-License-Identifier: Apache-2.0
"""Whether two accounts are wrong alike too often for chance: what one person behind many accounts cannot help."""

from __future__ import annotations

from fractions import Fraction
from math import comb

LEAST_ALIKE = 5
CHANCE = Fraction(1, 1_000_000)  # of an alarm about two accounts that have nothing to do with each other


def chance_of(
    both: int, alike: int, wrong_one: Fraction, wrong_other: Fraction, choices: int = 2
) -> Fraction:
    """The chance of at least `alike` equal wrong answers among `both` tasks that two strangers had.

    wrong_one, wrong_other: their shares of wrong answers. choices: answers that a wrong one could be; between two
    classes every two wrong answers are equal, so that only being wrong together says something.
    """
    p = min(Fraction(1), wrong_one * wrong_other / max(1, choices - 1))
    return sum((comb(both, k) * p**k * (1 - p) ** (both - k) for k in range(alike, both + 1)), Fraction(0))


def are_alike(both: int, alike: int, one: tuple[int, int], other: tuple[int, int], choices: int = 2) -> bool:
    """Whether to raise the alarm. one, other: (wrong answers, checks) of each, in all.

    Each gets one wrong answer more than seen, so that few checks prove nothing.
    """
    if alike < LEAST_ALIKE:
        return False
    first, second = (Fraction(wrong + 1, checks + 2) for wrong, checks in (one, other))
    return chance_of(both, alike, first, second, choices) < CHANCE
