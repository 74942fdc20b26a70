# SPDX-License-Identifier: Apache-2.0
"""The window on fakes as a process of its own, for whoever listens from outside; it does what its standard input says.

python -m tests.helpers.heard_window en
page work | section money | key Tab | toast Sent | quit
"""

from __future__ import annotations

import os
import sys

from PySide6.QtCore import QSocketNotifier, Qt
from PySide6.QtGui import QGuiApplication

from gems_desktop.decoding.client import DecodeClient
from gems_desktop.viewmodels.app import Fixed
from tests.helpers.app_window import AppWindow
from tests.helpers.sample_facts import REQUESTER
from tests.helpers.waiting import wait


def obey(window: AppWindow, order: str, what: str) -> None:
    """Do one thing."""
    if order == "page":
        window.model.openPage(what)
    elif order == "report":
        window.model.openReport(REQUESTER)
    elif order == "section":
        window.section(what)
    elif order == "key":
        window.key(getattr(Qt.Key, f"Key_{what}"))
    elif order == "toast":
        window.model.toast.emit(what, "good")
    window.settle()


def main(language: str) -> None:
    """Show Home in `language`, then obey line by line; "done" is said after each."""
    app = QGuiApplication([])
    app.setApplicationName("Gems")
    pictures = DecodeClient(lambda _hash: None)
    window = AppWindow(pictures, fixed=Fixed(language, "light", 100), translated=language != "en")
    window.begin()
    notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    said = bytearray()
    # nothing is read when whoever gave the orders is gone
    notifier.activated.connect(lambda *_: said.extend(os.read(sys.stdin.fileno(), 4096) or b"quit\n"))
    print("done", flush=True)
    while True:
        if b"\n" not in said:
            wait(10)
            continue
        line, _, rest = bytes(said).partition(b"\n")
        said[:] = rest
        order, _, what = line.decode().partition(" ")
        if order == "quit":
            break
        obey(window, order, what)
        print("done", flush=True)
    window.close()
    pictures.close()


if __name__ == "__main__":
    main(sys.argv[1])
