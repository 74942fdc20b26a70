# SPDX-License-Identifier: Apache-2.0
"""What happens to the channel by itself, at the start and while the application runs; each part fails alone."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from gems_desktop.services.channel_end import is_ended
from gems_desktop.services.channel_watch import ChannelWatch, closing_facts
from gems_desktop.services.channels import channel_record
from gems_desktop.services.claims import OPEN, Claims
from gems_desktop.services.context import Context
from gems_desktop.services.copies import PLATFORM, Copies, copies
from gems_desktop.services.errors import NothingToDo, Offline, PlatformRefused
from gems_desktop.services.facts import SettingsFacts, Topic
from gems_desktop.services.facts_upkeep import ClosingFacts, UpkeepFacts
from gems_desktop.services.hub_promise import LOOK_S as PROMISE_S
from gems_desktop.services.hub_promise import look as look_at_hub
from gems_desktop.services.own_close import OwnClose, is_leaving
from gems_desktop.services.ports import Tx
from gems_desktop.services.records import ClaimRecord, CopyRecord
from gems_desktop.services.rollback import newest_number
from gems_desktop.services.settings import SettingsService
from gems_desktop.services.transfers import Transfers
from gems_desktop.services.troubles import over, tell, troubles
from gems_desktop.services.trusted_contracts import ensure_contracts
from gems_desktop.services.unbonding import Unbonding
from gems_protocol.amount import UNIT, Amount
from gems_protocol.errors import GemsError

LOOK_S = 300  # between two looks at the chain, while nothing is on its way
COMPARE_S = 3_600  # between two questions to the hub about the channel
NEWER_S = 60  # the same while the hub has not shown my newest voucher
PUBLISHED_S = 21_600
UNBOND_S = 60  # between two tries of a step out of the bond that was not paid
CLAIM_S = 600  # between two tries of a claim by itself
_HUNDREDTH = UNIT // 100
FEE_PARTS = 20  # a claim by itself costs at most one such part of what it brings


class Upkeep:
    """The upkeep of one profile's channel; `turn` is called by the sync loop."""

    def __init__(self, context: Context, claims: Claims, transfers: Transfers) -> None:
        self._c, self._claims, self._transfers = context, claims, transfers
        self._watch, self._copies = ChannelWatch(context), Copies(context)
        self.own_close = OwnClose(context)
        self.unbonding = Unbonding(context)
        self._done: dict[str, int] = {}

    async def turn(self) -> None:
        """Everything that is due; raises the last fault after trying all, so that the loop waits."""
        options = await SettingsService(self._c).facts()
        fault: GemsError | None = None

        async def claim() -> None:
            await self._claim(options, await self._c.store.run(closing_facts))

        async def copy() -> None:
            await self._copies.keep_up(options)

        async def contracts() -> None:
            await ensure_contracts(self._c)

        async def promise() -> None:
            if await self._c.store.run(channel_record) is not None:
                await look_at_hub(self._c)

        alone = await self._c.store.run(_hub_has_not_shown)
        parts: tuple[tuple[str, int, Callable[[], Awaitable[object]]], ...] = (
            ("contracts", 0, contracts),
            ("look", LOOK_S, self._watch.look),
            ("promise", PROMISE_S, promise),
            ("compare", NEWER_S if alone else COMPARE_S, self._compare),
            ("close", 0, self.own_close.follow),
            ("unbond", UNBOND_S, self.unbonding.follow),
            ("copy", 0, copy),
            ("claim", CLAIM_S, claim),
            ("transfers", 0, self._transfers.follow),
            ("published", PUBLISHED_S, self._watch.published),
        )
        for name, every, part in parts:
            now = self._c.clock.now()
            if every and name in self._done and abs(now - self._done[name]) < every:
                continue
            try:
                await part()
                self._done[name] = now
            except GemsError as error:
                fault = error
        if fault is not None:
            raise fault

    async def _compare(self) -> None:
        await self._copies.at_platform(await self._watch.compare())

    async def _claim(self, options: SettingsFacts, closing: ClosingFacts | None) -> None:
        """A claim by itself: above the threshold, or whatever the newest voucher has left when the channel closes."""
        at_least = Amount(options.auto_claim * _HUNDREDTH)
        must = closing is not None and not closing.ended and closing.missing > Amount(0)
        if not must and not options.auto_claim:
            return
        if await self._c.store.run(lambda tx: is_ended(tx) or tx.count(ClaimRecord, state=OPEN)):
            return
        try:
            quote = await self._claims.quote()
            dear = quote.fee.units * FEE_PARTS > quote.amount.units
            if must or (quote.amount >= at_least and not dear):
                await self._claims.claim(quote)
        except NothingToDo:
            pass
        except (Offline, PlatformRefused):
            if must:
                await self._tell_unheard()
            raise
        if must:
            await self._c.store.run(lambda tx: over(tx, "closing_unheard"))

    async def _tell_unheard(self) -> None:
        now = self._c.platform.time()
        if await self._c.store.run(lambda tx: tell(tx, "closing_unheard", now)):
            self._c.publish(Topic.EARNINGS, Topic.PROBLEM)

    async def facts(self) -> UpkeepFacts:
        """See Earnings.upkeep."""
        return await self._c.store.run(_facts)

    async def write_copy(self, path: str) -> None:
        """See Earnings.write_voucher."""
        await self._copies.write(path)


def _facts(tx: Tx) -> UpkeepFacts:
    record = channel_record(tx)
    running = tx.find(ClaimRecord, state=OPEN)
    return UpkeepFacts(
        newest=newest_number(tx),
        looked_at=record.read_at if record else 0,
        copies=copies(tx),
        closing=closing_facts(tx),
        troubles=troubles(tx),
        claim_until=max((claim.deadline for claim in running), default=0),
        leaving=is_leaving(tx),
    )


def _hub_has_not_shown(tx: Tx) -> bool:
    """Whether the hub has yet to show my newest voucher; until then it counts as kept here alone."""
    shown = tx.get(CopyRecord, PLATFORM)
    return newest_number(tx) > (shown.seq if shown is not None else 0)
