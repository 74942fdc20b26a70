# SPDX-License-Identifier: Apache-2.0
"""Nothing is cut off, drawn over something else or out of reach, from 1024x600 to 4K, at 100 to 200 % text."""

from __future__ import annotations

from itertools import product

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtQml import QQmlComponent
from PySide6.QtQuick import QQuickItem

from gems_desktop.viewmodels.app import Fixed
from tests.helpers.app_window import AppWindow
from tests.helpers.fake_session import FakeSession
from tests.helpers.room import cramped
from tests.qml.layout.conftest import OpenWindow
from tests.qml.layout.places import blind, empty, full_session, full_world, places, show, welcome

SMALL, USUAL, LARGE = (1024, 600), (1366, 768), (3840, 2160)
Look = tuple[str, str, int, tuple[int, int]]
#: The corners, where what has no room shows first. "pseudo" is two fifths longer than English.
QUICK: tuple[Look, ...] = (
    ("pseudo", "dark", 200, SMALL),
    ("ar", "light", 200, SMALL),
    ("pseudo", "contrast", 100, LARGE),
)
EVERY: tuple[Look, ...] = tuple(
    (language, theme, scale, size)
    for (language, theme), scale, size in product(
        (("en", "light"), ("pseudo", "dark"), ("ar", "contrast"), ("hi", "light"), ("fr", "dark")),
        (100, 150, 200),
        (SMALL, USUAL, LARGE),
    )
    if (language, theme, scale, size) not in QUICK
)
LOOKS = [pytest.param(look, id="-".join(map(str, look[:3])) + f"-{look[3][0]}") for look in QUICK] + [
    pytest.param(look, id="-".join(map(str, look[:3])) + f"-{look[3][0]}", marks=pytest.mark.long)
    for look in EVERY
]


def at_rest(window: AppWindow) -> list[str]:
    """What has no room once the layout has come to rest: on a busy machine it is not always there at first."""
    for _ in range(5):
        found = cramped(window.window)
        if not found:
            break
        window.window.grabWindow()
        window.settle()
    return found


@pytest.mark.parametrize("look", LOOKS)
def test_every_place_has_room(open_window: OpenWindow, look: Look) -> None:
    language, theme, scale, size = look
    window = open_window(size, session=full_session(), fixed=Fixed(language, theme, scale))
    full_world(window)
    window.begin()
    found = [f"{place}: {line}" for place in places(window) for line in at_rest(window)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("look", LOOKS)
def test_the_way_in_has_room(open_window: OpenWindow, look: Look) -> None:
    language, theme, scale, size = look
    window = open_window(size, "none", fixed=Fixed(language, theme, scale))
    window.begin()
    found = [f"{place}: {line}" for place in welcome(window) for line in at_rest(window)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("look", LOOKS)
def test_what_is_empty_or_blind_has_room(open_window: OpenWindow, look: Look) -> None:
    language, theme, scale, size = look
    session = FakeSession()
    blind(session)
    empty(session)
    window = open_window(size, session=session, fixed=Fixed(language, theme, scale))
    window.begin()
    only = ("home", "findWork", "outbox", "earnings", "trust", "report", "review")
    found = [f"{place}: {line}" for place in places(window, only) for line in at_rest(window)]
    assert not found, "\n".join(found)


def test_the_window_may_be_as_small_as_the_smallest_screen(open_window: OpenWindow) -> None:
    window = open_window(SMALL).window
    assert (window.minimumWidth(), window.minimumHeight()) <= SMALL
    assert window.minimumHeight() <= SMALL[1]


# --- that the walk finds what it looks for ---------------------------------------------------------------
BROKEN = {
    "cut short": 'PlainText { width: 60; elide: Text.ElideRight; wrapMode: Text.NoWrap; text: "Much too long" }',
    "letters beyond their box": 'PlainText { width: 60; wrapMode: Text.NoWrap; text: "Much too long a text" }',
    "letters beyond": 'Rectangle { width: 40; height: 9; PlainText { width: 40; text: "High" } }',
    "letters that cannot": 'Item { width: 90; height: 20; clip: true; PlainText { x: 50; text: "Beyond the edge" } }',
    "cannot be reached": 'SecondaryButton { x: 3000; text: "Far" }',
    "too small to hit": 'SecondaryButton { width: 12; height: 12 }',
    "controls over each": 'Item { SecondaryButton { text: "One" } SecondaryButton { x: 20; text: "Two" } }',
    "texts over each": 'Item { PlainText { text: "One text" } PlainText { x: 9; text: "Another" } }',
    "scrolls sideways": "Flickable { width: 400; height: 300; contentWidth: 900; contentHeight: 600 }",
}  # fmt: skip


@pytest.mark.parametrize("fault", BROKEN)
def test_a_fault_is_found(open_window: OpenWindow, fault: str) -> None:
    window = open_window(USUAL)
    window.begin()
    assert cramped(window.window) == []
    component = QQmlComponent(window.engine)
    imports = "import QtQuick\nimport Gems\nimport Gems.components\n"
    source = f"{imports}Item {{ x: 500; y: 500; z: 99; {BROKEN[fault]} }}"
    component.setData(source.encode(), QUrl.fromLocalFile("/broken.qml"))
    part = component.create(window.engine.contextForObject(window.window))
    assert isinstance(part, QQuickItem), component.errorString()
    part.setParentItem(window.window.contentItem())
    show(window)
    assert any(line.startswith(fault) for line in cramped(window.window)), cramped(window.window)
    part.deleteLater()
