# SPDX-License-Identifier: Apache-2.0
"""Words with requesters about tasks: written offline, kept sealed, sent until answered; theirs come as events."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from gems_desktop.services.backoff import wait_s
from gems_desktop.services.context import Context
from gems_desktop.services.cursor import get_value, set_value
from gems_desktop.services.errors import NothingToDo, PlatformLied, PlatformRefused
from gems_desktop.services.facts import Topic
from gems_desktop.services.facts_messages import LONGEST, Message, Reported, Talk, Thing
from gems_desktop.services.offers import stored_campaign
from gems_desktop.services.outside import clean_line
from gems_desktop.services.ports import Tx
from gems_desktop.services.records import AbuseRecord, CampaignRecord, ItemRecord, MessageRecord
from gems_desktop.services.reporting import Reporting
from gems_desktop.services.verdicts import LATEST
from gems_protocol.text import clean

MUTED = "muted_threads"
_THREAD = re.compile(r"0x[0-9a-f]{64}", re.ASCII)
_MOST = 1 << 31


class MessagesService:
    """Implements Messages."""

    def __init__(self, context: Context) -> None:
        self._c = context
        self._reporting = Reporting(context)

    async def talk(self, item_id: str) -> Talk:
        """See Messages."""
        return await self._c.store.run(lambda tx: _talk(tx, _own(tx, item_id)))

    async def write(self, item_id: str, text: str) -> None:
        """See Messages."""
        said = clean(text, max_length=LONGEST).strip()
        if not said or len(text) > LONGEST:
            raise NothingToDo("A message has 1 to 1,000 characters.", safe="Nothing was sent.")
        now, name = self._c.platform.time(), "0x" + self._c.random_id().hex()

        def keep(tx: Tx) -> None:
            item = _own(tx, item_id)
            tx.put(MessageRecord(name, item.campaign_id, item.index, "", 0, now, said, "waiting"))

        await self._c.store.run(keep)
        self._c.publish(Topic.OUTBOX, Topic.CONNECTION)

    async def take_back(self, message_id: str) -> None:
        """See Messages."""

        def work(tx: Tx) -> None:
            record = tx.get(MessageRecord, message_id)
            if record is not None and record.state in ("waiting", "refused"):
                tx.remove(MessageRecord, message_id)

        await self._c.store.run(work)
        self._c.publish(Topic.OUTBOX, Topic.CONNECTION)

    async def see(self, item_id: str) -> None:
        """See Messages."""

        def work(tx: Tx) -> int:
            item = _own(tx, item_id)
            fresh = tx.find(MessageRecord, campaign_id=item.campaign_id, index=item.index, seen=False)
            tx.change(MessageRecord, tuple(one.message_id for one in fresh), seen=True)
            return len(fresh)

        if await self._c.store.run(work):
            self._c.publish(Topic.OUTBOX)

    async def mute(self, item_id: str, on: bool) -> None:
        """See Messages."""
        thread = (await self.talk(item_id)).thread_id
        if not thread:
            raise NothingToDo("Nobody has written here yet.")
        await self._c.platform.post(f"/v1/threads/{thread}/mute", {"muted": on})

        def keep(tx: Tx) -> None:
            others = [one for one in get_value(tx, MUTED, []) if one != thread]
            set_value(tx, MUTED, [*others, thread] if on else others or None)

        await self._c.store.run(keep)
        self._c.publish(Topic.OUTBOX)

    async def unread(self) -> frozenset[tuple[str, int]]:
        """See Messages."""
        rows = await self._c.store.run(
            lambda tx: tx.rows(MessageRecord, ("campaign_id", "index"), state="received", seen=False)
        )
        return frozenset((str(campaign_id), int(index)) for campaign_id, index in rows)

    async def newest_task(self, campaign_id: str) -> str:
        """See Messages."""
        rows = await self._c.store.run(
            lambda tx: tx.rows(
                ItemRecord,
                ("item_id",),
                order="changed_at",
                descending=True,
                limit=1,
                kind="work",
                campaign_id=campaign_id,
            )
        )
        return str(rows[0][0]) if rows else ""

    async def thing_of(self, item_id: str) -> Thing:
        """See Messages."""
        item = await self._c.store.run(lambda tx: tx.get(ItemRecord, item_id))
        if item is None:
            raise NothingToDo("This task is not on this computer.")
        return Thing(item.campaign_id, item.index)

    async def report(self, thing: Thing, reason: str, note: str) -> None:
        """See Messages."""
        await self._reporting.write(thing, reason, note)

    async def reported(self, key: str) -> Reported | None:
        """See Messages."""
        found = await self._c.store.run(lambda tx: tx.get(AbuseRecord, key))
        return None if found is None else Reported(found.thing, found.reason, found.at, found.state)

    async def send(self) -> None:
        """Send what waits, the earliest first. What the platform refuses is marked and holds nothing else up."""
        now = self._c.platform.time()
        waiting = await self._c.store.run(lambda tx: tx.find(MessageRecord, order="at", state="waiting"))
        for record in waiting:
            if record.next_at <= now:
                await self._send(record, now)
        if waiting:
            self._c.publish(Topic.OUTBOX)
        await self._reporting.send(now)

    async def _send(self, record: MessageRecord, now: int) -> None:
        path = f"/v1/campaigns/{record.campaign_id}/tasks/{record.index}/messages"
        body = {"request_id": record.message_id, "text": record.text}
        try:
            kept = _kept(record, await self._c.platform.post(path, body))
        except PlatformRefused as error:
            code, again = error.code, error.retryable
        except PlatformLied as error:
            code, again = type(error).__name__, True
        else:
            await self._c.store.run(lambda tx: _arrived(tx, record, kept))
            return
        wait = int(wait_s(record.tries + 1, self._c.clock.random_bytes(2))) + 1
        later = replace(record, tries=record.tries + 1, problem=code, next_at=now + wait)
        await self._c.store.run(lambda tx: tx.put(later if again else replace(later, state="refused")))


def take_message(tx: Tx, event: dict[str, Any]) -> None:
    """What a requester wrote to me; raises PlatformLied for an event that says something else.

    What a worker wrote to me as a requester is for `gems campaign messages`.
    """
    told = event["message"]
    thread, campaign_id, index = event["thread_id"], event["campaign_id"], event["index"]
    _check(thread, told["seq"], told["at"])
    sound = isinstance(campaign_id, str) and _THREAD.fullmatch(campaign_id) and type(told["text"]) is str
    if not sound or type(index) is not int or not 0 <= index < _MOST:
        raise PlatformLied("a message is malformed.")
    name = f"{thread}:{told['seq']}"
    if told["by"] != "requester" or tx.get(MessageRecord, name) is not None:
        return
    text = clean(told["text"], max_length=LONGEST)
    tx.put(
        MessageRecord(name, campaign_id, index, thread, told["seq"], told["at"], text, "received", seen=False)
    )


def _check(thread: object, seq: object, at: object) -> None:
    if not isinstance(thread, str) or not _THREAD.fullmatch(thread):
        raise PlatformLied("a message is malformed.")
    if type(seq) is not int or not 1 <= seq < _MOST or type(at) is not int or not 0 <= at < LATEST:
        raise PlatformLied("a message is malformed.")


def _kept(record: MessageRecord, answer: Any) -> MessageRecord:
    if not isinstance(answer, dict) or not answer.keys() >= {"thread_id", "seq", "at"}:
        raise PlatformLied("its answer to a message is malformed.")
    thread, seq, at = answer["thread_id"], answer["seq"], answer["at"]
    _check(thread, seq, at)
    name = f"{thread}:{seq}"
    return replace(record, message_id=name, thread_id=thread, seq=seq, at=at, state="sent", problem="")


def _arrived(tx: Tx, record: MessageRecord, kept: MessageRecord) -> None:
    tx.remove(MessageRecord, record.message_id)
    tx.put(kept)


def _own(tx: Tx, item_id: str) -> ItemRecord:
    item = tx.get(ItemRecord, item_id)
    if item is None or item.kind != "work":
        raise NothingToDo("This task is not on this computer.")
    return item


def _talk(tx: Tx, item: ItemRecord) -> Talk:
    rows = tx.find(MessageRecord, campaign_id=item.campaign_id, index=item.index)
    rows.sort(key=lambda row: (row.seq == 0, row.seq, row.at, row.message_id))
    campaign = tx.get(CampaignRecord, item.campaign_id)
    title = clean_line(stored_campaign(campaign).manifest.title) if campaign is not None else ""
    thread = next((row.thread_id for row in rows if row.thread_id), "")
    return Talk(
        item_id=item.item_id,
        title=title,
        number=item.index + 1,
        messages=tuple(_message(tx, row) for row in rows),
        thread_id=thread,
        muted=bool(thread) and thread in get_value(tx, MUTED, []),
    )


def _message(tx: Tx, row: MessageRecord) -> Message:
    mine = row.state != "received"
    reported = not mine and tx.get(AbuseRecord, row.message_id) is not None
    return Message(row.message_id, mine, row.at, row.text, row.state, row.problem, reported, not row.seen)
