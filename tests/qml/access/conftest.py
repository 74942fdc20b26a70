# SPDX-License-Identifier: Apache-2.0
"""Real windows on fake sessions and tasks on a bench, and a walk that shows every page of the window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent

from gems_desktop.viewmodels.settings import SECTIONS
from tests.helpers.app_window import AppWindow
from tests.helpers.sample_facts import REQUESTER
from tests.qml.screens_a.conftest import MakeWindow, make_window
from tests.qml.tasks.conftest import OpenBench, files, images, open_bench, photo

__all__ = ["MakeWindow", "OpenBench", "files", "images", "make_window", "open_bench", "photo", "walk"]

PAGES = ("home", "findWork", "work", "review", "outbox", "earnings", "trust")


def walk(window: AppWindow, look: Callable[[str], None]) -> None:
    """Begin, and call `look` on each page, each part of the settings, a requester's report, the help, the notices."""
    window.begin()
    for page in PAGES:
        window.model.openPage(page)
        shown(window)
        look(page)
    window.model.openPage("settings")
    for part in SECTIONS:
        window.section(part)
        shown(window)
        look(f"settings, {part}")
    window.model.openReport(REQUESTER)
    shown(window)
    look("report")
    window.model.help_model.openFor("home")
    shown(window)
    look("help")
    window.model.help_model.close()
    window.model.noticesWanted.emit()
    shown(window)
    look("notices")


def shown(window: AppWindow) -> None:
    """Until what has just been opened stands in its place."""
    window.settle()
    window.window.grabWindow()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # the page before is gone
    window.settle()
