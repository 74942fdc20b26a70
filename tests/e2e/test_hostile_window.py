# SPDX-License-Identifier: Apache-2.0
"""300 hostile strings in every string of every screen of the whole window, its dialogs open or not.

Beyond tests/qml, which poisons what services say: here every writable string of every object is overwritten. Without
--long a screen draws a quarter of them, each text of the corpus in one of its wraps, and all are drawn by some screen.
The control, which must fail on AutoText, is tests/qml/shell/test_plain_text.py.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from gems_desktop.decoding.client import DecodeClient
from gems_desktop.viewmodels.settings import SECTIONS
from tests.helpers.app_window import AppWindow
from tests.helpers.canary import canary
from tests.helpers.hostile import COUNT, hostile_strings
from tests.helpers.plaintext import find_rich_text
from tests.helpers.storm import storm

PAGES = (
    "home",
    "findWork",
    "work",
    "review",
    "outbox",
    "earnings",
    "trust",
    "requesterReport",
    *(f"settings {part}" for part in SECTIONS),
)
#: Each screen draws one of so many strings.
SHARE = 1 if os.environ.get("GEMS_LONG") else 4


@pytest.fixture
def window() -> Iterator[AppWindow]:
    """The whole window on a fake session with every screen filled."""
    app = QGuiApplication.instance() or QGuiApplication([])
    assert isinstance(app, QGuiApplication)
    app.setQuitOnLastWindowClosed(False)
    images = DecodeClient(lambda _hash: None)
    made = AppWindow(images)
    made.begin()
    yield made
    made.close()
    images.close()


def _open_dialogs(window: AppWindow) -> int:
    for part in window.window.findChildren(QObject):
        if part.property("wanted") is not None and part.property("active") is False:
            part.setProperty("active", True)  # what is made when it is wanted
    dialogs = [
        thing for thing in window.window.findChildren(QObject) if thing.property("acceptText") is not None
    ]
    for dialog in dialogs:
        dialog.setProperty("visible", True)
    window.settle()
    return len(dialogs)


@pytest.mark.parametrize("page", PAGES)
def test_every_string_of_a_screen(window: AppWindow, page: str, qt_messages: list[str]) -> None:
    with canary() as bird:
        strings = hostile_strings(bird.url())
        assert len(strings) == COUNT == 300
        name, _, part = page.partition(" ")
        window.model.openPage(name)
        window.settle()
        if part:  # each part draws its share: what is bound once is bound for all
            window.section(part)
            strings = strings[SECTIONS.index(part) :: len(SECTIONS)]
        else:
            strings = strings[PAGES.index(page) % SHARE :: SHARE]
        dialogs = _open_dialogs(window)
        assert dialogs >= (page in ("work", "earnings"))
        assert storm(window.window, strings, paint_every=60) > 100
        assert find_rich_text(window.window, window.engine) == []
        assert window.engine.interceptor.refused == []
        assert bird.hits == []
