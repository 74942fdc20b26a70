# SPDX-License-Identifier: Apache-2.0
"""Words with requesters and reports in the real window: by key and by mouse, drawn as plain text."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPointF, Qt
from PySide6.QtQuick import QQuickItem

from gems_desktop.services.errors import NothingToDo
from gems_desktop.services.facts import Topic
from gems_desktop.services.facts_messages import Message, Thing
from gems_desktop.services.facts_queue import OutboxFilter
from gems_desktop.viewmodels.talk import row_of
from gems_protocol.text import clean
from tests.helpers.canary import canary
from tests.helpers.fake_session import FakeSession
from tests.helpers.hostile import hostile_strings
from tests.helpers.plaintext import find_rich_text
from tests.helpers.sample_facts import NOW, item_id
from tests.qml.screens_b.conftest import OpenStage
from tests.qml.screens_b.stage import Stage

Key, Mod = Qt.Key, Qt.KeyboardModifier
THEIRS = Message("0x" + "7d" * 32 + ":2", False, NOW, "Which one do you mean?", "received", fresh=True)


def named(stage: Stage, name: str) -> Any:
    found = [item for item in stage.drawn() if item.objectName() == name]
    assert found, name
    return found[0]


async def there(stage: Stage, name: str) -> QQuickItem:
    """The item with this name, once its dialog or menu is open."""
    await stage.until(lambda: any(item.objectName() == name for item in stage.drawn()))
    await stage.calm()
    item: QQuickItem = named(stage, name)
    return item


def row(stage: Stage, at: int = 0) -> Any:
    return stage.outbox._rows.rows[at]


async def test_a_message_by_key_from_the_outbox(open_stage: OpenStage) -> None:
    stage = await open_stage("outbox", FakeSession())
    assert row(stage).kind == "work"
    await stage.key("m")
    field = await there(stage, "talkWords")
    assert field.hasActiveFocus()
    await stage.key("h", "i")
    await stage.key(Key.Key_Return, with_=Mod.ControlModifier)
    assert stage.session.asked("messages.write") == [("messages.write", row(stage).itemId, "hi")]
    assert stage.says("Waits for the next connection") and field.property("text") == ""
    await stage.click(await there(stage, "talkTakeBack"))
    assert stage.session.messages.said == ()
    await stage.key(Key.Key_Escape)
    await stage.until(lambda: not stage.talk.property("open"))


async def test_what_was_being_written_is_there_again(open_stage: OpenStage) -> None:
    stage = await open_stage("outbox", FakeSession())
    await stage.key("m")
    await there(stage, "talkWords")
    await stage.key("x", "y", Key.Key_Escape)
    await stage.until(lambda: not any(item.objectName() == "talkWords" for item in stage.drawn()))
    await stage.key("m")
    assert (await there(stage, "talkWords")).property("text") == "xy"


async def test_news_in_the_row_and_read_when_it_is_opened(open_stage: OpenStage) -> None:
    session = FakeSession()
    first = (await session.work.outbox_page(OutboxFilter())).items[0]
    session.messages.said = (THEIRS,)
    session.messages.fresh = frozenset({(first.campaign_id, first.index)})
    stage = await open_stage("outbox", session)
    await stage.click(named(stage, "newMessage"))
    await there(stage, "talkWords")
    assert stage.says("Which one do you mean?") and stage.says("The requester")
    assert session.asked("messages.see")
    await stage.click(named(stage, "talkMute"))
    assert session.messages.muted
    await stage.click(named(stage, "talkReport"))
    await there(stage, "reason.harassment")
    assert stage.says("Which one do you mean?")  # what the report is about
    await stage.click(named(stage, "reason.harassment"))
    await stage.click(named(stage, "dialogAccept"))
    assert session.asked("messages.report") == [
        ("messages.report", Thing("", message_id=THEIRS.message_id), "harassment", "")
    ]


async def test_a_report_from_the_rows_menu_needs_a_reason(open_stage: OpenStage) -> None:
    stage = await open_stage("outbox", FakeSession())
    await stage.click(named(stage, "outboxMore"))
    await stage.click(await there(stage, "menuReport"))
    await there(stage, "reason.illegal")
    assert not named(stage, "dialogAccept").isEnabled()
    await stage.key(Key.Key_Down, Key.Key_Space)
    note = named(stage, "abuseNote")
    note.forceActiveFocus()
    await stage.key("a")
    await stage.click(named(stage, "dialogAccept"))
    ((_, thing, reason, note_text),) = stage.session.asked("messages.report")
    assert (thing.index, reason, note_text) == (4, "disturbing_unannounced", "a")
    assert stage.says("Your report goes to the operator")
    await stage.click(named(stage, "outboxMore"))
    await stage.click(await there(stage, "menuReport"))
    await stage.until(lambda: stage.says("Waits for the next connection"))
    assert not any(item.objectName() == "dialogAccept" for item in stage.drawn())  # one for each thing


async def test_from_the_campaigns_page_and_its_menu(open_stage: OpenStage) -> None:
    session = FakeSession()
    stage = await open_stage("findWork", session)
    await stage.key(Key.Key_Return)
    await there(stage, "reportCampaign")
    # without a task of mine there is nobody to write about it to
    assert not any(item.objectName() == "messageRequester" for item in stage.drawn())
    session.messages.task = item_id(3)
    stage.talk.reload()
    button = await there(stage, "messageRequester")
    button.forceActiveFocus()
    await stage.key(Key.Key_Space)
    await there(stage, "talkWords")
    assert session.asked("messages.talk")[-1] == ("messages.talk", item_id(3))
    await stage.key(Key.Key_Escape)
    await stage.until(lambda: not any(item.objectName() == "talkWords" for item in stage.drawn()))
    named(stage, "reportCampaign").forceActiveFocus()
    await stage.key(Key.Key_Space)
    await there(stage, "reason.other")
    stage.abuse.leave()
    await stage.until(lambda: not any(item.objectName() == "reason.other" for item in stage.drawn()))
    await stage.click(named(stage, "campaignMore"))
    await stage.click(await there(stage, "menuReportCampaign"))
    await there(stage, "reason.other")


async def test_what_the_keyboard_is_on_comes_into_view(open_stage: OpenStage) -> None:
    stage = await open_stage("findWork", FakeSession())
    stage.window.resize(1024, 600)
    await stage.key(Key.Key_Return)
    button = await there(stage, "reportCampaign")
    take = named(stage, "takeTasks")
    edge = take.mapToScene(QPointF(0, 0)).y()
    assert button.mapToScene(QPointF(0, 0)).y() > edge  # below the fold
    button.forceActiveFocus(Qt.FocusReason.TabFocusReason)
    await stage.calm()
    assert button.mapToScene(QPointF(0, button.height())).y() <= edge
    named(stage, "closeCampaign").forceActiveFocus(Qt.FocusReason.TabFocusReason)
    await stage.calm()
    assert named(stage, "closeCampaign").mapToScene(QPointF(0, 0)).y() >= 0


async def test_the_button_sends_and_stays_for_the_next(open_stage: OpenStage) -> None:
    stage = await open_stage("outbox", FakeSession())
    await stage.key("m")
    field = await there(stage, "talkWords")
    assert not named(stage, "dialogAccept").isEnabled()
    await stage.key("h", "i")
    await stage.click(named(stage, "dialogAccept"))
    assert stage.session.asked("messages.write") == [("messages.write", row(stage).itemId, "hi")]
    assert stage.talk.property("open") and field.property("text") == ""


async def test_a_fault_is_shown_and_nothing_is_lost(open_stage: OpenStage) -> None:
    session = FakeSession()
    original = session.messages.write

    async def fails(item_id: str, text: str) -> None:
        raise NothingToDo("A message has 1 to 1,000 characters.", safe="Nothing was sent.")

    session.messages.write = fails  # type: ignore[method-assign]
    stage = await open_stage("outbox", session)
    await stage.key("m")
    await there(stage, "talkWords")
    await stage.key("q")
    await stage.key(Key.Key_Return, with_=Mod.ControlModifier)
    assert stage.says("A message has 1 to 1,000 characters.")
    session.messages.write = original  # type: ignore[method-assign]


async def test_hostile_words_are_drawn_as_plain_text(open_stage: OpenStage) -> None:
    session = FakeSession()
    session.messages.said = (THEIRS,)
    stage = await open_stage("outbox", session)
    with canary() as bird:
        for at, text in enumerate(hostile_strings(bird.url())):
            if at % 10 and at > 60:
                continue
            said = clean(text, max_length=1_000)
            session.messages.said = tuple(
                Message(f"{number}", mine, NOW, said, state)
                for number, (mine, state) in enumerate(((False, "received"), (True, "refused")))
            )
            if not stage.talk.property("open"):
                await stage.key("m")
                await there(stage, "talkWords")
            session.publish(Topic.OUTBOX)
            await stage.calm()
            drawn = [item.property("text") for item in stage.drawn() if item.objectName() == "talkText"]
            assert drawn == [said, said]
        assert find_rich_text(stage.window, stage.engine) == []
        assert stage.engine.interceptor.refused == []
        stage.close()
        assert bird.hits == []


def test_each_state_has_its_words() -> None:
    words = {
        row_of(Message("1", True, NOW, "x", state, problem)).stateText
        for state, problem in (("waiting", ""), ("sent", ""), ("refused", "late"), ("refused", "malformed"))
    }
    assert len(words) == 4
    assert row_of(Message("1", False, NOW, "x", "received")).stateText == ""
    assert not row_of(Message("1", False, NOW, "x", "received", reported=True)).canReport
