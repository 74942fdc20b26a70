# SPDX-License-Identifier: Apache-2.0
"""Hears that the application should end: its window is closed, or the system asks."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PySide6.QtQuick import QQuickWindow


class Ended:
    """Waits for the end: the window is closed, or the system sends SIGTERM or SIGINT."""

    def __init__(self, window: QQuickWindow) -> None:
        self._event = asyncio.Event()
        self.keeps: Callable[[], bool] = lambda: False  # whether to go on without a window
        window.visibleChanged.connect(self._on_visible)
        self._notifier: Any = None
        self._pipe: tuple[int, int] | None = None
        if os.name == "posix":
            self._hear_signals()

    def _on_visible(self, visible: bool) -> None:
        if not visible and not self.keeps():
            self._event.set()

    def end(self) -> None:
        """It is time."""
        self._event.set()

    def _hear_signals(self) -> None:
        """Signals reach Python only when it runs; a byte in a pipe wakes Qt's loop up."""
        from PySide6.QtCore import QSocketNotifier

        self._pipe = os.pipe()
        for end in self._pipe:
            os.set_blocking(end, False)
        signal.set_wakeup_fd(self._pipe[1], warn_on_full_buffer=False)
        self._before = {
            kind: signal.signal(kind, lambda *_: None) for kind in (signal.SIGTERM, signal.SIGINT)
        }
        self._notifier = QSocketNotifier(self._pipe[0], QSocketNotifier.Type.Read)
        self._notifier.activated.connect(self._on_signal)

    def _on_signal(self) -> None:
        if self._pipe is not None:
            with suppress(BlockingIOError):
                os.read(self._pipe[0], 64)
        self._event.set()

    async def wait(self) -> None:
        """Return when it is time."""
        await self._event.wait()

    def close(self) -> None:
        """Hear signals no more."""
        if self._pipe is not None:
            self._notifier.setEnabled(False)
            signal.set_wakeup_fd(-1)
            for kind, handler in self._before.items():
                signal.signal(kind, handler)
            for end in self._pipe:
                os.close(end)
            self._pipe = None
