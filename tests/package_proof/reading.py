# SPDX-License-Identifier: Apache-2.0
"""Reads the seed words as a person does, from the screen: no screen reader and no property of the window tells them.

`python reading.py PICTURE X Y WIDTH HEIGHT`, the place of the grid: prints the words in their order.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from mnemonic import Mnemonic
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QImage, QPainter

FONT = Path(__file__).resolve().parents[2] / "resources" / "fonts" / "GemsSans-SemiBold.ttf"
COLUMNS, ROWS, GAP = 3, 4, 8
#: The letters' size, and where a word begins in its cell, both in pixels: right of its number.
SIZE, BEGINS = 14, 10 + 1.6 * 14
#: How unlike a word that was read and its picture may be, per pixel; other words are twice as unlike and more.
_ALIKE = 20
_INK = 60  # grey levels away from the paper that count as ink


@dataclass(frozen=True)
class Shape:
    """The ink of a word, cut out: rows of darkness from 0 to 255."""

    width: int
    height: int
    ink: tuple[bytes, ...]

    def differs(self, other: Shape) -> float:
        """How unlike two are, per pixel; shapes of another size are nothing alike."""
        if abs(self.width - other.width) > 1 or abs(self.height - other.height) > 1:
            return 255.0
        rows = list(zip(self.ink, other.ink, strict=False))
        unlike = sum(abs(a - b) for mine, theirs in rows for a, b in zip(mine, theirs, strict=False))
        return unlike / (self.width * self.height)


def cut(image: QImage) -> Shape:
    """The ink in a picture of one word on light paper."""
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    bits, line = bytes(grey.constBits()), grey.bytesPerLine()
    darkness = bytes(max(0, bits[0] - value) for value in range(256))
    rows = [bits[at * line : at * line + grey.width()].translate(darkness) for at in range(grey.height())]
    dark = [(x, y) for y, row in enumerate(rows) for x, value in enumerate(row) if value > _INK]
    left, right = min(x for x, _ in dark), max(x for x, _ in dark)
    top, bottom = min(y for _, y in dark), max(y for _, y in dark)
    ink = tuple(row[left : right + 1] for row in rows[top : bottom + 1])
    return Shape(right - left + 1, bottom - top + 1, ink)


def cell_of(place: QRectF, at: int) -> QRectF:
    """The cell of a word, the first being 0."""
    row, column = divmod(at, COLUMNS)
    width = (place.width() - GAP * (COLUMNS - 1)) / COLUMNS
    height = (place.height() - GAP * (ROWS - 1)) / ROWS
    return QRectF(place.x() + column * (width + GAP), place.y() + row * (height + GAP), width, height)


def drawn(word: str, family: str, column: int, place: QRectF) -> Shape:
    """A word in the letters of the window, at the same fraction of a pixel as in a column of the grid."""
    cell = cell_of(place, column).adjusted(0.5, 0.5, -0.5, -0.5)
    left = (cell.left() + BEGINS) % 1
    image = QImage(160, 40, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    font = QFont(family)
    font.setPixelSize(SIZE)
    font.setWeight(QFont.Weight.DemiBold)
    painter = QPainter(image)
    painter.setFont(font)
    painter.setPen(QColor("black"))
    painter.drawText(QRectF(4 + left, 0.5, 150, cell.height()), Qt.AlignmentFlag.AlignVCenter, word)
    painter.end()
    return cut(image)


def seen(picture: QImage, place: QRectF, at: int) -> Shape:
    """The ink of a word of the grid."""
    inner = cell_of(place, at).adjusted(BEGINS - 2, 4, -4, -4).toRect()
    return cut(picture.copy(inner))


def read(picture: QImage, place: QRectF) -> list[str]:
    """The twelve words; raises AssertionError where they are no wallet's or not clear."""
    family = QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(FONT)))[0]
    known = Mnemonic("english")
    columns = [{word: drawn(word, family, at, place) for word in known.wordlist} for at in range(COLUMNS)]
    words = []
    for at in range(ROWS * COLUMNS):
        ink, shapes = seen(picture, place, at), columns[at % COLUMNS]
        unlike, word = min((shape.differs(ink), word) for word, shape in shapes.items())
        if unlike > _ALIKE:
            raise AssertionError(f"word {at + 1} is not clear ({unlike:.0f})")
        words.append(word)
    if not known.check(" ".join(words)):
        raise AssertionError("the words on the screen are no wallet's")
    return words


def main(arguments: list[str]) -> int:
    """Print the words."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application = QGuiApplication([])
    picture, place = QImage(arguments[0]), QRectF(*map(int, arguments[1:]))
    print(*read(picture, place))
    del application
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
