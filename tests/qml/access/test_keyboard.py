# SPDX-License-Identifier: Apache-2.0
"""Every page by keys alone: all of it is reached, in the order in which it is seen; nothing takes the keyboard."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickItem

from gems_desktop.viewmodels.app import Fixed
from tests.helpers import keyboard
from tests.helpers.accessible import faults, key_of, type_of
from tests.helpers.app_window import AppWindow, items
from tests.helpers.tones import alone
from tests.qml.access.conftest import MakeWindow, shown, walk

SPACE, ESCAPE = Qt.Key.Key_Space, Qt.Key.Key_Escape


@pytest.fixture
def either_way(qt_app: QGuiApplication) -> Iterator[None]:
    """Left to right again when the test is over."""
    yield
    qt_app.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def told(found: dict[str, list[str]]) -> str:
    return "\n".join(f"{where}: {each}" for where, all_ in found.items() for each in all_)


def test_every_page_is_told_and_reached_and_no_key_does_two_things(make_window: MakeWindow) -> None:
    window = make_window()
    found: dict[str, list[str]] = {}

    def look(where: str) -> None:
        found[where] = [
            *faults(window.window),
            *keyboard.faults(window.window),
            *clashes(window),
            *alone(window),
        ]

    walk(window, look)
    assert len(found) > 15 and not told(found), told(found)


@pytest.mark.long
@pytest.mark.parametrize(
    ("language", "size", "scale"),
    [("ar", (1366, 768), 100), ("en", (1024, 600), 200), ("ar", (1024, 600), 200), ("en", (1920, 1080), 150)],
)
def test_tab_goes_everywhere_in_other_looks(
    make_window: MakeWindow, either_way: None, language: str, size: tuple[int, int], scale: int
) -> None:
    window = make_window(fixed=Fixed(language, "dark", scale), translated=language != "en")
    window.window.resize(*size)
    found: dict[str, list[str]] = {}

    def look(where: str) -> None:
        found[where] = keyboard.faults(window.window, mirrored=language == "ar")
        found[where] += keyboard.unmarked(window.window, window.settle)

    walk(window, look)
    assert not told(found), told(found)


@pytest.mark.long
@pytest.mark.parametrize("theme", ["light", "contrast"])
def test_where_the_keyboard_is_can_be_seen(make_window: MakeWindow, theme: str) -> None:
    window = make_window(fixed=Fixed("en", theme, 100))
    found: dict[str, list[str]] = {}
    walk(window, lambda where: found.update({where: keyboard.unmarked(window.window, window.settle)}))
    assert not told(found), told(found)


def popups(window: AppWindow) -> list[QQuickItem]:
    return [
        each
        for each in items(window.window.contentItem())
        if type_of(each) == "PopupItem" and each.isVisible()
    ]


def around(item: QQuickItem | None) -> Iterator[int]:
    while item is not None:
        yield key_of(item)
        item = item.parentItem()


def press(window: AppWindow, stop: keyboard.Stop) -> Iterator[str]:
    """Press Space on a button: what it opens has the keyboard, says what it is, and Escape leads back."""
    before = {key_of(each) for each in popups(window)}
    page = window.model.props.page
    stop.item.forceActiveFocus(Qt.FocusReason.TabFocusReason)
    window.key(SPACE)
    shown(window)
    on = window.window.activeFocusItem()
    if on is None or not on.isVisible() or type_of(on).endswith(("ContentControl", "RootItem")):
        yield f"the keyboard is nowhere after {stop}"
    opened = [each for each in popups(window) if key_of(each) not in before]
    if not opened or window.model.props.page != page:
        return
    if not any(key_of(each) in set(around(on)) for each in opened):
        yield f"what {stop} opened has not got the keyboard"
    yield from faults(window.window)
    window.key(ESCAPE)
    shown(window)
    if len(popups(window)) > len(before):
        yield f"Escape does not close what {stop} opened"
    on = window.window.activeFocusItem()
    if on is None or not on.isVisible() or (key_of(on) != stop.key and page not in ("work", "review")):
        yield f"Escape does not lead back to {stop}"


@pytest.mark.long
def test_whatever_a_button_opens_the_keyboard_comes_back(make_window: MakeWindow) -> None:
    window = make_window()
    found: dict[str, list[str]] = {}
    pressed = 0

    def look(where: str) -> None:
        nonlocal pressed
        page = window.model.props.page
        if where in ("help", "notices"):
            return
        for name in [stop.name for stop in keyboard.stops(window.window) if "Button" in stop.kind]:
            stop = next((each for each in keyboard.stops(window.window) if each.name == name), None)
            if stop is None:
                continue  # an earlier one took it away
            pressed += 1
            found.setdefault(where, []).extend(press(window, stop))
            if window.model.props.page != page and page in window.model.screens:
                window.model.openPage(page)
                shown(window)

    walk(window, look)
    assert pressed > 60 and not told(found), told(found)


def clashes(window: AppWindow) -> list[str]:
    """Keys that more than one shortcut would answer to just now."""
    each_ones = [
        {str(key) for key in (one.property("sequence"), *several(one)) if key} for one in shortcuts(window)
    ]
    keys = [key for its in each_ones for key in its]
    assert keys
    return [f"{key} does two things" for key in set(keys) if keys.count(key) > 1]


def shortcuts(window: AppWindow) -> list[QObject]:
    """Those that would answer now."""
    all_ = window.window.findChildren(QObject)
    return [each for each in all_ if type_of(each) == "Shortcut" and each.property("enabled")]


def several(shortcut: QObject) -> list[str]:
    """The keys of a shortcut that has more than one."""
    value = shortcut.property("sequences")
    value = value.toVariant() if hasattr(value, "toVariant") else value
    return [str(each) for each in value or []]
