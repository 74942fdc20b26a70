# SPDX-License-Identifier: Apache-2.0
"""A batch done with keys alone, saved edit by edit; problems, corrections and what cannot be saved."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt

from gems_desktop.services.errors import DiskFull
from gems_desktop.services.facts import Connection, Topic
from tests.helpers.fake_session import FakeSession
from tests.helpers.sample_facts import item_id, task
from tests.qml.screens_b.conftest import OpenStage

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def chosen(session: FakeSession, number: int) -> list[str]:
    answer = session.work.tasks[item_id(number)].answer
    return answer[0]["value"]["choices"] if answer else []


async def test_ten_tasks_by_key_then_sealed_and_sent(open_stage: OpenStage) -> None:
    session = FakeSession()
    session.work.items = []
    stage = await open_stage("work", session)
    for number in range(1, 11):
        assert stage.says(f"{number} of 10")
        await stage.key("2", Key.Key_Return)
        assert chosen(session, number) == ["Negative"]
    assert stage.work.stage == "seal"
    assert stage.says("They bring up to 0.50 GEM")
    await stage.key(Key.Key_Return)
    assert session.asked("work.seal")
    assert session.asked("sync.flush")
    assert stage.work.stage == "empty"
    await stage.key(Key.Key_Return)
    assert stage.app.opened == ["findWork"]


async def test_an_empty_answer_is_not_finished_and_it_says_why(open_stage: OpenStage) -> None:
    stage = await open_stage("work")
    await stage.key(Key.Key_Return)
    assert not stage.session.asked("work.finish")
    assert stage.says("Nothing is answered yet.")
    await stage.key("1")
    assert not stage.says("Nothing is answered yet.")


async def test_undo_and_redo(open_stage: OpenStage) -> None:
    stage = await open_stage("work")
    await stage.key("1", "2", "3")
    assert chosen(stage.session, 1) == ["Neutral"]
    await stage.key(Key.Key_Z, with_=CONTROL)
    await stage.key(Key.Key_Z, with_=CONTROL)
    assert chosen(stage.session, 1) == ["Positive"]
    assert stage.work.task.answer()[0]["value"]["choices"] == ["Positive"]
    await stage.key(Key.Key_Z, with_=CONTROL | SHIFT)
    assert stage.work.task.answer()[0]["value"]["choices"] == ["Negative"]
    await stage.click(next(item for item in stage.drawn() if item.property("iconName") == "undo"))
    await stage.key(Key.Key_Z, with_=CONTROL)
    assert stage.work.task.answer() == []
    assert not stage.work.canUndo
    assert stage.work.canRedo


async def test_saved_is_said_only_when_it_is(open_stage: OpenStage) -> None:
    session = FakeSession()
    gate = asyncio.Event()
    record = session.work.record

    async def slow(item: str, edit: dict[str, Any]) -> None:
        await gate.wait()
        await record(item, edit)

    session.work.record = slow  # type: ignore[method-assign]
    stage = await open_stage("work", session)
    stage.work.task.choose("mood", "Positive")
    await stage.until(lambda: stage.work.saving == "saving")
    assert not stage.says("Saved on this computer")
    gate.set()
    await stage.calm()
    assert stage.says("Saved on this computer")


async def test_what_could_not_be_saved_is_kept_and_saved_later_in_order(open_stage: OpenStage) -> None:
    session = FakeSession()
    stage = await open_stage("work", session)
    session.fail("work.record", DiskFull())
    await stage.key("1")
    await stage.key("2")
    assert stage.work.saving == "stuck"
    assert stage.says(DiskFull().message)
    assert session.work.tasks[item_id(1)].edits == ()
    session.fail("work.record", None)
    await stage.click(stage.button("Save again"))
    assert stage.work.saving == "saved"
    assert [edit["option"] for edit in session.work.tasks[item_id(1)].edits] == ["Positive", "Negative"]


async def test_what_is_being_typed_is_saved_before_the_window_closes(open_stage: OpenStage) -> None:
    session = FakeSession()
    config = '<View><Text name="text" value="$text"/><TextArea name="why" toName="text"/></View>'
    session.work.tasks[item_id(1)] = task(1, config=config)
    stage = await open_stage("work", session)
    stage.work.task.typed("why", 0, "Because")
    assert not session.asked("work.record")
    await stage.work.settle()
    assert session.work.tasks[item_id(1)].edits == ({"op": "write", "control": "why", "texts": ["Because"]},)


async def test_a_task_is_given_back(open_stage: OpenStage) -> None:
    stage = await open_stage("work")
    await stage.click(stage.button("Give back"))
    assert stage.says("2 of 10") and not stage.session.asked("work.give_back")
    stage.session.publish(Topic.WORK)  # the one that goes does not come back by itself
    await stage.calm()
    assert stage.says("2 of 10")
    stage.work.pending.do()  # its time is over
    await stage.calm()
    assert stage.session.asked("work.give_back") == [("work.give_back", item_id(1))]
    assert stage.says("2 of 10")


async def test_giving_back_is_undone_by_the_key_of_undoing(open_stage: OpenStage) -> None:
    stage = await open_stage("work")
    await stage.click(stage.button("Give back"))
    await stage.key("1")
    await stage.key(Key.Key_Z, with_=CONTROL)  # first what was done to the answer
    assert stage.says("2 of 10") and stage.says("You gave a task back.")
    await stage.key(Key.Key_Z, with_=CONTROL)
    assert stage.says("1 of 10") and not stage.says("You gave a task back.")
    assert not stage.session.asked("work.give_back")


async def test_closing_the_window_gives_back_what_waits(open_stage: OpenStage) -> None:
    stage = await open_stage("work")
    await stage.click(stage.button("Give back"))
    await stage.work.settle()
    assert stage.session.asked("work.give_back") == [("work.give_back", item_id(1))]


async def test_a_correction_shows_the_reason_and_the_note(open_stage: OpenStage) -> None:
    session = FakeSession()
    session.work.tasks = {
        item_id(1): task(1, redo_reason="wrong_label", redo_note="The last word turns it.", batch_size=1)
    }
    stage = await open_stage("work", session)
    assert stage.says("The label is wrong")
    assert stage.says("The last word turns it.")
    assert not stage.says("Give back")


async def test_the_instructions_fold(open_stage: OpenStage) -> None:
    stage = await open_stage("work")
    words = "Choose the mood that the writer shows."
    assert stage.says(words)
    await stage.key(Key.Key_F3)
    assert not stage.says(words)
    await stage.key(Key.Key_F3)
    assert stage.says(words)


async def test_the_instructions_fold_by_themselves_on_the_second_task(open_stage: OpenStage) -> None:
    stage = await open_stage("work")
    words = "Choose the mood that the writer shows."
    assert stage.says(words)
    await stage.key("1", Key.Key_Return)
    assert not stage.says(words)
    await stage.key(Key.Key_F3, "1", Key.Key_Return)
    assert stage.says(words)


async def test_a_certain_task_can_be_opened(open_stage: OpenStage) -> None:
    stage = await open_stage("work")
    stage.work.open(item_id(7))
    await stage.calm()
    assert stage.says("7 of 10")


async def test_offline_it_is_sealed_for_later(open_stage: OpenStage) -> None:
    session = FakeSession()
    session.sync.state = replace(session.sync.state, connection=Connection.OFFLINE)
    session.work.tasks = {}
    session.work.open_id = ""
    stage = await open_stage("work", session)
    await stage.key(Key.Key_Return)
    assert session.asked("work.seal")
    assert not session.asked("sync.flush")
    assert stage.work.stage == "sent"
    assert stage.says("leave by themselves")


async def test_a_config_that_cannot_be_shown_can_be_given_back(open_stage: OpenStage) -> None:
    session = FakeSession()
    session.work.tasks[item_id(1)] = task(1, config="<View><Nonsense/></View>")
    stage = await open_stage("work", session)
    assert stage.work.broken
    assert stage.says("This labelling config cannot be used here")
    stage.work.giveBack()
    await stage.calm()
    assert not stage.work.broken
    assert stage.says("2 of 10")
