# SPDX-License-Identifier: Apache-2.0
"""Reports of what is wrong with a campaign, a task or a message: written offline, one for each, sent until answered."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from gems_desktop.services.backoff import wait_s
from gems_desktop.services.context import Context
from gems_desktop.services.errors import NothingToDo, PlatformLied, PlatformRefused
from gems_desktop.services.facts import Topic
from gems_desktop.services.facts_messages import LONGEST_NOTE, REASONS, Thing
from gems_desktop.services.ports import Tx
from gems_desktop.services.records import AbuseRecord
from gems_protocol.text import clean

_TAKEN = "conflict"  # it is there already: another computer of mine has reported it


class Reporting:
    """The reports of one profile."""

    def __init__(self, context: Context) -> None:
        self._c = context

    async def write(self, thing: Thing, reason: str, note: str) -> None:
        """See Messages.report."""
        if reason not in REASONS or len(note) > LONGEST_NOTE:
            raise NothingToDo("Choose what is wrong, and say it in at most 500 characters.")
        now, name = self._c.platform.time(), "0x" + self._c.random_id().hex()
        thread, _, seq = thing.message_id.partition(":")
        made = AbuseRecord(
            thing=thing.key,
            request_id=name,
            campaign_id=thing.campaign_id,
            index=thing.index,
            thread_id=thread,
            seq=int(seq or 0),
            reason=reason,
            note=clean(note, max_length=LONGEST_NOTE).strip(),
            at=now,
            state="waiting",
        )

        def keep(tx: Tx) -> None:
            before = tx.get(AbuseRecord, thing.key)
            if before is not None and before.state != "refused":
                raise NothingToDo("You have reported this already.", safe="The first report stands.")
            tx.put(made)

        await self._c.store.run(keep)
        self._c.publish(Topic.OUTBOX, Topic.CAMPAIGNS, Topic.CONNECTION)

    async def send(self, now: int) -> None:
        """Send what waits, the earliest first; raises Offline."""
        waiting = await self._c.store.run(lambda tx: tx.find(AbuseRecord, order="at", state="waiting"))
        for record in waiting:
            if record.next_at <= now:
                await self._send(record, now)
        if waiting:
            self._c.publish(Topic.OUTBOX, Topic.CAMPAIGNS)

    async def _send(self, record: AbuseRecord, now: int) -> None:
        code, again = "", False
        try:
            await self._c.platform.post("/v1/reports", _body(record))
        except PlatformRefused as error:
            code, again = error.code, error.retryable
        except PlatformLied as error:
            code, again = type(error).__name__, True
        if code in ("", _TAKEN):
            done = replace(record, state="sent", problem="")
        else:
            wait = int(wait_s(record.tries + 1, self._c.clock.random_bytes(2))) + 1
            state = "waiting" if again else "refused"
            done = replace(record, state=state, tries=record.tries + 1, next_at=now + wait, problem=code)
        await self._c.store.run(lambda tx: tx.put(done))


def _body(record: AbuseRecord) -> dict[str, Any]:
    about: dict[str, Any] = {"campaign_id": record.campaign_id}
    if record.thread_id:
        about = {"thread_id": record.thread_id, "seq": record.seq}
    elif record.index >= 0:
        about["index"] = record.index
    return {"request_id": record.request_id, "reason": record.reason, "note": record.note, **about}
