# SPDX-License-Identifier: Apache-2.0
"""A chart as one painted item: on the software renderer a picture is far cheaper than many rectangles.

ui/Gems/components/ChartFrame.qml gives it its points, reads out the current one and has the table (ADR 0080).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Property, Signal, Slot
from PySide6.QtGui import QColor, QPainter
from PySide6.QtQml import QmlElement
from PySide6.QtQuick import QQuickItem, QQuickPaintedItem

from gems_desktop.items import chart_axis, chart_marks
from gems_desktop.items.chart_looks import PLAIN, Point, Tick, points_of, ticks_of
from gems_desktop.items.chart_place import Place

QML_IMPORT_NAME = "Gems.items"
QML_IMPORT_MAJOR_VERSION = 1

#: More points than this cannot be told apart on a screen.
MAX_POINTS = 400
KINDS = ("bars", "pairs", "band", "across", "swatch")


@QmlElement
class ChartItem(QQuickPaintedItem):
    """Draws `points` on `ticks`; the numbers are for looking, never for counting money.

    points: maps of value, label, text, other (pairs), low and high (band), marked. kind: one of KINDS. pattern: of a
    swatch. current: the point that is read out, -1 for none.
    """

    dataChanged = Signal()

    def __init__(self, parent: QQuickItem | None = None) -> None:
        super().__init__(parent)
        self._given: list[Any] = []
        self._points: tuple[Point, ...] = ()
        self._given_ticks: list[Any] = []
        self._ticks: tuple[Tick, ...] = ()
        self._plain: dict[str, Any] = {"kind": "bars", "pattern": "solid", "current": -1, "mirrored": False}
        self._looks = PLAIN
        self.setAntialiasing(True)
        self.dataChanged.connect(self.update)

    def _set_points(self, points: list[Any]) -> None:
        self._given = list(points)
        self._points = points_of(self._given, MAX_POINTS)
        self.dataChanged.emit()

    def _set_ticks(self, ticks: list[Any]) -> None:
        self._given_ticks = list(ticks)
        self._ticks = ticks_of(self._given_ticks)
        self.dataChanged.emit()

    def _put(self, name: str, value: Any) -> None:
        if self._plain[name] != value:
            self._plain[name] = value
            self.dataChanged.emit()

    def _paint_with(self, **looks: Any) -> None:
        self._looks = replace(self._looks, **looks)
        self.dataChanged.emit()

    points = Property(list, lambda self: self._given, _set_points, notify=dataChanged)
    ticks = Property(list, lambda self: self._given_ticks, _set_ticks, notify=dataChanged)
    kind = Property(
        str, lambda self: self._plain["kind"], lambda self, v: self._put("kind", v), notify=dataChanged
    )
    pattern = Property(
        str, lambda self: self._plain["pattern"], lambda self, v: self._put("pattern", v), notify=dataChanged
    )
    current = Property(
        int, lambda self: self._plain["current"], lambda self, v: self._put("current", v), notify=dataChanged
    )
    mirrored = Property(
        bool,
        lambda self: self._plain["mirrored"],
        lambda self, v: self._put("mirrored", v),
        notify=dataChanged,
    )
    ink = Property(
        QColor, lambda self: self._looks.ink, lambda self, v: self._paint_with(ink=v), notify=dataChanged
    )
    soft = Property(
        QColor, lambda self: self._looks.soft, lambda self, v: self._paint_with(soft=v), notify=dataChanged
    )
    ground = Property(
        QColor,
        lambda self: self._looks.ground,
        lambda self, v: self._paint_with(ground=v),
        notify=dataChanged,
    )
    textInk = Property(
        QColor, lambda self: self._looks.text, lambda self, v: self._paint_with(text=v), notify=dataChanged
    )
    labelInk = Property(
        QColor, lambda self: self._looks.muted, lambda self, v: self._paint_with(muted=v), notify=dataChanged
    )
    lineInk = Property(
        QColor, lambda self: self._looks.line, lambda self, v: self._paint_with(line=v), notify=dataChanged
    )
    markInk = Property(
        QColor, lambda self: self._looks.mark, lambda self, v: self._paint_with(mark=v), notify=dataChanged
    )
    labelSize = Property(
        int, lambda self: self._looks.size, lambda self, v: self._paint_with(size=v), notify=dataChanged
    )
    #: Pixels that bars across need in all; other kinds take what they get.
    tall = Property(
        float, lambda self: chart_marks.row_height(self._looks) * len(self._points), notify=dataChanged
    )

    def place(self) -> Place:
        """Where everything stands at the item's present size."""
        size = (self.width(), self.height())
        return chart_axis.place(size, self._points, self._ticks, self._looks, self._plain["mirrored"])

    @Slot(float, float, result=int)
    def pointAt(self, x: float, y: float) -> int:
        """The point under a place of this item; -1 for none."""
        if self._plain["kind"] == "across":
            found = int(y // chart_marks.row_height(self._looks))
            return found if 0 <= found < len(self._points) and 0 <= x < self.width() else -1
        return self.place().at(x)

    def paint(self, painter: QPainter) -> None:
        """The current point's mark, the axis, and what stands on it."""
        kind, looks, points = self._plain["kind"], self._looks, self._points
        if kind == "swatch":
            chart_marks.paint_swatch(painter, self.width(), self.height(), self._plain["pattern"], looks)
            return
        current = self._plain["current"] if 0 <= self._plain["current"] < len(points) else -1
        if kind == "across":
            top = max((tick.value for tick in self._ticks), default=1.0)
            mirrored = self._plain["mirrored"]
            chart_marks.paint_across(painter, points, top, self.width(), looks, current, mirrored)
            return
        at = self.place()
        if current >= 0:
            chart_marks.paint_current(painter, at, current, looks)
        chart_axis.paint_ticks(painter, at, self._ticks, looks)
        chart_axis.paint_labels(painter, at, points, self.width(), looks)
        if not points:
            return
        if kind == "band":
            chart_marks.paint_band(painter, at, points, looks, current)
        elif kind == "pairs":
            chart_marks.paint_pairs(painter, at, points, looks)
        else:
            chart_marks.paint_bars(painter, at, points, looks)
