# SPDX-License-Identifier: Apache-2.0
"""Notices that nobody sits at the computer any more, or that it slept, and asks for the wallet to be locked."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal

#: How often it looks; also how exact the minutes are.
TICK_S = 10
#: A tick that comes so much later than it should means that the computer slept, or that its clock was moved.
SLEPT_S = 60
#: Events looked at between two ticks: sixty drawings a second fit, a storm of events costs nothing more.
MAX_EVENTS = 1_000
INPUT = frozenset(
    (
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletPress,
        QEvent.Type.InputMethod,
    )
)


class IdleWatch(QObject):
    """Looks at a window's events until the first input, then not again before the next tick: input costs nothing.

    window: finds it each time, since its Python side may be declared dead while it lives (ADR 0041).
    minutes: after how many without input to lock, 0 for never. lock: what locks. ticked: it has just looked.
    """

    ticked = Signal()

    def __init__(
        self,
        window: Callable[[], QObject],
        minutes: Callable[[], int],
        lock: Callable[[], None],
        monotonic: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
    ) -> None:
        super().__init__()
        self._window = window
        self._minutes = minutes
        self._lock = lock
        self._monotonic = monotonic
        self._wall = wall
        self._last_input = self._last_tick = monotonic()
        self._last_wall = wall()
        self._events = 0
        self._looking = False
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_S * 1000)
        self._timer.timeout.connect(self.tick)
        self._timer.start()
        self._look()

    @property
    def last_input(self) -> float:
        """When the last input came, by the monotonic clock and at most a tick before it really did."""
        return self._last_input

    def _look(self) -> None:
        self._events = 0
        if not self._looking:
            self._looking = True
            self._window().installEventFilter(self)

    def _rest(self) -> None:
        if self._looking:
            self._looking = False
            self._window().removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Count an input; every event goes on to where it belongs."""
        self._events += 1
        if event.type() in INPUT:
            self._last_input = self._monotonic()
            self._rest()
        elif self._events >= MAX_EVENTS:
            self._rest()
        return False

    def tick(self) -> None:
        """Lock when it is time, and look for the next input."""
        now, wall = self._monotonic(), self._wall()
        slept = max(now - self._last_tick, wall - self._last_wall) > TICK_S + SLEPT_S
        self._last_tick, self._last_wall = now, wall
        minutes = self._minutes()
        if minutes > 0 and (slept or now - self._last_input >= 60 * minutes):
            self._last_input = now
            self._lock()
        self._look()
        self.ticked.emit()

    def close(self) -> None:
        """Look no more; before the window goes."""
        self._timer.stop()
        self._rest()
