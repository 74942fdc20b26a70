# SPDX-License-Identifier: Apache-2.0
"""Painted masks between Label Studio's run-length code and pictures: to paint on, and in colour to be seen."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from gems_desktop.items.shapes.base import Value
from gems_protocol.modules import limits, rle

WORKING_PIXELS = 4_000_000  # of a mask while it is painted; that of a larger picture is coarser
SHOWN_PIXELS = 1_000_000  # of a mask in colour
KEPT_BYTES = 24 * 1024 * 1024  # of masks in colour
OPACITY = 128

Pixels = tuple[int, int]


def bounded(size: Pixels, most: int) -> Pixels:
    """`size`, or a smaller one of the same form with at most `most` pixels."""
    shrink = min(1.0, (most / (size[0] * size[1])) ** 0.5)
    return max(1, int(size[0] * shrink)), max(1, int(size[1] * shrink))


def blank(size: Pixels) -> QImage:
    """A mask of a picture of `size` on which nothing is painted."""
    image = QImage(*bounded(size, WORKING_PIXELS), QImage.Format.Format_Alpha8)
    image.fill(0)
    return image


def decoded(code: list[int], size: Pixels, most: int = WORKING_PIXELS) -> QImage:
    """The mask in `code` of a picture of `size`, with at most `most` pixels; raises ValueError for a broken code."""
    data = rle.decode(code, min(size[0] * size[1], limits.PICTURE_PIXELS))  # no byte more than is shown
    if len(data) != size[0] * size[1]:
        raise ValueError("a mask is not of its picture's size")
    image = QImage(data, *size, size[0], QImage.Format.Format_Alpha8)
    return _resized(image, bounded(size, most))


def encoded(mask: QImage, size: Pixels) -> Value | None:
    """The value of a mask of a picture of `size`; None when it is empty. Raises ValueError for too much detail."""
    data = _bytes(_resized(mask, size))
    if not data.count(b"\xff"):
        return None
    return {"format": "rle", "rle": rle.encode(*size, data)}


def _resized(image: QImage, size: Pixels) -> QImage:
    if (image.width(), image.height()) == size:
        return image.copy()
    return image.scaled(*size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.FastTransformation)


def _bytes(image: QImage) -> bytes:
    """One byte a pixel, without what lines are padded with."""
    wide, line = image.width(), image.bytesPerLine()
    data = bytes(image.constBits())
    if line == wide:
        return data
    return b"".join(data[at : at + wide] for at in range(0, line * image.height(), line))


@dataclass(frozen=True, slots=True)
class Tinted:
    """The painted part of a mask in colour, and where it lies, in percent."""

    image: QImage
    place: QRectF

    def covers(self, x: float, y: float) -> bool:
        """Whether a place, in percent, is painted."""
        if not self.place.contains(x, y):
            return False
        column = int((x - self.place.x()) / self.place.width() * self.image.width())
        row = int((y - self.place.y()) / self.place.height() * self.image.height())
        inside = column < self.image.width() and row < self.image.height()
        return inside and self.image.pixelColor(column, row).alpha() > 0


def tinted(mask: QImage, colour: QColor) -> Tinted | None:
    """A mask in `colour`, cut to what is painted; None when nothing is."""
    box = _painted(mask)
    if box.isEmpty():
        return None
    shade = QColor(colour)
    shade.setAlpha(OPACITY)
    image = QImage(box.size(), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(shade)
    painter = QPainter(image)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationIn)
    painter.drawImage(0, 0, mask, box.x(), box.y(), box.width(), box.height())
    painter.end()
    across, down = 100 / mask.width(), 100 / mask.height()
    place = QRectF(box.x() * across, box.y() * down, box.width() * across, box.height() * down)
    return Tinted(image, place)


def _painted(mask: QImage) -> QRect:
    """The box around what is painted."""
    wide, data = mask.width(), _bytes(mask)
    first, last = data.find(b"\xff"), data.rfind(b"\xff")
    if first < 0:
        return QRect()
    top, bottom = first // wide, last // wide
    left, right = wide, 0
    for row in range(top, bottom + 1):
        line = data[row * wide : (row + 1) * wide]
        start = line.find(b"\xff", 0, left)
        left = start if start >= 0 else left
        right = max(right, line.rfind(b"\xff", right))
    return QRect(left, top, right - left + 1, bottom - top + 1)


class Masks:
    """The last masks in colour, within KEPT_BYTES; a mask that was let go is decoded again when it is drawn."""

    def __init__(self, most: int = KEPT_BYTES) -> None:
        self._most = most
        self._bytes = 0
        self._kept: OrderedDict[tuple[bytes, str, Pixels], Tinted | None] = OrderedDict()
        self._codes: dict[int, tuple[Value, bytes]] = {}

    def get(self, value: Value, colour: str, size: Pixels) -> Tinted | None:
        """The mask of a region on a picture of `size`; None when it is empty or cannot be read."""
        key = (self._code(value), colour, size)
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        try:
            found = tinted(decoded(value["rle"], size, SHOWN_PIXELS), QColor(colour))
        except ValueError:
            found = None
        self._keep(key, found)
        return found

    def forget(self) -> None:
        """Let all of them go."""
        self._kept.clear()
        self._codes.clear()
        self._bytes = 0

    def _code(self, value: Value) -> bytes:
        """The code of a mask as bytes, made once for each value."""
        known = self._codes.get(id(value))
        if known is not None and known[0] is value:
            return known[1]
        if len(self._codes) >= limits.REGIONS:
            self._codes.clear()
        code = bytes(value["rle"])
        self._codes[id(value)] = (value, code)
        return code

    def _keep(self, key: tuple[bytes, str, Pixels], mask: Tinted | None) -> None:
        self._kept[key] = mask
        self._bytes += _size(mask)
        while self._bytes > self._most and len(self._kept) > 1:
            self._bytes -= _size(self._kept.popitem(last=False)[1])


def _size(mask: Tinted | None) -> int:
    return int(mask.image.sizeInBytes()) if mask is not None else 0
