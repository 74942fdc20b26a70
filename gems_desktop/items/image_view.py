# SPDX-License-Identifier: Apache-2.0
"""Where a picture lies in a view: fitted, zoomed and panned; pure numbers, so that mouse and key code stay small."""

from __future__ import annotations

from dataclasses import dataclass, replace

MOST_ZOOM = 16.0
STEP = 1.25  # of one key press or wheel notch
MARGIN = 8.0  # pixels around a fitted picture, so that handles at its edge can be grasped


@dataclass(frozen=True, slots=True)
class View:
    """A view of `width` x `height` pixels on a picture with edges in the ratio `picture_w` : `picture_h`.

    `zoom` is 1 when the picture is fitted; `pan_x`, `pan_y` move its middle away from the view's, in pixels.
    """

    width: float = 0.0
    height: float = 0.0
    picture_w: float = 0.0
    picture_h: float = 0.0
    zoom: float = 1.0
    pan_x: float = 0.0
    pan_y: float = 0.0

    @property
    def empty(self) -> bool:
        """Whether nothing can be seen."""
        return min(self.picture_w, self.picture_h) <= 0 or min(self.width, self.height) <= 2 * MARGIN

    @property
    def scale(self) -> float:
        """View pixels for one pixel of the picture."""
        if self.empty:
            return 1.0
        room_w, room_h = self.width - 2 * MARGIN, self.height - 2 * MARGIN
        return min(room_w / self.picture_w, room_h / self.picture_h) * self.zoom

    @property
    def rect(self) -> tuple[float, float, float, float]:
        """x, y, width, height of the picture in the view."""
        w, h = self.picture_w * self.scale, self.picture_h * self.scale
        return (self.width - w) / 2 + self.pan_x, (self.height - h) / 2 + self.pan_y, w, h

    def to_percent(self, x: float, y: float) -> tuple[float, float]:
        """A point of the view in percent of the picture, kept inside it."""
        left, top, w, h = self.rect
        if w <= 0 or h <= 0:
            return 0.0, 0.0
        return min(max((x - left) / w * 100, 0.0), 100.0), min(max((y - top) / h * 100, 0.0), 100.0)

    def beyond_percent(self, x: float, y: float) -> tuple[float, float]:
        """The same, not kept inside."""
        left, top, w, h = self.rect
        if w <= 0 or h <= 0:
            return 0.0, 0.0
        return (x - left) / w * 100, (y - top) / h * 100

    def seen(self, margin: float = 0.0) -> tuple[float, float, float, float]:
        """What of the picture is in view, with `margin` of its edges around it: x, y, width, height in percent."""
        wide, high = self.width * margin, self.height * margin
        left, top = self.to_percent(-wide, -high)
        right, bottom = self.to_percent(self.width + wide, self.height + high)
        return left, top, right - left, bottom - top

    def from_percent(self, x: float, y: float) -> tuple[float, float]:
        """A point of the picture in the view."""
        left, top, w, h = self.rect
        return left + x / 100 * w, top + y / 100 * h

    def zoomed(self, factor: float, at_x: float, at_y: float) -> View:
        """Zoomed so that what is under (at_x, at_y) stays there."""
        if self.empty:
            return self
        zoom = min(max(self.zoom * factor, 1.0), MOST_ZOOM)
        grown = zoom / self.zoom
        middle_x, middle_y = self.width / 2, self.height / 2
        return replace(
            self,
            zoom=zoom,
            pan_x=(at_x - middle_x) - (at_x - middle_x - self.pan_x) * grown,
            pan_y=(at_y - middle_y) - (at_y - middle_y - self.pan_y) * grown,
        ).bounded()

    def panned(self, dx: float, dy: float) -> View:
        """Moved by pixels of the view."""
        return replace(self, pan_x=self.pan_x + dx, pan_y=self.pan_y + dy).bounded()

    def bounded(self) -> View:
        """Moved back so that no side shows more than its margin."""
        _, _, w, h = self.rect
        most_x = max(0.0, (w + 2 * MARGIN - self.width) / 2)
        most_y = max(0.0, (h + 2 * MARGIN - self.height) / 2)
        return replace(
            self,
            pan_x=min(max(self.pan_x, -most_x), most_x),
            pan_y=min(max(self.pan_y, -most_y), most_y),
        )
