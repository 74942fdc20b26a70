# SPDX-License-Identifier: Apache-2.0
"""A painted layer that is kept while what it shows does not change, so that moving the view only shifts pixels."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage, QPainter

from gems_desktop.items.image_view import View

AROUND = 0.2  # of the view's edges: how far a kept layer reaches beyond a view that can be moved

Render = Callable[[QPainter, View], None]


class Layer:
    """The last rendering. It is made anew for another `key`, another zoom or size, or when moved beyond its margin."""

    def __init__(self, *, opaque: bool = False) -> None:
        self._format = QImage.Format.Format_RGB32 if opaque else QImage.Format.Format_ARGB32_Premultiplied
        self._image: QImage | None = None
        self._key: Any = None
        self._view = View()
        self._ratio = 0.0
        self._room = (0, 0)
        self.renderings = 0  # how often it was made anew

    def forget(self) -> None:
        """Free its memory."""
        self._image = None

    def paint(self, painter: QPainter, view: View, ratio: float, key: Any, render: Render) -> None:
        """Paint what `render` paints in `view`, on a screen with `ratio` pixels a unit."""
        image = self._image
        if image is None or not self._fits(view, ratio, key):
            image = self._render(view, ratio, key, render)
        dx, dy = view.pan_x - self._view.pan_x, view.pan_y - self._view.pan_y
        at = QPointF(_whole(dx, ratio) - self._room[0], _whole(dy, ratio) - self._room[1])
        painter.drawImage(at, image)

    def _fits(self, view: View, ratio: float, key: Any) -> bool:
        kept = self._view
        same = replace(view, pan_x=kept.pan_x, pan_y=kept.pan_y) == kept and ratio == self._ratio
        near = abs(view.pan_x - kept.pan_x) <= self._room[0] and abs(view.pan_y - kept.pan_y) <= self._room[1]
        return same and near and bool(key == self._key)

    def _render(self, view: View, ratio: float, key: Any, render: Render) -> QImage:
        # right after zooming only what is seen: the next frame may be of another zoom again
        moving = view.zoom == self._view.zoom and view.zoom > 1.0
        self._room = (round(view.width * AROUND), round(view.height * AROUND)) if moving else (0, 0)
        wide = max(1, round((view.width + 2 * self._room[0]) * ratio))
        high = max(1, round((view.height + 2 * self._room[1]) * ratio))
        image = self._image
        if image is None or (image.width(), image.height()) != (wide, high):
            image = QImage(wide, high, self._format)
        image.setDevicePixelRatio(ratio)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        painter.translate(*self._room)
        render(painter, view)
        painter.end()
        self._image, self._key, self._view, self._ratio = image, key, view, ratio
        self.renderings += 1
        return image


def _whole(step: float, ratio: float) -> float:
    """A step of whole screen pixels."""
    return round(step * ratio) / ratio
