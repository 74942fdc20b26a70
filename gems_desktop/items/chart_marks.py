# SPDX-License-Identifier: Apache-2.0
"""What stands on the axes: bars, pairs of bars told apart by their pattern, a line within its range, bars across."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QFontMetricsF, QPainter, QPen, QPolygonF

from gems_desktop.items.chart_looks import Looks, Point
from gems_desktop.items.chart_place import Place

_WIDEST = 42.0
_ROUND = 3.0
_LEAST = 2.0  # pixels: what is more than nothing is seen
_DASHED = 60  # points: dashes along more cost more than the rest of the picture


def paint_current(painter: QPainter, at: Place, index: int, looks: Looks) -> None:
    """The slot of the point that is read out."""
    box = QRectF(at.x(index) - at.slot / 2, at.top, at.slot, at.bottom - at.top)
    painter.setPen(QPen(looks.muted, 1))
    painter.setBrush(looks.mark)
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), _ROUND, _ROUND)


def paint_bars(painter: QPainter, at: Place, points: Sequence[Point], looks: Looks) -> None:
    """One bar a point."""
    width = max(1.0, min(at.slot * 0.66, _WIDEST))
    for index, point in enumerate(points):
        _bar(painter, at, at.x(index) - width / 2, width, point.value, looks, hatched=False)


def paint_pairs(painter: QPainter, at: Place, points: Sequence[Point], looks: Looks) -> None:
    """Two bars a point: the second is hatched."""
    width = max(1.0, min(at.slot * 0.38, _WIDEST * 0.7))
    for index, point in enumerate(points):
        first = at.x(index) + (1 if at.mirrored else -width - 1)
        second = at.x(index) + (-width - 1 if at.mirrored else 1)
        _bar(painter, at, first, width, point.value, looks, hatched=False)
        _bar(painter, at, second, width, point.other, looks, hatched=True)


def _bar(
    painter: QPainter, at: Place, left: float, width: float, value: float, looks: Looks, *, hatched: bool
) -> None:
    if value <= 0:
        return
    height = max(_LEAST, at.bottom - at.y(value))
    _fill(painter, QRectF(left, at.bottom - height, width, height), looks, hatched=hatched)


def _fill(painter: QPainter, box: QRectF, looks: Looks, *, hatched: bool) -> None:
    rounding = min(_ROUND, box.width() / 2, box.height() / 2)
    if hatched:
        painter.setPen(QPen(looks.ink, 1.2))
        painter.setBrush(looks.ground)
        painter.drawRoundedRect(box, rounding, rounding)
        painter.setBrush(QBrush(looks.ink, Qt.BrushStyle.BDiagPattern))
        painter.drawRoundedRect(box, rounding, rounding)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(looks.ink)
        painter.drawRoundedRect(box, rounding, rounding)


def paint_band(painter: QPainter, at: Place, points: Sequence[Point], looks: Looks, current: int) -> None:
    """The range as an area with its edges, the values as a line over it, a dot at the newest and the current."""
    upper = [QPointF(at.x(index), at.y(point.high)) for index, point in enumerate(points)]
    lower = [QPointF(at.x(index), at.y(point.low)) for index, point in enumerate(points)]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(looks.soft)
    painter.drawPolygon(QPolygonF([*upper, *reversed(lower)]))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    dashes = Qt.PenStyle.DashLine if len(points) <= _DASHED else Qt.PenStyle.SolidLine
    painter.setPen(QPen(looks.ink, 1, dashes))
    painter.drawPolyline(QPolygonF(upper))
    painter.drawPolyline(QPolygonF(lower))
    line = [QPointF(at.x(index), at.y(point.value)) for index, point in enumerate(points)]
    solid, cap, join = Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    painter.setPen(QPen(looks.ink, 2, solid, cap, join))
    painter.drawPolyline(QPolygonF(line))
    painter.setBrush(looks.ground)
    for index in {len(line) - 1, current} & set(range(len(line))):
        painter.drawEllipse(line[index], 4, 4)


def row_height(looks: Looks) -> float:
    """Pixels of one bar across with the texts over it."""
    return QFontMetricsF(looks.font(strong=True)).height() + _thick(looks) + 12


def _thick(looks: Looks) -> float:
    return round(looks.size * 0.8)


def paint_across(
    painter: QPainter,
    points: Sequence[Point],
    top: float,
    width: float,
    looks: Looks,
    current: int,
    mirrored: bool,
) -> None:
    """Bars across, the label and the text of the value over each; the current one stands on a mark."""
    tall = row_height(looks)
    for index, point in enumerate(points):
        row = QRectF(0, index * tall, width, tall)
        if index == current:
            painter.setPen(QPen(looks.muted, 1))
            painter.setBrush(looks.mark)
            painter.drawRoundedRect(row.adjusted(0.5, 0.5, -0.5, -2.5), _ROUND, _ROUND)
        near, far = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        if mirrored:
            near, far = far, near
        words = row.adjusted(6, 1, -6, -_thick(looks) - 8)
        painter.setFont(looks.font(strong=point.marked))
        painter.setPen(looks.text)
        painter.drawText(
            words, near | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, point.label
        )
        painter.setFont(looks.font(strong=True))
        painter.drawText(words, far | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, point.text)
        track = QRectF(6, row.bottom() - _thick(looks) - 7, width - 12, _thick(looks))
        painter.setPen(QPen(looks.line, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(track, _ROUND, _ROUND)
        if point.value > 0 and top > 0:
            long = max(_LEAST, track.width() * min(1.0, point.value / top))
            left = track.right() - long if mirrored else track.left()
            _fill(painter, QRectF(left, track.top(), long, track.height()), looks, hatched=False)


def paint_swatch(painter: QPainter, width: float, height: float, pattern: str, looks: Looks) -> None:
    """What a pattern means is said beside it: "solid", "hatched", "band" or "line"."""
    box = QRectF(1, 1, width - 2, height - 2)
    if pattern in ("solid", "hatched"):
        _fill(painter, box, looks, hatched=pattern == "hatched")
    elif pattern == "band":
        painter.setPen(QPen(looks.ink, 1, Qt.PenStyle.DashLine))
        painter.setBrush(looks.soft)
        painter.drawRect(box)
    else:
        painter.setPen(QPen(looks.ink, 2))
        painter.drawLine(QPointF(1, height / 2), QPointF(width - 1, height / 2))
