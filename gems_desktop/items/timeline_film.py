# SPDX-License-Identifier: Apache-2.0
"""The timeline of a film: a row for each box with its key frames, and one for each label of stretches."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter

from gems_desktop.items import timeline_paint
from gems_desktop.items.timeline_body import Body
from gems_desktop.items.timeline_paint import Looks
from gems_desktop.items.timeline_rows import Rows
from gems_desktop.items.timeline_view import Axis

_SEEN = (3, 7)  # the fewest and the most rows in sight


class FilmBody(Body):
    """Rows with names; more of them than fit are scrolled."""

    def _high(self, looks: Looks) -> float:
        return round(looks.small * 1.9)

    def tall(self, looks: Looks) -> float:
        """As high as its rows, within bounds."""
        count = max(_SEEN[0], min(len(self.part.row_names), _SEEN[1]))
        return self._high(looks) * count + round(looks.small * 1.9) + self.foot(looks)

    def rows(self, ruler: float, bottom: float, looks: Looks, scrolled: float) -> Rows:
        """As many as there are boxes and labels; the selected one is in sight."""
        names = tuple(self.part.row_names)
        high = self._high(looks)
        made = Rows(ruler, ruler, bottom, max(1, len(names)), high, 0.0, names)
        scrolled = min(scrolled, made.hidden)
        chosen = self.part.selected
        if chosen is not None and chosen.row >= 0:
            below = (chosen.row + 1) * high - (bottom - ruler)
            scrolled = max(below, min(scrolled, chosen.row * high))
        return Rows(ruler, ruler, bottom, max(1, len(names)), high, max(0.0, scrolled), names)

    def live_row(self, row: int) -> int:
        """The row of the label in hand."""
        return int(self.part.hand_row)

    def paint(self, painter: QPainter, axis: Axis, rows: Rows, looks: Looks) -> None:
        """The ruler counts pictures; every second row is shaded, its name stands in it."""
        shade = QColor(looks.grid)
        shade.setAlpha(70)
        painter.save()
        painter.setClipRect(QRectF(0, rows.top, axis.width, rows.bottom - rows.top))
        for row in range(rows.count):
            top, high = rows.place(row)
            if row % 2 == 0:
                painter.fillRect(QRectF(0, top, axis.width, high), shade)
        painter.restore()
        timeline_paint.ruler(painter, axis, rows, (1, 2, 5, 10, 20, 50), self.part.tick_words, looks)

    def paint_over(self, painter: QPainter, axis: Axis, rows: Rows, looks: Looks) -> None:
        """The rows' names, over everything."""
        painter.save()
        painter.setClipRect(QRectF(0, rows.top, axis.width, rows.bottom - rows.top))
        painter.setFont(timeline_paint.font(looks.small))
        painter.setPen(looks.ink)
        for row, name in enumerate(rows.names):
            top, high = rows.place(row)
            painter.drawText(QPointF(14, top + high * 0.7), name)
        painter.restore()
