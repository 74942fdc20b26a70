# SPDX-License-Identifier: Apache-2.0
"""The curves of a series: a plot for each channel, stacked over one axis of time, and an overview of the whole."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from gems_desktop.items import timeline_paint
from gems_desktop.items.timeline_body import Body
from gems_desktop.items.timeline_paint import Looks
from gems_desktop.items.timeline_rows import Rows
from gems_desktop.items.timeline_view import Axis

_PLOT = 96.0  # pixels of a plot at the usual size of letters
_MOST = 460.0  # pixels of all plots together
_INSET = 6.0
_SMOOTH = 600  # lines that are drawn smoothly within a frame


@dataclass(frozen=True)
class Curve:
    """One channel: its values over the times of the series, None where there is none."""

    name: str
    units: str
    colour: str
    values: Sequence[float | None]
    low: float
    high: float
    column: str = ""


class SeriesBody(Body):
    """Each pixel shows the lowest and the highest sample under it, so that no spike is lost."""

    follows = True

    def tall(self, looks: Looks) -> float:
        """A plot for each channel, less high when there are many."""
        count = max(1, len(self.part.curves))
        plots = min(max(_MOST, 40.0 * count), _PLOT * count * looks.font_size / 14)
        return max(plots, 110.0) + self.foot(looks) + looks.small * 1.9

    def rows(self, ruler: float, bottom: float, looks: Looks, scrolled: float) -> Rows:
        """One over all plots, whose names stand at the top."""
        return Rows(ruler, ruler, bottom, 1, bottom - ruler, tags_below=True)

    def foot(self, looks: Looks) -> float:
        """Room for a curve of the whole."""
        return 30.0 * looks.font_size / 14

    def paint(self, painter: QPainter, axis: Axis, rows: Rows, looks: Looks) -> None:
        """The ruler and the curves."""
        timeline_paint.ruler(painter, axis, rows, self.part.steps, self.part.tick_words, looks)
        curves = self.part.curves
        for at, curve in enumerate(curves):
            place = self._place(at, rows, axis)
            painter.setPen(QPen(looks.grid, 1))
            painter.drawLine(QLineF(0, place.bottom(), axis.width, place.bottom()))
            self._curve(
                painter, curve, axis, place.adjusted(0, looks.small * 1.6, 0, -_INSET), _seen(curve, looks)
            )

    def _place(self, at: int, rows: Rows, axis: Axis) -> QRectF:
        high = (rows.bottom - rows.top) / max(1, len(self.part.curves))
        return QRectF(0, rows.top + at * high, axis.width, high)

    def _curve(self, painter: QPainter, curve: Curve, axis: Axis, place: QRectF, ink: QColor) -> None:
        lines = curve_lines(self.part.times, curve, axis, place)
        few = len(lines) < _SMOOTH
        painter.setPen(QPen(ink, 1.4 if few else 1))  # a wide pen takes ten times as long
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, few)
        painter.drawLines(lines)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def paint_foot(self, painter: QPainter, axis: Axis, place: QRectF, looks: Looks) -> None:
        """The channels that the author names for it, or the first."""
        painter.fillRect(place, looks.grid)
        whole = replace(axis.fitted(), width=axis.width)
        for curve in self.part.overview:
            self._curve(painter, curve, whole, place.adjusted(0, 3, 0, -3), _seen(curve, looks))

    def paint_over(self, painter: QPainter, axis: Axis, rows: Rows, looks: Looks) -> None:
        """The names, and the values at the cursor."""
        painter.setFont(timeline_paint.font(looks.small, bold=True))
        metrics = QFontMetricsF(painter.font())
        for at, curve in enumerate(self.part.curves):
            place = self._place(at, rows, axis)
            text = self.part.value_words(curve)
            ground = QColor(looks.ground)
            ground.setAlpha(200)
            area = QRectF(
                4,
                place.y() + 2,
                min(metrics.horizontalAdvance(text) + 8, axis.width - 8),
                metrics.height() + 2,
            )
            painter.fillRect(area, ground)
            painter.setPen(_seen(curve, looks))
            flags = int(
                Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine
            )
            painter.drawText(area.adjusted(4, 0, 0, 0), flags, text)
        self._cursor(painter, axis, rows, looks)

    def _cursor(self, painter: QPainter, axis: Axis, rows: Rows, looks: Looks) -> None:
        """Dots where the cursor crosses the curves."""
        sample = self.part.sample
        x = axis.x_of(self.part.position)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        for at, curve in enumerate(self.part.curves):
            value = curve.values[sample] if sample < len(curve.values) else None
            if value is None or not 0 <= x <= axis.width:
                continue
            place = self._place(at, rows, axis).adjusted(0, looks.small * 1.6, 0, -_INSET)
            painter.setPen(QPen(looks.ground, 1))
            painter.setBrush(_seen(curve, looks))
            painter.drawEllipse(QPointF(x, _y(curve, value, place)), 4, 4)


def _seen(curve: Curve, looks: Looks) -> QColor:
    """The author's colour where it is told from the ground, else that of words."""
    ink = QColor(curve.colour)
    if not ink.isValid() or abs(ink.lightnessF() - looks.ground.lightnessF()) < 0.22:
        return looks.ink
    return ink


def _y(curve: Curve, value: float, place: QRectF) -> float:
    if curve.high <= curve.low:
        return place.center().y()
    return place.bottom() - (value - curve.low) / (curve.high - curve.low) * place.height()


def curve_lines(times: Sequence[float], curve: Curve, axis: Axis, place: QRectF) -> list[QLineF]:
    """The curve in view: lines between samples, or upright ones where several stand under a pixel."""
    values = curve.values
    first = max(0, bisect_left(times, axis.left) - 1)
    last = min(len(times), bisect_right(times, axis.right) + 1, len(values))
    if last - first > 2 * axis.width:
        return _dense(times, curve, axis, place, first, last)
    lines: list[QLineF] = []
    before: QPointF | None = None
    for at in range(first, last):
        value = values[at]
        here = QPointF(axis.x_of(times[at]), _y(curve, value, place)) if value is not None else None
        if here is not None and before is not None:
            lines.append(QLineF(before, here))
        elif here is not None and (at + 1 >= last or values[at + 1] is None):
            lines.append(QLineF(here.x() - 1, here.y(), here.x() + 1, here.y()))
        before = here
    return lines


def _dense(
    times: Sequence[float], curve: Curve, axis: Axis, place: QRectF, first: int, last: int
) -> list[QLineF]:
    lines: list[QLineF] = []
    at, before = first, None
    bottom = place.bottom()
    scale = place.height() / (curve.high - curve.low) if curve.high > curve.low else 0.0
    foot = bottom + curve.low * scale if scale else place.center().y()
    step = axis.length / axis.width
    for x in range(int(axis.width) + 1):
        to = bisect_left(times, axis.left + (x + 1) * step, at, last)
        seen = [value for value in curve.values[at:to] if value is not None]
        if seen:
            top, low = foot - max(seen) * scale, foot - min(seen) * scale
            if before is not None:
                lines.append(QLineF(x - 0.5, before, x + 0.5, foot - seen[0] * scale))
            lines.append(QLineF(x + 0.5, top, x + 0.5, max(low, top + 1)))
            before = foot - seen[-1] * scale
        at = max(at, to)
    return lines
