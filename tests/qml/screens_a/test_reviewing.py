# SPDX-License-Identifier: Apache-2.0
"""A sitting of reviews by single keys: a hundred without a lost key, the next one prepared, a summary, one way on."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt

from gems_desktop.decoding.client import DecodeClient
from gems_desktop.viewmodels.review_sitting import Sitting, overturned_text, rows_of
from gems_desktop.viewmodels.task import TaskViewModel
from tests.helpers.app_window import AppWindow, items
from tests.helpers.fake_session import FakeSession
from tests.helpers.sample_facts import gem, review, trust
from tests.qml.screens_a.conftest import MakeWindow

Key = Qt.Key
BATCH = 100


def reviewer(count: int) -> FakeSession:
    session = FakeSession()
    session.review.reviews = [review(number, batch_size=count) for number in range(1, count + 1)]
    return session


def screen(window: AppWindow) -> Any:
    return window.model.screens["review"]


def seen(window: AppWindow) -> None:
    """Wait until the item is on the screen, as a person would; nothing else has to be waited for."""
    window.until(lambda: screen(window).property("shown") or screen(window).property("stage") != "review")


def test_a_hundred_by_key(make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    session = reviewer(BATCH)
    ahead: list[str] = []
    prefetch = TaskViewModel.prefetch

    def noted(self: TaskViewModel, module: Any, data: dict[str, Any]) -> None:
        ahead.append(str(screen(window).property("itemId")))
        prefetch(self, module, data)

    turns: list[DecodeClient] = []
    monkeypatch.setattr(TaskViewModel, "prefetch", noted)
    monkeypatch.setattr(DecodeClient, "let_go", lambda self: turns.append(self))
    window = make_window(session=session)
    window.begin("review")
    for number in range(BATCH):
        seen(window)
        assert screen(window).property("positionText") == f"{number + 1} of {BATCH}"
        if number % 10 == 3:
            window.key(Key.Key_R)
            window.key(Key.Key_2)
            window.key(Key.Key_Return)
        else:
            window.key(Key.Key_S if number % 10 == 7 else Key.Key_A)
        window.until(lambda: len(session.asked("review.decide")) > number)  # noqa: B023 - called at once
    made = [call[2] for call in session.asked("review.decide")]
    assert [made.count(each) for each in ("accept", "reject", "skip")] == [80, 10, 10]
    # each but the last had the next ones opened while it was on the screen
    assert len(set(ahead)) >= BATCH - 1
    assert len(turns) >= BATCH - 1, "and what only those before it needed was let go"
    window.until(lambda: screen(window).property("stage") == "seal")
    words = window.words()
    assert "This sitting" in words
    assert "Pay for these reviews" in words


def test_no_key_counts_before_the_item_was_shown(make_window: MakeWindow) -> None:
    """The control of the one above: what is not on the screen cannot be decided, by no key."""
    session = reviewer(3)
    window = make_window(session=session)
    window.begin()
    model = screen(window)
    window.run(model.refresh())
    for slot in (model.accept, model.skip, model.beginReject):
        slot()
    window.settle()
    assert not session.asked("review.decide")
    window.model.openPage("review")
    seen(window)
    window.key(Key.Key_A)
    assert len(session.asked("review.decide")) == 1


def test_enough_for_now_and_on(make_window: MakeWindow) -> None:
    session = reviewer(5)
    window = make_window(session=session)
    window.begin("review")
    model = screen(window)
    seen(window)
    window.key(Key.Key_Escape)
    assert model.property("stage") == "review"  # nothing decided: nothing to sum up
    window.key(Key.Key_A)
    seen(window)
    window.key(Key.Key_Escape)
    window.until(lambda: model.property("stage") == "seal")
    window.settle()
    assert window.item("sitting").isVisible()
    assert any("overturned later: 1 of 12" in text for text in window.words())
    window.key(Key.Key_A)  # nothing is on the screen that could be judged
    assert len(session.asked("review.decide")) == 1
    window.key(Key.Key_Escape)
    window.until(lambda: model.property("stage") == "review")
    window.settle()
    window.key(Key.Key_A)
    assert len(session.asked("review.decide")) == 2
    seen(window)
    window.key(Key.Key_U)
    window.until(lambda: model.property("positionText") == "2 of 5")
    seen(window)
    window.key(Key.Key_A)
    seen(window)
    window.key(Key.Key_Escape)
    window.until(lambda: model.property("stage") == "seal")
    window.settle()
    window.key(Key.Key_Return)
    window.until(lambda: bool(session.asked("review.seal")))


def test_enter_presses_what_tab_came_to_and_nothing_else(make_window: MakeWindow) -> None:
    window = make_window(session=reviewer(5))
    window.begin("review")
    model = screen(window)
    seen(window)
    window.key(Key.Key_A)
    seen(window)
    window.settle()
    button = window.item("finishReviewing")
    button.forceActiveFocus(Qt.FocusReason.MouseFocusReason)
    window.key(Key.Key_Return)
    assert model.property("stage") == "review"
    window.item("accept").forceActiveFocus(Qt.FocusReason.OtherFocusReason)
    button.forceActiveFocus(Qt.FocusReason.TabFocusReason)
    window.key(Key.Key_Return)
    window.until(lambda: model.property("stage") == "seal")


def test_after_sealing_enter_takes_ten_more_and_not_a_hundred(make_window: MakeWindow) -> None:
    session = reviewer(1)
    window = make_window(session=session)
    window.begin("review")
    model = screen(window)
    seen(window)
    window.key(Key.Key_A)
    window.until(lambda: model.property("stage") == "seal")
    window.settle()
    model._put(sending=True)
    window.settle()
    model._put(sending=False)
    window.settle()
    assert window.window.activeFocusItem().objectName() == "pauseAction"


def test_the_sum_of_a_sitting() -> None:
    sitting = Sitting()
    assert rows_of(sitting) == []
    sitting = sitting.plus("accept", gem("0.02"), 9_000).plus("reject", gem("0.02"), 11_000)
    sitting = sitting.plus("skip", gem("0.02"), 4_000).plus("answer", gem("0.06"), 9_999_999)
    assert sitting.pay == gem("0.10")
    assert sitting.millis == 324_000  # a pause at the desk is no work
    assert sitting.per_hour == gem("1.11")
    assert [row.value for row in rows_of(sitting)[:4]] == ["1", "1", "1", "1"]
    back = sitting.undone()
    assert (back.pay, back.millis) == (gem("0.04"), 324_000)
    assert Sitting().plus("accept", gem("0.02"), 1_000).per_hour is None
    assert Sitting().undone() == Sitting()
    assert "1 of 12" in overturned_text(trust())
    assert overturned_text(None) == ""


@pytest.mark.parametrize("scale", [100, 200])
def test_the_evidence_keeps_its_room_on_a_small_window(make_window: MakeWindow, scale: int) -> None:
    from gems_desktop.viewmodels.app import Fixed

    window = make_window(session=reviewer(3), fixed=Fixed("en", "light", scale))
    window.window.resize(1024, 600)
    window.begin("review")
    seen(window)
    window.window.grabWindow()
    window.settle()
    place = next(each for each in items(window.window.contentItem()) if each.objectName() == "evidence")
    accept = window.item("accept")
    bottom = accept.mapToScene(accept.boundingRect().bottomLeft()).y()
    assert bottom <= 600
    assert place.height() >= 160
    if scale == 200:
        assert not any("Choose the mood" in text for text in window.words())
        window.key(Key.Key_F3)
        assert any("Choose the mood" in text for text in window.words())
