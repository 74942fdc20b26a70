# SPDX-License-Identifier: Apache-2.0
"""Blind reviews: the task is done first and nothing of the other answer is there; and what is disputed is said."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt

from gems_desktop.services.errors import DiskFull
from tests.helpers.fake_session import FakeSession
from tests.helpers.sample_facts import PHOTO_CONFIG, item_id, review
from tests.qml.screens_b.conftest import OpenStage
from tests.qml.screens_b.test_review import verdicts

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def blind_session(count: int = 3) -> FakeSession:
    session = FakeSession()
    session.review.reviews = [
        review(n, blind=True, answer=[], position=n, batch_size=count) for n in range(1, count + 1)
    ]
    return session


def given(session: FakeSession, number: int) -> list[str]:
    answer = session.review.blind[item_id(200 + number)].answer
    return answer[0]["value"]["choices"] if answer else []


async def test_blind_reviews_by_key_then_sealed(open_stage: OpenStage) -> None:
    session = blind_session()
    stage = await open_stage("review", session)
    assert stage.says("Answer it yourself; you are not shown the other answer.")
    assert not stage.says("Is this answer right?")
    for number in (1, 2, 3):
        assert stage.says(f"{number} of 3")
        await stage.key("2", Key.Key_Return)
        assert given(session, number) == ["Negative"]
    assert [call[1] for call in session.asked("review.finish_blind")] == [item_id(200 + n) for n in (1, 2, 3)]
    assert stage.review.stage == "seal"
    await stage.key(Key.Key_Return)
    assert session.asked("review.seal")


async def test_an_empty_blind_answer_is_not_given(open_stage: OpenStage) -> None:
    session = blind_session()
    stage = await open_stage("review", session)
    await stage.click(stage.button("Give this answer"))
    assert not session.asked("review.finish_blind")
    assert stage.says("Nothing is answered yet.")
    await stage.key("a", "r")
    assert verdicts(session) == []


async def test_steps_back_and_forth_and_the_draft_is_kept(open_stage: OpenStage) -> None:
    session = blind_session()
    stage = await open_stage("review", session)
    await stage.key("1", "2")
    await stage.key(Key.Key_Z, with_=CONTROL)
    assert given(session, 1) == ["Positive"]
    await stage.key(Key.Key_Z, with_=CONTROL | SHIFT)
    assert given(session, 1) == ["Negative"]
    assert stage.says("Saved on this computer")
    await stage.key("s")
    assert verdicts(session) == [("skip", "", "")]
    await stage.key("u")
    assert stage.review.task.answer()[0]["value"]["choices"] == ["Negative"]
    assert stage.says("1 of 3")


async def test_after_a_blind_answer_the_last_one_can_be_taken_back(open_stage: OpenStage) -> None:
    session = blind_session()
    stage = await open_stage("review", session)
    await stage.key("3", Key.Key_Return, "u")
    assert stage.says("1 of 3")
    assert stage.review.task.answer()[0]["value"]["choices"] == ["Neutral"]


async def test_blind_and_open_reviews_after_one_another(open_stage: OpenStage) -> None:
    session = FakeSession()
    session.review.reviews = [review(1), review(2, blind=True, answer=[]), review(3)]
    stage = await open_stage("review", session)
    await stage.key("a")
    assert stage.review.blind
    assert not stage.review.task.property("readOnly")
    await stage.key("1", Key.Key_Return)
    assert not stage.review.blind
    assert stage.review.task.property("readOnly")
    await stage.key("r", "1", Key.Key_Return)
    assert verdicts(session) == [("accept", "", ""), ("reject", "wrong_label", "")]
    assert len(session.asked("review.finish_blind")) == 1


async def test_what_could_not_be_saved_waits_and_is_given_later(open_stage: OpenStage) -> None:
    session = blind_session()
    stage = await open_stage("review", session)
    session.fail("work.record", DiskFull())
    await stage.key("1")
    assert stage.review.saving == "stuck"
    session.fail("work.record", None)
    await stage.click(stage.button("Save again"))
    assert given(session, 1) == ["Positive"]


async def test_a_blind_answer_waits_for_the_picture(open_stage: OpenStage) -> None:
    session = FakeSession()
    data = {"image": "sha256:" + "0" * 64}
    session.review.reviews = [review(1, blind=True, config=PHOTO_CONFIG, data=data, answer=[])]
    stage = await open_stage("review", session)
    await stage.key("1", Key.Key_Return)
    assert not session.asked("review.finish_blind")


async def test_a_key_of_the_task_is_not_the_screens(open_stage: OpenStage) -> None:
    session = FakeSession()
    config = (
        '<View><Text name="text" value="$text"/><Choices name="mood" toName="text">'
        '<Choice value="Sad" hotkey="s"/><Choice value="Glad" hotkey="g"/></Choices></View>'
    )
    session.review.reviews = [review(1, blind=True, config=config, answer=[])]
    stage = await open_stage("review", session)
    assert stage.review.skipKey == ""
    await stage.key("s")
    assert given(session, 1) == ["Sad"]
    assert verdicts(session) == []


async def test_disputed_and_commissioned_reviews_say_so(open_stage: OpenStage) -> None:
    session = FakeSession()
    session.review.reviews = [
        review(1, disputed=True),
        review(2, commissioned=True),
        review(3, disputed=True, blind=True, answer=[]),
        review(4),
    ]
    stage = await open_stage("review", session)
    assert stage.says("Disputed work")
    assert stage.says("Somebody appealed against the first verdict")
    await stage.key("a")
    assert stage.says("Second look")
    assert stage.says("its requester pays you to look at it again")
    await stage.key("a")
    assert stage.says("Somebody appealed")
    assert stage.says("Answer it yourself")
    await stage.key("1", Key.Key_Return)
    assert not stage.says("Somebody appealed")


async def test_what_is_being_typed_is_saved_before_the_window_closes(open_stage: OpenStage) -> None:
    session = blind_session(1)
    config = '<View><Text name="text" value="$text"/><TextArea name="why" toName="text"/></View>'
    session.review.reviews = [replace(each, config=config) for each in session.review.reviews]
    stage = await open_stage("review", session)
    stage.review.task.typed("why", 0, "Because")
    assert not session.asked("work.record")
    await stage.review.settle()
    drawn = session.review.blind[item_id(201)]
    assert drawn.edits == ({"op": "write", "control": "why", "texts": ["Because"]},)
