# SPDX-License-Identifier: Apache-2.0
"""Taking work and reviews: ask, check everything, put up the stake, store, then fetch the media."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from gems_desktop.services.budget import Budget
from gems_desktop.services.channels import (
    channel_record,
    load_channel,
    new_channel,
    read_config,
    unconfirmed_debit,
    waiting_batches,
)
from gems_desktop.services.context import Context
from gems_desktop.services.cursor import get_value, set_value
from gems_desktop.services.debits import OTHER_DEBIT, catch_up, drop_unconfirmed
from gems_desktop.services.errors import BatchRefused, NothingToDo, PlatformRefused
from gems_desktop.services.facts import Topic
from gems_desktop.services.hub_promise import check_before_stake
from gems_desktop.services.known_campaign import known_campaign
from gems_desktop.services.leases import CheckedBatch, check_reviews, check_work
from gems_desktop.services.notes import from_text, remember
from gems_desktop.services.offers import Campaign, listed, stored_campaign
from gems_desktop.services.own_close import is_leaving
from gems_desktop.services.ports import Tx
from gems_desktop.services.record_of_work import my_record
from gems_desktop.services.records import (
    BatchRecord,
    CampaignRecord,
    ChannelRecord,
    DebitRecord,
    ItemRecord,
)
from gems_desktop.services.traffic import traffic_for
from gems_desktop.services.trusted_contracts import ensure_contracts
from gems_protocol.amount import ZERO, Amount
from gems_protocol.channel import (
    CREDIT_BATCHES,
    STAKED_BATCHES,
    STALLED_BATCHES,
    Refused,
    WorkerChannel,
    debit,
)

_DEPOSIT_TRIES = 20  # a local chain needs one block; a public one is asked again at the next lease
UNSURE = "lease_unsure"  # whether a batch was being confirmed and nobody knows how that ended
_DRAW_S = 10  # a draw that is no further off is waited for
_INTENT_LASTS_S = 480  # less than the ten minutes after which the platform voids an unconfirmed batch


class Leasing:
    """Leases of one profile."""

    def __init__(self, context: Context) -> None:
        self._c = context
        self.budget = Budget(context)

    async def fetch_work(self, campaign_id: str, count: int) -> str:
        """Lease `count` tasks; the batch id. Raises BatchRefused, PlatformLied, PlatformRefused, Offline."""
        me = await self._c.address()
        campaign = await self.campaign(campaign_id)
        self.budget.check_room(count, campaign.shown["media_bytes_per_task"])
        await self.ensure_channel(me)
        mine = await self._c.store.run(my_record)
        await self._check_credit("work")
        request = {"campaign_id": campaign_id, "count": count}
        name, body = await self._intent(f"lease:{campaign_id}", request)
        with traffic_for(campaign_id):
            answer = await self._ask("/v1/leases", name, body)
            batch = check_work(answer, self._c.network, campaign, me, mine, self._c.platform.time())
            await self._take(batch, name)
        return batch.batch_id

    async def fetch_reviews(self, count: int) -> str:
        """Lease `count` submissions to judge; the batch id."""
        self.budget.check_room(count, 0)
        me = await self._c.address()
        await self.ensure_channel(me)
        await self._check_credit("review")
        mine = await self._c.store.run(my_record)
        name, body = await self._intent("lease:review", {"count": count})
        answer = await self._ask("/v1/reviews/leases", name, body)
        campaigns = await self._campaigns_of(answer)
        batch = check_reviews(answer, self._c.network, campaigns, me, mine, self._c.platform.time())
        await self._take(batch, name)
        return batch.batch_id

    async def forget(self, intent: str) -> None:
        """Ask anew the next time instead of repeating this request."""
        await self._c.store.run(lambda tx: set_value(tx, intent, None))

    async def adopt_open(self) -> int:
        """Take over what the platform says I have leased and this computer does not know (a new laptop)."""
        me = await self._c.address()
        answer = await self._c.platform.get("/v1/leases")
        told = listed(answer, "batches")
        names = tuple(str(value.get("batch_id")) for value in told)
        found = await self._c.store.run(lambda tx: tx.rows(BatchRecord, ("batch_id",), batch_id=names))
        known = {row[0] for row in found}
        taken = 0
        for value in told:
            if value.get("batch_id") in known or value.get("state") != "confirmed":
                continue
            left = [item for item in listed(value, "items") if item.get("state") == "leased"]
            if not left:
                continue
            await self.ensure_channel(me)
            now = self._c.platform.time()
            if value.get("kind") == "work":
                campaign = await self.campaign(str(value.get("campaign_id")))
                batch = check_work(value, self._c.network, campaign, me, None, now)
            else:
                campaigns = await self._campaigns_of(value)
                batch = check_reviews(value, self._c.network, campaigns, me, None, now)
            waiting = {item["assignment"]["signature"] for item in left}
            kept = tuple(item for item in batch.items if item.signature in waiting)
            await self._c.store.run(lambda tx, b=batch, k=kept: self._adopt(tx, b, k))  # type: ignore[misc]
            taken += len(kept)
        await self._c.store.run(lambda tx: set_value(tx, UNSURE, False))
        return taken

    def _adopt(self, tx: Tx, batch: CheckedBatch, kept: tuple[ItemRecord, ...]) -> None:
        """A stake that was signed here and whose confirmation never arrived is at risk all the same."""
        signed = unconfirmed_debit(tx, "0x" + batch.root.hex())
        intent = f"lease:{batch.campaign_id}" if batch.kind == "work" else "lease:review"
        self._store(tx, batch, kept, signed, intent)

    async def campaign(self, campaign_id: str) -> Campaign:
        """The campaign, checked; asked for when it is not known yet."""
        return await known_campaign(self._c, campaign_id)

    async def _campaigns_of(self, answer: Any) -> dict[str, Campaign]:
        found: dict[str, Campaign] = {}
        items = answer.get("items") if isinstance(answer, dict) else None
        for item in items if isinstance(items, list) else []:
            try:
                campaign_id = str(item["assignment"]["message"]["campaign_id"])
            except (KeyError, TypeError):
                continue  # the batch's own check refuses it
            if len(campaign_id) == 66 and campaign_id not in found:
                found[campaign_id] = await self.campaign(campaign_id)
        return found

    async def ensure_channel(self, me: str) -> WorkerChannel:
        """My channel with a deposit that the chain confirms; opened by the platform when there is none."""
        await ensure_contracts(self._c)
        known = await self._c.store.run(load_channel)
        if known is not None and known.deposit > ZERO:
            return known
        answer = await self._c.platform.post("/v1/channel", {})
        config = read_config(answer.get("config"), self._c.network, me)
        for _ in range(_DEPOSIT_TRIES):
            state = await self._c.chain.agree(config.channel_id())
            if state.deposit > 0:
                break
            await self._c.clock.sleep(0.25)
        else:
            raise BatchRefused("your payment channel has no confirmed deposit yet.")
        if state.closing:
            raise BatchRefused("your payment channel is closing.")
        record = new_channel(config, state.deposit, state.claimed, state.closing, self._c.platform.time())
        standing = await self._c.platform.get("/v1/channel")
        target = Amount.parse(str(standing.get("bond_target", "0")))
        await self._c.store.run(lambda tx: tx.put(_with_target(tx, record, target)))
        found = await self._c.store.run(load_channel)
        if found is None:
            raise NothingToDo("The channel was not stored.")
        return found

    async def _check_credit(self, kind: str) -> None:
        def work(tx: Tx) -> tuple[bool, int]:
            channel = channel_record(tx)
            waiting = [batch for batch in waiting_batches(tx)[0] if batch.kind == kind] if channel else []
            return bool(channel and (channel.closing or is_leaving(tx))), len(waiting)

        closing, waiting = await self._c.store.run(work)
        if closing:
            raise BatchRefused("your payment channel is closing.")
        if waiting >= (
            CREDIT_BATCHES if kind == "work" else STALLED_BATCHES
        ):  # the platform's own is K, or less
            raise BatchRefused(
                f"{waiting} batches that you sent are not paid yet; more would be too much trust."
            )

    async def _intent(self, name: str, request: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        """The request with an id that is stored before it is sent, so that a crash repeats, never doubles it."""
        now = self._c.clock.now()
        fresh = "0x" + self._c.random_id().hex()

        def running(tx: Tx) -> Any:
            kept = get_value(tx, name)
            lasts = kept is not None and kept["request"] == request and now - kept["at"] < _INTENT_LASTS_S
            return kept if lasts else None

        if await self._c.store.run(lambda tx: get_value(tx, UNSURE, False) and running(tx) is None):
            await self.adopt_open()  # it may have been confirmed: its stake counts before another is put up

        def work(tx: Tx) -> dict[str, Any]:
            kept = running(tx)
            if kept is not None:
                return {"request_id": kept["request_id"], **request}
            set_value(tx, name, {"request_id": fresh, "request": request, "at": now})
            return {"request_id": fresh, **request}

        return name, await self._c.store.run(work)

    async def _ask(self, path: str, intent: str, body: dict[str, Any]) -> Any:
        try:
            try:
                return await self._c.platform.post(path, body)
            except PlatformRefused as error:
                if not 0 < error.retry_after <= _DRAW_S:
                    raise
                await self._c.clock.sleep(error.retry_after + 0.2)  # too many ask: who gets it is drawn then
            return await self._c.platform.post(path, body)
        except PlatformRefused:
            await self._c.store.run(lambda tx: set_value(tx, intent, None))
            raise

    async def _take(self, batch: CheckedBatch, intent: str) -> None:
        signed = await self._stake(batch)
        try:
            await self._confirm(batch, signed)
        except PlatformRefused as error:
            root = "" if signed is None else signed.root
            if not root or error.code not in OTHER_DEBIT or not await catch_up(self._c):
                await self._c.store.run(lambda tx: _sure(tx, intent))
                raise
            await self._c.store.run(lambda tx: drop_unconfirmed(tx, root))
            signed = await self._stake(batch)
            try:
                await self._confirm(batch, signed)
            except PlatformRefused:
                await self._c.store.run(lambda tx: _sure(tx, intent))
                raise
        await self._c.store.run(lambda tx: self._store(tx, batch, batch.items, signed, intent))
        try:
            await self.fetch_media(batch.items)
        finally:
            # told afterwards: a task that is opened before its files are here shows nothing
            self._c.publish(
                Topic.WORK if batch.kind == "work" else Topic.REVIEW, Topic.OUTBOX, Topic.EARNINGS
            )

    async def _confirm(self, batch: CheckedBatch, signed: DebitRecord | None) -> None:
        await self._c.store.run(lambda tx: set_value(tx, UNSURE, True))
        body: dict[str, Any] = {"debit": None}
        if signed is not None:
            body = {"debit": {"message": json.loads(signed.message), "signature": signed.signature}}
        await self._c.platform.post(f"/v1/leases/{batch.batch_id}/confirm", body)

    async def _stake(self, batch: CheckedBatch) -> DebitRecord | None:
        if batch.stake_total == ZERO:
            return None
        root = "0x" + batch.root.hex()
        known = await self._c.store.run(lambda tx: unconfirmed_debit(tx, root))
        if known is not None:
            return known
        await check_before_stake(self._c)
        channel = await self._c.store.run(load_channel)
        if channel is None:
            raise BatchRefused("it asks for a stake and there is no payment channel yet.")
        most = STALLED_BATCHES if batch.kind == "review" else STAKED_BATCHES
        found = debit(channel, batch.stake_total, batch.root, most)
        if isinstance(found, Refused):
            raise BatchRefused(f"its stake cannot be put up: {found.reason.value}.")
        signature = await self._c.sign(found.debit)
        record = DebitRecord(
            root=root,
            batch_id=batch.batch_id,
            campaign_id=batch.campaign_id,
            message=json.dumps(found.debit.to_json()),
            signature="0x" + signature.hex(),
            amount=batch.stake_total,
            debited=Amount(found.debit.debited),
            signed_at=self._c.platform.time(),
            confirmed=False,
        )
        await self._c.store.run(lambda tx: tx.put(record))
        return record

    def _store(
        self,
        tx: Tx,
        batch: CheckedBatch,
        items: tuple[ItemRecord, ...],
        signed: DebitRecord | None,
        intent: str = "",
    ) -> None:
        now = self._c.platform.time()
        tx.put(
            BatchRecord(
                batch_id=batch.batch_id,
                kind=batch.kind,
                campaign_id=batch.campaign_id,
                root="0x" + batch.root.hex(),
                size=len(items),
                stake_total=batch.stake_total,
                due_at=min(item.due_at for item in items),
                leased_at=now,
            )
        )
        tx.put(*(item for item in items if tx.get(ItemRecord, item.item_id) is None))
        stated = next((item for item in items if item.standing), None)
        about = tx.get(CampaignRecord, stated.campaign_id) if stated is not None else None
        if stated is not None and about is not None:
            remember(tx, stored_campaign(about).rules.family, from_text(stated.standing))
        if signed is not None:
            tx.change(DebitRecord, signed.root, confirmed=True)
            record = channel_record(tx)
            if record is not None and record.debited < signed.debited:
                tx.change(ChannelRecord, record.channel_id, debited=str(signed.debited))
        if intent:
            _sure(tx, intent)

    async def fetch_media(self, items: tuple[ItemRecord, ...] | list[ItemRecord]) -> None:
        """Have the files of these items here, as far as the budget goes; the rest waits."""
        await self.budget.fetch(items)


def _sure(tx: Tx, intent: str) -> None:
    set_value(tx, intent, None)
    set_value(tx, UNSURE, False)


def _with_target(tx: Tx, record: ChannelRecord, target: Amount) -> ChannelRecord:
    """A fresh reading of the chain keeps what I had put up and ordered before."""
    known = channel_record(tx)
    if known is None:
        return replace(record, bond_target=target)
    return replace(
        record,
        debited=known.debited,
        bond_target=known.bond_target,
        former_target=known.former_target,
        from_rewards=known.from_rewards,
    )
