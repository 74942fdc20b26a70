# SPDX-License-Identifier: Apache-2.0
"""Notices out of a real store: once each, over restarts too, and nothing of what was before they came to be."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from gems_desktop.adapters.store import SqliteStore
from gems_desktop.services import notices, notices_here
from gems_desktop.services.cursor import set_value
from gems_desktop.services.facts_notices import Notice, Outside
from gems_desktop.services.notices import NoticesService
from gems_desktop.services.records import (
    BatchRecord,
    CampaignRecord,
    ClaimRecord,
    EventRecord,
    ItemRecord,
    Record,
)
from gems_desktop.services.set_aside import put_aside
from gems_desktop.services.troubles import tell
from gems_protocol.amount import ZERO, Amount

NOW = 1_800_000_000
HOUR = 3_600


class Desk:
    """A store in a folder, with a clock; `restart` opens it again, with a service that remembers nothing."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.at, self.published = folder, NOW, 0
        self.seq = 0

    async def restart(self) -> None:
        if hasattr(self, "store"):
            await self.store.close()
        self.store = SqliteStore(self.folder)
        await self.store.open()
        await self.store.open_sealed(bytearray(32))
        clock: Any = SimpleNamespace(time=lambda: self.at, now=lambda: self.at)
        context: Any = SimpleNamespace(store=self.store, platform=clock, clock=clock, publish=self._heard)
        self.notices = NoticesService(context)

    def _heard(self, *_topics: object) -> None:
        self.published += 1

    async def put(self, *records: Record) -> None:
        await self.store.run(lambda tx: tx.put(*records))

    async def event(self, kind: str, refused: bool = False, **body: Any) -> None:
        self.seq += 1
        await self.put(
            EventRecord(self.seq, self.at, kind, json.dumps(body), "no" if refused else "", refused)
        )

    async def new(self) -> list[Notice]:
        """What is new, after everything was read."""
        await self.notices.collect()
        found = [notice for notice in await self.notices.facts() if not notice.seen]
        await self.notices.see()
        return found


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    made = Desk(tmp_path)
    await made.restart()
    await made.notices.collect()
    yield made
    await made.store.close()


def item(name: str, **values: Any) -> ItemRecord:
    whole: dict[str, Any] = {
        "item_id": name,
        "batch_id": "b",
        "campaign_id": "c",
        "kind": "work",
        "position": 1,
        "index": 0,
        "attempt": 0,
        "round": 0,
        "reward": Amount(10),
        "stake": ZERO,
        "due_at": NOW + 100 * HOUR,
        "state": "DELIVERED",
        "changed_at": NOW,
        "assignment": "{}",
        "signature": "",
        "data": "{}",
        "start": "[]",
        "media": "[]",
    }
    return ItemRecord(**(whole | values))


async def test_verdicts_are_one_notice_and_never_come_again(desk: Desk) -> None:
    for n in range(12):
        await desk.put(item(f"i{n}"))
        await desk.event("verdict", assignment_hash=f"i{n}", accepted=n != 3, final=False)
    (notice,) = await desk.new()
    assert (notice.what, notice.count, notice.good, notice.bad) == ("judged", 12, 11, 1)
    await desk.restart()
    assert await desk.new() == []
    for n in range(12):  # now for good, and as they were
        await desk.event("verdict", assignment_hash=f"i{n}", accepted=n != 3, final=True)
    assert await desk.new() == []


async def test_a_verdict_that_turns_is_told_again(desk: Desk) -> None:
    await desk.put(item("a"), item("b"))
    await desk.event("verdict", assignment_hash="a", accepted=True, final=False)
    await desk.event("verdict", assignment_hash="b", accepted=False, final=False)
    await desk.new()
    await desk.event("verdict", assignment_hash="a", accepted=False, final=True)
    await desk.put(item("b", appeal_state="won", appeal_by="miner"))
    await desk.event("verdict", assignment_hash="b", accepted=True, final=True)
    told = {notice.what: (notice.good, notice.bad) for notice in await desk.new()}
    assert told == {"judged": (0, 1), "appeals_decided": (1, 0)}


async def test_a_refused_event_is_told_when_it_holds(desk: Desk) -> None:
    await desk.put(item("a"))
    await desk.event("verdict", refused=True, assignment_hash="a", accepted=True, final=True)
    assert await desk.new() == []
    body = json.dumps({"assignment_hash": "a", "accepted": True, "final": True})
    await desk.put(EventRecord(desk.seq, desk.at, "verdict", body))
    assert [notice.what for notice in await desk.new()] == ["judged"]
    assert await desk.new() == []


async def test_what_was_before_is_not_told(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    await desk.restart()
    await desk.put(item("a"), claim("old", "CLAIMED"))
    await desk.event("verdict", assignment_hash="a", accepted=True, final=True)
    assert await desk.new() == []
    await desk.store.close()


async def test_pages_of_events_are_all_told(desk: Desk) -> None:
    await desk.put(*(item(f"i{n}") for n in range(1_100)))
    for n in range(1_100):
        await desk.event("verdict", assignment_hash=f"i{n}", accepted=True, final=True)
    assert [notice.count for notice in await desk.new()] == [1_100]


async def test_a_deadline_is_told_once_a_batch(desk: Desk) -> None:
    await desk.put(BatchRecord("b", "work", "c", "", 3, ZERO, NOW + 20 * HOUR, NOW))
    due = {"state": "LEASED", "due_at": NOW + 20 * HOUR}
    await desk.put(item("a", **due), item("b", **due), item("done", due_at=NOW + 20 * HOUR))
    assert await desk.new() == []
    desk.at += 15 * HOUR
    (notice,) = await desk.new()
    assert (notice.what, notice.count, notice.moment) == ("due", 2, NOW + 20 * HOUR)
    await desk.restart()
    assert await desk.new() == []


async def test_a_short_lease_is_not_warned_of_at_once(desk: Desk) -> None:
    await desk.put(BatchRecord("b", "work", "c", "", 1, ZERO, NOW + 2 * HOUR, NOW))
    await desk.put(item("a", state="LEASED", due_at=NOW + 2 * HOUR))
    assert await desk.new() == []
    desk.at += 91 * 60
    assert [notice.what for notice in await desk.new()] == ["due"]


def claim(name: str, state: str) -> ClaimRecord:
    return ClaimRecord(name, "ch", ZERO, Amount(500), Amount(20), "", 0, "{}", state, "", NOW)


async def test_claims_are_told_by_what_arrives(desk: Desk) -> None:
    await desk.put(claim("a", "SENT"), claim("b", "SENT"))
    assert await desk.new() == []
    await desk.put(claim("a", "CLAIMED"), claim("b", "FAILED"))
    told = {notice.what: notice.amount for notice in await desk.new()}
    assert told == {"claimed": Amount(480), "claim_failed": Amount(480)}
    await desk.restart()
    assert await desk.new() == []


async def test_a_closing_channel_leaves_the_window_once_also_at_night(desk: Desk) -> None:
    await desk.store.run(lambda tx: tell(tx, "closing_hub", NOW))
    await desk.notices.collect()
    silent = Outside(kinds=frozenset(), on=False)
    (alert,) = await desk.notices.to_tell(silent, 0, looking=True)
    assert (alert.what, alert.texts) == ("trouble", ("closing_hub",))
    await desk.restart()
    await desk.notices.collect()
    assert await desk.notices.to_tell(silent, 0, looking=True) == ()


async def test_a_crash_between_noting_and_telling_tells_nothing_twice(desk: Desk) -> None:
    """The notice and the cursor move in one transaction: both or neither."""
    await desk.put(item("a"))
    await desk.event("verdict", assignment_hash="a", accepted=True, final=True)
    await desk.store.run(lambda tx: set_value(tx, "notices_begun", True))
    await desk.notices.collect()
    await desk.restart()
    await desk.notices.collect()
    assert [notice.count for notice in await desk.notices.facts()] == [1]


async def test_control_without_the_cursor_it_would_be_told_again(desk: Desk) -> None:
    await desk.put(item("a"))
    await desk.event("verdict", assignment_hash="a", accepted=True, final=True)
    await desk.new()
    await desk.store.run(lambda tx: set_value(tx, "notices_after", 0))
    assert [notice.what for notice in await desk.new()] == ["judged"]


def offer(name: str, requester: str, tasks_open: int) -> Any:
    terms, manifest = (
        SimpleNamespace(requester=requester),
        SimpleNamespace(title=f"Title of {name}", content_warning=""),
    )
    shown = {"tasks_open": tasks_open}
    return SimpleNamespace(campaign_id=name, terms=terms, manifest=manifest, shown=shown)


async def test_new_work_is_told_where_it_is_watched(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of requesters that I worked for and campaigns that I chose; again only after half a day."""
    offers: dict[str, Any] = {}
    for module in (notices_here, notices):
        monkeypatch.setattr(module, "stored_campaign", lambda record: offers[record.campaign_id])
    await desk.put(item("mine", campaign_id="old"))

    async def listed(**tasks_open: int) -> list[Notice]:
        desk.at += 60
        whose = {"old": "r1", "same": "r1", "other": "r2", "chosen": "r3"}
        offers.update({name: offer(name, whose[name], count) for name, count in tasks_open.items()})
        await desk.put(*(CampaignRecord(name, "{}", "", True, desk.at) for name in tasks_open))
        return await desk.new()

    assert await listed(old=0, same=0, other=0, chosen=0) == []  # the first list is no news
    assert not await desk.notices.watched("chosen")
    await desk.notices.watch("chosen", True)
    assert await desk.notices.watched("chosen")
    (told,) = await listed(old=0, same=4, other=4, chosen=4)
    assert (told.what, told.count, set(told.texts)) == ("new_work", 2, {"Title of same", "Title of chosen"})
    assert await listed(old=0, same=0, other=4, chosen=4) == []
    assert await listed(old=0, same=9, other=4, chosen=4) == []  # it comes and goes
    desk.at += 13 * HOUR
    await listed(old=0, same=0, other=4, chosen=0)
    await desk.notices.watch("chosen", False)
    assert [notice.texts for notice in await listed(old=0, same=9, other=4, chosen=4)] == [("Title of same",)]
    desk.at += 13 * HOUR
    await listed(old=0, same=0, other=0, chosen=0)
    await desk.store.run(lambda tx: put_aside(tx, requester="r1", on=True))
    assert await listed(old=4, same=4, other=0, chosen=0) == []  # blocked, though I worked there
