# SPDX-License-Identifier: Apache-2.0
"""What a pointer does to boxes: which handle it grasps and where a dragged box goes, in percent of the picture."""

from __future__ import annotations

from dataclasses import dataclass

Place = tuple[float, float, float, float]  # x, y, width, height in percent

# Handles by the edges they move: -1 left or top, 1 right or bottom, 0 neither.
HANDLES = ((-1, -1), (0, -1), (1, -1), (1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0))
MOVE = (0, 0)
LEAST = 0.3  # percent: a box is never pulled smaller


@dataclass(frozen=True, slots=True)
class Drag:
    """A drag that began at (from_x, from_y). `box` is empty while a new one is drawn."""

    box: str
    start: Place
    edges: tuple[int, int]
    from_x: float
    from_y: float

    def at(self, x: float, y: float) -> Place:
        """Where the box is when the pointer is at (x, y)."""
        if not self.box:
            return min(self.from_x, x), min(self.from_y, y), abs(x - self.from_x), abs(y - self.from_y)
        return moved(self.start, self.edges, x - self.from_x, y - self.from_y)


def moved(start: Place, edges: tuple[int, int], dx: float, dy: float) -> Place:
    """`start` with its `edges` moved by (dx, dy), or all of it for MOVE; stays inside the picture."""
    x, y, w, h = start
    if edges == MOVE:
        return min(max(x + dx, 0.0), 100.0 - w), min(max(y + dy, 0.0), 100.0 - h), w, h
    x, w = _edge(x, w, edges[0], dx)
    y, h = _edge(y, h, edges[1], dy)
    return x, y, w, h


def _edge(low: float, length: float, edge: int, by: float) -> tuple[float, float]:
    if edge < 0:
        new = min(max(low + by, 0.0), low + length - LEAST)
        return new, length + low - new
    if edge > 0:
        return low, min(max(length + by, LEAST), 100.0 - low)
    return low, length


def handle_points(x: float, y: float, w: float, h: float) -> list[tuple[tuple[int, int], float, float]]:
    """Each handle with its point, for a rectangle in any unit."""
    return [(edges, x + w * (edges[0] + 1) / 2, y + h * (edges[1] + 1) / 2) for edges in HANDLES]
