# SPDX-License-Identifier: Apache-2.0
"""The signer's window: what it shows, where the keyboard starts, and which answer each key and click gives."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickItem, QQuickWindow
from PySide6.QtTest import QTest

from gems_desktop.confirming.asking import Asking, read
from gems_desktop.confirming.window import ConfirmWindow
from gems_desktop.signer import policy, sentences
from gems_protocol.transfer import TransferAuth
from tests.helpers.waiting import becomes_active, wait

ROOT = Path(__file__).parents[3]
TO = "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed"
MESSAGE = TransferAuth("0x" + "11" * 20, TO, 125 * 10**17, 0, 1_795_000_000, bytes(32))
STATE = policy.State(500 * 10**18, 86_400, (policy.Entry("Home <b>", TO, 1_794_900_000),), 1_794_900_000)
VERDICT = policy.Verdict(why=(policy.Why.WAITING, policy.Why.OVER_LIMIT), cost=MESSAGE.value)


def told(**looks: Any) -> dict[str, Any]:
    asked = sentences.about(MESSAGE, VERDICT, STATE).to_json()
    return {"nonce": "n", "looks": {"language": "en", "theme": "light", "text_scale": 100} | looks,
            "timeout_s": 60, **asked}  # fmt: skip


def wait_until(holds: Callable[[], bool]) -> None:
    """Wait until `holds`, a few seconds at most."""
    for _ in range(100):
        if holds():
            return
        wait(50)
    raise AssertionError("it never came about")


class Shown:
    """A window with its answers; holds the Python side of the window, without which that of its items dies."""

    def __init__(self, **looks: Any) -> None:
        self.made = ConfirmWindow(ROOT, read(told(**looks)))
        self.asking = self.made.asking
        self.answers: list[bool] = []
        self.asking.answered.connect(self.answers.append)
        self.root: QQuickWindow = self.made.window
        self.root.show()
        self.root.requestActivate()
        assert becomes_active(self.root)

    def item(self, name: str) -> QQuickItem:
        found = self.root.findChild(QObject, name)
        assert isinstance(found, QQuickItem)
        return found


Open = Callable[..., Shown]


@pytest.fixture
def opened() -> Iterator[Open]:
    app = QGuiApplication.instance() or QGuiApplication([])
    assert isinstance(app, QGuiApplication)
    app.setQuitOnLastWindowClosed(False)
    made: list[Shown] = []

    def make(**looks: Any) -> Shown:
        made.append(Shown(**looks))
        return made[-1]

    yield make
    for shown in made:
        shown.made.close()
    app.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def words(parent: QQuickItem) -> list[str]:
    said = [str(parent.property("text"))] if parent.property("text") else []
    return said + [text for child in parent.childItems() for text in words(child)]


def test_everything_that_matters_is_said_as_plain_text(opened: Open) -> None:
    window = opened()
    said = "\n".join(words(window.root.contentItem()))
    for part in (
        "Send GEM out",
        "12.50 GEM",
        "Home <b>",
        "500.00 GEM",
        "5aAe b605 3F3E 94C9 b9A0",
        "cannot be taken back",
    ):
        assert part in said


def test_the_keyboard_starts_on_no_and_enter_says_no(opened: Open) -> None:
    window = opened()
    assert window.item("no").property("activeFocus")
    QTest.keyClick(window.root, Qt.Key.Key_Return)
    assert window.answers == [False]
    QTest.keyClick(window.root, Qt.Key.Key_Return)
    window.asking.answer(True)  # too late
    assert window.answers == [False]


@pytest.mark.parametrize("how", ["escape", "close"])
def test_escape_and_closing_say_no(opened: Open, how: str) -> None:
    window = opened()
    if how == "escape":
        QTest.keyClick(window.root, Qt.Key.Key_Escape)
    else:
        window.root.close()
    assert window.answers == [False]


def test_yes_waits_until_a_click_can_be_meant(opened: Open) -> None:
    window = opened()
    yes = window.item("yes")
    assert not yes.property("enabled")
    wait_until(lambda: bool(yes.property("enabled")))
    QTest.keyClick(window.root, Qt.Key.Key_Tab)
    assert yes.property("activeFocus")
    QTest.keyClick(window.root, Qt.Key.Key_Return)
    assert window.answers == [True]


def test_yes_needs_the_end_to_have_been_in_view(opened: Open) -> None:
    window = opened(text_scale=200, language="ar", theme="dark")
    window.root.setProperty("height", 260)
    wait_until(lambda: bool(window.root.property("ready")))
    yes = window.item("yes")
    if not window.root.property("seenAll"):
        assert not yes.property("enabled")
        for _ in range(30):
            QTest.keyClick(window.root, Qt.Key.Key_Down)
    wait_until(lambda: bool(yes.property("enabled")))


@pytest.mark.parametrize(("language", "scale"), [("en", 100), ("ar", 200)])
def test_nothing_is_cut_at_the_side(opened: Open, language: str, scale: int) -> None:
    window = opened(language=language, text_scale=scale, theme="dark")
    width = window.root.width()
    for name in ("question", "no", "yes"):
        found = window.item(name)
        left = found.mapToScene(QPoint(0, 0)).x()
        assert left >= 0 and left + found.width() <= width
    assert window.asking.rightToLeft == (language == "ar")


def test_hostile_templates_cannot_reach_python() -> None:
    line = {"template": "{name}", "values": {"name": "{0.__class__} <img src=x>"}, "kind": "odd"}
    asking = Asking(read(told() | {"title": line}))
    assert asking.title == "{0.__class__} <img src=x>"


def test_the_process_answers_no_by_itself_when_time_is_over() -> None:
    line = json.dumps(told() | {"timeout_s": 0.2}).encode() + b"\n"
    done = subprocess.run(
        [sys.executable, "-m", "gems_desktop.confirming"],
        input=line,
        capture_output=True,
        timeout=60,
        check=True,
    )
    assert json.loads(done.stdout) == {"nonce": "n", "answer": "no"}
