# SPDX-License-Identifier: Apache-2.0
"""Keeping work at hand: switched on in the settings, said on Home, warned of before it runs out."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from gems_desktop.services.facts import Problem
from gems_desktop.services.facts_queue import QueueFacts
from gems_desktop.services.queue import DISK, MEGABYTES, METERED, NO_CAMPAIGN, REFUSED
from gems_desktop.viewmodels.queue import derive
from gems_desktop.viewmodels.words import clock_time
from tests.helpers.fake_session import FakeSession
from tests.helpers.sample_facts import NOW
from tests.qml.screens_a.conftest import MakeWindow


def test_the_switches_are_kept_at_once(make_window: MakeWindow) -> None:
    session = FakeSession()
    window = make_window(session=session)
    window.begin("settings", "work")
    for name in ("keepWorking", "countsMegabytes"):
        assert not window.item(name).property("checked")
        window.focus(name)
        window.key(Qt.Key.Key_Space)
    window.focus("warnHours")
    window.key(Qt.Key.Key_Up)
    state = session.settings.state
    assert (state.keep_working, state.counts_megabytes, state.warn_hours) == (True, True, 7)


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (QueueFacts(), "No tasks are here"),
        (QueueFacts(ready=1, seconds_ready=60), "One task is here, about 60 s of work"),
        (QueueFacts(ready=120, seconds_ready=3 * 3_600), "120 tasks are here, about 3 h of work"),
    ],
)
def test_what_is_at_hand(facts: QueueFacts, said: str) -> None:
    assert derive(facts).atHandText == said


@pytest.mark.parametrize("why", [METERED, MEGABYTES, DISK, NO_CAMPAIGN, REFUSED])
def test_every_reason_has_words(why: str) -> None:
    assert derive(QueueFacts(why_not=why)).whyText
    assert derive(QueueFacts(why_not=why, files_wait=2_500_000)).whyText.startswith("2.5 MB of files wait. ")


@pytest.mark.parametrize("why", ["", "off", "something new"])
def test_nothing_is_said_without_a_reason(why: str) -> None:
    assert derive(QueueFacts(why_not=why)).whyText == ""


@pytest.mark.parametrize(
    ("soon", "finished", "said"),
    [
        (1, 1, "A finished task runs out: send it before"),
        (3, 3, "3 finished tasks run out: send them before"),
        (1, 0, "A task runs out: finish and send it before"),
        (3, 1, "3 tasks run out: finish and send the first before"),
    ],
)
def test_deadlines_are_said_early(soon: int, finished: int, said: str) -> None:
    shown = derive(QueueFacts(due_soon=soon, finished_soon=finished, next_due_at=NOW + 7_200))
    assert shown.dueText == f"{said} {clock_time(NOW + 7_200)}."
    assert (shown.dueAt, shown.canSend) == (NOW + 7_200, finished > 0)
    assert derive(QueueFacts(next_due_at=NOW + 7_200)).dueAt == 0


def test_megabytes_and_what_is_wrong_with_this_computer() -> None:
    shown = derive(
        QueueFacts(
            bytes_today=1_500_000, bytes_allowed=100_000_000, problem=Problem("It is wrong.", "Safe.", "Do.")
        )
    )
    assert shown.dataText == "2 of 100 MB today"
    assert (shown.noticeText, shown.noticeSafe, shown.noticeTodo) == ("It is wrong.", "Safe.", "Do.")
