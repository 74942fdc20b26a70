# SPDX-License-Identifier: Apache-2.0
"""asyncio on Qt's loop, with Python's own threads behind it.

qasync's are QThreads with a Python class. Qt asks a starting one for its class's name, on that thread and without
Python's lock, and PySide6 6.11 makes that answer up as it goes: some starts in a hundred ended there with a crash.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import qasync
from PySide6.QtCore import QCoreApplication

WORKERS = 10  # as many as qasync would start


def qt_loop(app: QCoreApplication, *, set_running_loop: bool = False) -> qasync.QEventLoop:
    """A loop that runs on `app`'s; its arguments are qasync's."""
    loop = qasync.QEventLoop(app, set_running_loop=set_running_loop)
    loop.set_default_executor(ThreadPoolExecutor(WORKERS, thread_name_prefix="behind"))
    return loop
