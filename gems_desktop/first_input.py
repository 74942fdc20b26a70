# SPDX-License-Identifier: Apache-2.0
"""Waits for the first key, press or movement in the window: somebody is about to use it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject

from gems_desktop.idling import INPUT


class FirstInput(QObject):
    """window: finds it each time, since its Python side may be declared dead while it lives (ADR 0041)."""

    def __init__(self, window: Callable[[], QObject]) -> None:
        super().__init__()
        self._window = window
        self._come = asyncio.Event()

    async def wait(self) -> None:
        """Until there is input, from now on; it goes on to where it belongs."""
        self._come.clear()
        self._window().installEventFilter(self)
        try:
            await self._come.wait()
        finally:
            self._window().removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See QObject."""
        if event.type() in INPUT:
            self._come.set()
        return False
