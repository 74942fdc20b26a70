# SPDX-License-Identifier: Apache-2.0
"""What runs behind the window runs on Python's threads: those of qasync crash some starts (gems_desktop/qt_loop.py)."""

import asyncio
import threading
from typing import Any

from PySide6.QtCore import QThread

from tests.qml.screens_a.conftest import MakeWindow


def test_work_behind_the_window_is_on_pythons_threads(make_window: MakeWindow) -> None:
    window = make_window()
    window.begin()

    async def behind() -> tuple[str, Any]:
        return await asyncio.to_thread(
            lambda: (threading.current_thread().name, type(QThread.currentThread()))
        )

    name, kind = window.run(behind())
    assert name.startswith("behind")
    assert kind is QThread
