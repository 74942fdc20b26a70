# SPDX-License-Identifier: Apache-2.0
"""A painted layer that is kept while what it shows does not change, so that moving the view only shifts pixels."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from gems_desktop.items.image_view import View

AROUND = 0.2  # of the view's edges: how far a kept layer reaches beyond a view that can be moved

Render = Callable[[QPainter, View, bool], None]


class Layer:
    """The last rendering. It is made anew for another `key`, another zoom or size, or when moved beyond its margin.

    While the view is being zoomed, a layer that is `stretched` shows its last rendering enlarged, and one that is not
    renders quickly; both are rendered finely as soon as the view rests.
    """

    def __init__(self, *, stretched: bool) -> None:
        self._stretched = stretched
        self._image: QImage | None = None
        self._key: Any = None
        self._view = View()
        self._ratio = 0.0
        self._room = (0, 0)
        self._fine = False
        self.renderings = 0  # how often it was made anew

    def forget(self) -> None:
        """Free its memory."""
        self._image = None

    def paint(
        self, painter: QPainter, view: View, ratio: float, key: Any, render: Render, resting: bool
    ) -> None:
        """Paint what `render(painter, view, finely)` paints in `view`, on a screen with `ratio` pixels a unit."""
        image, kept = self._image, self._view
        same = image is not None and ratio == self._ratio and bool(key == self._key)
        if image is not None and same and not resting and self._stretched and self._covers(view):
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
            painter.drawImage(self._spread(view), image)
            return
        if image is None or not same or not self._fits(view) or (resting and not self._fine):
            image = self._render(view, ratio, key, render, resting or view.zoom == kept.zoom)
        dx, dy = view.pan_x - self._view.pan_x, view.pan_y - self._view.pan_y
        at = QPointF(_whole(dx, ratio) - self._room[0], _whole(dy, ratio) - self._room[1])
        painter.drawImage(at, image)

    def _fits(self, view: View) -> bool:
        kept = self._view
        same = replace(view, pan_x=kept.pan_x, pan_y=kept.pan_y) == kept
        return same and all(
            abs(now - then) <= room
            for now, then, room in zip(
                (view.pan_x, view.pan_y), (kept.pan_x, kept.pan_y), self._room, strict=True
            )
        )

    def _spread(self, view: View) -> QRectF:
        """Where the kept rendering lies in a view of another zoom."""
        kept, grown = self._view, view.zoom / self._view.zoom
        (left, top, _, _), (x, y, _, _) = kept.rect, view.rect
        return QRectF(
            x - (left + self._room[0]) * grown,
            y - (top + self._room[1]) * grown,
            (kept.width + 2 * self._room[0]) * grown,
            (kept.height + 2 * self._room[1]) * grown,
        )

    def _covers(self, view: View) -> bool:
        """Whether the kept rendering, enlarged, reaches over all that is seen of the picture."""
        kept = self._view
        if kept.zoom == view.zoom or (kept.width, kept.height) != (view.width, view.height):
            return False
        seen = QRectF(*view.rect).intersected(QRectF(0, 0, view.width, view.height))
        return self._spread(view).adjusted(-1, -1, 1, 1).contains(seen)

    def _render(self, view: View, ratio: float, key: Any, render: Render, finely: bool) -> QImage:
        # in the middle of zooming only what is seen: the next frame may be of another zoom again
        around = finely and view.zoom > 1.0
        self._room = (round(view.width * AROUND), round(view.height * AROUND)) if around else (0, 0)
        wide = max(1, round((view.width + 2 * self._room[0]) * ratio))
        high = max(1, round((view.height + 2 * self._room[1]) * ratio))
        before, self._image = self._image, None
        image = QImage(wide, high, QImage.Format.Format_ARGB32_Premultiplied)
        image.setDevicePixelRatio(ratio)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        painter.translate(*self._room)
        moved = self._moved(view, ratio, key, finely, before, image)
        if before is not None and moved is not None:
            view = replace(view, pan_x=self._view.pan_x + moved[0], pan_y=self._view.pan_y + moved[1])
            painter.drawImage(QPointF(moved[0] - self._room[0], moved[1] - self._room[1]), before)
            for strip in self._exposed(view, moved):
                painter.setClipRect(strip)
                render(painter, view, finely)
        else:
            render(painter, view, finely)
        painter.end()
        self._image, self._key, self._view, self._ratio = image, key, view, ratio
        self._fine = finely
        self.renderings += 1
        return image

    def _moved(
        self, view: View, ratio: float, key: Any, finely: bool, before: QImage | None, image: QImage
    ) -> tuple[float, float] | None:
        """How far the view was moved since the last rendering, where most of that can be used again."""
        kept = self._view
        same = (
            before is not None and before.size() == image.size() and ratio == self._ratio and key == self._key
        )
        if not same or finely != self._fine or replace(view, pan_x=kept.pan_x, pan_y=kept.pan_y) != kept:
            return None
        moved = _whole(view.pan_x - kept.pan_x, ratio), _whole(view.pan_y - kept.pan_y, ratio)
        return moved if abs(moved[0]) < view.width and abs(moved[1]) < view.height else None

    def _exposed(self, view: View, moved: tuple[float, float]) -> list[QRectF]:
        """What came into the layer when it was moved: a strip at one side, one above or below."""
        left, top = -float(self._room[0]), -float(self._room[1])
        wide, high = view.width - 2 * left, view.height - 2 * top
        dx, dy = moved
        across = QRectF(left if dx > 0 else left + wide + dx, top, abs(dx), high)
        down = QRectF(left, top if dy > 0 else top + high + dy, wide, abs(dy))
        return [strip for strip in (across, down) if not strip.isEmpty()]


def _whole(step: float, ratio: float) -> float:
    """A step of whole screen pixels."""
    return round(step * ratio) / ratio
