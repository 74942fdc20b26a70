# SPDX-License-Identifier: Apache-2.0
"""A stroke of a round brush on a mask: what is painted while the button is held, shown in colour as it grows."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from gems_desktop.items import masks
from gems_desktop.items.masks import Pixels
from gems_desktop.items.shapes.base import Point, Value

LEAST, MOST, USUAL = 2, 200, 24  # pixels across, on the screen


@dataclass
class Brush:
    """What is in hand: `width` in pixels of the screen, and whether it erases."""

    width: int = USUAL
    erasing: bool = False

    def grown(self, larger: bool) -> None:
        """One step wider or narrower."""
        step = max(2, self.width // 5)
        self.width = min(max(self.width + (step if larger else -step), LEAST), MOST)


class Stroke:
    """One stroke on the mask of region `region` ("" is a new one) of a picture of `size`."""

    def __init__(self, mask: QImage, size: Pixels, colour: QColor, erasing: bool, region: str = "") -> None:
        self.region = region
        self.erasing = erasing
        self._mask = mask
        self._size = size
        self._colour = QColor(colour)
        self._colour.setAlpha(masks.OPACITY)
        self.shown = self._in_colour()
        self._last: Point | None = None

    def to(self, point: Point, width: float) -> None:
        """Paint on to a place in percent with a brush `width` percent of the picture's width across."""
        start = self._last if self._last is not None else point
        self._last = point
        opaque = QColor(0, 0, 0, 255)
        _line(self._mask, start, point, width, opaque, self.erasing)
        _line(self.shown, start, point, width, self._colour, self.erasing)

    def lift(self) -> None:
        """The next place is not joined to the last."""
        self._last = None

    def value(self) -> Value | None:
        """The value that an answer holds; None when nothing is left. Raises ValueError for too much detail."""
        return masks.encoded(self._mask, self._size)

    @property
    def mask(self) -> QImage:
        """What is painted by now."""
        return self._mask

    def _in_colour(self) -> QImage:
        size = masks.bounded((self._mask.width(), self._mask.height()), masks.SHOWN_PIXELS)
        image = QImage(*size, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(self._colour)
        painter = QPainter(image)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationIn)
        painter.drawImage(image.rect(), self._mask)
        painter.end()
        return image


def _line(image: QImage, start: Point, end: Point, width: float, colour: QColor, erasing: bool) -> None:
    across, down = image.width() / 100, image.height() / 100
    painter = QPainter(image)
    mode = QPainter.CompositionMode
    painter.setCompositionMode(mode.CompositionMode_Clear if erasing else mode.CompositionMode_Source)
    thick = max(1.0, width * across)
    painter.setPen(
        QPen(colour, thick, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    )
    one, two = (QPointF(x * across, y * down) for x, y in (start, end))
    if one == two:
        painter.drawPoint(one)
    else:
        painter.drawLine(one, two)
    painter.end()
