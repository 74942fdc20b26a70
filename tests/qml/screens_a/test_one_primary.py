# SPDX-License-Identifier: Apache-2.0
"""One accent-filled button at a time: on every page, part of the settings, stage and dialog of the window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtQml import QQmlComponent
from PySide6.QtQuick import QQuickItem

from gems_desktop.services.facts import Connection, EarningsFacts
from gems_desktop.viewmodels.settings import SECTIONS
from gems_desktop.viewmodels.welcome import Step
from tests.helpers.app_window import AppWindow, items
from tests.helpers.fake_session import FakeSession
from tests.qml.screens_a.conftest import MakeWindow

Key = Qt.Key
PAGES = ("home", "findWork", "work", "review", "outbox", "earnings", "trust", "requesterReport", "settings")


def primaries(window: AppWindow) -> list[str]:
    """What the accent-filled buttons say that can be pressed now; a dialog is a screen of its own."""
    overlay = next(
        (
            item
            for item in items(window.window.contentItem())
            if item.metaObject().className() == "QQuickOverlay"
        ),
        None,
    )
    asking = (
        overlay is not None
        and overlay.isVisible()
        and any(child.isVisible() for child in overlay.childItems())
    )
    root: QQuickItem = overlay if asking and overlay is not None else window.window.contentItem()
    return [
        str(item.property("text") or item.objectName())
        for item in items(root)
        if item.property("variant") == "primary"
        and item.isVisible()
        and item.isEnabled()
        and item.width() > 0
        and not in_help_picture(item)
    ]


def in_help_picture(item: QQuickItem) -> bool:
    """The pictures of the help show buttons that nothing presses."""
    above: QQuickItem | None = item
    while above is not None:
        if above.metaObject().className().startswith("Picture"):
            return True
        above = above.parentItem()
    return False


def at_most_one(window: AppWindow, where: str, wrong: list[str]) -> None:
    window.window.grabWindow()
    window.settle()
    found = primaries(window)
    if len(found) > 1:
        wrong.append(f"{where}: {' | '.join(found)}")


def empty() -> FakeSession:
    session = FakeSession()
    session.earnings.state, session.earnings.lines = EarningsFacts(), []
    session.sync.offers = []
    session.work.tasks, session.work.items = {}, []
    session.review.reviews = []
    session.review.state = replace(session.review.state, queued=0)
    return session


def offline() -> FakeSession:
    session = FakeSession()
    session.sync.state = replace(session.sync.state, connection=Connection.OFFLINE)
    return session


@pytest.mark.parametrize("make", [FakeSession, empty, offline], ids=["full", "empty", "offline"])
def test_pages(make_window: MakeWindow, make: Callable[[], FakeSession]) -> None:
    window = make_window(session=make())
    wrong: list[str] = []
    window.begin()
    for page in PAGES:
        window.model.openPage(page)
        window.settle()
        at_most_one(window, page, wrong)
    window.model.openPage("settings")
    for section in SECTIONS:
        window.section(section)
        at_most_one(window, f"settings, {section}", wrong)
    assert not wrong


def test_stages_and_dialogs(make_window: MakeWindow) -> None:
    session = FakeSession()
    window = make_window(session=session)
    wrong: list[str] = []
    window.begin("findWork")
    models: dict[str, Any] = dict(window.model.screens)
    for row in models["findWork"].property("campaigns").rows:
        models["findWork"].select(row.campaignId)
        window.settle()
        at_most_one(window, f"campaign {row.title}", wrong)
    window.model.openPage("work")
    for stage in range(3):
        window.key(Key.Key_1)
        at_most_one(window, f"work, {stage}", wrong)
        window.key(Key.Key_Return)
    window.model.openPage("review")
    window.until(lambda: models["review"].property("shown"))
    window.key(Key.Key_R)
    at_most_one(window, "rejecting", wrong)
    window.key(Key.Key_Escape)
    window.key(Key.Key_A)
    window.until(lambda: models["review"].property("shown"))
    window.key(Key.Key_Escape)
    at_most_one(window, "enough for now", wrong)
    window.model.openPage("outbox")
    for shelf in ("unsent", "waiting", "rejected", "paid", "all"):
        models["outbox"].choose(shelf)
        window.settle()
        at_most_one(window, f"outbox, {shelf}", wrong)
    window.model.openPage("firstPractice")
    window.settle()
    for key in (Key.Key_1, Key.Key_2, Key.Key_1):
        window.key(key)
        at_most_one(window, "practice", wrong)
        window.key(Key.Key_Return)
    at_most_one(window, "practice, result", wrong)
    window.model.openPage("earnings")
    window.settle()
    for opener in ("claim", "send", "receive"):
        press(window, opener)
        at_most_one(window, f"earnings, {opener}", wrong)
        window.key(Key.Key_Escape)
    window.key(Key.Key_F1)
    at_most_one(window, "help", wrong)
    assert not wrong


def press(window: AppWindow, name: str) -> None:
    """Open a dialog by its button, if it can be pressed now."""
    for item in items(window.window.contentItem()):
        if item.objectName() == name and item.isVisible() and item.isEnabled():
            window.focus(name)
            window.key(Key.Key_Space)
            return
    raise AssertionError(f"no button {name}")


def test_the_way_in(make_window: MakeWindow) -> None:
    window = make_window("none")
    window.begin()
    wrong: list[str] = []
    welcome: Any = window.model.screens["welcome"]
    for step in (Step.LANGUAGE, Step.START, Step.TYPE_BACK, Step.RESTORE, Step.PROTECT, Step.UNLOCK):
        welcome._go(step)
        at_most_one(window, step.value, wrong)
    assert not wrong


def test_two_are_seen(make_window: MakeWindow) -> None:
    """The control: a second one on Home is named."""
    window = make_window()
    window.begin("home")
    part = QQmlComponent(window.engine)
    part.setData(
        b"import Gems.components\nPrimaryButton { text: 'second'; objectName: 'second' }",
        window.engine.baseUrl(),
    )
    second = part.create(window.engine.contextForObject(window.window))
    assert isinstance(second, QQuickItem), part.errorString()
    second.setParentItem(window.window.contentItem())
    wrong: list[str] = []
    at_most_one(window, "home", wrong)
    second.setVisible(False)
    second.deleteLater()
    assert wrong == ["home: Continue | second"]
