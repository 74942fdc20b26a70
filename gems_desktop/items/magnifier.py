# SPDX-License-Identifier: Apache-2.0
"""A round glass beside the pointer that shows what is under it three times as large."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from gems_desktop.items.image_view import View

TIMES = 3.0
RADIUS = 70.0  # pixels
_AWAY = 24.0  # pixels between the pointer and the glass


def place(view: View, at: QPointF) -> QPointF:
    """The middle of the glass: above and right of the pointer, or where there is room."""
    step = RADIUS + _AWAY
    x = at.x() + step if at.x() + step + RADIUS <= view.width else at.x() - step
    y = at.y() - step if at.y() - step - RADIUS >= 0 else at.y() + step
    return QPointF(x, y)


def through(view: View, at: QPointF, middle: QPointF) -> View:
    """The view in which the point under `at` lies at `middle`, enlarged."""
    zoomed = replace(view, zoom=view.zoom * TIMES)
    x, y = zoomed.from_percent(*view.beyond_percent(at.x(), at.y()))
    return replace(zoomed, pan_x=zoomed.pan_x + middle.x() - x, pan_y=zoomed.pan_y + middle.y() - y)


def paint(painter: QPainter, view: View, at: QPointF, content: Callable[[QPainter, View], None]) -> None:
    """The glass, with what `content` paints in the enlarged view."""
    middle = place(view, at)
    ring = QRectF(middle.x() - RADIUS, middle.y() - RADIUS, 2 * RADIUS, 2 * RADIUS)
    path = QPainterPath()
    path.addEllipse(ring)
    painter.save()
    painter.setClipPath(path)
    painter.fillRect(ring, QColor("#30363D"))
    content(painter, through(view, at, middle))
    painter.setPen(QPen(QColor(255, 255, 255, 200), 1))
    painter.drawLine(middle - QPointF(10, 0), middle + QPointF(10, 0))
    painter.drawLine(middle - QPointF(0, 10), middle + QPointF(0, 10))
    painter.restore()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width in ((QColor("white"), 5), (QColor("#30363D"), 2)):
        painter.setPen(QPen(colour, width))
        painter.drawEllipse(ring)
