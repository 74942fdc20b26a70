# SPDX-License-Identifier: Apache-2.0
"""Levels: thanks for cumulative checked work. They never fall and buy nothing; trust is the grade."""

from __future__ import annotations

from dataclasses import dataclass

#: (checked tasks, name), rising. The names are codes; the window has words for them.
STEPS = (
    (0, "newcomer"),
    (10, "starter"),
    (50, "contributor"),
    (200, "regular"),
    (1_000, "experienced"),
    (5_000, "veteran"),
    (20_000, "pillar"),
)


@dataclass(frozen=True, slots=True)
class Level:
    """number from 0; name from `STEPS`; to_next: checked tasks to the next level, None at the top."""

    number: int
    name: str
    to_next: int | None


def level(checked: int) -> Level:
    """The level of a number of checked tasks, right or wrong, whoever they were for."""
    if checked < 0:
        raise ValueError("a number of tasks is not negative")
    number = sum(checked >= tasks for tasks, _ in STEPS) - 1
    following = STEPS[number + 1][0] - checked if number + 1 < len(STEPS) else None
    return Level(number, STEPS[number][1], following)
