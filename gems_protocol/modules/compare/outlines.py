# SPDX-License-Identifier: Apache-2.0
"""Areas of a picture by their corners: boxes, turned boxes, polygons and ellipses, measured line by line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

from gems_protocol.modules.compare import runs
from gems_protocol.modules.compare.shapes import FULL, UNITS, Shape, Work
from gems_protocol.modules.compare.turning import BITS, ONE, circle, turn

_LINES = 6  # a shape is cut by 2**(this - 1) to 2**this lines
_SLACK = 16  # areas by lines are true to less than a 16th

Corner = tuple[int, int]


class Outline(Shape):
    """An area by its corners in UNITS; where it crosses itself, what is enclosed an even number of times is outside.

    Two upright boxes are compared exactly. Everything else is cut by horizontal lines of the picture, so close that at
    least 32 cut the taller one, and what both have of each line is exact in whole numbers: the same on every machine.
    """

    def __init__(self, corners: Sequence[Corner], *, upright: bool = False) -> None:
        self.corners = tuple(corners)
        self.key = self.corners
        self.upright = upright
        across, down = [x for x, _ in corners], [y for _, y in corners]
        self.box = (min(across), min(down), max(across), max(down))
        self.level = max((self.box[3] - self.box[1]).bit_length() - _LINES, 1)
        self._rows: dict[int, Rows] = {}
        self.room = (self.box[2] - self.box[0]) * (self.box[3] - self.box[1])
        self.area = self.room if upright else self.rows(self.level).area

    def rows(self, level: int) -> Rows:
        """What it covers of the lines that lie 2**level apart."""
        if level not in self._rows:
            self._rows[level] = Rows(self.corners, level)
        return self._rows[level]

    def bound(self, other: Self) -> int:
        """What the boxes around both and their areas allow; exact for two upright boxes."""
        one, two = self.box, other.box
        across = (one[2] if one[2] < two[2] else two[2]) - (one[0] if one[0] > two[0] else two[0])
        if across <= 0:
            return 0
        down = (one[3] if one[3] < two[3] else two[3]) - (one[1] if one[1] > two[1] else two[1])
        if down <= 0:
            return 0
        shared = across * down
        if self.upright and other.upright:
            return shared * FULL // (self.area + other.area - shared)
        least, most = sorted((self.area, other.area))
        return min(min(shared, least) * FULL // max(most, 1) * (_SLACK + 1) // _SLACK, FULL)

    def guess(self, other: Self) -> int:
        """What the boxes around both share."""
        one, two = self.box, other.box
        shared = (min(one[2], two[2]) - max(one[0], two[0])) * (min(one[3], two[3]) - max(one[1], two[1]))
        return shared * FULL // max(self.room + other.room - shared, 1)

    def overlap(self, other: Self, work: Work) -> int:
        """Shared over joint area."""
        if self.upright and other.upright:
            return self.bound(other)
        if work.left < 0:
            return 0
        level = max(self.level, other.level)
        one, two = self.rows(level), other.rows(level)
        if not work.spend(one.steps + two.steps):
            return 0
        shared = one.shared(two)
        return shared * FULL // max(one.area + two.area - shared, 1)


class Rows:
    """What an outline covers of horizontal lines, in units of area; `steps` is what comparing it costs."""

    def __init__(self, corners: tuple[Corner, ...], level: int) -> None:
        half = 1 << (level - 1)
        cut: dict[int, list[int]] = {}
        for start, end in zip(corners, (*corners[1:], *corners[:1]), strict=True):
            (x0, y0), (x1, y1) = (start, end) if start[1] <= end[1] else (end, start)
            # the lines at or below the upper end, above the lower one
            for line in range((y0 + half - 1) >> level, (y1 + half - 1) >> level):
                at = (line << level) + half
                cut.setdefault(line, []).append(x0 + (x1 - x0) * (at - y0) // (y1 - y0))
        self.first = min(cut, default=0)
        self.lines: list[list[int]] = [
            sorted(cut.get(line, ())) for line in range(self.first, max(cut, default=-1) + 1)
        ]
        self.spacing = 1 << level
        self.area = sum(runs.length(line) for line in self.lines) * self.spacing
        self.steps = len(self.lines) + sum(map(len, self.lines)) // 2

    def shared(self, other: Rows) -> int:
        """The area of both, of lines equally far apart."""
        first = max(self.first, other.first)
        total = 0
        for one, two in zip(
            self.lines[first - self.first :], other.lines[first - other.first :], strict=False
        ):
            if len(one) == 2 == len(two):
                start = one[0] if one[0] > two[0] else two[0]
                end = one[1] if one[1] < two[1] else two[1]
                if end > start:
                    total += end - start
            else:
                total += runs.shared(one, two)
        return total * self.spacing


def units(percent: float) -> int:
    """A percentage in UNITS."""
    return round(percent * UNITS)


def rectangle(x: int, y: int, width: int, height: int, rotation: int, size: tuple[int, int]) -> Outline:
    """A box in UNITS, turned by millionths of a degree around its upper left corner on a picture of `size` pixels."""
    ends = [(0, 0), (width, 0), (width, height), (0, height)]
    if rotation % 360_000_000 == 0:
        return Outline([(x + across, y + down) for across, down in ends], upright=True)
    return Outline(_turned(ends, x, y, rotation, size))


def ellipse(x: int, y: int, across: int, down: int, rotation: int, size: tuple[int, int]) -> Outline:
    """An ellipse around a centre in UNITS, turned around it; a polygon of many corners stands for it."""
    ends = [(across * cosine >> BITS, down * sine >> BITS) for cosine, sine in circle()]
    return Outline(_turned(ends, x, y, rotation, size))


def _turned(ends: list[Corner], x: int, y: int, rotation: int, size: tuple[int, int]) -> list[Corner]:
    """Corners around (x, y), turned in pixels: percentages of width and height are not equally long."""
    wide, high = size
    cosine, sine = turn(rotation)
    return [
        (
            x + (across * wide * cosine - down * high * sine) // (wide * ONE),
            y + (across * wide * sine + down * high * cosine) // (high * ONE),
        )
        for across, down in ends
    ]
