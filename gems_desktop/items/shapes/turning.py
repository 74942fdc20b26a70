# SPDX-License-Identifier: Apache-2.0
"""A box that may be turned, in pixels of its picture: moved, resized by an edge or corner, turned around its middle."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from gems_desktop.items.shapes.base import Point, Size

HANDLES = ((-1, -1), (0, -1), (1, -1), (1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0))  # by the edges they move
LEAST = 0.3  # percent of the picture: a box is never pulled smaller


@dataclass(frozen=True, slots=True)
class Turned:
    """A box of `width` x `height` around (x, y), turned by `angle` degrees, clockwise."""

    x: float
    y: float
    width: float
    height: float
    angle: float = 0.0

    def at(self, across: float, down: float) -> Point:
        """The point that is `across` half widths and `down` half heights from the middle."""
        return self._out(across * self.width / 2, down * self.height / 2)

    def corners(self) -> tuple[Point, ...]:
        """From its own upper left, clockwise."""
        return tuple(self.at(across, down) for across, down in ((-1, -1), (1, -1), (1, 1), (-1, 1)))

    def moved(self, dx: float, dy: float, size: Size) -> Turned:
        """Moved, as far as it stays inside a picture of `size`."""
        across = [x for x, _ in self.corners()]
        down = [y for _, y in self.corners()]
        return replace(
            self,
            x=self.x + _kept(dx, -min(across), size[0] - max(across)),
            y=self.y + _kept(dy, -min(down), size[1] - max(down)),
        )

    def pulled(self, edges: tuple[int, int], dx: float, dy: float, size: Size) -> Turned:
        """With `edges` pulled by (dx, dy) and the others where they are; as before where it would leave the picture."""
        cosine, sine = self._axes()
        along, aside = dx * cosine + dy * sine, dy * cosine - dx * sine
        if not self.angle:
            along, aside = self._room(edges, along, aside, size)
        wide = max(self.width + edges[0] * along, LEAST / 100 * size[0]) if edges[0] else self.width
        high = max(self.height + edges[1] * aside, LEAST / 100 * size[1]) if edges[1] else self.height
        x, y = self._out(edges[0] * (wide - self.width) / 2, edges[1] * (high - self.height) / 2)
        made = replace(self, x=x, y=y, width=wide, height=high)
        return made if made.inside(size) else self

    def turned(self, degrees: float, size: Size) -> Turned:
        """Turned further; as before where a corner would leave the picture."""
        made = replace(self, angle=(self.angle + degrees) % 360)
        return made if made.inside(size) else self

    def inside(self, size: Size) -> bool:
        """Whether all of it is on the picture."""
        slack = 1e-6 * max(size)
        return all(
            -slack <= x <= size[0] + slack and -slack <= y <= size[1] + slack for x, y in self.corners()
        )

    def _room(self, edges: tuple[int, int], along: float, aside: float, size: Size) -> Point:
        """As far as an upright box can be pulled before its edges reach the picture's."""
        left, right = self.x - self.width / 2, self.x + self.width / 2
        top, bottom = self.y - self.height / 2, self.y + self.height / 2
        return (
            max(along, -left) if edges[0] < 0 else min(along, size[0] - right),
            max(aside, -top) if edges[1] < 0 else min(aside, size[1] - bottom),
        )

    def _axes(self) -> Point:
        turn = math.radians(self.angle)
        return math.cos(turn), math.sin(turn)

    def _out(self, along: float, aside: float) -> Point:
        cosine, sine = self._axes()
        return self.x + along * cosine - aside * sine, self.y + along * sine + aside * cosine


def _kept(step: float, least: float, most: float) -> float:
    return min(max(step, min(least, 0.0)), max(most, 0.0))
