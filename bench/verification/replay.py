# SPDX-License-Identifier: Apache-2.0
"""Runs rows over crowds, several replays each, and keeps accuracy and labour of every cell."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bench.verification.crowd import Crowd
from bench.verification.rows import Row
from bench.verification.world import GOLD_LABOUR, World

MOST_SHORT = 0.1  # of a set's items may have fewer answers than a row needs


@dataclass(frozen=True)
class Cell:
    """One policy on one set: means over the replays, the deviation between them; labour in answers per item."""

    accuracy: float
    deviation: float
    labour: float


@dataclass(frozen=True)
class Line:
    """One policy on every set, by name; None where the set has too few answers per item."""

    row: Row
    cells: dict[str, Cell | None]

    def mean(self, names: Sequence[str]) -> Cell | None:
        """The mean over the sets `names`; None unless there is a cell for each."""
        cells = [self.cells[name] for name in names]
        there = [cell for cell in cells if cell is not None]
        if not there or len(there) < len(cells):
            return None
        return Cell(*(statistics.fmean(values) for values in zip(*map(_numbers, there), strict=True)))


def replay(
    rows: Sequence[Row], crowds: Sequence[Crowd], replays: int, told: Callable[[str], None]
) -> list[Line]:
    """Every row over every crowd; `told` is called with each row's name when it is done."""
    lines = []
    for row in rows:
        lines.append(Line(row, {crowd.name: _cell(row, crowd, replays) for crowd in crowds}))
        told(row.name)
    return lines


def _cell(row: Row, crowd: Crowd, replays: int) -> Cell | None:
    short = sum(len(votes) < row.least for votes in crowd.answers)
    if short > MOST_SHORT * len(crowd.answers):
        return None
    accuracies, labours = [], []
    for seed in range(replays):
        world = World(crowd, seed, row.gold, row.cap)
        answers, labour = row.run(world)
        right = sum(answers[item] == crowd.truth[item] for item in world.items)
        accuracies.append(right / len(world.items))
        labours.append(labour * (GOLD_LABOUR if row.gold else 1.0))
    return Cell(statistics.fmean(accuracies), statistics.pstdev(accuracies), statistics.fmean(labours))


def _numbers(cell: Cell) -> tuple[float, float, float]:
    return cell.accuracy, cell.deviation, cell.labour
