# SPDX-License-Identifier: Apache-2.0
"""What an image canvas paints around and below its regions: the picture, a sentence, the keyboard's mark, a pin."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QImage, QPainter, QPainterPath, QPen

_PIN = 11.0  # pixels: the radius of a pin's head


@dataclass(frozen=True)
class Looks:
    """Colours and the size of letters, set by QML from the theme."""

    ink: QColor = field(default_factory=lambda: QColor("gray"))
    focus: QColor = field(default_factory=lambda: QColor("blue"))
    font_size: int = 14


def words(painter: QPainter, size: QSizeF, text: str, looks: Looks) -> None:
    """A sentence in the middle."""
    font = QFont(QGuiApplication.font())
    font.setPixelSize(looks.font_size)
    painter.setFont(font)
    painter.setPen(looks.ink)
    area = QRectF(16, 16, size.width() - 32, size.height() - 32)
    painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), text)


def matches(image: QImage, place: QRectF, ratio: float) -> bool:
    """Whether an image has as many pixels as the place it goes to."""
    wide, high = place.width() * ratio, place.height() * ratio
    return abs(wide - image.width()) < 1 and abs(high - image.height()) < 1


def picture(painter: QPainter, image: QImage, place: QRectF, ratio: float, smooth: bool) -> None:
    """The picture; copied pixel by pixel where its size matches, else scaled, smoothly when there is time for it."""
    if matches(image, place, ratio):
        at = QPointF(round(place.x() * ratio) / ratio, round(place.y() * ratio) / ratio)
        if ratio == 1.0:
            painter.drawImage(at, image)
        else:
            painter.drawImage(QRectF(at, QSizeF(image.width() / ratio, image.height() / ratio)), image)
        return
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
    painter.drawImage(place, image)


def focus(painter: QPainter, size: QSizeF, looks: Looks) -> None:
    """The mark that the keyboard is here."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(looks.focus, 2))
    painter.drawRoundedRect(QRectF(1, 1, size.width() - 2, size.height() - 2), 7, 7)


def pin(painter: QPainter, at: QPointF) -> None:
    """A needle that stands on the place of a fault."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    head = at + QPointF(0, -2.4 * _PIN)
    path = QPainterPath(at)
    path.lineTo(head + QPointF(-_PIN * 0.8, _PIN * 0.6))
    path.arcTo(QRectF(head.x() - _PIN, head.y() - _PIN, 2 * _PIN, 2 * _PIN), 217, -254)
    path.closeSubpath()
    painter.setPen(QPen(QColor("white"), 2))
    painter.setBrush(QColor("#C4314B"))
    painter.drawPath(path)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("white"))
    painter.drawEllipse(head, _PIN * 0.36, _PIN * 0.36)


def cross(painter: QPainter, at: QPointF, radius: float) -> None:
    """Where keys paint or mark: a ring and a cross that are seen on light and on dark."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width in ((QColor(0, 0, 0, 190), 3), (QColor(255, 255, 255), 1)):
        painter.setPen(QPen(colour, width))
        painter.drawEllipse(at, radius, radius)
        for dx, dy in ((5, 0), (0, 5)):
            painter.drawLine(at - QPointF(dx, dy), at + QPointF(dx, dy))
