# SPDX-License-Identifier: Apache-2.0
"""Key points: a place with a width, which is the radius of its mark in percent of the picture's width."""

from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath

from gems_desktop.items.shapes.base import Grip, Point, Size, Step, Value
from gems_protocol.modules.answer import percentage

WIDTH = 2.0  # percent
_WIDEST = 20.0


class PointShape:
    """A place."""

    def path(self, value: Value, size: Size) -> QPainterPath:
        """A circle of its width."""
        path = QPainterPath()
        wide = max(float(value["width"]), 0.01)
        path.addEllipse(QPointF(value["x"], value["y"]), wide, wide * size[0] / size[1])
        return path

    def grips(self, value: Value, size: Size) -> tuple[Grip, ...]:
        """None: it is taken by itself."""
        return ()

    def pulled(self, value: Value, grip: str, start: Point, end: Point, size: Size) -> Value | None:
        """Moved, inside the picture."""
        return {
            "x": _inside(value["x"] + end[0] - start[0]),
            "y": _inside(value["y"] + end[1] - start[1]),
            "width": value["width"],
        }

    def drawn(self, start: Point, end: Point, size: Size) -> Value | None:
        """Where the pointer was let go."""
        return {"x": _inside(end[0]), "y": _inside(end[1]), "width": WIDTH}

    def grown(self, value: Value, by: Step, size: Size) -> Value | None:
        """A wider or narrower mark."""
        wide = min(max(float(value["width"]) + by.dx - by.dy, 0.1), _WIDEST)
        return {**{key: value[key] for key in ("x", "y")}, "width": percentage(wide)}

    def turned(self, value: Value, degrees: float, size: Size) -> Value | None:
        """A point has no direction."""
        return None


def _inside(number: float) -> float:
    return percentage(min(max(number, 0.0), 100.0))


POINT = PointShape()
