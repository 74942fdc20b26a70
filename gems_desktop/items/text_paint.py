# SPDX-License-Identifier: Apache-2.0
"""How a text with marks is painted: bubbles, marks behind the words, words, names, cursor, relations."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen

from gems_desktop.items.text_colours import behind, legible, mixed
from gems_desktop.items.text_layout import Laid, Page, small_font
from gems_desktop.viewmodels.parts.text import Link, Span
from gems_desktop.viewmodels.task_rows import PALETTE

_BAR = 2.5  # pixels of the line under a mark
_GAP = 3.0


@dataclass(frozen=True)
class Inks:
    """Colours, set by QML from the theme."""

    ink: QColor = field(default_factory=lambda: QColor("black"))
    muted: QColor = field(default_factory=lambda: QColor("gray"))
    ground: QColor = field(default_factory=lambda: QColor("white"))
    chosen: QColor = field(default_factory=lambda: QColor("#DCEEE7"))
    focus: QColor = field(default_factory=lambda: QColor("blue"))
    fault: QColor = field(default_factory=lambda: QColor("red"))


@dataclass(frozen=True)
class Scene:
    """What is painted: `top` to `bottom` of a page."""

    page: Page
    inks: Inks
    top: float
    bottom: float
    spans: tuple[Span, ...]
    others: tuple[Span, ...]
    links: tuple[Link, ...]
    selected: str
    selection: tuple[int, int]
    cursor: int | None
    mark: tuple[int, int] | None
    heard: int = -1

    def pieces(self, start: int, end: int) -> list[QRectF]:
        """The rectangles of a stretch that are in sight."""
        return self.page.pieces(start, end, self.top, self.bottom)


def paint(painter: QPainter, scene: Scene) -> None:
    """Everything in sight, in the page's coordinates."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for laid in scene.page.blocks:
        if laid.bubble.bottom() >= scene.top and laid.bubble.top() <= scene.bottom:
            _bubble(painter, scene, laid)
    placed = [(span, scene.pieces(span.start, span.end)) for span in scene.spans]
    placed = [(span, pieces) for span, pieces in placed if pieces]
    _marks(painter, scene, placed)
    if scene.selection[0] < scene.selection[1]:
        for piece in scene.pieces(*scene.selection):
            painter.fillRect(piece, scene.inks.chosen)
    _bars(painter, scene, placed)
    _words(painter, scene)
    _names(painter, scene, placed)
    _relations(painter, scene)
    if scene.mark is not None:
        _fault(painter, scene, scene.mark)
    if scene.cursor is not None:
        painter.fillRect(scene.page.caret(scene.cursor), scene.inks.focus)


def _bubble(painter: QPainter, scene: Scene, laid: Laid) -> None:
    voice = QColor(PALETTE[laid.block.voice % len(PALETTE)]) if laid.block.voice >= 0 else scene.inks.muted
    if laid.block.voice >= 0 and laid.first is None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(behind_softly(voice, scene.inks))
        painter.drawRoundedRect(laid.bubble, 8, 8)
        heard = laid.block.group == scene.heard
        bar = QRectF(laid.bubble.x(), laid.bubble.y(), 8 if heard else 3, laid.bubble.height())
        if laid.right_to_left:
            bar.moveRight(laid.place.right())
        painter.fillRect(bar, voice)
    painter.setFont(small_font(scene.page.metrics))
    side = Qt.AlignmentFlag.AlignRight if laid.right_to_left else Qt.AlignmentFlag.AlignLeft
    if laid.name_height:
        painter.setPen(legible(voice, behind_softly(voice, scene.inks), scene.inks.ink))
        place = laid.place.adjusted(10, 4, -10, 0)
        text = painter.fontMetrics().elidedText(
            laid.block.who, Qt.TextElideMode.ElideRight, int(place.width())
        )
        painter.drawText(place, int(side | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextSingleLine), text)
    if laid.block.mark:
        painter.setPen(scene.inks.ink)
        size = scene.page.metrics.font_size
        font = painter.font()
        font.setPixelSize(round(size * 0.9))
        painter.setFont(font)
        indent = laid.block.depth * 1.5 * size
        x = (
            laid.place.right() - indent + 0.2 * size
            if laid.right_to_left
            else laid.place.x() + indent - 1.6 * size
        )
        place = QRectF(x, laid.place.y() + scene.page.name_room, 1.4 * size, 1.4 * size)
        near = Qt.AlignmentFlag.AlignLeft if laid.right_to_left else Qt.AlignmentFlag.AlignRight
        painter.drawText(place, int(near | Qt.AlignmentFlag.AlignVCenter), laid.block.mark)


def behind_softly(colour: QColor, inks: Inks) -> QColor:
    """The ground of a bubble."""
    return mixed(behind(colour, inks.ground, inks.ink), inks.ground, 0.35)


def _marks(painter: QPainter, scene: Scene, placed: list[tuple[Span, list[QRectF]]]) -> None:
    """The colours behind the words; shorter marks lie on longer ones."""
    for span, pieces in sorted(placed, key=lambda one: one[0].start - one[0].end):
        here = span.id == scene.selected
        ground = behind(QColor(span.colour), scene.inks.ground, scene.inks.ink, strong=here)
        for piece in pieces:
            painter.fillRect(piece, ground)


def _bars(painter: QPainter, scene: Scene, placed: list[tuple[Span, list[QRectF]]]) -> None:
    """The lines under marks, one below the other where they overlap; an outline around the selected one."""
    ends: list[int] = []
    for span, pieces in placed:
        level = next((at for at, end in enumerate(ends) if end <= span.start), len(ends))
        ends[level : level + 1] = [span.end]
        colour = legible(QColor(span.colour), scene.inks.ground, scene.inks.ink)
        for piece in pieces:
            y = piece.bottom() - _BAR + min(level, 2) * (_BAR + 0.5) - _BAR
            painter.fillRect(QRectF(piece.x(), y, piece.width(), _BAR), colour)
            if span.id == scene.selected:
                painter.setPen(QPen(scene.inks.focus, 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(piece.adjusted(-1, -1, 1, 1))
    for span in scene.others:
        pen = QPen(legible(QColor(span.colour), scene.inks.ground, scene.inks.ink), 2, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        for piece in scene.pieces(span.start, span.end):
            painter.drawLine(piece.bottomLeft() + QPointF(0, 2), piece.bottomRight() + QPointF(0, 2))


def _words(painter: QPainter, scene: Scene) -> None:
    painter.setPen(scene.inks.ink)
    for line in scene.page.lines[scene.page.line_at(scene.top) :]:
        if line.top > scene.bottom:
            return
        line.line.draw(painter, QPointF(line.x, line.top + scene.page.name_room))


def _names(painter: QPainter, scene: Scene, placed: list[tuple[Span, list[QRectF]]]) -> None:
    """Each mark's label above where it begins, one beside the other where several begin together."""
    if not scene.page.metrics.names:
        return
    painter.setFont(small_font(scene.page.metrics))
    metrics = QFontMetricsF(painter.font())
    taken: dict[float, float] = {}
    others = [(span, scene.pieces(span.start, span.end)) for span in scene.others]
    marks = [(span, pieces, False) for span, pieces in placed]
    marks += [(span, pieces, True) for span, pieces in others if pieces]
    for span, pieces, other in sorted(marks, key=lambda one: (one[1][0].y(), one[1][0].x())):
        if not span.text:
            continue
        text = ("≠ " if span.differs and not other else "") + span.text
        font = painter.font()
        font.setItalic(other)
        painter.setFont(font)
        first = pieces[0]
        row = first.y() - scene.page.name_room
        x = max(first.x(), taken.get(row, -1.0))
        room = scene.page.left + scene.page.column - x
        if room < 12:
            continue
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(room, 12))
        painter.setPen(legible(QColor(span.colour), scene.inks.ground, scene.inks.ink))
        painter.drawText(QPointF(x, row + metrics.ascent()), shown)
        taken[row] = x + metrics.horizontalAdvance(shown) + 2 * _GAP


def _relations(painter: QPainter, scene: Scene) -> None:
    """An arrow from span to span, with its kind in the middle."""
    spans = {span.id: span for span in scene.spans}
    painter.setFont(small_font(scene.page.metrics))
    for link in scene.links:
        one, two = _anchor(scene, spans[link.one]), _anchor(scene, spans[link.two])
        if max(one.y(), two.y()) < scene.top or min(one.y(), two.y()) > scene.bottom:
            continue
        lift = 14 + 0.12 * abs(two.x() - one.x())
        middle = QPointF((one.x() + two.x()) / 2, min(one.y(), two.y()) - lift)
        path = QPainterPath(one)
        path.quadTo(middle, two)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(scene.inks.muted, 1.5))
        painter.drawPath(path)
        if link.direction in ("right", "bi"):
            _head(painter, middle, two)
        if link.direction in ("left", "bi"):
            _head(painter, middle, one)
        if link.text:
            at = path.pointAtPercent(0.5)
            width = QFontMetricsF(painter.font()).horizontalAdvance(link.text)
            place = QRectF(at.x() - width / 2 - 3, at.y() - 8, width + 6, 15)
            painter.fillRect(place, scene.inks.ground)
            painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), link.text)


def _anchor(scene: Scene, span: Span) -> QPointF:
    caret = scene.page.caret(span.start)
    pieces = scene.page.pieces(span.start, span.end, caret.y() - 1, caret.y() + 1)
    return QPointF(pieces[0].center().x() if pieces else caret.x(), caret.top())


def _head(painter: QPainter, start: QPointF, end: QPointF) -> None:
    angle = math.atan2(end.y() - start.y(), end.x() - start.x())
    for turn in (2.6, -2.6):
        painter.drawLine(end, end + QPointF(7 * math.cos(angle + turn), 7 * math.sin(angle + turn)))


def _fault(painter: QPainter, scene: Scene, place: tuple[int, int]) -> None:
    """A frame and a pin at a stretch."""
    painter.setPen(QPen(scene.inks.fault, 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for piece in scene.pieces(*place):
        painter.drawRect(piece.adjusted(-2, -2, 2, 2))
    caret = scene.page.caret(place[0])
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(scene.inks.fault)
    painter.drawEllipse(QPointF(caret.x(), caret.top() - 3), 5, 5)
