# SPDX-License-Identifier: Apache-2.0
"""Two accounts that are wrong alike: alarms for one person, none for strangers."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from gems_protocol.alike import LEAST_ALIKE, are_alike, chance_of


def test_the_chance_is_a_binomial_tail() -> None:
    assert chance_of(2, 1, Fraction(1, 2), Fraction(1, 2)) == Fraction(7, 16)
    assert chance_of(10, 0, Fraction(1, 3), Fraction(1, 3)) == 1


@pytest.mark.parametrize(
    ("both", "alike", "one", "other", "found"),
    [
        (40, 12, (14, 60), (13, 60), True),  # one person with two accounts
        (40, 3, (14, 60), (13, 60), False),
        (40, LEAST_ALIKE - 1, (4, 400), (4, 400), False),
        (6, 5, (5, 6), (5, 6), False),  # two who are nearly always wrong
        (60, 8, (9, 100), (9, 100), True),
    ],
)
def test_alarms(both: int, alike: int, one: tuple[int, int], other: tuple[int, int], found: bool) -> None:
    assert are_alike(both, alike, one, other) is found


def test_strangers_raise_none() -> None:
    chance = random.Random(7)
    for _ in range(400):
        first, second = ([chance.random() < 0.25 for _ in range(60)] for _ in range(2))
        alike = sum(a and b for a, b in zip(first, second, strict=True))
        assert not are_alike(60, alike, (sum(first), 60), (sum(second), 60))
