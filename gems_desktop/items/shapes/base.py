# SPDX-License-Identifier: Apache-2.0
"""What every kind of region on a picture can do; the canvas knows them only by this.

Places are percent of the picture. `size` is the picture's own width and height in pixels, since percentages of the
two are not equally long. A grip is the name of what a hand or key holds of a region: "" is all of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtGui import QPainterPath

Value = dict[str, Any]
Point = tuple[float, float]
Size = tuple[float, float]

WHOLE = ""


@dataclass(frozen=True, slots=True)
class Grip:
    """A point of a selected region that can be taken hold of. `edges` is how it looks and which way it pulls."""

    name: str
    x: float
    y: float
    edges: Point = (0, 0)
    round: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """How far keys move something, in percent."""

    dx: float
    dy: float


class Shape(Protocol):
    """One kind of region. Every method is pure; a value that it makes is one that an answer can hold."""

    def path(self, value: Value, size: Size) -> QPainterPath:
        """Its outline, in percent."""

    def grips(self, value: Value, size: Size) -> tuple[Grip, ...]:
        """What can be taken hold of while it is selected."""

    def pulled(self, value: Value, grip: str, start: Point, end: Point, size: Size) -> Value | None:
        """After a pointer that held `grip` went from `start` to `end`; None when that leaves nothing."""

    def drawn(self, start: Point, end: Point, size: Size) -> Value | None:
        """A new one, drawn from `start` to `end`; None for a slip of the hand."""

    def grown(self, value: Value, by: Step, size: Size) -> Value | None:
        """Larger or smaller by key."""

    def turned(self, value: Value, degrees: float, size: Size) -> Value | None:
        """Turned by key; None for what cannot be turned."""
