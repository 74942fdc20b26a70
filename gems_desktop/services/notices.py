# SPDX-License-Identifier: Apache-2.0
"""What happened, as notices: each once. What was told is noted in the transaction that tells it, so that neither a
restart nor a crash says anything twice."""

from __future__ import annotations

import json
from typing import Any

from gems_desktop.services.context import Context
from gems_desktop.services.cursor import get_value, set_value
from gems_desktop.services.facts import Topic
from gems_desktop.services.facts_notices import WHAT, Notice, Outside, as_text
from gems_desktop.services.notices_here import WATCHED, from_here, is_watched, known
from gems_desktop.services.notices_judged import from_events
from gems_desktop.services.notices_rules import KEPT, choose, grouped
from gems_desktop.services.offers import stored_campaign
from gems_desktop.services.ports import Tx
from gems_desktop.services.queries import UpTo
from gems_desktop.services.records import CampaignRecord, NoticeMark, NoticeRecord
from gems_protocol.amount import Amount

_MARKS_KEPT_S = 400 * 24 * 3_600
NEVER_S = 1 << 40
_PAGES = 40  # of events that one look takes in


class NoticesService:
    """Implements Notices."""

    def __init__(self, context: Context) -> None:
        self._c = context
        self._last = -NEVER_S  # when something left the window

    async def collect(self) -> int:
        """See Notices."""
        now, new, more = self._c.platform.time(), 0, True
        for _ in range(_PAGES):
            count, more = await self._c.store.run(lambda tx: _collect(tx, now))
            new += count
            if not more:
                break
        if new:
            self._c.publish(Topic.NOTICES)
        return new

    async def facts(self) -> tuple[Notice, ...]:
        """See Notices."""
        return await self._c.store.run(lambda tx: tuple(_notice(row) for row in _newest(tx)))

    async def see(self, only: str = "") -> None:
        """See Notices."""

        def work(tx: Tx) -> None:
            for (notice_id,) in tx.rows(NoticeRecord, ("notice_id",), seen=False):
                if only in ("", notice_id):
                    tx.change(NoticeRecord, notice_id, seen=True, told=True)

        await self._c.store.run(work)
        self._c.publish(Topic.NOTICES)

    async def to_tell(self, options: Outside, local_minute: int, looking: bool) -> tuple[Notice, ...]:
        """See Notices."""
        now, here = self._c.platform.time(), self._c.clock.now()

        def work(tx: Tx) -> tuple[Notice, ...]:
            waiting = [_notice(row) for row in tx.find(NoticeRecord, order="notice_id", told=False)]
            choice = choose(
                waiting, options, now=now, minute=local_minute, since=abs(here - self._last), looking=looking
            )
            for notice in choice.done:
                tx.change(NoticeRecord, notice.notice_id, told=True)
            return choice.tell

        found = await self._c.store.run(work)
        if found:
            self._last = here
        return found

    async def watched(self, about: str) -> bool:
        """See Notices."""
        return await self._c.store.run(
            lambda tx: is_watched(_requester(tx, about), get_value(tx, WATCHED, {}), known(tx))
        )

    async def watch(self, about: str, on: bool) -> None:
        """See Notices."""
        await self._c.store.run(
            lambda tx: set_value(tx, WATCHED, get_value(tx, WATCHED, {}) | {_requester(tx, about): on})
        )
        self._c.publish(Topic.NOTICES, Topic.CAMPAIGNS)


def _requester(tx: Tx, about: str) -> str:
    """The requester of a campaign, or the address itself."""
    record = tx.get(CampaignRecord, about)
    return stored_campaign(record).terms.requester if record is not None else about


def _collect(tx: Tx, now: int) -> tuple[int, bool]:
    """One page of what happened as notices; how many are new or grew, and whether there is more."""
    judged, more = from_events(tx)
    happened = [*judged, *from_here(tx, now)]
    if not happened:
        return 0, more
    kept = tx.find(NoticeRecord, order="notice_id")
    unread = [_notice(row) for row in kept if not row.seen and not row.told]
    first = 1 + int(kept[-1].notice_id) if kept else 1
    made = grouped(happened, unread, first)
    tx.put(*(_record(notice) for notice in made))
    for row in kept[: max(0, len(kept) + len(made) - KEPT)]:
        tx.remove(NoticeRecord, row.notice_id)
    for old in tx.find(NoticeMark, limit=100, at=UpTo(now - _MARKS_KEPT_S)):
        tx.remove(NoticeMark, old.mark)
    return len(made), more


def _newest(tx: Tx) -> list[NoticeRecord]:
    return tx.find(NoticeRecord, order="at", descending=True, limit=KEPT)


def _record(notice: Notice) -> NoticeRecord:
    about = json.dumps(as_text(notice))
    return NoticeRecord(
        notice.notice_id, notice.at, notice.kind, notice.what, about, notice.seen, notice.told
    )


def _notice(row: NoticeRecord) -> Notice:
    about: dict[str, Any] = json.loads(row.about)
    return Notice(
        notice_id=row.notice_id,
        at=row.at,
        what=row.what if row.what in WHAT else "trouble",
        count=about["count"],
        good=about["good"],
        bad=about["bad"],
        amount=Amount(int(about["amount"])),
        texts=tuple(about["texts"]),
        moment=about["moment"],
        seen=row.seen,
        told=row.told,
    )
