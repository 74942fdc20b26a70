# SPDX-License-Identifier: Apache-2.0
"""The channel as chain, hub and published day show it, against my own record; what differs is told at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gems_desktop.services.channel_end import came, see_end, settle_what_came, watch_the_end
from gems_desktop.services.channels import best_voucher, channel_record, load_channel
from gems_desktop.services.closing import CLOSED, read_closing
from gems_desktop.services.context import Context
from gems_desktop.services.cursor import get_value, set_value
from gems_desktop.services.errors import PlatformLied, PlatformRefused
from gems_desktop.services.facts import Topic
from gems_desktop.services.facts_upkeep import ClosingFacts
from gems_desktop.services.ports import ChannelState, Tx
from gems_desktop.services.queries import UpTo
from gems_desktop.services.records import ChannelRecord, VoucherRecord
from gems_desktop.services.rollback import Rollback, newest_debited, newest_number
from gems_desktop.services.sync_events import CURSOR
from gems_desktop.services.troubles import over, tell
from gems_protocol.amount import ZERO, Amount
from gems_protocol.errors import BadSignature, MalformedMessage
from gems_protocol.messages import Voucher, signature_from_hex

WORD = "closing_word"
UNTOLD = "former_bond_target"  # the standing order that the platform goes by until it is told the new one
_CLOSING = ("closing_hub", "closing_mine", "closing_unheard")
_STALE_S = 1_800  # a chain whose newest block is older has stopped, or the node has
_SLACK_S = 3_600  # a voucher that came so shortly before the day's file may be missing in it


@dataclass(frozen=True, slots=True)
class Shown:
    """GET /v1/channel, read strictly."""

    seq: int
    paid: int
    bonded: int
    debited: int
    bond_target: int
    last_event: int
    restored: bool = False


class ChannelWatch:
    """Looks at the one channel of a profile."""

    def __init__(self, context: Context) -> None:
        self._c = context
        self._rollback = Rollback(context)

    async def look(self) -> ClosingFacts | None:
        """Read the chain by two nodes; what is known of a close, or None. Raises ChainUnreachable."""
        record = await self._c.store.run(channel_record)
        if record is None:
            return None
        state = await self._c.chain.agree(bytes.fromhex(record.channel_id[2:]))
        await self._is_late()
        found, news = await self._c.store.run(
            lambda tx: _seen(tx, record.channel_id, state, self._c.platform.time())
        )
        if state.closing == CLOSED:
            await see_end(self._c, record.channel_id, state)
            found = await self._c.store.run(closing_facts)
        if news:
            self._c.publish(Topic.EARNINGS, Topic.PROBLEM)
        return found

    async def _is_late(self) -> None:
        """Told while the newest block is old by the platform's clock; a practice chain makes blocks when needed."""
        if self._c.network.practice:
            return
        now = self._c.platform.time()
        late = now - await self._c.chain.newest_time() > _STALE_S
        told = (lambda tx: tell(tx, "chain_late", now)) if late else (lambda tx: over(tx, "chain_late"))
        if await self._c.store.run(told):
            self._c.publish(Topic.EARNINGS, Topic.PROBLEM)

    async def compare(self) -> int:
        """Hold the hub's own words against mine; the number of the voucher it shows. Raises Offline, PlatformLied.

        A hub that went back, or says that it was restored, gets its vouchers, debit and work again; one that
        forgot the standing order is told.
        """
        record = await self._c.store.run(channel_record)
        if record is None:
            return 0
        shown = self._read(await self._c.platform.get("/v1/channel"), record)
        mine, debited, cursor = await self._c.store.run(
            lambda tx: (newest_number(tx), newest_debited(tx), int(get_value(tx, CURSOR, 0)))
        )
        if shown.bond_target != record.bond_target.units:
            await tell_target(self._c)
        if shown.restored or shown.seq < mine or shown.debited < debited or shown.last_event < cursor:
            await self._hand_back(shown)
            return mine
        await self._c.store.run(lambda tx: over(tx, "hub_refuses_vouchers", "served_less"))
        now = self._c.platform.time()
        codes = await self._c.store.run(lambda tx: _differs(tx, shown, now))
        if codes:
            self._c.publish(Topic.EARNINGS, Topic.PROBLEM)
        return shown.seq

    async def _hand_back(self, shown: Shown) -> None:
        now, code = self._c.platform.time(), "hub_went_back"
        try:
            await self._rollback.hand_back(shown.seq, shown.last_event)
        except PlatformRefused as error:
            if error.retryable:
                raise
            code = "hub_refuses_vouchers"
        await self._c.store.run(lambda tx: tell(tx, code, now))
        self._c.publish(Topic.EARNINGS, Topic.PROBLEM)

    def _read(self, answer: Any, record: ChannelRecord) -> Shown:
        try:
            if answer["channel_id"] != record.channel_id:
                raise PlatformLied("it shows another channel.")
            voucher = Voucher(bytes(32), 0, 0, 0)
            if answer["voucher"] is not None:
                voucher = Voucher.from_json(answer["voucher"]["message"])
                signature = signature_from_hex(answer["voucher"]["signature"])
                voucher.check(self._c.network.channels_domain, signature, self._c.network.platform_signer)
            last = answer["last_event"]
            debited, target = Amount.parse(answer["debited"]).units, Amount.parse(answer["bond_target"]).units
            if type(last) is not int or last < 0:
                raise PlatformLied("its channel is malformed.")
            restored = answer.get("restored") is True
            return Shown(voucher.seq, voucher.paid, voucher.bonded, debited, target, last, restored)
        except (BadSignature, MalformedMessage, KeyError, TypeError, ValueError) as error:
            raise PlatformLied("its channel is malformed.") from error

    async def published(self) -> bool:
        """Hold the newest daily file against my vouchers of before; whether there was one. Raises Offline."""
        record = await self._c.store.run(channel_record)
        if record is None:
            return True
        try:
            days = (await self._c.platform.get("/v1/vouchers", token=False))["days"]
            if not days:
                return False
            day, at = str(days[-1]["day"]), int(days[-1]["at"])
            if len(day) != 10 or not day.replace("-", "").isdecimal():
                raise PlatformLied("a day of its voucher files is malformed.")
            row = await self._c.platform.get(f"/v1/vouchers/{day}/{record.channel_id}", token=False)
            number = int(row["voucher"]["message"]["seq"]) if row["voucher"] else 0
        except (KeyError, TypeError, ValueError, IndexError) as error:
            raise PlatformLied("its voucher files are malformed.") from error
        now = self._c.platform.time()
        if await self._c.store.run(lambda tx: _published(tx, number, at, now)):
            self._c.publish(Topic.EARNINGS, Topic.PROBLEM)
        return True


async def tell_target(context: Context) -> None:
    """Tell the platform my standing order; the same one again changes nothing. Raises Offline."""
    record = await context.store.run(channel_record)
    if record is not None:
        target = {"bond_target": str(record.bond_target)}
        await context.platform.put("/v1/channel/standing-order", target)
        await context.store.run(lambda tx: set_value(tx, UNTOLD, None))


def _seen(tx: Tx, channel_id: str, state: ChannelState, now: int) -> tuple[ClosingFacts | None, bool]:
    """Store what the chain says; the close in facts, and whether something is new."""
    before = tx.get(ChannelRecord, channel_id)
    tx.change(
        ChannelRecord,
        channel_id,
        deposit=str(state.deposit),
        claimed=str(state.claimed),
        closing=state.closing != 0,
        read_at=now,
    )
    set_value(tx, WORD, str(state.closing) if state.closing else None)
    facts = closing_facts(tx)
    settled = facts is not None and settle_what_came(tx, Amount(state.claimed), now)
    if facts is None or facts.ended:
        return facts, over(tx, *_CLOSING) or settled
    news = tell(tx, "closing_hub" if facts.by_hub else "closing_mine", now)
    late = watch_the_end(tx, facts, now)
    moved = before is not None and before.claimed.units != state.claimed
    return facts, news or late or moved or settled


def closing_facts(tx: Tx) -> ClosingFacts | None:
    """The close as the chain was read last; None while the channel is open."""
    word, channel = get_value(tx, WORD), load_channel(tx)
    if not word or channel is None:
        return None
    if int(word) == CLOSED:
        return ClosingFacts(by_hub=False, until=0, bond=came(tx), ended=True)
    closing = read_closing(int(word))
    if closing is None:
        return None
    bonded = max(closing.bonded, channel.pockets.bonded.units)
    rest = max(ZERO, channel.deposit - channel.claimed - channel.claimable)
    bond = rest if closing.cheated else min(rest, Amount(max(0, bonded - channel.debited.units)))
    missing = channel.claimable
    return ClosingFacts(closing.by_hub, closing.until, missing, bond, closing.cheated)


def _differs(tx: Tx, shown: Shown, now: int) -> list[str]:
    """Codes of what is newly told: what the hub shows that my own record contradicts."""
    best, codes = best_voucher(tx), []
    sums = (best.paid.units, best.bonded.units) if best else (0, 0)
    if best is not None and shown.seq == best.seq and (shown.paid, shown.bonded) != sums:
        codes.append("two_vouchers")
    record = channel_record(tx)
    if record is not None and shown.debited > record.debited.units:
        codes.append("debit_unknown")
    else:
        over(tx, "debit_unknown")
    return [code for code in codes if tell(tx, code, now)]


def _published(tx: Tx, number: int, at: int, now: int) -> bool:
    """Whether it is newly told that the file of a day holds less than I had long before it."""
    old = tx.find(VoucherRecord, order="seq", descending=True, limit=1, received_at=UpTo(at - _SLACK_S))
    if old and old[0].seq > number:
        return tell(tx, "published_less", now)
    return over(tx, "published_less")
