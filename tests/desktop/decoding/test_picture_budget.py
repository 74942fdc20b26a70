# SPDX-License-Identifier: Apache-2.0
"""Which decoded pictures are kept: never more than the budget, and none that the last tasks had no use for."""

from __future__ import annotations

from PySide6.QtGui import QImage

from gems_desktop.decoding.picture_budget import TASKS, PictureBudget

EDGE = 100
SIZE = EDGE * EDGE * 4


def picture() -> QImage:
    return QImage(EDGE, EDGE, QImage.Format.Format_RGB32)


def test_the_oldest_go_beyond_the_bytes() -> None:
    budget: PictureBudget[str] = PictureBudget(3 * SIZE)
    for name in "abc":
        budget.put(name, picture())
    assert budget.get("a") is not None  # asked for again: not the oldest any more
    budget.put("d", picture())
    assert budget.get("b") is None
    assert all(budget.get(name) is not None for name in "acd")
    assert budget.bytes == 3 * SIZE
    budget.put("d", picture())
    assert budget.bytes == 3 * SIZE, "the same picture counts once"


def test_a_thousand_tasks_hold_no_more_than_the_last_few() -> None:
    budget: PictureBudget[int] = PictureBudget(1_000 * SIZE)
    for task in range(1_000):
        budget.turn()
        for coming in range(task, task + 4):  # the one on the screen and those that are looked ahead to
            if budget.get(coming) is None:
                budget.put(coming, picture())
        assert budget.bytes <= (4 + TASKS) * SIZE
    assert budget.get(999 - TASKS + 1) is not None, "who goes back finds the last ones"
    assert budget.get(999 - TASKS) is None


def test_what_is_asked_for_stays() -> None:
    budget: PictureBudget[str] = PictureBudget(10 * SIZE)
    budget.put("again and again", picture())
    budget.put("once", picture())
    for _ in range(2 * TASKS):
        budget.turn()
        assert budget.get("again and again") is not None
    assert budget.get("once") is None
    assert budget.bytes == SIZE


def test_an_empty_one_turns_too() -> None:
    budget: PictureBudget[str] = PictureBudget(SIZE)
    budget.turn()
    assert budget.bytes == 0
