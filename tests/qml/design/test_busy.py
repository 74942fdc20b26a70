# SPDX-License-Identifier: Apache-2.0
"""A button whose action is under way: no second press, the word stays, and every slow action has it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickItem, QQuickWindow
from PySide6.QtTest import QTest

from gems_desktop.decoding.client import DecodeClient
from gems_desktop.engine import make_engine
from tests.helpers.waiting import becomes_active, wait
from tests.qml.design.colours import ROOT, UI

HERE = Path(__file__).resolve().parent
#: Slots that go out to the platform, the chain, the signer or a large file.
SLOW = frozenset(
    (
        *("ask", "send", "unlock", "unlockWithKeyring", "protectWithPassword", "protectWithKeyring", "bring"),
        *("exportKeystore", "changePassword", "compare", "lease", "write", "save", "exportCsv", "askQuote"),
        *("rate", "appeal", "check", "lookForVoucher", "writeVoucher", "addAddress"),
    )
)
_BUTTON = re.compile(r"^( *)(?:Primary|Secondary|Quiet|Danger|Gem)Button \{\n(.*?)^\1\}", re.M | re.S)
_CALLED = re.compile(
    r"(?<!dialog\.)\b(?:viewModel|sending|upkeep|step|write|card|care)\??\.(\w+)\("
)  # of a model


def unguarded(source: str) -> list[str]:
    """Slow slots that a button of `source` calls without being busy meanwhile."""
    return [
        name
        for match in _BUTTON.finditer(source)
        if "busy:" not in match[2] and "onClicked:" in match[2]
        for name in _CALLED.findall(match[2].split("onClicked:")[1])
        if name in SLOW
    ]


@pytest.fixture
def window(qt_app: QGuiApplication, no_pictures: DecodeClient) -> Iterator[QQuickWindow]:
    engine = make_engine(ROOT, no_pictures)
    engine.interceptor.allow(HERE)
    engine.load(QUrl.fromLocalFile(str(HERE / "Presses.qml")))
    made = engine.rootObjects()[0]
    assert isinstance(made, QQuickWindow)
    made.show()
    made.requestActivate()
    assert becomes_active(made)
    yield made
    made.close()
    engine.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def twice(window: QQuickWindow) -> int:
    """Double click and press Return twice; how often the button acted."""
    window.grabWindow()
    QTest.mouseDClick(window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(40, 18))
    QTest.mouseClick(window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(40, 18))
    QTest.keyClick(window, Qt.Key.Key_Return)
    return int(window.property("presses"))


def button(window: QQuickWindow) -> QQuickItem:
    found = window.findChild(QQuickItem, "send")
    assert found is not None
    return found


def test_a_double_click_acts_once(window: QQuickWindow) -> None:
    assert twice(window) == 1


def test_control_without_it_the_same_presses_act_again(window: QQuickWindow) -> None:
    window.setProperty("guarded", False)
    assert twice(window) > 1


def test_it_keeps_its_word_says_that_it_works_and_comes_back(window: QQuickWindow) -> None:
    send = button(window)
    assert send.hasActiveFocus()
    window.setProperty("busy", True)
    assert send.property("text") == "Send"
    assert not send.property("enabled")
    assert not send.property("marked")  # what is over at once is not announced
    wait(300)
    assert send.property("marked")
    window.setProperty("busy", False)
    assert send.property("enabled")
    assert not send.property("marked")
    assert send.hasActiveFocus()  # the keyboard is where it was


def test_what_switches_it_off_besides_still_counts_afterwards(window: QQuickWindow) -> None:
    window.setProperty("busy", True)
    window.setProperty("ready", False)
    window.setProperty("busy", False)
    assert not button(window).property("enabled")


def test_every_slow_action_is_guarded() -> None:
    faults = {
        str(file.relative_to(UI)): found
        for file in sorted((UI / "screens").glob("*.qml"))
        if (found := unguarded(file.read_text("utf-8")))
    }
    assert faults == {}


def test_control_an_unguarded_action_is_noticed() -> None:
    assert unguarded("Item {\n    PrimaryButton {\n        onClicked: viewModel.send()\n    }\n}\n") == [
        "send"
    ]
