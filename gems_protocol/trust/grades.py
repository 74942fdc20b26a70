# SPDX-License-Identifier: Apache-2.0
"""The letter grade: what the bounds of a worker's share allow, held steady against luck.

Everybody starts at C, because the interval 0..1 excludes nothing. Looking after every task would promote
by luck, so a better grade needs two checks ten tasks apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum

CHECKS_APART = 10  # judged tasks between the two checks of a promotion
KEPT_BELOW = 0.05  # a grade is lost at its bar minus this


class Grade(IntEnum):
    """F is the lowest; `.name` is the letter."""

    F = 0
    D = 1
    C = 2
    B = 3
    A = 4


#: Lower bound that A and B need; upper bound below which D and F begin.
A_BAR, B_BAR, D_BAR, F_BAR = 0.90, 0.80, 0.70, 0.55


@dataclass(frozen=True, slots=True)
class Held:
    """The grade held, and the first passed check of a promotion: after how many tasks, and to what."""

    grade: Grade = Grade.C
    checked_at: int | None = None
    checked: Grade | None = None


START = Held()


def grade(lower: float, upper: float) -> Grade:
    """The grade that the bounds alone allow."""
    if lower >= B_BAR:
        return Grade.A if lower >= A_BAR else Grade.B
    if upper < D_BAR:
        return Grade.F if upper < F_BAR else Grade.D
    return Grade.C


def bar_of(better: Grade) -> float:
    """The bound that a grade above F needs: the lower one for A and B, the upper one for C and D."""
    return {Grade.A: A_BAR, Grade.B: B_BAR, Grade.C: D_BAR, Grade.D: F_BAR}[better]


def step(held: Held, tasks: int, lower: float, upper: float, fell_from: Grade | None = None) -> Held:
    """The grade after judged task number `tasks` (from 1), whose bounds these are.

    fell_from: after an alarm, the grade held when the fall began. One letter below it is the most that is
    kept, but never less than C, and the way up starts again. A falls to B below .85, B below .75; C and D fall
    when the upper bound excludes them.
    """
    now = grade(lower, upper)
    kept = held.grade
    if fell_from is not None:
        kept = min(kept, Grade(max(Grade.C, fell_from - 1)))
        held = Held(kept)
    if kept is Grade.A and lower < A_BAR - KEPT_BELOW:
        kept = Grade.B
    if (kept is Grade.B and lower < B_BAR - KEPT_BELOW) or (kept <= Grade.C and now < kept):
        kept = now
    if kept is not held.grade:
        held = Held(kept)
    return _promoted(held, tasks, now)


def _promoted(held: Held, tasks: int, now: Grade) -> Held:
    if held.checked_at is None or held.checked is None:
        return Held(held.grade, tasks, now) if now > held.grade else held
    if tasks - held.checked_at < CHECKS_APART:
        return held
    reached = min(now, held.checked)
    if reached <= held.grade:
        return Held(held.grade)
    return Held(reached, tasks, now) if now > reached else Held(reached)


def hold(bounds: Iterable[tuple[float, float]], falls: Mapping[int, int] | None = None) -> Held:
    """The grade held after a history of (lower, upper), one for each judged task, oldest first.

    falls: for each position (from 0) at which an alarm rang, the position at which that fall began.
    """
    held, before = START, [START.grade]
    falls = falls or {}
    for position, (lower, upper) in enumerate(bounds):
        began = falls.get(position)
        held = step(held, position + 1, lower, upper, None if began is None else before[began])
        before.append(held.grade)
    return held
