# SPDX-License-Identifier: Apache-2.0
"""About how long it still takes: right at an even pace, calm at an uneven one, silent while nothing is known."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gems_desktop.services.going import Going, Pace, left_at, moved


class Clock:
    def __init__(self) -> None:
        self.now = 50.0

    def __call__(self) -> float:
        return self.now


def silent(going: Going) -> bool:
    return going.left_s is None


def test_an_even_pace_is_told_right_and_counts_down() -> None:
    clock = Clock()
    going = Going(clock)
    going.begin(100)
    assert silent(going)
    told: list[int] = []
    for done in range(1, 61):
        clock.now += 1
        going.move(done)
        if going.left_s is not None:
            told.append(going.left_s)
    assert told[0] == 98 and told[-1] == 40
    assert told == list(range(98, 39, -1))
    clock.now += 10
    assert going.left_s == 30  # also between two steps
    going.end()
    assert silent(going) and going.total == 0


def test_one_slow_file_does_not_throw_it_about() -> None:
    pace = Pace(100, 0, 0)
    for done in range(1, 31):
        pace = moved(pace, done, done)
    assert left_at(pace, 30) == 70
    slow = moved(pace, 31, 50)  # one thing took twenty seconds: naively 69 * 20 s would be left
    assert slow.left is not None and slow.left <= 1.25 * 70
    naive = 69 * (50 - 30)
    assert slow.left < naive / 10  # the control: what is not smoothed jumps


@given(st.lists(st.floats(0.05, 60), min_size=3, max_size=80))
def test_what_is_left_grows_little_at_a_time_and_is_never_negative(steps: list[float]) -> None:
    pace, now = Pace(len(steps), 0, 0), 0.0
    for done, step in enumerate(steps, 1):
        before, now = pace.left, now + step
        pace = moved(pace, done, now)
        assert pace.left is None or pace.left >= 0
        if before is not None and pace.left is not None:
            assert pace.left <= max(1.25 * before, 1.0) + 1e-9
    assert pace.left is None or pace.left < 0.01 or pace.done == pace.amount


def test_a_step_back_and_a_clock_that_stands_change_nothing() -> None:
    pace = moved(moved(Pace(10, 0, 0), 2, 3), 4, 6)
    assert moved(pace, 3, 9) == pace and moved(pace, 5, 6) == pace


def test_it_is_told_once_a_second() -> None:
    clock = Clock()
    going = Going(clock)
    going.begin(10)
    told = 0
    for done in range(10):
        clock.now += 0.4
        told += going.move(done)
    assert told == 3
