# SPDX-License-Identifier: Apache-2.0
"""Talks to the platform for one profile: leases in, work out, events in, and a loop that keeps at it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, TypeVar

from gems_desktop.services import meter, rates
from gems_desktop.services.appeals import Appeals
from gems_desktop.services.carry_key import keep_key
from gems_desktop.services.channels import load_channel
from gems_desktop.services.claims import Claims
from gems_desktop.services.context import Context
from gems_desktop.services.cursor import get_value, set_value
from gems_desktop.services.errors import Offline, PlatformLied, PlatformRefused, WalletLocked
from gems_desktop.services.facts import (
    CampaignFacts,
    Connection,
    ConnectionFacts,
    ItemState,
    PracticeFacts,
    PracticeResult,
    Problem,
    Topic,
)
from gems_desktop.services.facts_meter import MeterFacts
from gems_desktop.services.former_life import refused
from gems_desktop.services.going import Going, LongWork
from gems_desktop.services.keeping import Keeping
from gems_desktop.services.listing import known_offers, refresh_campaigns
from gems_desktop.services.messages import MessagesService
from gems_desktop.services.notes import NoteDiffers
from gems_desktop.services.owing import stake_back
from gems_desktop.services.ports import Tx
from gems_desktop.services.practice import Practice
from gems_desktop.services.problem import problem_of
from gems_desktop.services.queries import BULKY, Not, UpTo
from gems_desktop.services.records import (
    AbuseRecord,
    AppealRecord,
    ItemRecord,
    MessageRecord,
)
from gems_desktop.services.releasing import DUE, Releasing
from gems_desktop.services.restore_state import begin, begin_after_repair, needs_history, progress, unproven
from gems_desktop.services.restoring import Restoring
from gems_desktop.services.settings import chosen
from gems_desktop.services.sync_events import Events
from gems_desktop.services.sync_lease import UNSURE, Leasing
from gems_desktop.services.sync_send import Sending
from gems_desktop.services.traffic import traffic_for
from gems_desktop.services.trust import ask_standing
from gems_desktop.services.upkeep import Upkeep
from gems_protocol.amount import ZERO
from gems_protocol.errors import GemsError

T = TypeVar("T")
ADOPTED = "open_leases_adopted"
_SHORTEST_S, _LONGEST_S = 2.0, 300.0
_KINDS = ("work", "review")
_OPEN = (ItemState.LEASED.name, ItemState.DRAFT.name)
MEDIALESS = tuple(name for name in BULKY if name != "media")
_UNSENT = (
    ItemState.DRAFT.name,
    ItemState.FINISHED.name,
    ItemState.SEALED.name,
    ItemState.SENDING.name,
)


def _unsent(tx: Tx) -> int:
    waiting = sum(tx.count(kind, state="waiting") for kind in (MessageRecord, AbuseRecord))
    return tx.count(ItemRecord, state=_UNSENT) + tx.count(AppealRecord, sent=False) + waiting


def _open_leases_known(tx: Tx) -> bool:
    return bool(get_value(tx, ADOPTED, False)) and not get_value(tx, UNSURE, False)


class SyncService:
    """Implements Sync."""

    def __init__(self, context: Context, claims: Claims, appeals: Appeals, upkeep: Upkeep) -> None:
        self._c = context
        self._appeals = appeals
        self._leasing, self._sending, self._events = Leasing(context), Sending(context), Events(context)
        self._releasing = Releasing(context)
        self.restoring = Restoring(context, self._leasing, self._events)
        self._practice = Practice(context, self._leasing)
        self.messages = MessagesService(context)
        self._claims, self._upkeep = claims, upkeep
        self.keeping = Keeping(context, self._leasing.budget, self._listed, self.fetch_batch)
        self._media_seen: object = None
        self._connection = Connection.OFFLINE
        self._problem: Problem | None = None
        fetching = self._leasing.budget.going
        self._long = LongWork(Going(context.clock.monotonic), self._sending.going, fetching)
        self._standing_asked = False
        self._talking = asyncio.Lock()  # the loop and a button must not do the same thing twice at once

    def alone(self) -> asyncio.Lock:
        """Held by whatever must not go on while something is sent or fetched."""
        return self._talking

    async def facts(self) -> ConnectionFacts:
        """See Sync."""
        today = meter.day_of(self._c.clock.now())

        def work(tx: Tx) -> ConnectionFacts:
            channel, life = load_channel(tx), progress(tx)
            going = self._long.now((life.done, life.total) if life else None)
            return ConnectionFacts(
                connection=self._connection,
                syncing_done=going.done,
                syncing_total=going.total,
                restoring=life is not None,
                fetching=going is self._long.fetching,
                seconds_left=going.left_s,
                unsent=_unsent(tx),
                bytes_today=meter.bytes_on(tx, today),
                balance=channel.claimable if channel else ZERO,
                problem=self._problem or unproven(tx),
            )

        return await self._c.store.run(work)

    async def look_for_voucher(self, place: str) -> bool:
        """See Sync."""
        return await (self.restoring.add_tower if "://" in place else self.restoring.add_file)(place)

    async def meter(self) -> MeterFacts:
        """See Sync."""
        today = meter.day_of(self._c.clock.now())
        return await self._c.store.run(lambda tx: meter.meter(tx, today))

    async def campaigns(self, *, refresh: bool = False) -> list[CampaignFacts]:
        """See Sync."""
        if refresh:
            await self._reached(lambda: refresh_campaigns(self._c))
        me, now = (await self._c.signer.wallet()).address, self._c.platform.time()
        return await self._c.store.run(lambda tx: known_offers(tx, self._c.network, me, now))

    async def fetch_batch(self, campaign_id: str, count: int) -> str:
        """See Sync."""
        await self._restored()
        return await self._reached(
            lambda: self._lease(lambda: self._leasing.fetch_work(campaign_id, count), f"lease:{campaign_id}")
        )

    async def fetch_reviews(self, count: int) -> str:
        """See Sync."""
        await self._restored()
        return await self._reached(
            lambda: self._lease(lambda: self._leasing.fetch_reviews(count), "lease:review")
        )

    async def _lease(self, lease: Callable[[], Awaitable[str]], intent: str) -> str:
        """My own record has to be as new as the platform's, and its note as new as my record."""
        with suppress(PlatformRefused):  # its item says so; it is no reason to take no work
            await self._appeals.send()  # a bond that is on its way counts before another stake is put up
        with suppress(PlatformRefused, PlatformLied):  # and so does a step out of the bond
            await self._upkeep.unbonding.pay_open()
        differs: NoteDiffers | None = None
        for _ in range(2):
            await self._events.pull()
            await self._releasing.send()
            if differs is not None:
                await self._events.look_again()
            try:
                return await self._released(lease)
            except NoteDiffers as error:
                differs = error  # a verdict became final in between: the next page of events brings it
        await self._leasing.forget(intent)  # a request that was repeated after a crash brings an old note
        try:
            return await lease()
        except NoteDiffers as error:
            error.explain(len(await self._c.store.run(refused)))
            raise
        except PlatformRefused as error:
            if differs is None:
                raise
            differs.explain(len(await self._c.store.run(refused)))
            raise differs from error

    async def _released(self, lease: Callable[[], Awaitable[str]]) -> str:
        """Paid tasks that the platform still waits for (it lost its records, or I did) are released first."""
        try:
            return await lease()
        except PlatformRefused as error:
            if error.code != DUE or not await self._releasing.send(asked=True):
                raise
            return await lease()

    async def practice(self, campaign_id: str) -> PracticeFacts:
        """See Sync."""
        with traffic_for(campaign_id):
            return await self._reached(lambda: self._practice.facts(campaign_id))

    async def answer_practice(
        self, campaign_id: str, answers: dict[int, list[dict[str, Any]]]
    ) -> PracticeResult:
        """See Sync."""
        with traffic_for(campaign_id):
            found = await self._reached(lambda: self._practice.answer(campaign_id, answers))
        self._c.publish(Topic.CAMPAIGNS)
        return found

    async def flush(self) -> int:
        """See Sync."""
        return await self._flush(by_hand=True)

    async def _flush(self, *, by_hand: bool) -> int:
        return await self._reached(lambda: self._send(by_hand))

    async def _send(self, by_hand: bool) -> int:
        sent = await self._sending.flush(by_hand=by_hand)
        await self.messages.send()
        await self._appeals.send()
        return sent

    async def pull(self) -> int:
        """See Sync."""

        await self._restored()

        async def work() -> int:
            count = await self._events.pull()
            strangers, self._events.strangers = self._events.strangers, False
            if strangers and await self._c.store.run(needs_history):
                # another laptop of mine did it
                await self._c.store.run(lambda tx: begin(tx, beside=True))
            if not self._standing_asked:
                await self._events.look_again()
                await ask_standing(self._c)
                await keep_key(self._c)
                self._standing_asked = True
            if not await self._c.store.run(_open_leases_known):
                await self._leasing.adopt_open()
                await self._c.store.run(lambda tx: set_value(tx, ADOPTED, True))
            await self._releasing.send()
            await rates.ask(self._c)
            return count

        count = await self._reached(work)
        await self._restored()
        await self.expire()
        return count

    async def _restored(self) -> None:
        """Bring a former life back, part by part: what a button asks for comes in between."""
        await self._c.store.run(begin_after_repair)
        while await self._reached(self.restoring.step):
            await asyncio.sleep(0)

    async def expire(self) -> int:
        """Mark what ran out of time by the platform's clock; the number of items."""
        now = self._c.platform.time()
        open_states = (ItemState.LEASED.name, ItemState.DRAFT.name, ItemState.FINISHED.name)

        def work(tx: Tx) -> int:
            late = tx.find(ItemRecord, kind=_KINDS, state=open_states, due_at=UpTo(now))
            for item in late:
                tx.change(ItemRecord, item.item_id, state=ItemState.EXPIRED.name, changed_at=now)
                stake_back(tx, item, now)
            return len(late)

        count = await self._c.store.run(work)
        if count:
            self._c.publish(Topic.WORK, Topic.REVIEW, Topic.OUTBOX, Topic.EARNINGS)
        return count

    async def run(self) -> None:
        """See Sync."""
        wait = _SHORTEST_S
        while True:
            try:
                if (await self._c.signer.wallet()).unlocked:
                    await self._turn()
                wait = _SHORTEST_S
            except WalletLocked:
                wait = _SHORTEST_S
            except GemsError as error:
                self._problem = problem_of(error)
                self._c.publish(Topic.CONNECTION, Topic.PROBLEM)
                wait = min(_LONGEST_S, wait * 2)
            jitter = int.from_bytes(self._c.clock.random_bytes(2), "big") / 65_536
            await self._c.clock.sleep(wait * (0.75 + jitter / 2))

    async def _turn(self) -> None:
        """Everything that is due; raises the first fault after it.

        The chain is looked at though the platform is gone or lies: a close matters most just then.
        """
        fault: GemsError | None = None
        needed = (self._talk, self._claims.follow, self._upkeep.turn)
        wanted = (self._missing_media, self.keeping.top_up)
        for part in (*needed, *wanted):
            if part in wanted and isinstance(fault, Offline):
                break
            try:
                await part()
            except WalletLocked:
                raise
            except GemsError as error:
                fault = fault or error
        if fault is not None:
            raise fault

    async def _talk(self) -> None:
        await self._look_first()
        await self._flush(by_hand=False)
        await self.pull()
        await self.keeping.looked()

    async def _look_first(self) -> None:
        """After a long gap (a lid that was closed for days, a clock that was moved) leases are looked at first."""
        if not self.keeping.long_gap():
            return
        await self.keeping.remember()
        try:
            await self.pull()
        except (Offline, WalletLocked):
            raise
        except GemsError as error:
            self._problem = problem_of(error)  # what is wrong with the news is no reason to keep answers back

    async def _missing_media(self) -> None:
        """Fetch what is not here yet, the most urgent first; looked at again when the tasks or the budget changed."""
        seen = await self._c.store.run(
            lambda tx: (tx.tally(ItemRecord, ("kind", "state", "campaign_id"), state=_OPEN), chosen(tx))
        )
        if seen == self._media_seen and not self._leasing.budget.waiting:
            return
        items = await self._c.store.run(
            lambda tx: tx.find(
                ItemRecord, order="due_at", omit=MEDIALESS, kind=_KINDS, state=_OPEN, media=Not("[]")
            )
        )
        await self._leasing.fetch_media(items)
        self._media_seen = seen

    async def _listed(self, refresh: bool) -> list[CampaignFacts]:
        return await self.campaigns(refresh=refresh)

    async def _reached(self, work: Callable[[], Awaitable[T]]) -> T:
        """Do something with the platform, keeping the connection's state, the problem and the meter true."""
        before = self._connection
        self._connection = Connection.SYNCING
        if before is not Connection.SYNCING:
            self._c.publish(Topic.CONNECTION)
        try:
            async with self._talking:
                result = await work()
        except GemsError as error:
            offline = isinstance(error, Offline)
            self._connection = Connection.OFFLINE if offline else Connection.ONLINE
            self._problem = problem_of(error)
            raise
        except BaseException:
            self._connection = Connection.OFFLINE if before is Connection.SYNCING else before
            raise
        else:
            self._connection, self._problem = Connection.ONLINE, None
            return result
        finally:
            await self._count()
            self._c.publish(Topic.CONNECTION)

    async def _count(self) -> None:
        found = self._c.platform.take_traffic()
        if found:
            today = meter.day_of(self._c.clock.now())
            await self._c.store.run(lambda tx: meter.count(tx, today, found))
