# SPDX-License-Identifier: Apache-2.0
"""The wave of a recording: coarse at once, finer when it is there, one band a channel."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QLineF, QRectF, QTimer
from PySide6.QtGui import QColor, QPainter, QPen
from shiboken6 import isValid

from gems_desktop.decoding.media_client import Ticket
from gems_desktop.decoding.media_facts import Peaks
from gems_desktop.items.timeline_body import Body
from gems_desktop.items.timeline_layer import AROUND
from gems_desktop.items.timeline_paint import Looks
from gems_desktop.items.timeline_rows import Rows
from gems_desktop.items.timeline_view import Axis

WHOLE_PARTS = 2000  # of the overview that is always held
SETTLE_MS = 60  # a view that still moves asks for nothing finer
_MOST_GAIN = 12.0  # how much a quiet recording is drawn higher
_FULL = 32767


class WaveBody(Body):
    """Peaks of the whole, and of the view when that shows more detail."""

    def __init__(self, part: Any, more: Callable[[], None]) -> None:
        super().__init__(part, more)
        self._whole: Peaks | None = None
        self._close: Peaks | None = None
        self._tickets: dict[str, Ticket] = {}
        self._asked: tuple[Any, ...] = ()
        self._wanted: tuple[float, float, int] | None = None
        self._settle = QTimer(part)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self._ask_close)

    @property
    def ready(self) -> bool:
        """Whether some of the wave is seen."""
        return self._whole is not None and (self._whole.complete or self._whole.known_s > 0)

    @property
    def channels(self) -> int:
        """How many bands are drawn."""
        return max(1, min(int(self.part.channels), 8 if self.part.split else 2))

    def rows(self, ruler: float, bottom: float, looks: Looks, scrolled: float) -> Rows:
        """One row a channel where regions belong to channels, else one."""
        count = self.channels if self.part.split else 1
        return Rows(ruler, ruler, bottom, count, (bottom - ruler) / count)

    def tall(self, looks: Looks) -> float:
        """Higher with two channels."""
        return (150.0 + 60.0 * (self.channels - 1)) * looks.font_size / 14

    def live_row(self, row: int) -> int:
        """Its channel, or all."""
        return row if self.part.split else -1

    def ask(self, axis: Axis, ratio: float) -> None:
        """The whole once for each recording; the view when it is closer."""
        source = (self.part.sha256, axis.first, axis.last)
        if source != self._asked:
            self._asked, self._whole, self._close, self._wanted = source, None, None, None
            for ticket in self._tickets.values():
                ticket.cancel()
            self._tickets["whole"] = self.part.media.peaks(
                self.part.sha256, axis.first, axis.last, WHOLE_PARTS, self._on_whole
            )
        parts = max(1, round(axis.width * ratio * (1 + 2 * AROUND)))
        left = max(axis.first, axis.left - AROUND * axis.length)
        wanted = (left, min(axis.last, axis.right + AROUND * axis.length), parts)
        if axis.length * WHOLE_PARTS > (axis.last - axis.first) * axis.width * ratio * 1.05:
            self._wanted = None  # the overview is fine enough
        elif wanted != self._wanted:
            self._wanted = wanted
            self._settle.start()

    def _ask_close(self) -> None:
        if (ticket := self._tickets.pop("close", None)) is not None:
            ticket.cancel()
        if self._wanted is not None and self.part.sha256 == self._asked[0]:
            self._tickets["close"] = self.part.media.peaks(self.part.sha256, *self._wanted, self._on_close)

    def _on_whole(self, result: Any) -> None:
        if isinstance(result, Peaks):
            self._whole = result
            self._changed()
        elif isValid(self.part):  # another kind of task may be on the screen by now
            self.part.failed(result.sentence)

    def _on_close(self, result: Any) -> None:
        if isinstance(result, Peaks):
            self._close = result
            self._changed()

    def _changed(self) -> None:
        self.version += 1
        self._more()

    def _gain(self) -> float:
        whole = self._whole
        if whole is None or not whole.low:
            return 1.0
        peak = max(max((max(band, default=0) for band in whole.high), default=0), 1)
        peak = max(peak, -min((min(band, default=0) for band in whole.low), default=0))
        return min(_MOST_GAIN, 0.94 * _FULL / peak)

    def paint(self, painter: QPainter, axis: Axis, rows: Rows, looks: Looks) -> None:
        """The ruler and one band a channel."""
        super().paint(painter, axis, rows, looks)
        room = QRectF(0, rows.top, axis.width, rows.bottom - rows.top)
        gain = self._gain()
        peaks = self._whole
        left, right = max(axis.left, axis.first), min(axis.right, axis.last)
        if self._close is not None and self._close.start_s <= left and self._close.end_s >= right:
            finer = (
                peaks is None
                or self._close.end_s - self._close.start_s < (peaks.end_s - peaks.start_s) * 0.999
            )
            peaks = self._close if finer else peaks
        if peaks is None:
            return
        count = max(1, min(len(peaks.low), self.channels))
        for band in range(count):
            high = room.height() / count
            place = QRectF(0, room.y() + band * high, room.width(), high)
            painter.setPen(QPen(looks.grid, 1))
            painter.drawLine(QLineF(0, place.center().y(), place.width(), place.center().y()))
            if band:
                painter.drawLine(QLineF(0, place.y(), place.width(), place.y()))
            lines = wave_lines(peaks, band, axis, place, gain)
            painter.setPen(QPen(looks.wave, 1))
            painter.drawLines(lines)
        if not peaks.complete and peaks.known_s < axis.right:
            unread = QColor(looks.grid)
            unread.setAlpha(120)
            x = axis.x_of(max(peaks.known_s, axis.left))
            painter.fillRect(QRectF(x, room.y(), axis.width - x, room.height()), unread)

    def paint_foot(self, painter: QPainter, axis: Axis, place: QRectF, looks: Looks) -> None:
        """The whole wave, all channels in one."""
        super().paint_foot(painter, axis, place, looks)
        if self._whole is not None and self._whole.low:
            lines = wave_lines(self._whole, 0, replace(axis.fitted(), width=axis.width), place, self._gain())
            painter.setPen(QPen(looks.ink, 1))
            painter.drawLines(lines)


def wave_lines(peaks: Peaks, band: int, axis: Axis, place: QRectF, gain: float) -> list[QLineF]:
    """One upright line a pixel from the lowest to the highest sample under it."""
    low, high = peaks.low[band], peaks.high[band]
    scale = len(low) / max(peaks.end_s - peaks.start_s, 1e-9)
    middle, half = place.center().y(), place.height() / 2 - 1
    lines = []
    for x in range(int(place.width())):
        first = (axis.left + x / axis.width * axis.length - peaks.start_s) * scale
        last = (axis.left + (x + 1) / axis.width * axis.length - peaks.start_s) * scale
        found = _range(low, high, int(first), max(int(first) + 1, int(last)))
        if found is not None:
            top, bottom = (
                middle - min(1.0, max(-1.0, sample * gain / _FULL)) * half for sample in reversed(found)
            )
            lines.append(QLineF(x + 0.5, top, x + 0.5, max(bottom, top + 1)))
    return lines


def _range(low: array[int], high: array[int], first: int, last: int) -> tuple[int, int] | None:
    first, last = max(first, 0), min(last, len(low))
    if first >= last:
        return None
    return min(low[first:last]), max(high[first:last])
