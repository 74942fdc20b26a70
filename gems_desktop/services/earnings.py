# SPDX-License-Identifier: Apache-2.0
"""Money as far as it is proven: the channel by my own sum, the wallet by the chain, claims on their way."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

from gems_desktop.services.channel_end import is_ended
from gems_desktop.services.channel_watch import UNTOLD, tell_target
from gems_desktop.services.channels import channel_record, load_channel, stakes_at_risk
from gems_desktop.services.claims import Claims, facts_of
from gems_desktop.services.context import Context
from gems_desktop.services.cursor import get_value, set_value
from gems_desktop.services.errors import Offline
from gems_desktop.services.facts import (
    ClaimFacts,
    ClaimQuote,
    EarningsFacts,
    ItemState,
    LedgerLine,
    Problem,
    Topic,
)
from gems_desktop.services.facts_history import ALL, Chosen, Totals
from gems_desktop.services.facts_upkeep import CloseQuote, SendQuote, TransferFacts, UpkeepFacts
from gems_desktop.services.facts_wage import WageFacts
from gems_desktop.services.history import History
from gems_desktop.services.ledger import earned_by_day, ledger_lines
from gems_desktop.services.meter import day_of
from gems_desktop.services.ports import Tx
from gems_desktop.services.records import ChannelRecord, ClaimRecord, ItemRecord
from gems_desktop.services.transfers import Transfers, transfers
from gems_desktop.services.unbond_records import left_to_move
from gems_desktop.services.upkeep import Upkeep
from gems_desktop.services.vouchers import DIFFERENCE
from gems_desktop.services.wage import keep_time, wage
from gems_protocol.amount import ZERO, Amount, total
from gems_protocol.channel import with_bond_target
from gems_protocol.errors import GemsError

WALLET = "wallet_balance"
_DAYS_SHOWN = 30
_BEHIND_S = 0.3  # what is known is painted before the chain is asked


class EarningsService:
    """Implements Earnings."""

    def __init__(self, context: Context, claims: Claims, sent: Transfers, upkeep: Upkeep) -> None:
        self._c, self._claims = context, claims
        self._transfers, self._upkeep, self._history = sent, upkeep, History(context)
        self._looking: asyncio.Task[None] | None = None

    async def facts(self) -> EarningsFacts:
        """See Earnings; the wallet's balance is the last one read when the chain cannot be reached."""
        await self._read_wallet()
        return await self._stored()

    async def known(self) -> EarningsFacts:
        """See Earnings."""
        if self._looking is None or self._looking.done():
            self._looking = asyncio.get_running_loop().create_task(self._look())
        return await self._stored()

    async def _look(self) -> None:
        await asyncio.sleep(_BEHIND_S)
        with suppress(GemsError):  # nobody waits for it; the status strip says what is away
            if await self._read_wallet():
                self._c.publish(Topic.EARNINGS)

    async def end(self) -> None:
        """Ask the chain no more."""
        if self._looking is not None and not self._looking.done():
            self._looking.cancel()
            await asyncio.wait([self._looking])

    async def _stored(self) -> EarningsFacts:
        today = datetime.fromtimestamp(self._c.clock.now(), UTC).date()

        def work(tx: Tx) -> EarningsFacts:
            channel = load_channel(tx)
            days = earned_by_day(tx)
            week = (today - timedelta(days=6)).isoformat()
            wallet = get_value(tx, WALLET, {"gem": "0", "gas": "0"})
            told = get_value(tx, DIFFERENCE)
            shared: dict[str, Any] = {
                "in_review": _may_still_pay(tx),
                "at_stake": stakes_at_risk(tx),
                "unbonding": left_to_move(tx),
                "wallet_gem": Amount(int(wallet["gem"])),
                "gas_coin": int(wallet["gas"]),
                "earned_today": total([amount for day, amount in days if day == today.isoformat()]),
                "earned_week": total([amount for day, amount in days if day >= week]),
                "earned_total": total([amount for _, amount in days]),
                "difference": Problem(**told, retryable=False) if told else None,
                "claims": tuple(facts_of(record) for record in tx.find(ClaimRecord, order="at")),
                "by_day": tuple(days[-_DAYS_SHOWN:]),
                "today": today.isoformat(),
            }
            if channel is None:
                return EarningsFacts(**shared)
            if is_ended(tx):  # whatever was in it has come, or went back
                shared |= {"at_stake": ZERO, "owed": total([line.amount for line in channel.owed])}
                shared |= {"paid": channel.pockets.paid, "claimed": channel.claimed}
                return EarningsFacts(bond_target=channel.bond_target, **shared)
            return EarningsFacts(
                owed=total([line.amount for line in channel.owed]),
                paid=channel.pockets.paid,
                claimed=channel.claimed,
                claimable=channel.claimable,
                bonded=channel.pockets.bonded,
                bond_free=channel.bond_free,
                deposit=channel.deposit,
                bond_target=channel.bond_target,
                **shared,
            )

        return await self._c.store.run(work)

    async def _read_wallet(self) -> bool:
        """Ask the chain for the wallet's balances; whether they are others than before."""
        address = (await self._c.signer.wallet()).address
        if not address:
            return False
        try:
            gem = await self._c.chain.gem_balance(address)
            gas = await self._c.chain.gas_balance(address)
        except GemsError:
            return (
                False  # the last balance that was read is shown; the status strip says that the chain is away
            )
        read = {"gem": str(gem), "gas": str(gas)}

        def keep(tx: Tx) -> bool:
            changed = bool(get_value(tx, WALLET, None) != read)
            if changed:
                set_value(tx, WALLET, read)
            return changed

        return await self._c.store.run(keep)

    async def ledger(self, limit: int = 500, chosen: Chosen = ALL) -> list[LedgerLine]:
        """See Earnings."""
        if chosen == ALL:
            return await self._c.store.run(lambda tx: ledger_lines(tx, limit))
        found: list[LedgerLine] = []
        async for lines in self._history.pages(chosen):
            found += lines
            if len(found) >= limit:
                break
        return found[:limit]

    async def quote_claim(self) -> ClaimQuote:
        """See Earnings."""
        return await self._claims.quote()

    async def claim(self, quote: ClaimQuote) -> ClaimFacts:
        """See Earnings."""
        return await self._claims.claim(quote)

    async def set_bond_target(self, target: Amount) -> None:
        """See Earnings; written down before it is told, so that vouchers under either target are accepted."""

        def work(tx: Tx) -> None:
            channel, record = load_channel(tx), channel_record(tx)
            if channel is None or record is None:
                return
            changed = with_bond_target(channel, target)
            former = "" if changed.former_target is None else str(changed.former_target)
            untold = get_value(
                tx, UNTOLD
            )  # what the platform still goes by, when it was not told of a change
            tx.change(
                ChannelRecord,
                record.channel_id,
                bond_target=str(changed.bond_target),
                former_target=former if untold is None else untold,
            )
            set_value(tx, UNTOLD, former if untold is None else untold)

        if await self._c.store.run(channel_record) is None:
            await self._c.platform.put("/v1/channel/standing-order", {"bond_target": str(target)})
        else:
            await self._c.store.run(work)
            with suppress(Offline):  # it is told with the next look at the channel
                await tell_target(self._c)
        self._c.publish(Topic.EARNINGS, Topic.SETTINGS)

    async def export_csv(self, path: str, chosen: Chosen = ALL) -> int:
        """See Earnings."""
        return await self._history.export(path, chosen)

    async def totals(self, chosen: Chosen = ALL) -> Totals:
        """See Earnings."""
        return await self._history.totals(chosen)

    async def wage(self) -> WageFacts:
        """See Earnings."""
        today = day_of(self._c.clock.now())
        return await self._c.store.run(lambda tx: wage(tx, today))

    async def keep_time(self, spent: Mapping[str, int]) -> None:
        """See Earnings."""
        today = day_of(self._c.clock.now())
        await self._c.store.run(lambda tx: keep_time(tx, today, spent))

    async def upkeep(self) -> UpkeepFacts:
        """See Earnings."""
        return await self._upkeep.facts()

    async def write_voucher(self, path: str) -> None:
        """See Earnings."""
        await self._upkeep.write_copy(path)

    async def quote_close(self) -> CloseQuote:
        """See Earnings."""
        return await self._upkeep.own_close.quote()

    async def close_channel(self, quote: CloseQuote) -> None:
        """See Earnings."""
        await self._upkeep.own_close.close(quote)

    async def unbond(self, amount: Amount) -> None:
        """See Earnings; the standing order goes down first, so that no new pay fills what is being emptied."""
        moving = self._upkeep.unbonding
        left = await moving.check(amount)
        back = await self._c.store.run(stakes_at_risk)
        record = await self._c.store.run(channel_record)
        if record is not None and left + back < record.bond_target:
            await self.set_bond_target(left + back)
        await moving.begin(amount)
        await moving.follow()

    async def quote_send(self, source: str, to: str, amount: Amount) -> SendQuote:
        """See Earnings."""
        return await self._transfers.quote(source, to, amount)

    async def send(self, quote: SendQuote) -> TransferFacts | ClaimFacts:
        """See Earnings."""
        return await self._transfers.send(quote)

    async def transfers(self) -> tuple[TransferFacts, ...]:
        """See Earnings."""
        return await self._c.store.run(transfers)


def _may_still_pay(tx: Tx) -> Amount:
    """Rewards that are neither owed nor lost yet: not judged, disputed, or held for the requester."""
    open_states = (ItemState.DELIVERED.name, ItemState.DISPUTED.name)
    counted = tx.tally(ItemRecord, ("reward",), state=open_states)
    counted += tx.tally(ItemRecord, ("reward",), state=ItemState.ACCEPTED.name, final=False)
    return Amount(sum(int(reward) * count for reward, count in counted))
