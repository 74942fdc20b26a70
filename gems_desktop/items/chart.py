# SPDX-License-Identifier: Apache-2.0
"""Bars and lines as one painted item: on the software renderer a picture is far cheaper than many rectangles."""

from PySide6.QtCore import Property, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QGuiApplication, QPainter, QPen, QPolygonF
from PySide6.QtQml import QmlElement
from PySide6.QtQuick import QQuickItem, QQuickPaintedItem

QML_IMPORT_NAME = "Gems.items"
QML_IMPORT_MAJOR_VERSION = 1

#: More points than this cannot be told apart on a screen.
MAX_VALUES = 512


@QmlElement
class ChartItem(QQuickPaintedItem):
    """Draws `values` as bars or as a line over `labels`; the numbers are for looking, never for counting money."""

    dataChanged = Signal()

    def __init__(self, parent: QQuickItem | None = None) -> None:
        super().__init__(parent)
        self._values: list[float] = []
        self._labels: list[str] = []
        self._kind = "bars"
        self._ink = QColor("green")
        self._ground = QColor("white")
        self._label_ink = QColor("gray")
        self._line_ink = QColor("lightgray")
        self._label_size = 12
        self._mirrored = False
        self.setAntialiasing(True)
        self.dataChanged.connect(self.update)

    def _get_values(self) -> list[float]:
        return self._values

    def _set_values(self, values: list[float]) -> None:
        self._values = [max(0.0, float(value)) for value in list(values)[:MAX_VALUES]]
        self.dataChanged.emit()

    def _get_labels(self) -> list[str]:
        return self._labels

    def _set_labels(self, labels: list[str]) -> None:
        self._labels = [str(label) for label in list(labels)[:MAX_VALUES]]
        self.dataChanged.emit()

    def _get_kind(self) -> str:
        return self._kind

    def _set_kind(self, kind: str) -> None:
        self._kind = kind
        self.dataChanged.emit()

    def _get_ink(self) -> QColor:
        return self._ink

    def _set_ink(self, color: QColor) -> None:
        self._ink = color
        self.dataChanged.emit()

    def _get_ground(self) -> QColor:
        return self._ground

    def _set_ground(self, color: QColor) -> None:
        self._ground = color
        self.dataChanged.emit()

    def _get_label_ink(self) -> QColor:
        return self._label_ink

    def _set_label_ink(self, color: QColor) -> None:
        self._label_ink = color
        self.dataChanged.emit()

    def _get_line_ink(self) -> QColor:
        return self._line_ink

    def _set_line_ink(self, color: QColor) -> None:
        self._line_ink = color
        self.dataChanged.emit()

    def _get_label_size(self) -> int:
        return self._label_size

    def _set_label_size(self, size: int) -> None:
        self._label_size = size
        self.dataChanged.emit()

    def _get_mirrored(self) -> bool:
        return self._mirrored

    def _set_mirrored(self, mirrored: bool) -> None:
        self._mirrored = mirrored
        self.dataChanged.emit()

    values = Property(list, _get_values, _set_values, notify=dataChanged)
    labels = Property(list, _get_labels, _set_labels, notify=dataChanged)
    kind = Property(str, _get_kind, _set_kind, notify=dataChanged)
    ink = Property(QColor, _get_ink, _set_ink, notify=dataChanged)
    ground = Property(QColor, _get_ground, _set_ground, notify=dataChanged)
    labelInk = Property(QColor, _get_label_ink, _set_label_ink, notify=dataChanged)
    lineInk = Property(QColor, _get_line_ink, _set_line_ink, notify=dataChanged)
    labelSize = Property(int, _get_label_size, _set_label_size, notify=dataChanged)
    mirrored = Property(bool, _get_mirrored, _set_mirrored, notify=dataChanged)

    def paint(self, painter: QPainter) -> None:
        """Draw the base line, the labels that have room, then the bars or the line."""
        font = QFont(QGuiApplication.font())
        font.setPixelSize(self._label_size)
        painter.setFont(font)
        foot = QFontMetricsF(font).height() + 4 if self._labels else 2.0
        area = QRectF(5, 5, self.width() - 10, self.height() - foot - 5)
        painter.setPen(QPen(self._line_ink, 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        if not self._values or area.height() <= 0:
            return
        slot = area.width() / len(self._values)
        self._draw_labels(painter, area, slot)
        if self._kind == "line":
            self._draw_line(painter, area)
        else:
            self._draw_bars(painter, area, slot)

    def _place(self, at: int) -> int:
        return len(self._values) - 1 - at if self._mirrored else at

    def _draw_labels(self, painter: QPainter, area: QRectF, slot: float) -> None:
        metrics = QFontMetricsF(painter.font())
        widest = max((metrics.horizontalAdvance(label) for label in self._labels), default=0.0) + 8
        every = max(1, int(-(-widest // slot)))
        painter.setPen(self._label_ink)
        for at, label in enumerate(self._labels[: len(self._values)]):
            if at % every == 0:
                middle = area.left() + (self._place(at) + 0.5) * slot
                left = max(0.0, min(middle - widest / 2, self.width() - widest))
                box = QRectF(left, area.bottom() + 3, widest, metrics.height())
                painter.drawText(box, Qt.AlignmentFlag.AlignHCenter, label)

    def _draw_bars(self, painter: QPainter, area: QRectF, slot: float) -> None:
        top = max(self._values) or 1.0
        width = max(1.0, min(slot * 0.66, 42.0))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._ink)
        for at, value in enumerate(self._values):
            height = area.height() * value / top
            if value > 0:
                left = area.left() + (self._place(at) + 0.5) * slot - width / 2
                bar = QRectF(left, area.bottom() - max(2.0, height), width, max(2.0, height))
                painter.drawRoundedRect(bar, min(3.0, width / 2), 3)

    def _draw_line(self, painter: QPainter, area: QRectF) -> None:
        low, high = min(self._values), max(self._values)
        span = (high - low) or 1.0
        step = area.width() / max(1, len(self._values) - 1)
        points = [
            QPointF(
                area.left() + self._place(at) * step,
                area.bottom() - 3 - (area.height() - 6) * (value - low) / span,
            )
            for at, value in enumerate(self._values)
        ]
        wash = QColor(self._ink)
        wash.setAlpha(36)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(wash)
        painter.drawPolygon(
            QPolygonF(
                [QPointF(points[0].x(), area.bottom()), *points, QPointF(points[-1].x(), area.bottom())]
            )
        )
        painter.setPen(
            QPen(self._ink, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        )
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(points))
        painter.setBrush(self._ground)
        painter.drawEllipse(points[-1], 3.5, 3.5)
