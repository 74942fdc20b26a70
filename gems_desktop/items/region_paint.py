# SPDX-License-Identifier: Apache-2.0
"""How regions are painted: outline, wash, tag and grips, so that they are seen on any picture."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QPainter,
    QPainterPath,
    QPen,
    QTransform,
)

from gems_desktop.items.image_view import View
from gems_desktop.items.masks import Masks, Pixels
from gems_desktop.items.region_tags import Tags
from gems_desktop.items.region_tags import ink_on as ink_on  # what else is drawn on labels reads it here
from gems_desktop.items.shapes import BRUSH, SHAPES, Outlines
from gems_desktop.items.shapes.base import Grip, Value

_TAG = 270.0  # pixels: how far a tag may reach beyond its region
HANDLE = 8.0  # pixels
DOT = 5.0  # pixels: the least radius of a key point's mark
DRAWN = frozenset({*SHAPES, BRUSH})
OUTLINED = frozenset(SHAPES)
_RIM = (255, 255, 255)


@dataclass(frozen=True, slots=True)
class Ink:
    """How one region stands out: `dashed` is another's answer or an outline that is not closed yet."""

    colour: QColor
    text: str = ""
    selected: bool = False
    dashed: bool = False


@dataclass(slots=True)
class Paints:
    """What painting regions keeps from frame to frame."""

    masks: Masks
    tags: Tags
    outlines: Outlines
    smooth: bool = True  # whether there is time to scale masks smoothly
    within: QRectF | None = None  # what of the view is painted at all, where that is known

    def misses(self, view: View, kind: str, value: Value, size: Pixels) -> bool:
        """Whether a region with its tag lies wholly beside what is painted."""
        if self.within is None or kind == BRUSH:
            return False
        box = on_view(view).mapRect(self.outlines.box(kind, value, size))
        return not self.within.intersects(box.adjusted(-_TAG, -_TAG, _TAG, _TAG))


def on_view(view: View) -> QTransform:
    """From percent of the picture to pixels of the view."""
    left, top, wide, high = view.rect
    return QTransform(wide / 100, 0, 0, high / 100, left, top)


def region(
    painter: QPainter, view: View, kind: str, value: Value, ink: Ink, paints: Paints, size: Pixels
) -> None:
    """One region with its tag."""
    if paints.misses(view, kind, value, size):
        return
    if kind == BRUSH:
        place = _mask(painter, view, value, ink, paints, size)
    elif kind == "rectangle" and not value.get("rotation") and not ink.dashed:
        place = on_view(view).mapRect(QRectF(value["x"], value["y"], value["width"], value["height"]))
        _upright(painter, place, ink)
    elif kind == "keypoint":
        place = _point(painter, view, value, ink)
    else:
        path = on_view(view).map(paints.outlines.path(kind, value, size))
        _outline(painter, path, ink, open_=value.get("closed") is False)
        place = path.boundingRect()
    if ink.text and not place.isNull():
        paints.tags.paint(painter, place, ink.text, ink.colour)


def _upright(painter: QPainter, place: QRectF, ink: Ink) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    at = place.toRect()
    painter.fillRect(at, _wash(ink))
    line = 3 if ink.selected else 2
    _border(painter, at, line + 2, QColor(*_RIM))  # opaque: what is blended takes five times as long
    _border(painter, at, line, ink.colour)


def _border(painter: QPainter, at: QRect, width: int, colour: QColor) -> None:
    """Four bars around `at`: filling is several times faster than stroking a rectangle with a wide pen."""
    left, top = at.x() - width // 2, at.y() - width // 2
    across, down = at.width() + width, at.height() + width
    painter.fillRect(left, top, across, width, colour)
    painter.fillRect(left, top + down - width, across, width, colour)
    between = max(0, down - 2 * width)
    painter.fillRect(left, top + width, width, between, colour)
    painter.fillRect(left + across - width, top + width, width, between, colour)


def _outline(painter: QPainter, path: QPainterPath, ink: Ink, *, open_: bool) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, ink.selected)
    line = 3 if ink.selected else 2
    if not open_:
        painter.fillPath(path, _wash(ink))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    # opaque and with sharp corners: a soft rim takes ten times as long to paint
    rim = QPen(QColor(*_RIM), line + 2)
    rim.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    painter.setPen(rim)
    painter.drawPath(path)
    pen = QPen(ink.colour, line)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    if ink.dashed:
        pen.setDashPattern([4, 3])
    painter.setPen(pen)
    painter.drawPath(path)


def _point(painter: QPainter, view: View, value: Value, ink: Ink) -> QRectF:
    at = on_view(view).map(QPointF(value["x"], value["y"]))
    radius = max(DOT + ink.selected, value["width"] / 100 * view.rect[2])
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setPen(QPen(QColor("white"), 2))
    painter.setBrush(_wash(ink) if radius > 2 * DOT else ink.colour)
    painter.drawEllipse(at, radius + 1, radius + 1)
    painter.setPen(
        QPen(
            ink.colour,
            3 if ink.selected else 2,
            Qt.PenStyle.DashLine if ink.dashed else Qt.PenStyle.SolidLine,
        )
    )
    painter.drawEllipse(at, radius, radius)
    painter.setPen(QPen(ink.colour, 2))
    painter.drawPoint(at)
    return QRectF(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius)


def _mask(painter: QPainter, view: View, value: Value, ink: Ink, paints: Paints, size: Pixels) -> QRectF:
    mask = paints.masks.get(value, ink.colour.name(), size)
    if mask is None:
        return QRectF()
    place = on_view(view).mapRect(mask.place)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, paints.smooth)
    painter.drawImage(place, mask.image)
    if ink.selected or ink.dashed:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor("white"), 1))
        painter.drawRect(place)
        painter.setPen(QPen(ink.colour, 1, Qt.PenStyle.DashLine))
        painter.drawRect(place)
    return place


def _wash(ink: Ink) -> QColor:
    wash = QColor(ink.colour)
    wash.setAlpha(0 if ink.dashed and not ink.selected else 70 if ink.selected else 28)
    return wash


def grips(painter: QPainter, view: View, found: tuple[Grip, ...], colour: QColor, held: str) -> None:
    """What a hand can take hold of; the one that keys move is filled."""
    to = on_view(view)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    turn = next((grip for grip in found if grip.name == "turn"), None)
    if turn is not None:
        middle = to.map(QPointF(*_middle(found)))
        painter.setPen(QPen(colour, 1, Qt.PenStyle.DotLine))
        painter.drawLine(middle, to.map(QPointF(turn.x, turn.y)))
    for grip in found:
        at = to.map(QPointF(grip.x, grip.y))
        painter.setPen(QPen(colour, 2))
        painter.setBrush(colour if grip.name == held else QColor("white"))
        place = QRectF(at.x() - HANDLE / 2, at.y() - HANDLE / 2, HANDLE, HANDLE)
        if grip.round:
            painter.drawEllipse(place)
        else:
            painter.drawRect(place)


def band(painter: QPainter, start: QPointF, end: QPointF, colour: QColor) -> None:
    """The edge that the next click would make."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    pen = QPen(colour, 1)
    pen.setDashPattern([4, 3])
    painter.setPen(pen)
    painter.drawLine(start, end)


def _middle(found: tuple[Grip, ...]) -> tuple[float, float]:
    edges = [grip for grip in found if grip.name != "turn"]
    return sum(grip.x for grip in edges) / len(edges), sum(grip.y for grip in edges) / len(edges)
