# SPDX-License-Identifier: Apache-2.0
"""How the parts of an image canvas are painted."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QGuiApplication, QImage, QPainter, QPen

from gems_desktop.items.box_gesture import handle_points

HANDLE = 8.0  # pixels
_TAG_PAD = 4.0
_CURSORS = {
    (0, 0): Qt.CursorShape.SizeAllCursor,
    (-1, -1): Qt.CursorShape.SizeFDiagCursor,
    (1, 1): Qt.CursorShape.SizeFDiagCursor,
    (1, -1): Qt.CursorShape.SizeBDiagCursor,
    (-1, 1): Qt.CursorShape.SizeBDiagCursor,
    (-1, 0): Qt.CursorShape.SizeHorCursor,
    (1, 0): Qt.CursorShape.SizeHorCursor,
    (0, -1): Qt.CursorShape.SizeVerCursor,
    (0, 1): Qt.CursorShape.SizeVerCursor,
}


@dataclass(frozen=True)
class Looks:
    """Colours and the size of letters, set by QML from the theme."""

    ink: QColor = field(default_factory=lambda: QColor("gray"))
    focus: QColor = field(default_factory=lambda: QColor("blue"))
    font_size: int = 14


def cursor(edges: tuple[int, int]) -> Qt.CursorShape:
    """The pointer over a handle that moves `edges`."""
    return _CURSORS[edges]


def words(painter: QPainter, size: QSizeF, text: str, looks: Looks) -> None:
    """A sentence in the middle."""
    font = QFont(QGuiApplication.font())
    font.setPixelSize(looks.font_size)
    painter.setFont(font)
    painter.setPen(looks.ink)
    area = QRectF(16, 16, size.width() - 32, size.height() - 32)
    painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), text)


def picture(painter: QPainter, image: QImage, place: QRectF, zoomed: bool) -> None:
    """The picture; only a fitted one is smoothed when its size does not match, since zooming must keep pace."""
    same = abs(place.width() - image.width()) < 1 and abs(place.height() - image.height()) < 1
    if same:
        painter.drawImage(QPointF(round(place.x()), round(place.y())), image)
        return
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not zoomed)
    painter.drawImage(place, image)


def prepare(painter: QPainter, looks: Looks) -> None:
    """Set what all boxes share."""
    font = QFont(QGuiApplication.font())
    font.setPixelSize(max(9, round(looks.font_size * 0.86)))
    font.setWeight(QFont.Weight.DemiBold)
    painter.setFont(font)


def box(
    painter: QPainter, place: QRectF, colour: QColor, text: str, looks: Looks, selected: bool, handles: bool
) -> None:
    """A rectangle with its name; a pale rim keeps it visible on any photo."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    at = place.toRect()
    wash = QColor(colour)
    wash.setAlpha(70 if selected else 28)
    painter.fillRect(at, wash)
    line = 3 if selected else 2
    _border(painter, at, line + 2, QColor(255, 255, 255, 230 if selected else 150))
    _border(painter, at, line, colour)
    if text:
        _tag(painter, place, colour, text)
    if handles:
        painter.setPen(QPen(colour, 2))
        painter.setBrush(QColor("white"))
        for _, x, y in handle_points(place.x(), place.y(), place.width(), place.height()):
            painter.drawRect(QRectF(x - HANDLE / 2, y - HANDLE / 2, HANDLE, HANDLE))


def _border(painter: QPainter, at: QRect, width: int, colour: QColor) -> None:
    """Four bars around `at`: filling is several times faster than stroking a rectangle with a wide pen."""
    left, top = at.x() - width // 2, at.y() - width // 2
    across, down = at.width() + width, at.height() + width
    painter.fillRect(left, top, across, width, colour)
    painter.fillRect(left, top + down - width, across, width, colour)
    between = max(0, down - 2 * width)
    painter.fillRect(left, top + width, width, between, colour)
    painter.fillRect(left + across - width, top + width, width, between, colour)


def _tag(painter: QPainter, place: QRectF, colour: QColor, text: str) -> None:
    metrics = QFontMetricsF(painter.font())
    most = max(48.0, min(place.width() - 2 * _TAG_PAD, 260.0))
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, most)
    height = metrics.height() + 2
    # above the box; inside it when the view's edge is too near
    top = place.y() - height if place.y() >= height else place.y()
    ground = QRectF(place.x() - 1, top, metrics.horizontalAdvance(shown) + 2 * _TAG_PAD + 1, height)
    painter.fillRect(ground, colour)
    painter.setPen(ink_on(colour))
    painter.drawText(
        ground.adjusted(_TAG_PAD, 0, 0, 0),
        int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine),
        shown,
    )


def ink_on(colour: QColor) -> QColor:
    """Black or white, whichever reads better on `colour` (WCAG relative luminance)."""
    parts = []
    for part in (colour.redF(), colour.greenF(), colour.blueF()):
        parts.append(part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4)
    light = 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    return QColor("black") if light > 0.179 else QColor("white")


def focus(painter: QPainter, size: QSizeF, looks: Looks) -> None:
    """The mark that the keyboard is here."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(looks.focus, 2))
    painter.drawRoundedRect(QRectF(1, 1, size.width() - 2, size.height() - 2), 7, 7)
