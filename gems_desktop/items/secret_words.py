# SPDX-License-Identifier: Apache-2.0
"""Shows seed words in numbered cells, from Python only: no property, no signal and no screen reader carries them."""

import math

from PySide6.QtCore import Property, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPainter, QPen
from PySide6.QtQml import QmlElement
from PySide6.QtQuick import QQuickItem, QQuickPaintedItem

QML_IMPORT_NAME = "Gems.items"
QML_IMPORT_MAJOR_VERSION = 1

_GAP = 8.0


@QmlElement
class SecretWords(QQuickPaintedItem):
    """A grid of numbered words, wiped as soon as it is hidden."""

    countChanged = Signal()
    looksChanged = Signal()

    def __init__(self, parent: QQuickItem | None = None) -> None:
        super().__init__(parent)
        self._words: list[bytearray] = []
        self._ink = QColor("black")
        self._muted = QColor("gray")
        self._cell = QColor("white")
        self._line = QColor("gray")
        self._size = 16
        self._columns = 3
        self.setAntialiasing(True)
        self.visibleChanged.connect(self._wipe_when_hidden)
        self.looksChanged.connect(self.update)

    def show(self, words: list[bytes] | list[bytearray]) -> None:
        """Paint `words` (ASCII or UTF-8), in order. The item keeps copies of its own and overwrites them."""
        self.wipe()
        self._words = [bytearray(word) for word in words]
        self.countChanged.emit()
        self.update()

    @Slot()
    def wipe(self) -> None:
        """Overwrite the words and show none."""
        for word in self._words:
            word[:] = bytes(len(word))
        self._words = []
        self.countChanged.emit()
        self.update()

    def _wipe_when_hidden(self) -> None:
        if not self.isVisible():
            self.wipe()

    def _get_count(self) -> int:
        return len(self._words)

    def _get_ink(self) -> QColor:
        return self._ink

    def _set_ink(self, value: QColor) -> None:
        self._ink = value
        self.looksChanged.emit()

    def _get_muted(self) -> QColor:
        return self._muted

    def _set_muted(self, value: QColor) -> None:
        self._muted = value
        self.looksChanged.emit()

    def _get_cell(self) -> QColor:
        return self._cell

    def _set_cell(self, value: QColor) -> None:
        self._cell = value
        self.looksChanged.emit()

    def _get_line(self) -> QColor:
        return self._line

    def _set_line(self, value: QColor) -> None:
        self._line = value
        self.looksChanged.emit()

    def _get_size(self) -> int:
        return self._size

    def _set_size(self, value: int) -> None:
        self._size = value
        self.looksChanged.emit()

    def _get_columns(self) -> int:
        return self._columns

    def _set_columns(self, value: int) -> None:
        self._columns = max(1, value)
        self.looksChanged.emit()

    count = Property(int, _get_count, notify=countChanged)
    ink = Property(QColor, _get_ink, _set_ink, notify=looksChanged)
    mutedInk = Property(QColor, _get_muted, _set_muted, notify=looksChanged)
    cellColor = Property(QColor, _get_cell, _set_cell, notify=looksChanged)
    lineColor = Property(QColor, _get_line, _set_line, notify=looksChanged)
    fontSize = Property(int, _get_size, _set_size, notify=looksChanged)
    columns = Property(int, _get_columns, _set_columns, notify=looksChanged)

    def paint(self, painter: QPainter) -> None:
        """Draw the cells row by row."""
        if not self._words:
            return
        rows = math.ceil(len(self._words) / self._columns)
        width = (self.width() - _GAP * (self._columns - 1)) / self._columns
        height = (self.height() - _GAP * (rows - 1)) / rows
        font = QFont(QGuiApplication.font())
        for at, word in enumerate(self._words):
            row, column = divmod(at, self._columns)
            cell = QRectF(column * (width + _GAP), row * (height + _GAP), width, height).adjusted(
                0.5, 0.5, -0.5, -0.5
            )
            painter.setPen(QPen(self._line, 1))
            painter.setBrush(self._cell)
            painter.drawRoundedRect(cell, 6, 6)
            font.setPixelSize(max(8, round(self._size * 0.75)))
            font.setWeight(QFont.Weight.Normal)
            painter.setFont(font)
            painter.setPen(self._muted)
            number = QRectF(cell.left() + 10, cell.top(), self._size * 1.6, cell.height())
            painter.drawText(number, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, str(at + 1))
            font.setPixelSize(self._size)
            font.setWeight(QFont.Weight.DemiBold)
            painter.setFont(font)
            painter.setPen(self._ink)
            rest = cell.adjusted(10 + self._size * 1.6, 0, -4, 0)
            painter.drawText(
                rest, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, word.decode("utf-8")
            )
