# SPDX-License-Identifier: Apache-2.0
"""A painted strip of time that is kept: while the view moves along, its pixels are only shifted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage, QPainter

from gems_desktop.items.timeline_view import Axis

AROUND = 0.3  # of the view's width: how far a strip reaches beyond a view that moves


class Strip:
    """The last rendering; made anew for another `key`, zoom or size, or when the view moved beyond its margin."""

    def __init__(self, *, opaque: bool) -> None:
        self._format = QImage.Format.Format_RGB32 if opaque else QImage.Format.Format_ARGB32_Premultiplied
        self._image: QImage | None = None
        self._key: Any = None
        self._axis = Axis()
        self._room = 0
        self.renderings = 0  # how often it was made anew

    def forget(self) -> None:
        """What was painted holds no more."""
        self._image = None

    def paint(
        self,
        painter: QPainter,
        axis: Axis,
        height: float,
        ratio: float,
        key: Any,
        render: Callable[[QPainter, Axis], None],
        *,
        moving: bool,
    ) -> None:
        """Paint what `render` paints for `axis`; `moving` allows what was rendered for a view near by."""
        key = (key, height, ratio)
        image = self._image
        if image is None or key != self._key or not self._near(axis, moving):
            image = self._render(axis, height, ratio, key, render, moving)
        shift = self._axis.x_of(axis.left) - self._axis.x_of(self._axis.left)
        painter.drawImage(QPointF(-self._room - round(shift * ratio) / ratio, 0), image)

    def _near(self, axis: Axis, moving: bool) -> bool:
        if axis == self._axis and (moving or not self._room):
            return True
        same = replace(axis, left=self._axis.left) == self._axis
        return moving and same and abs(self._axis.x_of(axis.left)) <= self._room

    def _render(
        self,
        axis: Axis,
        height: float,
        ratio: float,
        key: Any,
        render: Callable[[QPainter, Axis], None],
        moving: bool,
    ) -> QImage:
        # right after zooming only what is seen: the next frame may be of another zoom again
        panning = moving and axis.zoom == self._axis.zoom and axis.zoom > 1.0
        self._room = round(axis.width * AROUND) if panning else 0
        wide = max(1, round((axis.width + 2 * self._room) * ratio))
        high = max(1, round(height * ratio))
        image = self._image
        if image is None or (image.width(), image.height()) != (wide, high):
            image = QImage(wide, high, self._format)
        image.setDevicePixelRatio(ratio)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        render(painter, widened(axis, self._room))
        painter.end()
        self._image, self._key, self._axis = image, key, axis
        self.renderings += 1
        return image


def widened(axis: Axis, room: float) -> Axis:
    """The same scale with `room` pixels more on both sides, beyond the whole where that ends."""
    if not room or axis.width <= 0:
        return axis
    width = axis.width + 2 * room
    left = axis.left - room / axis.width * axis.length
    return replace(axis, width=width, zoom=axis.zoom * axis.width / width, left=left)
