# SPDX-License-Identifier: Apache-2.0
"""Copies addresses for a minute: what still lies in the clipboard then is taken away. Secrets are never copied."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication

LASTS_MS = 60_000


class ShortClipboard(QObject):
    """One text at a time; what somebody else copied meanwhile is left alone."""

    def __init__(self, parent: QObject | None = None, lasts_ms: int = LASTS_MS) -> None:
        super().__init__(parent)
        self._copied = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(lasts_ms)
        self._timer.timeout.connect(self.clear)

    def copy(self, text: str) -> None:
        """Put `text` into the clipboard for a minute."""
        QGuiApplication.clipboard().setText(text)
        self._copied = text
        self._timer.start()

    def clear(self) -> None:
        """Take it away if it is still there."""
        self._timer.stop()
        clipboard = QGuiApplication.clipboard()
        if self._copied and clipboard.text() == self._copied:
            clipboard.clear()
        self._copied = ""
