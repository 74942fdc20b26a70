# SPDX-License-Identifier: Apache-2.0
"""What happened: the platform's events in order, each checked by the protocol's rules before anything moves.

An event that does not hold is kept with its problem and shown; nothing of mine changes because of it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from gems_desktop.services.channels import channel_record, line_known, line_record
from gems_desktop.services.context import Context
from gems_desktop.services.cursor import get_value, set_value
from gems_desktop.services.errors import ChainUnreachable, PlatformLied
from gems_desktop.services.facts import ItemState, Topic
from gems_desktop.services.former_life import is_former, is_news, prepare, redo_passed, refused, take_former
from gems_desktop.services.messages import take_message
from gems_desktop.services.owing import stake_back
from gems_desktop.services.ports import ChannelState, Tx
from gems_desktop.services.records import ChannelRecord, EventRecord, ItemRecord, LineRecord
from gems_desktop.services.verdicts import LATEST, take_appealed, take_review_verdict, take_verdict
from gems_desktop.services.vouchers import UNKNOWN_WORK, receive
from gems_protocol.amount import MalformedAmount
from gems_protocol.errors import BadSignature, MalformedMessage, MoneyDiffers
from gems_protocol.lines import Line, LineKind
from gems_protocol.messages import Voucher
from gems_protocol.verification import NotOffered

PAGE = 500
CURSOR = "events_after"
_STAKES = (LineKind.STAKE_BACK, LineKind.REVIEW_STAKE_BACK)
_UNDELIVERED = (
    ItemState.LEASED.name,
    ItemState.DRAFT.name,
    ItemState.FINISHED.name,
    ItemState.SEALED.name,
    ItemState.SENDING.name,
    ItemState.EXPIRED.name,
)


@dataclass(frozen=True, slots=True)
class _LastSeen:
    """A ChannelState from the store; more may lie in the channel by now, never less while it is open."""

    deposit: int
    claimed: int
    closing: int


def _covered(record: ChannelRecord, event: dict[str, Any]) -> bool:
    """Whether the deposit that was seen last is enough for a voucher, and the channel was open."""
    try:
        voucher = Voucher.from_json(event["voucher"]["message"])
    except (MalformedMessage, KeyError, TypeError):
        return True  # its judgement says so
    return not record.closing and voucher.paid + voucher.bonded - record.debited.units <= record.deposit.units


class Events:
    """The events of one profile."""

    def __init__(self, context: Context) -> None:
        self._c = context
        self._past: ChannelState | None = None
        #: whether something happened to work of mine that is not here
        self.strangers = False

    async def pull(self, *, past: bool = False) -> int:
        """Fetch and judge new events; their number. Raises Offline, PlatformLied, ChainUnreachable.

        past: of a former life, which happened under what the chain says now; the chain is asked once.
        """
        self._past = await self._channel_state() if past else None
        total = 0
        while True:
            after = int(await self._c.store.run(lambda tx: get_value(tx, CURSOR, 0)))
            page = await self._c.platform.get(f"/v1/events?after={after}&limit={PAGE}")
            events = page.get("events") if isinstance(page, dict) else None
            if not isinstance(events, list):
                raise PlatformLied("the list of events is malformed.")
            for event in events:
                await self._take(event, after)
                after = event["seq"]
                total += 1
            if not events:  # a page may be shorter than asked for, where it got large
                break
        if total:
            self._c.publish(Topic.OUTBOX, Topic.EARNINGS, Topic.TRUST, Topic.WORK, Topic.REVIEW)
        return total

    async def take(self, events: list[Any], after: int) -> int:
        """Judge events that came another way than online and follow `after`; how many were new.

        What is known already is passed over. Raises PlatformLied when some in between are not here; Offline or
        ChainUnreachable where one cannot be judged without a connection: those before it are taken.
        """
        known, new = int(await self._c.store.run(lambda tx: get_value(tx, CURSOR, 0))), 0
        if after > known:
            raise PlatformLied("news are missing in between.")
        try:
            for event in events:
                if (
                    isinstance(event, dict)
                    and type(event.get("seq")) is int
                    and after < event["seq"] <= known
                ):
                    after = event["seq"]
                    continue
                await self._take(event, after, far=True)
                after = event["seq"]
                new += 1
        finally:
            if new:
                self._c.publish(Topic.OUTBOX, Topic.EARNINGS, Topic.TRUST, Topic.WORK, Topic.REVIEW)
        return new

    async def _take(self, event: Any, after: int, *, far: bool = False) -> None:
        sound = isinstance(event, dict) and type(event.get("seq")) is int and type(event.get("at")) is int
        sound = sound and isinstance(event.get("kind"), str) and 0 <= event["at"] < LATEST
        if not sound or event["seq"] <= after:
            raise PlatformLied("an event is malformed or out of order.")
        state: ChannelState | None = None
        if event["kind"] == "voucher":
            record = await self._c.store.run(channel_record)
            if record is not None:
                state = await self._chain_state(record, event, far)
        me = await prepare(self._c, event) if event["kind"] == "verdict" else ""
        await self._c.store.run(lambda tx: self._judge(tx, event, state, me))

    async def _chain_state(self, record: ChannelRecord, event: dict[str, Any], far: bool) -> ChannelState:
        """The channel by the chain; far from it, as it was last seen, where that covers what the voucher says."""
        try:
            return await self._c.chain.agree(bytes.fromhex(record.channel_id[2:]))
        except ChainUnreachable:
            if not far or not _covered(record, event):
                raise
            return _LastSeen(record.deposit.units, record.claimed.units, 0)

    async def _channel_state(self) -> ChannelState | None:
        record = await self._c.store.run(channel_record)
        return await self._c.chain.agree(bytes.fromhex(record.channel_id[2:])) if record is not None else None

    async def again(self) -> int:
        """Let what was refused or passed over happen now that its work is here, in its order; how many hold."""
        self._past, held = await self._channel_state(), 0
        for seq in await self._c.store.run(lambda tx: [row[0] for row in tx.rows(EventRecord, ("seq",))]):
            held += await self._c.store.run(lambda tx, s=seq: self._once_more(tx, s))  # type: ignore[misc]
        return held

    def _once_more(self, tx: Tx, seq: int) -> bool:
        kept = tx.get(EventRecord, seq)
        if kept is None:
            return False
        event = json.loads(kept.body)
        return is_news(tx, event, refused=kept.refused) and self._judge_again(tx, event, "", self._past)

    async def look_again(self) -> int:
        """Judge final verdicts anew that were refused before; how many hold now. Raises Offline."""
        held = 0
        for kept in await self._c.store.run(refused):
            event = json.loads(kept.body)
            me = await prepare(self._c, event)
            held += await self._c.store.run(lambda tx, e=event, m=me: self._judge_again(tx, e, m))  # type: ignore[misc]
        if held:
            self._c.publish(Topic.OUTBOX, Topic.EARNINGS, Topic.TRUST, Topic.WORK)
        return held

    def _judge(self, tx: Tx, event: dict[str, Any], state: ChannelState | None, me: str) -> None:
        """One event in one transaction. What is refused changes nothing but the list of events."""
        if event["seq"] <= int(get_value(tx, CURSOR, 0)):
            return
        self._keep(tx, event, self._problem(tx, event, state, me))
        set_value(tx, CURSOR, event["seq"])

    def _judge_again(self, tx: Tx, event: dict[str, Any], me: str, state: ChannelState | None = None) -> bool:
        problem = self._problem(tx, event, state, me)
        self._keep(tx, event, problem)
        return not problem

    def _keep(self, tx: Tx, event: dict[str, Any], problem: str) -> None:
        body = json.dumps(event)
        tx.put(EventRecord(event["seq"], event["at"], event["kind"], body, problem, bool(problem)))

    def _problem(self, tx: Tx, event: dict[str, Any], state: ChannelState | None, me: str) -> str:
        """Let an event happen wholly; or why it was refused, and then nothing of it happened."""
        try:
            return tx.whole(lambda: self._happened(tx, event, state, me))
        except (
            BadSignature,
            MalformedAmount,
            MalformedMessage,
            MoneyDiffers,
            NotOffered,
            PlatformLied,
        ) as error:
            return error.message
        except (KeyError, TypeError, AttributeError):
            return "The event is malformed."

    def _happened(self, tx: Tx, event: dict[str, Any], state: ChannelState | None, me: str) -> str:
        """What an event changes; why it was refused, or ""."""
        match event["kind"]:
            case "verdict":
                if is_former(tx, event):
                    self.strangers = True
                    return take_former(tx, event, self._c.network, me)
                take_verdict(tx, event, self._c.network)
            case "review_verdict":
                take_review_verdict(tx, event, self._c.network)
            case "appealed":
                take_appealed(tx, event)
            case "lease_expired":
                self._expired(tx, event)
            case "message":
                take_message(tx, event)
            case "voucher":
                early = self._returned_stakes(tx, event)
                past = self._past is not None
                problem = receive(tx, event, state, self._c.network, past=past)
                if problem:
                    self.strangers |= problem == UNKNOWN_WORK
                    self._take_back(tx, early)
                return problem
            case _:
                return "This version does not know this kind of event."
        return ""

    def _expired(self, tx: Tx, event: dict[str, Any]) -> None:
        redo_passed(tx, event["assignment_hash"])
        item = tx.get(ItemRecord, event["assignment_hash"])
        if item is None:
            return  # of another computer; nothing of mine moves by it
        if item.state in (ItemState.EXPIRED.name, ItemState.RETURNED.name):
            return
        if item.state == ItemState.DELIVERED.name or item.outcome:
            raise PlatformLied("it says a delivered task ran out of time, and has signed for it.")
        if item.due_at > self._c.platform.time():
            raise PlatformLied("it says a task ran out of time before its time was over.")
        tx.change(ItemRecord, item.item_id, state=ItemState.EXPIRED.name, changed_at=event["at"])
        stake_back(tx, item, event["at"])

    def _returned_stakes(self, tx: Tx, event: dict[str, Any]) -> list[tuple[ItemRecord, str]]:
        """A voucher may return the stake of something that ended on the platform's side first: never to my loss.

        The items as they were and their new lines, for `_take_back`.
        """
        found: list[tuple[ItemRecord, str]] = []
        for line in (Line.from_json(value) for value in event["lines"]):
            if line.kind not in _STAKES or line_known(tx, line):
                continue
            campaign_id = "0x" + line.campaign_id.hex()
            kind = "work" if line.kind is LineKind.STAKE_BACK else "review"
            about = (kind, line.attempt, line.round)
            for item in tx.find(ItemRecord, campaign_id=campaign_id, index=line.index, state=_UNDELIVERED):
                if (item.kind, item.attempt, item.round) == about and item.stake == line.amount:
                    found.append((item, line_record(line, "", 0, 0, 0).line_id))
                    tx.change(ItemRecord, item.item_id, state=ItemState.RETURNED.name, changed_at=event["at"])
                    stake_back(tx, item, event["at"])
        return found

    def _take_back(self, tx: Tx, early: list[tuple[ItemRecord, str]]) -> None:
        """The voucher was refused: what it said had ended goes on."""
        for item, line_id in early:
            tx.put(item)
            tx.remove(LineRecord, line_id)
