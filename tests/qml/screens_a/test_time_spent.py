# SPDX-License-Identifier: Apache-2.0
"""What the window's time goes on: the open task, nothing that is paid, or a pause; kept about once a minute."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject

from gems_desktop.clocking import PAUSE_S, TimeKeeper
from gems_desktop.idling import TICK_S, IdleWatch
from gems_desktop.services.facts_wage import WageDay, WageFacts
from gems_desktop.viewmodels import wage
from gems_desktop.viewmodels.remaining import remaining_text, with_remaining
from gems_protocol.amount import Amount
from tests.helpers.app_window import AppWindow
from tests.qml.screens_a.conftest import MakeWindow


@dataclass
class Measured:
    """The window with its time in hand."""

    window: AppWindow
    idle: IdleWatch
    keeper: TimeKeeper
    events: QObject
    now: list[float]

    def work(self, seconds: int) -> None:
        """Somebody types for so long."""
        for _ in range(seconds // TICK_S):
            QCoreApplication.sendEvent(self.events, QEvent(QEvent.Type.KeyPress))
            self.wait(TICK_S)

    def wait(self, seconds: float) -> None:
        """Nobody touches anything."""
        self.now[0] += seconds
        self.idle.tick()
        self.window.settle()

    def kept(self) -> Counter[str]:
        """Milliseconds by task, as the profile was given them."""
        self.keeper.turn()
        self.window.run(self.window.model.screens["wage"].settle())  # type: ignore[attr-defined]
        found: Counter[str] = Counter()
        for _, spent in self.window.session.asked("earnings.keep_time"):
            found.update(spent)
        return found


@pytest.fixture
def measured(make_window: MakeWindow) -> Iterator[Measured]:
    window = make_window()
    window.begin("home")
    now, events = [100.0], QObject()
    idle = IdleWatch(lambda: events, lambda: 0, lambda: None, lambda: now[0], lambda: now[0])
    keeper = TimeKeeper(window.model, idle, lambda: now[0])
    keeper.turn()
    yield Measured(window, idle, keeper, events, now)
    idle.close()


def test_a_task_gets_its_own_time_and_looking_around_is_unpaid(measured: Measured) -> None:
    window = measured.window
    measured.work(30)
    window.model.openPage("work")
    window.settle()
    first = str(window.model.screens["work"].property("itemId"))
    measured.work(40)
    window.model.openPage("findWork")
    window.settle()
    measured.work(20)
    assert first and measured.kept() == {"": 50_000, first: 40_000}


def test_the_next_task_begins_at_once(measured: Measured) -> None:
    window = measured.window
    window.model.openPage("work")
    window.settle()
    work = window.model.screens["work"]
    first = str(work.property("itemId"))
    measured.now[0] += 7
    work.giveBack()  # type: ignore[attr-defined]
    window.until(lambda: work.property("itemId") not in ("", first))
    measured.now[0] += 4
    second = str(work.property("itemId"))
    assert measured.kept() == {first: 7_000, second: 4_000}


def test_a_pause_counts_for_a_while_and_then_no_more(measured: Measured) -> None:
    measured.work(10)
    measured.wait(3_600)
    assert measured.kept()[""] == pytest.approx((10 + PAUSE_S) * 1000, abs=TICK_S * 1000)


def test_nothing_counts_while_the_wallet_is_locked(measured: Measured) -> None:
    measured.work(20)
    measured.window.run(measured.window.session.wallet.lock())
    measured.window.until(lambda: measured.window.model.props.phase == "welcome")
    measured.work(60)
    assert measured.kept() == {"": 20_000}


def test_it_is_written_down_about_once_a_minute(measured: Measured) -> None:
    measured.work(200)
    asked = measured.window.session.asked("earnings.keep_time")
    assert 3 <= len(asked) <= 4  # and not with each tick


def test_an_hour_in_words() -> None:
    hour = 3_600_000
    day = WageDay("2026-11-22", Amount.gem("3"), hour // 2, hour, 2 * hour)
    props = wage.derive(WageFacts((day,)))
    assert (props.perHour, props.perHourAll) == ("6.00", "1.50")
    assert props.paidTime == "30 min on tasks that were paid"
    assert props.allTime == "2 h 0 min in all, 1 h 30 min of it unpaid"
    assert props.chart.points[0].cells == ("Today", "6.00", "1.50", "2 h 0 min")
    nothing = wage.derive(WageFacts((WageDay("2026-11-22", used_ms=hour),)))
    assert nothing.perHour == "–" and nothing.chart.points == ()


def test_how_long_it_takes_is_said_calmly() -> None:
    said = [remaining_text(seconds) for seconds in (None, 3, 41, 89, 90, 119, 121, 7_199, 9_000)]
    assert said == [
        "",
        "a few seconds left",
        "about 50 s left",
        "about 90 s left",
        "about 2 min left",
        "about 2 min left",
        "about 3 min left",
        "about 120 min left",
        "about 3 h left",
    ]
    assert with_remaining("Sending 1 of 9", 41) == "Sending 1 of 9 · about 50 s left"
    assert with_remaining("Sending 1 of 9", None) == "Sending 1 of 9"
