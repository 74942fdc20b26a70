# SPDX-License-Identifier: Apache-2.0
"""The outbox by key and by mouse: filters, taking back, correcting, sending."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt

from gems_desktop.services.errors import Offline
from gems_desktop.services.facts import ItemState, Problem, Topic
from gems_desktop.services.facts_queue import Progress
from gems_desktop.services.facts_queue import Stage as Stage_
from tests.helpers.fake_session import FakeSession
from tests.helpers.sample_facts import NOW, item_id, outbox_item
from tests.qml.screens_b.conftest import OpenStage
from tests.qml.screens_b.stage import Stage

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


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
    shown = {"All 5": 5, "To send 2": 2, "Waiting 1": 1, "Rejected 1": 1, "Accepted 1": 1}
    for name, count in shown.items():
        await stage.click(stage.button(name))
        await stage.until(lambda count=count: len(stage.of_type("OutboxRowItem")) == count)


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


def open_rejection() -> FakeSession:
    session = FakeSession()
    session.work.items = [
        outbox_item(5, ItemState.REJECTED, final=False, open_until=NOW + 9_000, appeal="open")
    ]
    return session


async def test_a_rejection_is_let_stand_and_taken_back_for_a_while(open_stage: OpenStage) -> None:
    session = open_rejection()
    stage = await open_stage("outbox", session)
    await stage.key("l")
    assert stage.says("You give up the appeal, and with it this task's reward.")
    assert stage.says("You let the rejection stand.") and not stage.says("Appeal…")
    assert not session.asked("work.let_stand")
    await stage.key(Key.Key_Z, with_=CONTROL)
    assert stage.says("Appeal…") and not stage.says("Undo")
    await stage.click(stage.button("Let it stand"))
    await stage.click(stage.button("Undo"))
    assert stage.says("Appeal…") and not session.asked("work.let_stand")
    await stage.click(stage.button("Let it stand"))
    stage.outbox.pending.do()  # its time is over
    await stage.calm()
    assert session.asked("work.let_stand") == [("work.let_stand", item_id(5))]
    assert session.asked("sync.pull")
    await stage.key(Key.Key_Z, with_=CONTROL)  # nothing is left to take back
    assert len(session.asked("work.let_stand")) == 1


async def test_offline_a_rejection_is_not_let_stand_silently(open_stage: OpenStage) -> None:
    session = open_rejection()
    session.fail("work.let_stand", Offline())
    stage = await open_stage("outbox", session)
    await stage.click(stage.button("Let it stand"))
    stage.outbox.pending.do()
    await stage.calm()
    assert stage.says(Offline().message)
    assert stage.says("Let it stand") and stage.says("Appeal…")


def many(count: int) -> FakeSession:
    session = FakeSession()
    session.work.items = [
        outbox_item(n, ItemState.PAID, item_id=item_id(n), campaign_title="Birds" if n % 5 else "Ships")
        for n in range(count)
    ]
    return session


def pages(stage: Stage) -> list[tuple[int, int] | None]:
    return [
        after for _, asked, after, limit in stage.session.asked("work.outbox_page") if asked.shelf == "all"
    ]


async def test_ten_thousand_rows_come_page_by_page(open_stage: OpenStage) -> None:
    stage = await open_stage("outbox", many(10_000))
    rows = stage.outbox.items
    assert rows.rowCount() <= 300 and len(stage.of_type("OutboxRowItem")) < 40
    while rows.canFetchMore(QModelIndex()) and rows.rowCount() < 1_000:
        before = rows.rowCount()
        rows.fetchMore(QModelIndex())
        await stage.until(lambda before=before: rows.rowCount() > before)
    assert [row.itemId for row in rows.rows] == [item_id(n) for n in range(rows.rowCount())]
    assert len(stage.of_type("OutboxRowItem")) < 40  # only what is in view is drawn
    known = len(pages(stage))
    session = stage.session
    session.publish(Topic.CONNECTION)  # nothing changed: what was read stays
    await stage.calm()
    assert rows.rowCount() >= 1_000 and pages(stage)[known:] == [None]
    session.work.items.insert(0, outbox_item(1, ItemState.SEALED, item_id=item_id(20_000)))
    session.publish(Topic.OUTBOX)
    await stage.until(lambda: rows.rows[0].itemId == item_id(20_000))
    assert rows.rowCount() == 100  # the rest is read again when somebody goes there


async def test_a_campaign_is_searched_for(open_stage: OpenStage) -> None:
    stage = await open_stage("outbox", many(1_000))
    await stage.key(Qt.Key.Key_F, with_=Qt.KeyboardModifier.ControlModifier)
    for letter in "ships":
        await stage.key(letter)
    await stage.until(lambda: {row.title for row in stage.outbox.items.rows} == {"Ships"})
    await stage.key(Qt.Key.Key_Escape)
    await stage.until(lambda: {row.title for row in stage.outbox.items.rows} == {"Ships", "Birds"})


async def test_what_went_wrong_and_what_happens_next(open_stage: OpenStage) -> None:
    session = FakeSession()
    session.work.progress = {
        item_id(2): Progress(Stage_.SEALED, "Offline", "retry", NOW + 60, 3),
    }
    stage = await open_stage("outbox", session)
    assert stage.says("There was no connection.")
    assert stage.says("Tried 3 times; tried again at")
    assert stage.says("It cannot be taken back: sending it has begun")
    row = next(row for row in stage.outbox.items.rows if row.itemId == item_id(2))
    assert not row.canTakeBack


async def test_what_runs_out_is_said_above(open_stage: OpenStage) -> None:
    session = FakeSession()
    session.work.about_queue = {"due_soon": 3, "finished_soon": 3, "next_due_at": NOW + 7_200}
    stage = await open_stage("outbox", session)
    await stage.until(lambda: stage.says("3 finished tasks run out: send them before"))
    session.work.about_queue = {
        "problem": Problem("The clock of this computer is wrong.", "Nothing is late.", "Set it."),
    }
    session.publish(Topic.PROBLEM)
    await stage.until(lambda: stage.says("The clock of this computer is wrong."))
    assert not stage.says("run out")
