# SPDX-License-Identifier: Apache-2.0
"""What the hour at the keyboard is counted with: a key that was lost, doubled or misplaced is noticed."""

from __future__ import annotations

import pytest

from bench.keyboard_hour.accounts import Typed, differences, percentile, slope
from bench.keyboard_hour.photos import CELLS, CHECK, checked, read

TYPED = [Typed(7, "Bird 1"), Typed(3, "Boat 1"), Typed(9, "Bridge 1")]


def test_the_same_is_the_same() -> None:
    assert differences(TYPED, list(TYPED)) == []


@pytest.mark.parametrize(
    "stored",
    [
        [TYPED[0], Typed(3, " 0"), TYPED[2]],  # the key never came
        [TYPED[0], Typed(3, "Boat 2"), TYPED[2]],  # it came twice
        [TYPED[0], Typed(3, "Bird 1"), TYPED[2]],  # another one came
        [TYPED[0], TYPED[2], TYPED[1]],  # on the wrong photo
        TYPED[:2],  # the answer is not there
        [*TYPED, TYPED[0]],
    ],
)
def test_control_a_lost_key_is_noticed(stored: list[Typed]) -> None:
    assert differences(TYPED, stored)


def strip(number: int) -> list[int]:
    """The brightness of a photo's cells."""
    bits = checked(number)
    return [0, 255, *(255 * (bits >> at & 1) for at in range(CELLS - 3, -1, -1))]


def test_every_photo_says_which_it_is_and_half_a_strip_says_nothing() -> None:
    assert [read(strip(number)) for number in range(4096)] == list(range(4096))
    assert read([0] * CELLS) is None
    halves = [strip(2047)[:half] + strip(1024)[half:] for half in range(2, CELLS)]
    assert sum(read(half) not in (None, 2047, 1024) for half in halves) <= len(halves) // (1 << CHECK) + 2


def test_percentile_and_slope() -> None:
    assert percentile(list(range(1000)), 0.99) == 990
    assert slope([(0, 100), (1, 102), (2, 104)]) == pytest.approx(2)
    assert slope([(5, 1)]) == 0
