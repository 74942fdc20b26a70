# SPDX-License-Identifier: Apache-2.0
"""How a line of time is painted: ruler, stretches with their tags, what is being made, a mark, the overview."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QGuiApplication, QPainter, QPen, QPolygonF

from gems_desktop.items.region_tags import ink_on
from gems_desktop.items.timeline_rows import Rows, Stretch, ends_of, tag_lines
from gems_desktop.items.timeline_view import Axis, step_for, ticks

_PAD = 4.0
_TICK_ROOM = 76.0  # pixels for one number of the ruler at the usual size of letters
MARK = QColor("#C4314B")


@dataclass(frozen=True)
class Looks:
    """Colours and the size of letters, set by QML from the theme."""

    ink: QColor = field(default_factory=lambda: QColor("gray"))
    wave: QColor = field(default_factory=lambda: QColor("teal"))
    grid: QColor = field(default_factory=lambda: QColor("lightgray"))
    ground: QColor = field(default_factory=lambda: QColor("white"))
    focus: QColor = field(default_factory=lambda: QColor("blue"))
    font_size: int = 14

    @property
    def small(self) -> int:
        """The size of the ruler's numbers and of tags."""
        return max(9, round(self.font_size * 0.86))


def font(size: int, *, bold: bool = False) -> QFont:
    """The window's letters."""
    made = QFont(QGuiApplication.font())
    made.setPixelSize(size)
    made.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return made


def words(painter: QPainter, size: QSizeF, text: str, looks: Looks) -> None:
    """A sentence in the middle."""
    painter.setFont(font(looks.font_size))
    painter.setPen(looks.ink)
    area = QRectF(16, 4, size.width() - 32, size.height() - 8)
    painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), text)


def ruler(
    painter: QPainter,
    axis: Axis,
    rows: Rows,
    steps: Sequence[float],
    say: Callable[[float, float], str],
    looks: Looks,
) -> None:
    """Numbers above the rows, and pale lines through them; `say` gives a number's words for its step."""
    painter.setFont(font(looks.small))
    step = step_for(axis, _TICK_ROOM * looks.font_size / 14, steps)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    for value in ticks(axis, step):
        x = round(axis.x_of(value))
        if value < axis.first - step / 1e6 or value > axis.last:
            continue
        painter.setPen(looks.grid)
        painter.drawLine(x, int(rows.ruler * 0.6), x, int(rows.bottom))
        painter.setPen(looks.ink)
        painter.drawText(QPointF(x + 4, rows.ruler * 0.78), say(value, step))


def overview(painter: QPainter, axis: Axis, place: QRectF, looks: Looks) -> None:
    """What of the whole is in view, as a window over a strip."""
    if axis.empty or place.height() <= 0 or axis.zoom <= 1.0:
        return
    scale = place.width() / (axis.last - axis.first)
    left, wide = (axis.left - axis.first) * scale, max(6.0, axis.length * scale)
    shade = QColor(looks.ground)
    shade.setAlpha(150)
    painter.fillRect(QRectF(place.x(), place.y(), left, place.height()), shade)
    painter.fillRect(QRectF(left + wide, place.y(), place.width() - left - wide, place.height()), shade)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(looks.wave, 1.5))
    painter.drawRoundedRect(QRectF(left + 1, place.y() + 1, wide - 2, place.height() - 2), 3, 3)


def stretches(painter: QPainter, axis: Axis, rows: Rows, found: Sequence[Stretch], looks: Looks) -> None:
    """Regions, the selected one above; those of another answer as dashed outlines."""
    painter.setFont(font(looks.small, bold=True))
    metrics = QFontMetricsF(painter.font())
    advance: dict[str, float] = {}
    seen = [one for one in found if one.end >= axis.left and one.start <= axis.right]
    for one in seen:
        if one.text not in advance:
            advance[one.text] = _tag_width(metrics, one)
    widths = [advance[one.text] for one in seen]
    lines = tag_lines(seen, axis, widths)
    painter.save()
    painter.setClipRect(QRectF(0, rows.top, axis.width, rows.bottom - rows.top))
    for at in sorted(range(len(seen)), key=lambda n: seen[n].selected):
        _stretch(painter, axis, rows, seen[at], metrics, lines[at])
    painter.restore()


def _tag_width(metrics: QFontMetricsF, one: Stretch) -> float:
    return min(metrics.horizontalAdvance(one.text) + 2 * _PAD, 220.0) if one.text else 0.0


def _stretch(
    painter: QPainter, axis: Axis, rows: Rows, one: Stretch, metrics: QFontMetricsF, line: int
) -> None:
    top, high = rows.place(one.row)
    if top > rows.bottom or top + high < rows.top:
        return
    left, right = ends_of(one, axis)
    inset = 2.0 if one.row >= 0 else 0.0
    place = QRectF(left, top + inset, right - left, high - 2 * inset)
    colour = QColor(one.colour)
    wash = QColor(colour)
    wash.setAlpha(0 if one.dashed else 110 if one.selected else 64)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    for piece in _pieces(one):
        painter.fillRect(_between(axis, piece, place), wash)
    pen = QPen(colour, 3 if one.selected else 2)
    if one.dashed:
        pen.setStyle(Qt.PenStyle.DashLine)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if one.dashed:
        painter.drawRect(place.adjusted(1, 3, -1, -3))
    else:
        painter.drawLine(place.topLeft(), place.bottomLeft())
        painter.drawLine(place.topRight(), place.bottomRight())
        if one.selected:
            painter.drawLine(place.topLeft(), place.topRight())
            painter.drawLine(place.bottomLeft(), place.bottomRight())
    _diamonds(painter, axis, one, place, colour)
    if one.text and not one.points:
        _tag(painter, place, one, metrics, line, axis.width, below=one.dashed or rows.tags_below)


def _pieces(one: Stretch) -> list[tuple[float, float]]:
    """The stretch without its gaps."""
    if not one.gaps:
        return [(one.start, one.end)]
    starts = [one.start, *(gap[1] for gap in one.gaps)]
    ends = [*(gap[0] for gap in one.gaps), one.end]
    return [(start, end) for start, end in zip(starts, ends, strict=True) if start < end]


def _between(axis: Axis, gap: tuple[float, float], place: QRectF) -> QRectF:
    left, right = max(axis.x_of(gap[0]), place.x()), min(axis.x_of(gap[1]), place.right())
    return QRectF(left, place.y(), max(right - left, 1.0), place.height())


def _tag(
    painter: QPainter,
    place: QRectF,
    one: Stretch,
    metrics: QFontMetricsF,
    line: int,
    width: float,
    *,
    below: bool,
) -> None:
    high = metrics.height() + 2
    left = min(max(place.x(), 0.0), max(0.0, width - _tag_width(metrics, one)))
    top = place.y() + line * (high + 1)
    if below:
        top = place.bottom() - (line + 1) * (high + 1)
    shown = metrics.elidedText(one.text, Qt.TextElideMode.ElideRight, 220.0 - 2 * _PAD)
    ground = QRectF(left, top, metrics.horizontalAdvance(shown) + 2 * _PAD, high)
    colour = QColor(one.colour)
    painter.fillRect(ground, colour)
    painter.setPen(ink_on(colour))
    flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine)
    painter.drawText(ground.adjusted(_PAD, 0, 0, 0), flags, shown)
    room = place.width() - 2 * _PAD
    if one.note and not below and room > 24 and place.height() > 3 * high:
        note = metrics.elidedText(one.note, Qt.TextElideMode.ElideRight, room)
        under = QRectF(place.x() + _PAD, place.bottom() - high - 2, room, high)
        back = QColor(colour)
        back.setAlpha(220)
        painter.fillRect(QRectF(place.x(), under.y(), metrics.horizontalAdvance(note) + 2 * _PAD, high), back)
        painter.setPen(ink_on(colour))
        painter.drawText(under, flags, note)


def _diamonds(painter: QPainter, axis: Axis, one: Stretch, place: QRectF, colour: QColor) -> None:
    """Key frames: filled where the box is there afterwards, hollow where it goes."""
    if not one.points:
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    size = min(6.0, place.height() / 2 - 1)
    for value, there in one.points:
        at = QPointF(axis.x_of(value), place.center().y())
        if not -size <= at.x() <= axis.width + size:
            continue
        painter.setPen(QPen(QColor("white") if there else colour, 1.5))
        painter.setBrush(colour if there else QColor("white"))
        painter.drawPolygon(
            QPolygonF(
                [
                    at + QPointF(0, -size),
                    at + QPointF(size, 0),
                    at + QPointF(0, size),
                    at + QPointF(-size, 0),
                ]
            )
        )


def edges(
    painter: QPainter, axis: Axis, rows: Rows, begin: float | None, end: float | None, colour: QColor
) -> None:
    """What was set by key and is no region yet."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    if begin is not None and end is not None:
        wash = QColor(colour)
        wash.setAlpha(50)
        painter.fillRect(
            QRectF(axis.x_of(begin), rows.top, axis.x_of(end) - axis.x_of(begin), rows.bottom - rows.top),
            wash,
        )
    painter.setPen(QPen(colour, 2, Qt.PenStyle.DashLine))
    for value, way in ((begin, 1), (end, -1)):
        if value is not None:
            x = axis.x_of(value)
            painter.drawLine(QPointF(x, rows.top), QPointF(x, rows.bottom))
            painter.drawLine(QPointF(x, rows.top + 1), QPointF(x + 8 * way, rows.top + 1))
            painter.drawLine(QPointF(x, rows.bottom - 1), QPointF(x + 8 * way, rows.bottom - 1))


def mark(painter: QPainter, axis: Axis, rows: Rows, ends: tuple[float, float]) -> None:
    """Where a fault is: a needle, or two with what lies between them."""
    left, right = axis.x_of(ends[0]), axis.x_of(ends[1])
    top = rows.ruler * 0.5
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    if right > left:
        painter.fillRect(QRectF(left, top - 3, right - left, 6), MARK)
    for x in dict.fromkeys((left, right)):
        painter.setPen(QPen(MARK, 2))
        painter.drawLine(QPointF(x, top), QPointF(x, rows.bottom))
        painter.setPen(QPen(QColor("white"), 1.5))
        painter.setBrush(MARK)
        painter.drawEllipse(QPointF(x, top), 6, 6)


def focus(painter: QPainter, size: QSizeF, looks: Looks) -> None:
    """The mark that the keyboard is here."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(looks.focus, 2))
    painter.drawRoundedRect(QRectF(1, 1, size.width() - 2, size.height() - 2), 7, 7)
