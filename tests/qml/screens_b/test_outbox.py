# SPDX-License-Identifier: Apache-2.0
"""The outbox by key and by mouse: filters, taking back, correcting, sending."""

from __future__ import annotations

from PySide6.QtCore import Qt

from gems_desktop.services.errors import Offline
from gems_desktop.services.facts import ItemState
from tests.helpers.fake_session import FakeSession
from tests.helpers.sample_facts import NOW, item_id, outbox_item
from tests.qml.screens_b.conftest import OpenStage

Key = Qt.Key


async def test_take_back_by_key_opens_the_task(open_stage: OpenStage) -> None:
    stage = await open_stage("outbox")
    await stage.key("t")
    assert stage.session.asked("work.take_back") == [("work.take_back", item_id(1))]
    assert stage.app.opened == ["work"]
    assert stage.work.itemId == item_id(1)


async def test_a_rejected_task_shows_why_and_is_corrected(open_stage: OpenStage) -> None:
    session = FakeSession()
    session.work.items.append(outbox_item(5, ItemState.LEASED, item_id=item_id(9), attempt=1))
    stage = await open_stage("outbox", session)
    assert stage.says("The label is wrong")
    assert stage.says("The last word turns it.")
    await stage.click(stage.button("Correct it"))
    assert stage.app.opened == ["work"]
    assert stage.work.itemId == item_id(9)


async def test_filters(open_stage: OpenStage) -> None:
    stage = await open_stage("outbox")
    shown = {}
    for name in ("All 5", "To send 2", "Waiting 1", "Rejected 1", "Accepted 1"):
        await stage.click(stage.button(name))
        shown[name] = len(stage.of_type("OutboxRowItem"))
    assert shown == {"All 5": 5, "To send 2": 2, "Waiting 1": 1, "Rejected 1": 1, "Accepted 1": 1}


async def test_send_now(open_stage: OpenStage) -> None:
    stage = await open_stage("outbox")
    await stage.key(Key.Key_Return, with_=Qt.KeyboardModifier.ControlModifier)
    for name in ("work.seal", "review.seal", "sync.flush", "sync.pull"):
        assert stage.session.asked(name), name
    assert stage.says("Everything is sent; 3 waiting for a verdict")


async def test_a_failed_sending_is_told(open_stage: OpenStage) -> None:
    session = FakeSession()
    session.fail("sync.flush", Offline())
    stage = await open_stage("outbox", session)
    await stage.click(stage.button("Send now"))
    assert stage.says(Offline().message)
    assert not stage.outbox.sending


async def test_nothing_done_leads_to_find_work(open_stage: OpenStage) -> None:
    session = FakeSession()
    session.work.items = []
    stage = await open_stage("outbox", session)
    assert stage.says("Nothing done yet")
    await stage.click(stage.button("Find work"))
    assert stage.app.opened == ["findWork"]


async def test_a_rejection_can_be_left_as_it_is(open_stage: OpenStage) -> None:
    session = FakeSession()
    session.work.items = [
        outbox_item(5, ItemState.REJECTED, final=False, open_until=NOW + 9_000, appeal="open")
    ]
    stage = await open_stage("outbox", session)
    await stage.key("l")
    assert stage.says("You give up the appeal, and with it this task's reward.")
    await stage.key(Key.Key_Return)  # the safe answer has the keyboard
    assert not session.asked("work.let_stand")
    await stage.click(stage.button("Let it stand…"))
    await stage.click(stage.button("Let it stand"))
    assert session.asked("work.let_stand") == [("work.let_stand", item_id(5))]
    assert session.asked("sync.pull")
    assert not stage.says("Let it stand…")


async def test_offline_a_rejection_is_not_let_stand_silently(open_stage: OpenStage) -> None:
    session = FakeSession()
    session.fail("work.let_stand", Offline())
    session.work.items = [
        outbox_item(5, ItemState.REJECTED, final=False, open_until=NOW + 9_000, appeal="open")
    ]
    stage = await open_stage("outbox", session)
    await stage.click(stage.button("Let it stand…"))
    await stage.click(stage.button("Let it stand"))
    assert stage.says(Offline().message)
    assert stage.says("Let it stand…")
