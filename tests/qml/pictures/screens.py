# SPDX-License-Identifier: Apache-2.0
"""The main screens as they always look: the facts of the samples, a fixed clock, nothing that blinks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from PySide6.QtGui import QImage
from shiboken6 import isValid

from gems_desktop.viewmodels.app import Fixed
from tests.helpers.accessible import type_of
from tests.helpers.app_window import AppWindow, items
from tests.helpers.fake_session import FakeSession
from tests.helpers.sample_facts import NOW, item_id
from tests.helpers.waiting import wait
from tests.qml.layout.places import module_task

LOOKS = {
    "light-en": (Fixed("en", "light", 100), (1366, 768)),
    "dark-ar": (Fixed("ar", "dark", 100), (1366, 768)),
    "contrast-en-200": (Fixed("en", "contrast", 200), (1024, 600)),
}
PAGES = ("home", "findWork", "work", "review", "outbox", "earnings", "trust", "settings")
SCREENS = ("welcome", *PAGES, "help")
_TRIES = 60


def session(photo: str) -> FakeSession:
    """The session behind all pictures; its first task shows the picture with this hash."""
    made = FakeSession()
    asked = module_task("image-classification", 1)
    made.work.tasks[item_id(1)] = replace(asked, data={"photo": f"sha256:{photo}"})
    return made


def pictures(window: AppWindow) -> Iterator[tuple[str, QImage]]:
    """Each screen of an open session with its picture."""
    window.begin()
    for page in PAGES:
        window.model.openPage(page)
        window.settle()
        if page == "work":
            work: Any = window.model.screens["work"]
            work.open(item_id(1))
            window.until(lambda: work.task is not None and work.task.shown)  # noqa: B023 - asked at once
        yield page, picture(window)
    window.model.help_model.openFor("home")
    window.settle()
    yield "help", picture(window)
    window.model.help_model.close()


def picture(window: AppWindow) -> QImage:
    """The window once it has come to rest, its clocks standing."""
    before = QImage()
    for _ in range(_TRIES):
        if not isValid(window.window):  # PySide6 takes it for dead when certain items of it die (ADR 0041)
            window.window = window.engine.rootObjects()[0]  # type: ignore[assignment]
        for item in items(window.window.contentItem()):
            if type_of(item) == "Countdown":
                item.setProperty("now", float(NOW))
        now = window.window.grabWindow()
        if now == before:
            return now
        before = now
        wait(40)
    raise AssertionError("the window does not come to rest")
