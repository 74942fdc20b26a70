# SPDX-License-Identifier: Apache-2.0
"""The tags of regions as little pictures that are kept: writing the words anew takes longer than all the rest."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QGuiApplication, QImage, QPainter

PAD = 4.0
KEPT = 1_200  # tags: three for each region of an answer
_NARROWEST, _WIDEST = 48.0, 260.0
_STEP = 20.0  # pixels

_Key = tuple[str, str, int, float, float]


class Tags:
    """The last tags, by their words, colour, size of letters, room and pixels a unit."""

    def __init__(self) -> None:
        self._kept: OrderedDict[_Key, QImage] = OrderedDict()
        self.font_size = 14

    def paint(self, painter: QPainter, place: QRectF, text: str, colour: QColor) -> None:
        """A tag above `place`, or inside it when the view's edge is too near."""
        room = min(max(place.width() - 2 * PAD, _NARROWEST), _WIDEST)
        ratio = painter.device().devicePixelRatioF()
        image = self._get((text, colour.name(), self.font_size, _WIDEST, ratio))
        if image.width() / ratio > room + 2 * PAD + 1:
            # rounded down, so that zooming finds the same tags again
            image = self._get((text, colour.name(), self.font_size, room // _STEP * _STEP, ratio))
        height = image.height() / ratio
        top = place.y() - height if place.y() >= height else place.y()
        painter.drawImage(QPointF(round(place.x() - 1), round(top)), image)

    def _get(self, key: _Key) -> QImage:
        image = self._kept.get(key)
        if image is None:
            text, colour, font_size, room, ratio = key
            image = self._kept[key] = _drawn(text, QColor(colour), font_size, room, ratio)
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        else:
            self._kept.move_to_end(key)
        return image


def _drawn(text: str, colour: QColor, font_size: int, room: float, ratio: float) -> QImage:
    font = QFont(QGuiApplication.font())
    font.setPixelSize(max(9, round(font_size * 0.86)))
    font.setWeight(QFont.Weight.DemiBold)
    metrics = QFontMetricsF(font)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
    wide, high = metrics.horizontalAdvance(shown) + 2 * PAD + 1, metrics.height() + 2
    image = QImage(max(1, round(wide * ratio)), max(1, round(high * ratio)), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(colour)
    painter = QPainter(image)
    painter.setFont(font)
    painter.setPen(ink_on(colour))
    flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine
    painter.drawText(QRectF(PAD, 0, wide, high), int(flags), shown)
    painter.end()
    return image


def ink_on(colour: QColor) -> QColor:
    """Black or white, whichever reads better on `colour` (WCAG relative luminance)."""
    parts = []
    for part in (colour.redF(), colour.greenF(), colour.blueF()):
        parts.append(part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4)
    light = 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    return QColor("black") if light > 0.179 else QColor("white")
