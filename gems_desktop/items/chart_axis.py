# SPDX-License-Identifier: Apache-2.0
"""The axis of a chart: a line and a text for each of its values, and the labels of the points that have room."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from gems_desktop.items.chart_looks import Looks, Point, Tick
from gems_desktop.items.chart_place import Place, kept_inside, labels_with_room

_BESIDE = 8.0  # between the axis and its texts
_ABOVE = 4.0  # between the foot and its labels


def place(
    size: tuple[float, float], points: Sequence[Point], ticks: Sequence[Tick], looks: Looks, mirrored: bool
) -> Place:
    """The plot within an item of that size: beside the texts of the axis, above the labels."""
    metrics = QFontMetricsF(looks.font())
    beside = max((metrics.horizontalAdvance(tick.text) for tick in ticks), default=0.0)
    beside += _BESIDE if beside else 0
    foot = metrics.height() + _ABOVE if any(point.label for point in points) else 1.0
    top = metrics.height() / 2 + 1
    left, right = (1.0, size[0] - beside) if mirrored else (beside, size[0] - 1)
    values = [tick.value for tick in ticks]
    return Place(
        left,
        top,
        max(left + 1, right),
        max(top + 1, size[1] - foot),
        len(points),
        min(values, default=0.0),
        max(values, default=1.0),
        mirrored,
    )


def paint_ticks(painter: QPainter, at: Place, ticks: Sequence[Tick], looks: Looks) -> None:
    """Lines across at the values of the axis, the lowest strongest, each with its text."""
    painter.setFont(looks.font())
    metrics = QFontMetricsF(painter.font())
    for tick in ticks:
        y = round(at.y(tick.value)) + 0.5
        foot = tick.value == at.low
        style = Qt.PenStyle.SolidLine if foot else Qt.PenStyle.DotLine
        painter.setPen(QPen(looks.muted if foot else looks.line, 1, style))
        painter.drawLine(QPointF(at.left, y), QPointF(at.right, y))
        painter.setPen(looks.muted)
        width = metrics.horizontalAdvance(tick.text) + 1
        left = at.right + _BESIDE if at.mirrored else at.left - _BESIDE - width
        box = QRectF(left, y - metrics.height() / 2, width, metrics.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, tick.text)


def paint_labels(painter: QPainter, at: Place, points: Sequence[Point], whole: float, looks: Looks) -> None:
    """The labels that have room; that of a marked point is strong."""
    strong = QFontMetricsF(looks.font(strong=True))
    widths = [strong.horizontalAdvance(point.label) + 1 for point in points]
    for index in labels_with_room(widths, at.slot):
        point, width = points[index], widths[index]
        painter.setFont(looks.font(strong=point.marked))
        painter.setPen(looks.text if point.marked else looks.muted)
        box = QRectF(kept_inside(at.x(index), width, whole), at.bottom + _ABOVE, width, strong.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, point.label)
