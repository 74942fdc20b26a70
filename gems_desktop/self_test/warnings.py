# SPDX-License-Identifier: Apache-2.0
"""What Qt complains about meanwhile: to QML a missing name or picture is a warning only, here it is a fault."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from gems_desktop.self_test.checks import Failed

_FAULTS = (QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg)


class Complaints:
    """Collects Qt's warnings; `none` raises when there were some since it was last asked."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def hear(self, kind: QtMsgType, _context: QMessageLogContext, text: str | None) -> None:
        """Qt says something."""
        if kind in _FAULTS and text and len(self.heard) < 100:
            self.heard.append(text)

    def none(self) -> None:
        """Raise Failed with what was said, which is then forgotten."""
        heard, self.heard = self.heard, []
        if heard:
            raise Failed(" | ".join(dict.fromkeys(heard)))


@contextmanager
def complaints() -> Iterator[Complaints]:
    """Listen to Qt for a while."""
    ears = Complaints()
    before = qInstallMessageHandler(ears.hear)
    try:
        yield ears
    finally:
        qInstallMessageHandler(before)
