# SPDX-License-Identifier: Apache-2.0
"""Compares what a window draws with a stored picture, tile by tile, so that letters may be smoothed otherwise while
a word that is gone, another colour or a part that moved is seen."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter

REFERENCES = Path(__file__).resolve().parent / "references"
SHRINK = 2  # references have half the window's width and height
_STEP = 8  # of the 256 values of a colour: small files
#: Side of a tile in pixels of the reference, by how much its mean colour may differ, how many tiles may differ more.
LEVELS = ((8, 10, 3), (4, 34, 6))
_WHOLE = Qt.AspectRatioMode.IgnoreAspectRatio
_SMOOTH = Qt.TransformationMode.SmoothTransformation
_RGB = QImage.Format.Format_RGB888
_COARSE = bytes(min(255, (value + _STEP // 2) // _STEP * _STEP) for value in range(256))


@dataclass(frozen=True, slots=True)
class Difference:
    """Tiles that differ too much, in pixels of the reference."""

    tiles: tuple[QRect, ...]

    def __bool__(self) -> bool:
        return bool(self.tiles)


def shrunk(image: QImage) -> QImage:
    """A window's picture as it is stored: half as large, in few colours."""
    small = image.convertToFormat(_RGB).scaled(image.size() / SHRINK, _WHOLE, _SMOOTH)
    return _coarse(small.convertToFormat(_RGB))


def _coarse(image: QImage) -> QImage:
    bits = bytes(image.constBits()).translate(_COARSE)
    made = QImage(bits, image.width(), image.height(), image.bytesPerLine(), _RGB)
    return made.copy()


def store(image: QImage, path: Path) -> None:
    """Write a shrunk picture; with a palette where its colours fit into one, since Qt would choose others for it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    flags = Qt.ImageConversionFlag.ThresholdDither | Qt.ImageConversionFlag.AvoidDither
    few = image.convertToFormat(QImage.Format.Format_Indexed8, flags)
    kept = few if few.convertToFormat(_RGB) == image else image
    if not kept.save(str(path), "PNG", 0):  # type: ignore[call-overload]
        raise OSError(f"{path} could not be written")


def compare(got: QImage, expected: QImage) -> Difference:
    """Two shrunk pictures of one size; another size differs everywhere."""
    if got.size() != expected.size():
        return Difference((QRect(0, 0, got.width(), got.height()),))
    found: list[QRect] = []
    for side, tolerance, allowed in LEVELS:
        off = _off(got, expected, side, tolerance)
        if len(off) > allowed:
            found += off
    return Difference(tuple(found))


def _off(got: QImage, expected: QImage, side: int, tolerance: int) -> list[QRect]:
    """The tiles whose mean colour differs by more than `tolerance` of 255 in one of its parts."""
    first, second = _means(got, side), _means(expected, side)
    one, two = bytes(first.constBits()), bytes(second.constBits())
    line = first.bytesPerLine()
    found = []
    for y in range(first.height()):
        for x in range(first.width()):
            at = y * line + 3 * x
            if any(abs(one[at + part] - two[at + part]) > tolerance for part in range(3)):
                found.append(QRect(x * side, y * side, side, side))
    return found


def _means(image: QImage, side: int) -> QImage:
    size = QSize(image.width() // side, image.height() // side)
    return image.convertToFormat(_RGB).scaled(size, _WHOLE, _SMOOTH).convertToFormat(_RGB)


def write_difference(got: QImage, expected: QImage, difference: Difference, folder: Path, name: str) -> Path:
    """Write what was got, what was expected and where they differ (framed in red); the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    marked = got.copy()
    painter = QPainter(marked)
    painter.setPen(QColor("red"))
    for tile in difference.tiles:
        painter.drawRect(tile)
    painter.end()
    for kind, image in (("got", got), ("expected", expected), ("difference", marked)):
        image.save(str(folder / f"{name}-{kind}.png"))
    return folder
