# SPDX-License-Identifier: Apache-2.0
"""Money as plain values, for windows in tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from gems_desktop.services.facts import ClaimFacts, ClaimQuote, ClaimState, EarningsFacts, LedgerLine, Topic
from gems_desktop.services.facts_history import ALL, Chosen, Sum, Totals
from gems_desktop.services.facts_upkeep import CloseQuote, CopyFacts, SendQuote, TransferFacts, UpkeepFacts
from gems_desktop.services.facts_wage import WageFacts
from gems_protocol.amount import ZERO, Amount, total
from tests.helpers.fake_work import Part
from tests.helpers.sample_facts import NOW, RELAYER, earnings, gem, item_id, ledger, wage

if TYPE_CHECKING:
    from tests.helpers.fake_session import FakeSession


class FakeEarnings(Part):
    """Money as facts."""

    def __init__(self, owner: FakeSession) -> None:
        super().__init__(owner)
        self.state = earnings()
        self.lines = ledger()
        self.quote = ClaimQuote(gem("4.55"), gem("0.02"), gem("4.53"), RELAYER, NOW + 3_600)
        self.upkept = UpkeepFacts(3, NOW, (CopyFacts("platform", 3, NOW, True),))
        self.worked = wage()
        self.sent: tuple[TransferFacts, ...] = ()

    async def facts(self) -> EarningsFacts:
        self.asked("earnings.facts")
        return self.state

    async def known(self) -> EarningsFacts:
        return await self.facts()

    async def ledger(self, limit: int = 500, chosen: Chosen = ALL) -> list[LedgerLine]:
        self.asked("earnings.ledger")
        return [line for line in self.lines if chosen.takes(line)][:limit]

    async def quote_claim(self) -> ClaimQuote:
        self.asked("earnings.quote_claim")
        return self.quote

    async def claim(self, quote: ClaimQuote) -> ClaimFacts:
        self.asked("earnings.claim", quote)
        made = ClaimFacts(item_id(903), quote.amount, quote.fee, ClaimState.SENT, "", NOW)
        self.state = replace(self.state, claimable=ZERO, claims=(made, *self.state.claims))
        self.owner.publish(Topic.EARNINGS)
        return made

    async def set_bond_target(self, target: Amount) -> None:
        self.asked("earnings.set_bond_target", target)
        self.state = replace(self.state, bond_target=target)
        self.owner.publish(Topic.EARNINGS)

    async def export_csv(self, path: str, chosen: Chosen = ALL) -> int:
        self.asked("earnings.export_csv", path)
        return len(self.lines)

    async def totals(self, chosen: Chosen = ALL) -> Totals:
        self.asked("earnings.totals", chosen)
        days: dict[str, Sum] = {}
        kinds: dict[str, Sum] = {}
        requesters: dict[str, Sum] = {}
        for line in filter(chosen.takes, self.lines):
            day = datetime.fromtimestamp(line.at, UTC).date().isoformat()
            for table, name in ((days, day), (kinds, line.what), (requesters, line.requester)):
                table[name] = table.get(name, Sum(name)).plus(line)
        sums = tuple(
            (name, total([line.amount for line in self.lines if line.what == name])) for name in kinds
        )
        tables = [tuple(table[name] for name in sorted(table)) for table in (requesters, days, kinds)]
        return Totals(sums, (), *tables)

    async def wage(self) -> WageFacts:
        self.asked("earnings.wage")
        return self.worked

    async def keep_time(self, spent: Mapping[str, int]) -> None:
        self.asked("earnings.keep_time", dict(spent))

    async def upkeep(self) -> UpkeepFacts:
        return self.upkept

    async def write_voucher(self, path: str) -> None:
        self.asked("earnings.write_voucher", path)

    async def transfers(self) -> tuple[TransferFacts, ...]:
        return self.sent

    async def quote_close(self) -> CloseQuote:
        self.asked("earnings.quote_close")
        now, later = self.state.claimable, NOW + 30 * 86_400
        return CloseQuote(now, gem("0.01"), gem("2.00"), ZERO, later, RELAYER, NOW + 3_600, 1)

    async def close_channel(self, quote: CloseQuote) -> None:
        self.asked("earnings.close_channel", quote)
        self.upkept = replace(self.upkept, leaving=True)
        self.owner.publish(Topic.EARNINGS)

    async def unbond(self, amount: Amount) -> None:
        self.asked("earnings.unbond", amount)
        state = self.state
        left, free = state.bond_free - amount, state.claimable + amount
        target = min(state.bond_target, left + state.at_stake)
        self.state = replace(state, bond_free=left, claimable=free, bond_target=target)
        self.owner.publish(Topic.EARNINGS)

    async def quote_send(self, source: str, to: str, amount: Amount) -> SendQuote:
        self.asked("earnings.quote_send", source, to, amount)
        gives = self.state.claimable if source == "channel" else amount
        fee = gem("0.01")
        return SendQuote(source, to, gives, fee, gives, RELAYER, NOW + 3_600)

    async def send(self, quote: SendQuote) -> TransferFacts:
        self.asked("earnings.send", quote)
        made = TransferFacts(item_id(904), quote.to, quote.amount, quote.fee, "SENT", "", NOW, quote.until)
        self.sent = (made, *self.sent)
        self.owner.publish(Topic.EARNINGS)
        return made
