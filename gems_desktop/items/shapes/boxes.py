# SPDX-License-Identifier: Apache-2.0
"""Rectangles and ellipses: both are a box that is pulled at eight handles and turned at a ninth."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPolygonF, QTransform

from gems_desktop.items.shapes.base import WHOLE, Grip, Point, Size, Step, Value
from gems_desktop.items.shapes.turning import HANDLES, Turned
from gems_protocol.modules.answer import percentage

SMALLEST = 0.2  # percent: a smaller box is a slip of the hand
TURN = "turn"
_ARM = 0.08  # of the picture's longer edge: how far the turning handle stands off


def name_of(edges: tuple[int, int]) -> str:
    """The grip that moves `edges`."""
    return f"{edges[0]} {edges[1]}"


_EDGES = {name_of(edges): edges for edges in HANDLES}


@dataclass(frozen=True, slots=True)
class BoxShape:
    """A kind of region that lies in a box; `read` and `write` go from a value to its box and back."""

    read: Callable[[Value, Size], Turned]
    write: Callable[[Turned, Size], Value]
    oval: bool = False

    def path(self, value: Value, size: Size) -> QPainterPath:
        """Its outline, in percent."""
        box = self.read(value, size)
        path = QPainterPath()
        if self.oval:
            path.addEllipse(QRectF(-box.width / 2, -box.height / 2, box.width, box.height))
            back = QTransform.fromScale(100 / size[0], 100 / size[1])
            return (QTransform().rotate(box.angle) * QTransform.fromTranslate(box.x, box.y) * back).map(path)
        path.addPolygon(QPolygonF([QPointF(*_percent(corner, size)) for corner in box.corners()]))
        path.closeSubpath()
        return path

    def grips(self, value: Value, size: Size) -> tuple[Grip, ...]:
        """Corners, edges, and the one that turns it, on the side that has room."""
        box = self.read(value, size)
        found = [Grip(name_of(edges), *_percent(box.at(*edges), size), edges=edges) for edges in HANDLES]
        x, y = _arm(box, size)
        return (*found, Grip(TURN, *_percent((x, y), size), round=True))

    def pulled(self, value: Value, grip: str, start: Point, end: Point, size: Size) -> Value | None:
        """After a drag."""
        box = self.read(value, size)
        (x0, y0), (x1, y1) = _pixels(start, size), _pixels(end, size)
        if grip == WHOLE:
            return self.write(box.moved(x1 - x0, y1 - y0, size), size)
        if grip == TURN:
            degrees = math.degrees(math.atan2(y1 - box.y, x1 - box.x) - math.atan2(y0 - box.y, x0 - box.x))
            return self.write(box.turned(degrees, size), size)
        return self.write(box.pulled(_EDGES[grip], x1 - x0, y1 - y0, size), size)

    def drawn(self, start: Point, end: Point, size: Size) -> Value | None:
        """From corner to corner, clipped to the picture."""
        left, right = sorted((_inside(start[0]), _inside(end[0])))
        top, bottom = sorted((_inside(start[1]), _inside(end[1])))
        if not (right - left >= SMALLEST and bottom - top >= SMALLEST):
            return None
        x, y = _pixels(((left + right) / 2, (top + bottom) / 2), size)
        wide, high = _pixels((right - left, bottom - top), size)
        return self.write(Turned(x, y, wide, high), size)

    def grown(self, value: Value, by: Step, size: Size) -> Value | None:
        """The right and the lower edge move."""
        edges = (1 if by.dx else 0, 1 if by.dy else 0)
        return self.write(
            self.read(value, size).pulled(edges, *_turned_step(self.read(value, size), by, size), size), size
        )

    def turned(self, value: Value, degrees: float, size: Size) -> Value | None:
        """Around its middle."""
        return self.write(self.read(value, size).turned(degrees, size), size)


def _turned_step(box: Turned, by: Step, size: Size) -> Point:
    """A key's step along the box's own edges."""
    dx, dy = _pixels((by.dx, by.dy), size)
    turn = math.radians(box.angle)
    return dx * math.cos(turn) - dy * math.sin(turn), dx * math.sin(turn) + dy * math.cos(turn)


def _arm(box: Turned, size: Size) -> Point:
    """Where the turning handle stands: above the box, or below it at the picture's upper edge."""
    arm = _ARM * max(size)
    above = box.at(0, -1 - 2 * arm / max(box.height, 1e-9))
    if 0 <= above[0] <= size[0] and 0 <= above[1] <= size[1]:
        return above
    return box.at(0, 1 + 2 * arm / max(box.height, 1e-9))


def _rectangle_of(value: Value, size: Size) -> Turned:
    """Label Studio turns a rectangle around its upper left corner."""
    x, y = _pixels((value["x"], value["y"]), size)
    wide, high = _pixels((value["width"], value["height"]), size)
    angle = float(value.get("rotation", 0))
    middle = Turned(x, y, wide, high, angle).at(1, 1)
    return Turned(*middle, wide, high, angle)


def _as_rectangle(box: Turned, size: Size) -> Value:
    x, y = _percent(box.at(-1, -1), size)
    wide, high = _percent((box.width, box.height), size)
    return {
        "x": percentage(_inside(x)),
        "y": percentage(_inside(y)),
        "width": percentage(wide),
        "height": percentage(high),
        "rotation": percentage(box.angle) if box.angle else 0,
    }


def _ellipse_of(value: Value, size: Size) -> Turned:
    wide, high = _pixels((2 * value["radiusX"], 2 * value["radiusY"]), size)
    return Turned(*_pixels((value["x"], value["y"]), size), wide, high, float(value.get("rotation", 0)))


def _as_ellipse(box: Turned, size: Size) -> Value:
    x, y = _percent((box.x, box.y), size)
    wide, high = _percent((box.width / 2, box.height / 2), size)
    return {
        "x": percentage(x),
        "y": percentage(y),
        "radiusX": percentage(wide),
        "radiusY": percentage(high),
        "rotation": percentage(box.angle) if box.angle else 0,
    }


def _pixels(point: Point, size: Size) -> Point:
    return point[0] / 100 * size[0], point[1] / 100 * size[1]


def _percent(point: Point, size: Size) -> Point:
    return point[0] / size[0] * 100, point[1] / size[1] * 100


def _inside(number: float) -> float:
    return min(max(number, 0.0), 100.0)


RECTANGLE = BoxShape(_rectangle_of, _as_rectangle)
ELLIPSE = BoxShape(_ellipse_of, _as_ellipse, oval=True)
