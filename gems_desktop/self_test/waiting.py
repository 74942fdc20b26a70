# SPDX-License-Identifier: Apache-2.0
"""Letting Qt work until something holds, where no loop of asyncio runs."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QThread
from PySide6.QtGui import QGuiApplication

from gems_desktop.self_test.checks import Failed

PATIENCE_S = 60.0
_STEP_MS = 5


def application() -> None:
    """Have the one application object; the window of the last check uses it too."""
    if QGuiApplication.instance() is None:
        made = QGuiApplication(["gems"])
        made.setQuitOnLastWindowClosed(False)
        _kept.append(made)


_kept: list[QGuiApplication] = []


def until(true: Callable[[], object], what: str) -> None:
    """Process events until `true`; raises Failed after PATIENCE_S."""
    end = time.monotonic() + PATIENCE_S
    while not true():
        if time.monotonic() > end:
            raise Failed(f"waited {PATIENCE_S:.0f} s for {what}")
        QCoreApplication.processEvents()
        QThread.msleep(_STEP_MS)
