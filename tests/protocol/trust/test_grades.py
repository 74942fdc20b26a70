# SPDX-License-Identifier: Apache-2.0
"""Held grades, forecasts, trends, alarms, levels and difficulty."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gems_protocol.trust.cusum import increments, watch
from gems_protocol.trust.difficulty import difficulty_weights, rasch_weight
from gems_protocol.trust.forecast import MOST, answers_to, forecast
from gems_protocol.trust.grades import START, Grade, Held, grade, hold, step
from gems_protocol.trust.levels import STEPS, level
from gems_protocol.trust.profile import profile
from gems_protocol.trust.trend import Direction, trend
from gems_protocol.trust.weights import RequesterWeights
from gems_protocol.trust.wilson import wilson
from tests.protocol.trust.made import histories, outcome, run


def held_after(pattern: str) -> Held:
    points, right = [], 0
    for n, letter in enumerate(pattern, 1):
        right += letter == "1"
        points.append(wilson(right, n))
    return hold(points)


def test_promotion_needs_two_checks_ten_tasks_apart() -> None:
    assert grade(*wilson(16, 16)) is Grade.B
    assert held_after("1" * 16) == Held(Grade.C, 16, Grade.B)
    assert held_after("1" * 25).grade is Grade.C
    assert held_after("1" * 26).grade is Grade.B
    assert held_after("1" * 45).grade is Grade.A
    # the bar is passed at the first check and not at the second
    assert held_after("1" * 16 + "0000011111").grade is Grade.C


def test_a_grade_is_kept_until_a_twentieth_below_its_bar() -> None:
    a = Held(Grade.A)
    assert step(a, 50, 0.86, 1.0).grade is Grade.A
    assert step(a, 50, 0.84, 1.0).grade is Grade.B
    assert step(a, 50, 0.70, 1.0).grade is Grade.C
    assert step(Held(Grade.B), 50, 0.76, 1.0).grade is Grade.B
    assert step(Held(Grade.B), 50, 0.74, 0.9).grade is Grade.C
    assert step(START, 5, 0.1, 0.69).grade is Grade.D
    assert step(START, 5, 0.0, 0.5).grade is Grade.F


def test_an_alarm_takes_one_letter_and_never_leads_below_c() -> None:
    a, b = Grade.A, Grade.B
    assert step(Held(a), 50, 0.95, 1.0, a).grade is b
    assert step(Held(b, 45, a), 50, 0.95, 1.0, b) == Held(Grade.C, 50, a)
    assert step(START, 50, 0.5, 1.0, Grade.C).grade is Grade.C
    # what the bounds took during the fall is not taken twice
    assert step(Held(b), 50, 0.82, 1.0, a).grade is b
    assert hold([(0.95, 1.0)] * 30, {20: 15}).grade is b
    assert hold([(0.95, 1.0)] * 31, {20: 15}).grade is a  # two checks later it is back


@given(histories(80))
def test_what_a_forecast_promises_happens(history: list) -> None:  # type: ignore[type-arg]
    found = profile(history)
    held, tasks, s, n = found.held, found.score.n, found.evidence.s, found.evidence.n
    ahead = forecast(held, tasks, s, n)
    if ahead.next_grade is None or ahead.confirmed_after is None or ahead.confirmed_after > 200:
        return
    for more in range(1, ahead.confirmed_after + 1):
        assert held.grade < ahead.next_grade
        held = step(held, tasks + more, *wilson(s + more, n + more))
    assert held.grade >= ahead.next_grade


@given(st.integers(0, 300), st.integers(0, 100))
def test_right_answers_in_a_row_are_found_by_halving(right: int, wrong: int) -> None:
    one_by_one = (more for more in range(MOST) if wilson(right + more, right + wrong + more)[0] >= 0.80)
    assert answers_to(right, right + wrong, 0.80) == next(one_by_one)


def test_the_next_ten() -> None:
    ahead = forecast(START, 16, 16.0, 16.0)
    assert (ahead.all_right.right, ahead.own_rate.right, ahead.all_wrong.right) == (10, 10, 0)
    assert ahead.all_right.lower == wilson(26, 26)[0]
    assert ahead.all_wrong.lower == pytest.approx(wilson(16, 26)[0])
    assert forecast(Held(Grade.A), 50, 50.0, 50.0).next_grade is None
    assert forecast(START, 5, 4.0, 5.0, weight=0.0).in_a_row is None
    assert forecast(START, 10**6, 0.0, 1e6, weight=0.001).confirmed_after is None


def test_an_arrow_only_when_significant() -> None:
    def arrow(pattern: str) -> Direction:
        return trend([(1.0, letter == "1") for letter in pattern]).direction

    assert arrow("") is Direction.LEVEL
    assert arrow("1" * 50) is Direction.LEVEL
    assert arrow("1" * 50 + "0") is Direction.LEVEL
    assert arrow("1110" * 50 + "0" * 20) is Direction.DOWN
    assert arrow("10" * 100 + "1" * 40) is Direction.UP
    assert trend([(0.0, True)] * 9).direction is Direction.LEVEL


def test_a_sudden_fall_rings_after_about_eleven_tasks_and_seldom_falsely() -> None:
    chance = random.Random(7)
    waits = []
    for _ in range(200):
        points = [(1.0, chance.random() < 0.95) for _ in range(150)]
        points += [(1.0, chance.random() < 0.50) for _ in range(100)]
        waits.append(next(at - 149 for at in watch(points).raised if at >= 150))
    assert 8 <= sorted(waits)[100] <= 14
    steady = [(1.0, chance.random() < 0.85) for _ in range(20_000)]
    assert len(watch(steady).raised) < len(watch(steady, own_level=False).raised) / 3


def test_an_alarm_is_shown_for_twenty_tasks() -> None:
    fall = [(1.0, True)] * 30 + [(1.0, False)] * 5
    assert (watch(fall).tasks, watch(fall).rejected, watch(fall).active) == (5, 5, True)
    assert watch(fall + [(1.0, True)] * 15).tasks == 20
    assert not watch(fall + [(1.0, True)] * 20).active
    assert watch([(0.0, False)] * 50).raised == ()
    with pytest.raises(ValueError, match="expected"):
        increments(0.5, 0.7)


def test_levels_never_fall_and_say_what_is_next() -> None:
    numbers = [level(checked).number for checked in range(0, 25_000, 5)]
    assert numbers == sorted(numbers)
    assert (level(0).name, level(0).to_next) == ("newcomer", 10)
    assert (level(10).name, level(10**6).to_next) == ("starter", None)
    assert len({name for _, name in STEPS}) == len(STEPS)
    with pytest.raises(ValueError, match="negative"):
        level(-1)


def test_easy_kinds_weigh_little_and_untrusted_trials_do_not_count() -> None:
    easy = [outcome(True, at, "r0", "button") for at in range(1000)]
    hard = run("10" * 50, family="hard")
    found = difficulty_weights(easy + hard)
    assert found.of("button", "easy") == pytest.approx(0.00398803192)
    assert found.of("hard", "easy") == 1
    assert found.of("unknown", "easy") == 1
    # a farm cannot make its button task look hard, nor an honest one easy
    farm = [outcome(at % 2 == 0, at, "farm", "button") for at in range(5000)]
    weights = RequesterWeights({"farm": 0.0})
    assert difficulty_weights(easy + farm, weights).of("button", "easy") == found.of("button", "easy")
    with pytest.raises(ValueError, match="passes"):
        rasch_weight(2, 1)
