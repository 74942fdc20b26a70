# SPDX-License-Identifier: Apache-2.0
"""How a chart looks and what it draws: the theme's colours, and its points as they come from QML."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtGui import QColor, QFont, QGuiApplication


@dataclass(frozen=True)
class Looks:
    """Colours by what they are for, and the size of letters in pixels."""

    ink: QColor  # what is measured
    soft: QColor  # a range around it
    ground: QColor
    text: QColor
    muted: QColor
    line: QColor
    mark: QColor  # behind the point that is read out
    size: int = 12

    def font(self, *, strong: bool = False) -> QFont:
        """The letters of the chart."""
        font = QFont(QGuiApplication.font())
        font.setPixelSize(max(1, self.size))
        if strong:
            font.setWeight(QFont.Weight.DemiBold)
        return font


#: Before the theme is known.
PLAIN = Looks(
    ink=QColor("green"),
    soft=QColor("lightgreen"),
    ground=QColor("white"),
    text=QColor("black"),
    muted=QColor("gray"),
    line=QColor("silver"),
    mark=QColor("snow"),
)


@dataclass(frozen=True, slots=True)
class Point:
    """One point: its value, a second one or the range around it, its label and the text of its value."""

    label: str
    text: str
    value: float
    other: float
    low: float
    high: float
    marked: bool


@dataclass(frozen=True, slots=True)
class Tick:
    """A value of the axis with its text."""

    value: float
    text: str


def points_of(given: list[Any], most: int) -> tuple[Point, ...]:
    """The first `most` points of a QML list of maps; what is missing is nothing."""
    return tuple(
        Point(
            str(one.get("label", "")),
            str(one.get("text", "")),
            float(one.get("value", 0) or 0),
            float(one.get("other", 0) or 0),
            float(one.get("low", 0) or 0),
            float(one.get("high", 0) or 0),
            bool(one.get("marked", False)),
        )
        for one in given[:most]
        if isinstance(one, dict)
    )


def ticks_of(given: list[Any]) -> tuple[Tick, ...]:
    """The values of the axis."""
    return tuple(
        Tick(float(one.get("value", 0) or 0), str(one.get("text", "")))
        for one in given
        if isinstance(one, dict)
    )
