# SPDX-License-Identifier: Apache-2.0
"""Runs of a state machine from fixed seeds, one after the other, until what was looked for was met.

A seed alone fixes no run: what a machine draws also depends on which modules are loaded beside it. So one seed that
happens to reach everything today may miss something tomorrow; several in a row are as sure as a run can be.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from hypothesis import seed

ROUNDS = 8


def seeded(machine: type[Any], number: int) -> type[Any]:
    """The machine, drawing from that seed."""
    return seed(number)(type(machine.__name__, (machine,), {}))


def until_all_is_visited(run: Callable[[int], object], missing: Callable[[], Collection[str]]) -> None:
    """Run from one seed after the other until nothing is missing; fails when the last one leaves something."""
    for number in range(1, ROUNDS + 1):
        run(number)
        if not missing():
            return
    raise AssertionError(f"never visited in {ROUNDS} runs: {sorted(missing())}")


def caught(run: Callable[[int], object], *faults: type[BaseException]) -> bool:
    """Whether one of the runs finds what is wrong."""
    for number in range(1, ROUNDS + 1):
        try:
            run(number)
        except faults:
            return True
    return False
