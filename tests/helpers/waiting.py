# SPDX-License-Identifier: Apache-2.0
"""Waiting with Python's lock free, as the application does. Qt's own test helper keeps it: a QML type that is loaded
meanwhile on its own thread asks our interceptor, which is Python, and both wait for ever."""

from __future__ import annotations

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QWindow

_ROUNDS = 500


def wait(ms: int) -> None:
    """Run events for that many milliseconds."""
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


def becomes_active(window: QWindow) -> bool:
    """Whether the window has the keyboard, within a bound."""
    for _ in range(_ROUNDS):
        if window.isActive():
            return True
        wait(10)
    return False
