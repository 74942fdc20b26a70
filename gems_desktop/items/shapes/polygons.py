# SPDX-License-Identifier: Apache-2.0
"""Polygons: corners that are set one by one, moved, put in and taken out; grips are the numbers of the corners."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath, QPolygonF

from gems_desktop.items.shapes.base import WHOLE, Grip, Point, Size, Step, Value
from gems_protocol.modules.answer import percentage

LEAST = 3  # corners of a closed one


class PolygonShape:
    """A closed outline, or a line while it is drawn."""

    def path(self, value: Value, size: Size) -> QPainterPath:
        """Its outline, in percent."""
        path = QPainterPath()
        path.addPolygon(QPolygonF([QPointF(x, y) for x, y in value["points"]]))
        if value["closed"]:
            path.closeSubpath()
        return path

    def grips(self, value: Value, size: Size) -> tuple[Grip, ...]:
        """Its corners."""
        return tuple(Grip(str(at), x, y, round=True) for at, (x, y) in enumerate(value["points"]))

    def pulled(self, value: Value, grip: str, start: Point, end: Point, size: Size) -> Value | None:
        """One corner or all of it moved, as far as it stays inside the picture."""
        dx, dy = end[0] - start[0], end[1] - start[1]
        points = [tuple(point) for point in value["points"]]
        if grip != WHOLE:
            at = int(grip)
            points[at] = (points[at][0] + dx, points[at][1] + dy)
            return of(points, closed=value["closed"])
        across, down = [x for x, _ in points], [y for _, y in points]
        dx = min(max(dx, -min(across)), 100 - max(across))
        dy = min(max(dy, -min(down)), 100 - max(down))
        return of([(x + dx, y + dy) for x, y in points], closed=value["closed"])

    def drawn(self, start: Point, end: Point, size: Size) -> Value | None:
        """A polygon is not drawn by a drag; its first corner is where it began."""
        return of([start], closed=False)

    def grown(self, value: Value, by: Step, size: Size) -> Value | None:
        """Scaled from its upper left."""
        across, down = [x for x, _ in value["points"]], [y for _, y in value["points"]]
        left, top = min(across), min(down)
        wide, high = max(across) - left, max(down) - top
        if wide + by.dx <= 0 or high + by.dy <= 0 or wide <= 0 or high <= 0:
            return None
        kx, ky = (wide + by.dx) / wide, (high + by.dy) / high
        points = [(left + (x - left) * kx, top + (y - top) * ky) for x, y in value["points"]]
        if any(x > 100 or y > 100 for x, y in points):
            return None
        return of(points, closed=value["closed"])

    def turned(self, value: Value, degrees: float, size: Size) -> Value | None:
        """Around the middle of its box; None where it would leave the picture."""
        across, down = [x for x, _ in value["points"]], [y for _, y in value["points"]]
        x0, y0 = (min(across) + max(across)) / 2, (min(down) + max(down)) / 2
        cosine, sine = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
        tall = size[1] / size[0]
        points = [
            (
                x0 + (x - x0) * cosine - (y - y0) * tall * sine,
                y0 + (x - x0) / tall * sine + (y - y0) * cosine,
            )
            for x, y in value["points"]
        ]
        if any(not (0 <= x <= 100 and 0 <= y <= 100) for x, y in points):
            return None
        return of(points, closed=value["closed"])


def of(points: list[Point], *, closed: bool) -> Value:
    """The value of a polygon, its corners kept inside the picture."""
    return {
        "points": [
            [percentage(min(max(x, 0.0), 100.0)), percentage(min(max(y, 0.0), 100.0))] for x, y in points
        ],
        "closed": closed,
    }


def with_corner(value: Value, point: Point, at: int | None = None) -> Value:
    """With one more corner, at the end or before corner `at`."""
    points = [tuple(corner) for corner in value["points"]]
    points.insert(len(points) if at is None else at, point)
    return of(points, closed=value["closed"])


def without_corner(value: Value, at: int) -> Value | None:
    """With a corner less; None when too few would be left."""
    points = [tuple(corner) for corner in value["points"]]
    del points[at]
    if len(points) < (LEAST if value["closed"] else 1):
        return None
    return of(points, closed=value["closed"])


def closed(value: Value) -> Value | None:
    """Finished; None while it has too few different corners."""
    enough = len({tuple(point) for point in value["points"]}) >= LEAST
    return {**value, "closed": True} if enough else None


def edge_near(value: Value, point: Point, size: Size) -> tuple[int, float]:
    """The place at which a corner near `point` would be put in, and how far its edge is, in pixels of the picture."""
    points = [(x / 100 * size[0], y / 100 * size[1]) for x, y in value["points"]]
    spot = point[0] / 100 * size[0], point[1] / 100 * size[1]
    found = (len(points), math.inf)
    for at in range(len(points) if value["closed"] else len(points) - 1):
        away = _distance(spot, points[at], points[(at + 1) % len(points)])
        if away < found[1]:
            found = (at + 1, away)
    return found


def _distance(spot: Point, start: Point, end: Point) -> float:
    """From a point to a stretch of a line."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = dx * dx + dy * dy
    along = ((spot[0] - start[0]) * dx + (spot[1] - start[1]) * dy) / length if length else 0.0
    along = min(max(along, 0.0), 1.0)
    return math.hypot(spot[0] - start[0] - along * dx, spot[1] - start[1] - along * dy)


POLYGON = PolygonShape()
