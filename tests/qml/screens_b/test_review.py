# SPDX-License-Identifier: Apache-2.0
"""Reviews by single keys: nothing before the item was shown, no rejection without a reason, undo."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt

from tests.helpers.fake_session import FakeSession
from tests.helpers.sample_facts import PHOTO_CONFIG, review
from tests.qml.screens_b.conftest import OpenStage
from tests.qml.screens_b.stage import Stage

Key = Qt.Key


async def photo_stage(open_stage: OpenStage, session: FakeSession) -> Stage:
    session.review.reviews = [
        review(number, config=PHOTO_CONFIG, data={"image": "sha256:" + "0" * 64}, answer=[])
        for number in (1, 2)
    ]
    stage = await open_stage("review", session)
    stage.review.itemShown(stage.review.itemId)
    return stage


def verdicts(session: FakeSession) -> list[tuple[str, ...]]:
    return [call[2:] for call in session.asked("review.decide")]


async def test_accept_reject_skip_undo_and_seal_by_key(open_stage: OpenStage) -> None:
    session = FakeSession()
    stage = await open_stage("review", session)
    await stage.key("a")
    await stage.key("r", "3", Key.Key_Return)
    await stage.key("s")
    assert verdicts(session) == [("accept", "", ""), ("reject", "bad_outline", ""), ("skip", "", "")]
    await stage.key("u")
    assert stage.says("3 of 5")
    await stage.key("a", "a", "a")
    assert stage.review.stage == "seal"
    await stage.key(Key.Key_Return)
    assert session.asked("review.seal")
    assert session.asked("sync.flush")
    assert stage.review.stage == "take"
    await stage.key(Key.Key_Return)
    assert session.asked("sync.fetch_reviews") == [("sync.fetch_reviews", 10)]


async def test_a_rejection_needs_a_reason(open_stage: OpenStage) -> None:
    session = FakeSession()
    stage = await open_stage("review", session)
    await stage.key("r", Key.Key_Return)
    assert verdicts(session) == []
    assert stage.says("Choose a reason first")
    await stage.key(Key.Key_Escape)
    assert not stage.review.rejecting
    await stage.key("r", "1")
    stage.review.reject("  Look at the last word.  ")
    await stage.calm()
    assert verdicts(session) == [("reject", "wrong_label", "Look at the last word.")]


async def test_reject_by_mouse(open_stage: OpenStage) -> None:
    session = FakeSession()
    stage = await open_stage("review", session)
    await stage.click(stage.button("Reject…"))
    await stage.click(stage.button("Something was missed"))
    await stage.click(stage.button("Reject"))
    assert verdicts(session) == [("reject", "missed_object", "")]


async def test_keys_go_into_the_remark_while_it_is_written(open_stage: OpenStage) -> None:
    session = FakeSession()
    stage = await open_stage("review", session)
    await stage.key("r", "2")
    field = next(item for item in stage.drawn() if item.property("placeholderText"))
    await stage.click(field)
    await stage.key("a", "s", "u", Key.Key_Return)
    assert verdicts(session) == [("reject", "missed_object", "asu")]
    await stage.key("a")
    assert verdicts(session)[-1] == ("accept", "", "")


async def test_a_remark_by_key_alone(open_stage: OpenStage) -> None:
    session = FakeSession()
    stage = await open_stage("review", session)
    await stage.key("n")  # nothing is being rejected
    await stage.key("r", "2", "n", "n", "m", Key.Key_Return)
    assert verdicts(session) == [("reject", "missed_object", "nm")]


async def test_a_place_is_marked_by_key_alone(open_stage: OpenStage) -> None:
    """M leads to the picture, and means the place there too, where it is a magnifier else."""
    session = FakeSession()
    stage = await photo_stage(open_stage, session)
    await stage.key("r", "3", Key.Key_Tab, "m")
    assert stage.review.marking
    assert stage.window.activeFocusItem().objectName() == "canvas"
    await stage.key(Key.Key_Escape)
    assert not stage.review.marking
    assert stage.review.rejecting
    stage.button("Reject").forceActiveFocus(Qt.FocusReason.TabFocusReason)
    await stage.key("m")
    assert stage.window.activeFocusItem().objectName() == "canvas"
    assert verdicts(session) == []


async def test_nothing_is_decided_before_the_picture_was_shown(open_stage: OpenStage) -> None:
    session = FakeSession()
    session.review.reviews = [review(1, config=PHOTO_CONFIG, data={"image": "sha256:" + "0" * 64}, answer=[])]
    stage = await open_stage("review", session)
    await stage.key("a", "r", "s")
    assert verdicts(session) == []
    assert not stage.review.shown


async def test_who_may_not_review_is_told_and_may_try(open_stage: OpenStage) -> None:
    session = FakeSession()
    session.review.reviews = []
    session.review.state = replace(
        session.review.state, eligible=False, why_not="12 checked tasks to go.", decided=0
    )
    stage = await open_stage("review", session)
    assert stage.says("12 checked tasks to go.")
    await stage.key(Key.Key_Return)
    assert stage.app.opened == ["practice reviewer"]


async def test_the_author_is_nowhere(open_stage: OpenStage) -> None:
    stage = await open_stage("review")
    assert not [words for words in stage.words() if "0x" in words]
