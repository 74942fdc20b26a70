# SPDX-License-Identifier: Apache-2.0
"""The practice network is marked wherever money or a wallet is: on the way in, on pages, and in what asks."""

from typing import Any

import pytest
from PySide6.QtCore import Qt

from tests.helpers.app_window import AppWindow, items
from tests.qml.screens_a.conftest import MakeWindow

MARKED = ("home", "earnings")
DIALOGS = ("claim", "send", "receive")


def badges(window: AppWindow) -> list[str]:
    """What the marks say that can be seen outside the rail; a dialog hides what is below it."""
    window.settle()
    content = items(window.window.contentItem())
    overlay = next((item for item in content if item.metaObject().className() == "QQuickOverlay"), None)
    asking = (
        overlay is not None and overlay.isVisible() and any(one.isVisible() for one in overlay.childItems())
    )
    looked = items(overlay) if asking and overlay is not None else content
    return [
        str(item.property("text"))
        for item in looked
        if item.metaObject().className().startswith("PracticeBadge")
        and item.isVisible()
        and not in_rail(item)
    ]


def in_rail(item: Any) -> bool:
    while item is not None:
        if item.metaObject().className().startswith("NavRail"):
            return True
        item = item.parentItem()
    return False


def opened(window: AppWindow, dialog: str) -> None:
    window.model.openPage("earnings")
    window.settle()
    window.focus(dialog)
    window.key(Qt.Key.Key_Space)


@pytest.mark.parametrize("practice", [True, False])
def test_pages_and_dialogs(make_window: MakeWindow, practice: bool) -> None:
    """With a network that pays for real, the same places show none: the control."""
    window = make_window()
    window.world.practice = practice
    window.begin()
    for page in MARKED:
        window.model.openPage(page)
        assert bool(badges(window)) is practice, page
    for dialog in DIALOGS:
        opened(window, dialog)
        window.until(lambda: bool(badges(window)) is practice)
        window.key(Qt.Key.Key_Escape)


@pytest.mark.parametrize("practice", [True, False])
def test_the_way_in(make_window: MakeWindow, practice: bool) -> None:
    window = make_window("none")
    window.world.practice = practice
    window.begin()
    assert bool(badges(window)) is practice
