# SPDX-License-Identifier: Apache-2.0
"""Python's garbage collector on the Qt thread only.

The collector runs on whichever thread happens to allocate. On the store's or the decoder's thread it would take Qt
objects apart there, which Qt forbids: timers are stopped from a foreign thread, and the process may crash (ADR 0041).
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_LOOK_EVERY_MS = 2_000  # rare enough to cost nothing while idle; what has no cycles is freed at once anyway


class QtThreadCollector(QObject):
    """Switches the automatic collector off; from `begin` on a timer of the thread that made it collects."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)

    def begin(self) -> None:
        """Look from now on: the first frame stands, and Qt's enumerations may be made."""
        from PySide6.QtCore import Qt

        self._timer.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._timer.start(_LOOK_EVERY_MS)

    def look(self) -> None:
        """Collect the generations that are due by Python's own thresholds, the oldest that is due."""
        counts, thresholds = gc.get_count(), gc.get_threshold()
        due = [place for place, count in enumerate(counts) if thresholds[place] and count > thresholds[place]]
        if due:
            gc.collect(max(due))

    def end(self) -> None:
        """Collect a last time before the process ends; Python does not collect by itself again.

        While the loop runs on to its end, it could do so within a call into Qt, and a Qt object that is taken apart
        there waits for ever for a lock that this very call holds.
        """
        self._timer.stop()
        gc.collect()

    def stop(self) -> None:
        """Let Python collect by itself again."""
        self._timer.stop()
        gc.enable()
