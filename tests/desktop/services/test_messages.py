# SPDX-License-Identifier: Apache-2.0
"""Words with requesters: written without a network, sent once, theirs received once; reports likewise."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import select

from gems_desktop.services.errors import NothingToDo, Offline, PlatformLied
from gems_desktop.services.facts_messages import Message, Thing
from gems_desktop.services.live import LiveSession
from gems_desktop.services.messages import take_message
from gems_desktop.services.records import EventRecord, MessageRecord
from gems_platform.abuse.tables import AbuseRow
from gems_platform.messaging.tables import MessageRow
from tests.desktop.services.conftest import Open, TestClock
from tests.helpers.hostile import hostile_strings
from tests.platform.test_messages import says
from tests.platform.world import World


class Line:
    """Stands between a session and its platform; may be cut, before or behind the platform."""

    def __init__(self, session: LiveSession, monkeypatch: pytest.MonkeyPatch) -> None:
        self.cut, self.deaf = False, False
        self._real = session.context.platform.post
        monkeypatch.setattr(session.context.platform, "post", self)

    async def __call__(self, path: str, body: Any) -> Any:
        if self.cut:
            raise Offline
        found = await self._real(path, body)
        if self.deaf and (path.endswith("/messages") or path == "/v1/reports"):
            raise Offline
        return found


async def at_work(live: World, opened: Open, count: int = 1) -> tuple[LiveSession, str, str]:
    """A miner with leased tasks; the campaign, and one of the tasks."""
    miner = await opened("miner")
    campaign = await live.campaign(count)
    await miner.sync.fetch_batch(campaign, count)
    task = await miner.work.current()
    assert task is not None
    return miner, campaign, task.item_id


def shown(messages: tuple[Message, ...]) -> list[tuple[str, str]]:
    return [(one.text, one.state) for one in messages]


async def test_written_offline_sent_once_and_answered(
    live: World, opened: Open, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    miner, campaign, item = await at_work(live, opened)
    line = Line(miner, monkeypatch)
    await miner.notices.collect()
    line.cut = True
    await miner.messages.write(item, "Is irony good or bad?")
    with pytest.raises(Offline):
        await miner.sync.flush()
    assert shown((await miner.messages.talk(item)).messages) == [("Is irony good or bad?", "waiting")]
    assert (await miner.sync.facts()).unsent == 1
    await miner.close()

    miner = await opened("miner")  # it is still there after a restart
    line = Line(miner, monkeypatch)
    line.deaf = True
    with pytest.raises(Offline):
        await miner.sync.flush()  # the platform has it, its answer was lost
    line.deaf = False
    await miner.sync.flush()
    await miner.sync.flush()
    talk = await miner.messages.talk(item)
    assert shown(talk.messages) == [("Is irony good or bad?", "sent")]
    assert (await miner.sync.facts()).unsent == 0
    with live.server.app.state.context.db.read() as session:
        assert len(session.scalars(select(MessageRow)).all()) == 1

    requester = await live.person("requester")
    (thread,) = (await requester.get(f"/v1/campaigns/{campaign}/threads"))["threads"]
    await requester.post(f"/v1/threads/{thread['thread_id']}/messages", says("Bad, please."))
    await miner.sync.pull()
    talk = await miner.messages.talk(item)
    assert shown(talk.messages) == [("Is irony good or bad?", "sent"), ("Bad, please.", "received")]
    assert talk.title == "Moods"
    assert await miner.messages.unread() == {(campaign, thread["index"])}
    await miner.notices.collect()
    (notice,) = [one for one in await miner.notices.facts() if one.what == "message"]
    assert (notice.count, notice.texts) == (1, ("Moods",))  # never the words themselves
    await miner.messages.see(item)
    assert not await miner.messages.unread()

    await miner.messages.mute(item, True)
    assert (await miner.messages.talk(item)).muted
    await requester.post(f"/v1/threads/{thread['thread_id']}/messages", says("More."))
    await miner.sync.pull()
    assert len((await miner.messages.talk(item)).messages) == 2


async def test_what_cannot_be_sent_says_so_and_holds_nothing_up(
    live: World, opened: Open, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    miner, _campaign, item = await at_work(live, opened)
    for text in ("", " \n", "x" * 1_001):
        with pytest.raises(NothingToDo):
            await miner.messages.write(item, text)
    with pytest.raises(NothingToDo):
        await miner.messages.talk("0x" + "00" * 32)
    await miner.messages.write(item, "A slip.")
    (slip,) = (await miner.messages.talk(item)).messages
    await miner.messages.take_back(slip.message_id)
    assert (await miner.messages.talk(item)).messages == ()

    for number in range(11):  # one more than a thread takes in an hour
        await miner.messages.write(item, f"No. {number}")
        clock.at += 1
    await miner.sync.flush()
    states = [one.state for one in (await miner.messages.talk(item)).messages]
    assert states == ["sent"] * 10 + ["waiting"]
    await miner.sync.flush()  # nothing is raised, and it is not asked again at once
    clock.at += 3_600
    await miner.sync.flush()
    assert {one.state for one in (await miner.messages.talk(item)).messages} == {"sent"}

    async def refuses(path: str, body: Any) -> Any:
        from gems_desktop.services.errors import PlatformRefused

        raise PlatformRefused("late", "Too late.")

    await miner.messages.write(item, "After the end.")
    monkeypatch.setattr(miner.context.platform, "post", refuses)
    await miner.sync.messages.send()
    last = (await miner.messages.talk(item)).messages[-1]
    assert (last.state, last.problem) == ("refused", "late")


async def test_hostile_words_are_kept_as_plain_text(live: World, opened: Open) -> None:
    miner, campaign, item = await at_work(live, opened)
    event = {"thread_id": "0x" + "ab" * 32, "campaign_id": campaign, "index": 0}
    texts = hostile_strings()

    def take(tx: Any) -> None:
        for seq, text in enumerate(texts, 1):
            take_message(tx, {**event, "message": {"seq": seq, "at": 5, "by": "requester", "text": text}})
            take_message(tx, {**event, "message": {"seq": seq, "at": 6, "by": "requester", "text": "Again."}})

    await miner.context.store.run(take)
    found = (await miner.messages.talk(item)).messages
    assert len(found) == len(texts)
    assert not any(
        set(one.text) & set("\u202e\u2066\u0000\u001b\u200b\ufeff") or len(one.text) > 1_000 for one in found
    )
    good = {"seq": 1, "at": 5, "by": "requester", "text": "x"}
    for wrong in (
        {**event, "thread_id": "../x", "message": good},
        {**event, "index": -1, "message": good},
        {**event, "index": True, "message": good},
        {**event, "message": {**good, "seq": 0}},
        {**event, "message": {**good, "at": 1 << 70}},
        {**event, "message": {**good, "text": None}},
    ):
        with pytest.raises(PlatformLied):
            await miner.context.store.run(lambda tx, each=wrong: take_message(tx, each))  # type: ignore[misc]


async def test_an_older_client_passes_over_what_it_does_not_know(live: World, opened: Open) -> None:
    """The control for the new kind of event: one that nobody knows is kept as such, and what follows happens."""
    miner, campaign, item = await at_work(live, opened)
    requester = await live.person("requester")
    from gems_platform.events import repository as events

    me = (await miner.wallet.facts()).address
    with live.server.app.state.context.db.write() as session:
        events.add(session, me, "of_the_future", live.clock.at, {"message": {"by": "requester"}})
    await requester.post(f"/v1/campaigns/{campaign}/tasks/0/messages", says("Hello."))
    await miner.sync.pull()
    kept = await miner.context.store.run(lambda tx: tx.find(EventRecord, order="seq"))
    assert [(one.kind, one.refused) for one in kept[-2:]] == [("of_the_future", True), ("message", False)]
    assert shown((await miner.messages.talk(item)).messages) == [("Hello.", "received")]


async def test_a_report_is_written_offline_and_arrives_once(
    live: World, opened: Open, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    miner, campaign, item = await at_work(live, opened)
    requester = await live.person("requester")
    await requester.post(f"/v1/campaigns/{campaign}/tasks/0/messages", says("Write me at x@y.z"))
    await miner.sync.pull()
    (message,) = (await miner.messages.talk(item)).messages
    line = Line(miner, monkeypatch)
    line.cut = True
    about = (Thing(campaign), Thing(campaign, 0), Thing(campaign, 0, message.message_id))
    for thing, reason in zip(about, ("illegal", "personal_data", "scam_or_off_platform_pay"), strict=True):
        await miner.messages.report(thing, reason, "Look\u202e at it.")
        with pytest.raises(NothingToDo):
            await miner.messages.report(thing, reason, "")
    with pytest.raises(NothingToDo):
        await miner.messages.report(Thing("0x" + "cd" * 32), "boring", "")
    assert (await miner.sync.facts()).unsent == 3
    line.cut, line.deaf = False, True
    with pytest.raises(Offline):
        await miner.sync.flush()
    line.deaf = False
    clock.at += 1
    await miner.sync.flush()
    for thing in about:
        told = await miner.messages.reported(thing.key)
        assert told is not None and told.state == "sent"
    assert (await miner.messages.talk(item)).messages[0].reported
    with live.server.app.state.context.db.read() as session:
        rows = session.scalars(select(AbuseRow).order_by(AbuseRow.kind)).all()
        assert [(row.kind, row.note, row.state) for row in rows] == [
            (kind, "Look\ufffd at it.", "open") for kind in ("campaign", "message", "task")
        ]


async def test_words_are_sealed_at_rest(live: World, opened: Open) -> None:
    miner, _campaign, item = await at_work(live, opened)
    await miner.messages.write(item, "CANARY-of-words")
    path = miner.context.store.path  # type: ignore[attr-defined]
    await miner.close()
    held = b"".join(file.read_bytes() for file in path.parent.iterdir() if file.is_file())
    assert b"CANARY-of-words" not in held
    assert json.dumps(MessageRecord.SEALED) == '["text"]'
