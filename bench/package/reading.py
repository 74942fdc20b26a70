# SPDX-License-Identifier: Apache-2.0
"""Finds on the screen the strip in which a photo says its number, wherever the window puts the photo just now."""

from __future__ import annotations

from bench.keyboard_hour.photos import CELLS, read
from bench.keyboard_hour.typist import Typist
from tests.window.x_screen import XScreen

STEP = 8  # lines between two looks: a strip is some dozens high
DARK, LIGHT = 32, 240  # what a cell may have of each colour at most, or at least
EDGE = 3  # pixels between two cells that are neither
SHORTEST = CELLS * 8  # pixels; so wide a strip is read for sure


def find_strip(screen: XScreen) -> list[tuple[int, int]]:
    """The middles of the strip's cells, (x, y) on the screen; empty where no whole photo is painted."""
    for y in range(STEP, screen.height - STEP, STEP):
        begin, end = longest(screen.line(y))
        cells = [(begin + (end - begin) * (2 * cell + 1) // (2 * CELLS), y) for cell in range(CELLS)]
        if end - begin >= SHORTEST and number(screen, cells) is not None:
            return cells
    return []


def number(screen: XScreen, cells: list[tuple[int, int]]) -> int | None:
    """What stands in the cells."""
    return read([sum(screen.pixel(x, y)) // 3 for x, y in cells]) if cells else None


def longest(line: bytes) -> tuple[int, int]:
    """From where to where a line (BGRX) is black and white only, at the longest, beginning with black."""
    best = (0, 0)
    begin = last = -1  # of the piece that is looked at; its last pixel of either colour
    for x in range(len(line) // 4):
        colours = line[4 * x : 4 * x + 3]
        dark = max(colours) <= DARK
        if not dark and min(colours) < LIGHT:
            continue
        if begin < 0 or x - last > EDGE + 1:
            begin = x if dark else -1  # a photo's first cell is the dark one
        last = x
        if begin >= 0 and x + 1 - begin > best[1] - best[0]:
            best = (begin, x + 1)
    return best


class Reader(Typist):
    """A typist who looks for the photo again whenever it is not where it was: what stands above it comes and goes.

    How long a photo takes is not measured here, so that it may take long; a key that was lost ends the run.
    """

    _cells: list[tuple[int, int]]

    def number(self, cells: list[tuple[int, int]]) -> int | None:
        """Which photo is painted, or None while it is none as a whole; `cells` is where it was first."""
        at = getattr(self, "_cells", cells)
        found = number(self.screen, at)
        if found is None:
            self._cells = find_strip(self.screen)
            found = number(self.screen, self._cells)
        return found

    def _goes_on(self, cells: list[tuple[int, int]], shown: int, key: str, pressed: float) -> None:
        """Wait for the next photo; raises CannotMeasure where it does not come."""
        self.wait_for(cells, lambda number: number not in (None, shown))
