# SPDX-License-Identifier: Apache-2.0
"""Measures what the window's time goes on: this task, that review, or nothing that is paid (ADR 0080).

Only time in use counts: while nobody touches the window for longer than a pause, the time stands still.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject

from gems_desktop.idling import IdleWatch
from gems_desktop.viewmodels.app import AppViewModel, Phase

#: Seconds without input that still are work: reading an instruction, listening to a recording.
PAUSE_S = 120
#: The pages on which a task can be open.
_TASKS = ("work", "review")


class TimeKeeper(QObject):
    """Hands the milliseconds of each thing to the profile's WageViewModel, which keeps them."""

    def __init__(
        self, app: AppViewModel, idle: IdleWatch, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__()
        self._app, self._idle, self._monotonic = app, idle, monotonic
        self._since = monotonic()
        self._on: str | None = None  # the task, "" for none; None while nothing counts
        self._watched: Any = None
        app.changed.connect(self.turn)
        idle.ticked.connect(self.turn)

    def turn(self) -> None:
        """Count the time until now for what was on, and see what is on now."""
        now = self._monotonic()
        until = min(now, self._idle.last_input + PAUSE_S)
        wage: Any = self._app.screens.get("wage")
        if self._on is not None and wage is not None and until > self._since:
            wage.spend(self._on, round(1000 * (until - self._since)))
        self._since = now
        self._on = self._what()
        self._watch()

    def _what(self) -> str | None:
        props = self._app.props
        if props.phase != Phase.OPEN.value:
            return None
        screen: Any = self._app.screens.get(props.page) if props.page in _TASKS else None
        return "" if screen is None else str(screen.property("itemId") or "")

    def _watch(self) -> None:
        """Hear of the next task at once, in each session anew."""
        screens = self._app.screens
        if screens is not self._watched:
            self._watched = screens
            for name in _TASKS:
                screen: Any = screens.get(name)
                if screen is not None:
                    screen.changed.connect(self._task_changed)

    def _task_changed(self) -> None:
        if self._what() != self._on:
            self.turn()
