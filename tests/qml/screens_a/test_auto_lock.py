# SPDX-License-Identifier: Apache-2.0
"""The wallet locks by itself: after minutes without input, after sleep; input costs one look; then it goes on there."""

from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QGuiApplication

from gems_desktop.idling import MAX_EVENTS, TICK_S, IdleWatch
from gems_desktop.viewmodels.clipboard import ShortClipboard
from tests.helpers.sample_facts import PASSWORD
from tests.qml.screens_a.conftest import MakeWindow


class Idle:
    """A watch over a plain object, with both clocks in hand."""

    def __init__(self, minutes: int = 15) -> None:
        self.window = QObject()
        self.now, self.wall, self.locked, self.minutes = 0.0, 1_000.0, 0, minutes
        self.watch = IdleWatch(
            lambda: self.window, lambda: self.minutes, self.lock, lambda: self.now, lambda: self.wall
        )

    def lock(self) -> None:
        self.locked += 1

    def tick(self, seconds: float = TICK_S, wall: float | None = None) -> None:
        self.now += seconds
        self.wall += seconds if wall is None else wall
        self.watch.tick()

    def send(self, kind: QEvent.Type) -> None:
        QCoreApplication.sendEvent(self.window, QEvent(kind))


@pytest.fixture
def idle(qt_app: QGuiApplication) -> Iterator[Idle]:
    made = Idle()
    yield made
    made.watch.close()


def test_it_locks_after_the_minutes_and_input_puts_it_off(idle: Idle) -> None:
    for _ in range(89):
        idle.tick()
    assert idle.locked == 0
    idle.send(QEvent.Type.KeyPress)
    for _ in range(89):
        idle.tick()
    assert idle.locked == 0
    idle.tick()
    assert idle.locked == 1
    idle.tick()
    assert idle.locked == 1  # once is enough


def test_never_is_never(idle: Idle) -> None:
    idle.minutes = 0
    for _ in range(1_000):
        idle.tick()
    idle.tick(100_000)
    assert idle.locked == 0


@pytest.mark.parametrize(("passed", "wall"), [(TICK_S, 3_600.0), (3_600.0, 3_600.0), (3_600.0, TICK_S)])
def test_sleep_locks_whichever_clock_went_on(idle: Idle, passed: float, wall: float) -> None:
    idle.tick(passed, wall)
    assert idle.locked == 1


def test_a_clock_moved_back_does_not_lock(idle: Idle) -> None:
    idle.tick(TICK_S, -100_000)
    assert idle.locked == 0


def test_input_is_looked_at_once_between_two_ticks(idle: Idle, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    whole = IdleWatch.eventFilter
    monkeypatch.setattr(
        IdleWatch,
        "eventFilter",
        lambda self, who, event: (seen.append(event.type()), whole(self, who, event))[1],
    )
    for _ in range(100):
        idle.send(QEvent.Type.MouseMove)
    assert len(seen) == 1
    idle.tick()
    for _ in range(3 * MAX_EVENTS):
        idle.send(QEvent.Type.UpdateRequest)
    assert len(seen) == 1 + MAX_EVENTS


def test_locking_leads_to_the_way_in_and_unlocking_back_to_the_page(make_window: MakeWindow) -> None:
    window = make_window()
    window.begin("earnings")
    window.model.copyAddress("0x" + "5a" * 20)
    window.startup.lock()
    window.until(lambda: window.model.props.phase == "welcome")
    assert QGuiApplication.clipboard().text() == ""
    assert window.startup.idle_minutes() == 0 and window.startup._sync is None
    window.settle()
    window.type(PASSWORD)
    window.click("unlockNow")
    window.until(lambda: window.model.props.phase == "open")
    assert window.model.props.page == "earnings"
    window.until(lambda: window.startup._sync is not None)


def test_a_wallet_of_the_keyring_waits_for_a_click_after_locking(make_window: MakeWindow) -> None:
    from dataclasses import replace

    window = make_window()
    window.begin()
    window.session.wallet.state = replace(window.session.wallet.state, storage="keyring")
    window.startup.lock()
    window.until(lambda: window.model.props.phase == "welcome")
    window.settle()
    assert not window.session.asked("wallet.unlock")
    window.click("unlockNow")
    window.until(lambda: window.model.props.phase == "open")
    assert window.session.asked("wallet.unlock") == [("wallet.unlock", True)]


def test_the_clipboard_forgets_only_its_own(qt_app: QGuiApplication) -> None:
    clipboard, short = QGuiApplication.clipboard(), ShortClipboard()
    short.copy("0x12")
    assert clipboard.text() == "0x12"
    clipboard.setText("mine")
    short.clear()
    assert clipboard.text() == "mine"
    short.copy("0x34")
    short._timer.timeout.emit()
    assert clipboard.text() == ""


def test_it_goes_on_when_the_windows_python_side_is_declared_dead(idle: Idle) -> None:
    former, idle.window = idle.window, QObject()  # found anew, as by main.Shown.window
    shiboken6.delete(former)
    idle.tick()
    idle.send(QEvent.Type.KeyPress)
    for _ in range(91):
        idle.tick()
    assert idle.locked == 1


def test_control_one_that_keeps_the_dead_side_stops_with_a_fault(idle: Idle) -> None:
    shiboken6.delete(idle.window)
    idle.watch._looking = False
    with pytest.raises(RuntimeError, match="deleted"):
        idle.tick()
    idle.window = QObject()
