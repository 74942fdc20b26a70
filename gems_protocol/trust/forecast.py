# SPDX-License-Identifier: Apache-2.0
"""What comes next: right answers in a row to the next grade, and what the next ten tasks could do."""

from __future__ import annotations

from dataclasses import dataclass

from gems_protocol.trust.grades import CHECKS_APART, Grade, Held, bar_of, step
from gems_protocol.trust.wilson import wilson

NEXT = 10
MOST = 10_000  # beyond this a forecast is no help


@dataclass(frozen=True, slots=True)
class Scenario:
    """The next ten tasks with `right` of them accepted: the bounds and the grade then."""

    right: int
    lower: float
    upper: float
    grade: Grade


@dataclass(frozen=True, slots=True)
class Forecast:
    """next_grade: the one above, None at A. in_a_row: right answers until its bar is reached, 0 when it is.

    confirmed_after: right answers until the grade is held, its second check included. Both are None at A
    and beyond 10,000. all_right, own_rate, all_wrong: what the next ten tasks could do.
    """

    next_grade: Grade | None
    in_a_row: int | None
    confirmed_after: int | None
    all_right: Scenario
    own_rate: Scenario
    all_wrong: Scenario


def answers_to(s: float, n: float, bar: float, weight: float = 1.0, *, upper: bool = False) -> int | None:
    """Right answers in a row, each worth `weight` > 0, that lift the lower (or upper) bound to `bar`.

    None beyond MOST.
    """

    def reached(more: int) -> bool:
        return wilson(s + more * weight, n + more * weight)[upper] >= bar

    low, high = -1, 0
    while not reached(high):
        if high >= MOST:
            return None
        low, high = high, min(MOST, max(1, 2 * high))
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if reached(middle) else (middle, high)
    return high


def forecast(held: Held, tasks: int, s: float, n: float, weight: float = 1.0) -> Forecast:
    """The forecast for effective evidence s of n after `tasks` judged tasks.

    weight: what one more task counts, as the worker's recent ones did; a requester whose cap is reached adds
    less, which no forecast can know.
    """
    own = round(NEXT * s / n) if n > 0 else NEXT
    scenarios = [_scenario(held, tasks, s, n, weight, right) for right in (NEXT, own, 0)]
    if held.grade is Grade.A:
        return Forecast(None, None, None, *scenarios)
    following = Grade(held.grade + 1)
    if weight <= 0:
        return Forecast(following, None, None, *scenarios)
    first = answers_to(s, n, bar_of(following), weight, upper=following <= Grade.C)
    return Forecast(following, first, _confirmed(held, tasks, first), *scenarios)


def _confirmed(held: Held, tasks: int, first: int | None) -> int | None:
    """When a promotion is held: ten tasks after a check that passed (or after the running one, if it fails)."""
    if first is None:
        return None
    if held.checked_at is None:
        return max(1, first) + CHECKS_APART
    second = held.checked_at + CHECKS_APART - tasks
    return second if first <= second else max(first, second + 1) + CHECKS_APART


def _scenario(held: Held, tasks: int, s: float, n: float, weight: float, right: int) -> Scenario:
    lower, upper = wilson(s, n)
    done = 0
    for number in range(1, NEXT + 1):
        due = number * right // NEXT  # spread evenly
        n += weight
        s = min(n, s + weight * (due - done))
        done = due
        lower, upper = wilson(s, n)
        held = step(held, tasks + number, lower, upper)
    return Scenario(right, lower, upper, held.grade)
