# SPDX-License-Identifier: Apache-2.0
"""Appeals against rejections: what one would mean, written offline, signed once, sent until answered."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from gems_desktop.services.channels import channel_record, load_channel, unconfirmed_debit
from gems_desktop.services.context import Context
from gems_desktop.services.debits import OTHER_DEBIT, catch_up
from gems_desktop.services.errors import NothingToDo, PlatformLied, PlatformRefused
from gems_desktop.services.facts import AppealFacts, ItemState, Topic
from gems_desktop.services.offers import Campaign, stored_campaign
from gems_desktop.services.outside import clean_text
from gems_desktop.services.ports import Tx
from gems_desktop.services.records import (
    AppealRecord,
    CampaignRecord,
    ChannelRecord,
    DebitRecord,
    ItemRecord,
)
from gems_desktop.services.redos import close_redo, redo_item, reopen_redo
from gems_desktop.services.verdicts import LATEST
from gems_protocol.amount import ZERO, Amount
from gems_protocol.channel import Refused, WorkerChannel, debit
from gems_protocol.keccak import keccak
from gems_protocol.messages import Appeal, Assignment

MAX_REASON = 500
_GIVEN_UP = (ItemState.LEASED.name, ItemState.DRAFT.name)
_REDONE = (ItemState.FINISHED.name, ItemState.SEALED.name)


class Appeals:
    """The appeals of one profile."""

    def __init__(self, context: Context) -> None:
        self._c = context

    async def offer(self, item_id: str) -> AppealFacts:
        """See Work.appeal_offer."""
        now = self._c.platform.time()
        return await self._c.store.run(lambda tx: _facts(tx, _own(tx, item_id), now))

    async def write(self, item_id: str, reason: str) -> None:
        """See Work.appeal."""
        reason = clean_text(reason).strip()
        if not 1 <= len(reason) <= MAX_REASON:
            raise NothingToDo(
                "An appeal needs its reason in at most 500 characters.",
                safe="Nothing was changed.",
                action="Write what is right about your answer.",
            )
        now = self._c.platform.time()

        def prepare(tx: Tx) -> tuple[Appeal, WorkerChannel | None]:
            item = _own(tx, item_id)
            _check(_facts(tx, item, now))
            return _message(item, reason), load_channel(tx)

        message, channel = await self._c.store.run(prepare)
        signature = await self._c.sign(message)
        root = "0x" + message.struct_hash().hex()
        bond = await self._bond(channel, message) if message.bond else None
        sealed = AppealRecord(
            item_id=item_id,
            root=root,
            message=json.dumps(message.to_json()),
            signature="0x" + signature.hex(),
            reason=reason,
            redo_id="",
            made_at=now,
        )

        def keep(tx: Tx) -> None:
            item = _own(tx, item_id)
            _check(_facts(tx, item, now))
            tx.put(replace(sealed, redo_id=close_redo(tx, item, now)))
            if bond is not None:
                tx.put(bond)
            tx.change(
                ItemRecord,
                item_id,
                appeal_state="made",
                appeal_reason=reason,
                changed_at=now,
                appeal_by="miner",
            )

        await self._c.store.run(keep)
        self._c.publish(Topic.WORK, Topic.OUTBOX, Topic.EARNINGS, Topic.CONNECTION)

    async def keep_draft(self, item_id: str, text: str) -> None:
        """See Work.keep_appeal_draft; it stands where the reason will stand once the appeal is signed."""
        kept = clean_text(text)[:MAX_REASON]

        def keep(tx: Tx) -> None:
            item = _own(tx, item_id)
            if item.appeal_by == "miner" and not item.appeal_state and item.appeal_reason != kept:
                tx.change(ItemRecord, item_id, appeal_reason=kept)

        await self._c.store.run(keep)

    async def send(self) -> int:
        """Send what was written, the earliest first; how many arrived.

        What the platform refuses for good is marked, the second try comes back, and the refusal is raised at the end.
        """
        waiting = await self._c.store.run(lambda tx: tx.find(AppealRecord, order="made_at", sent=False))
        sent = 0
        refused: PlatformRefused | None = None
        for record in waiting:
            try:
                answer, bond = await self._post(record)
                judge_by = answer["judge_by"]
                if type(judge_by) is not int or not 0 <= judge_by < LATEST:
                    raise PlatformLied("its answer to an appeal is malformed.")
            except PlatformRefused as error:
                refused = error
                if not error.retryable:
                    await self._c.store.run(lambda tx, r=record: self._late(tx, r))  # type: ignore[misc]
                continue
            except (KeyError, TypeError) as error:
                raise PlatformLied("its answer to an appeal is malformed.") from error
            await self._c.store.run(
                lambda tx, r=record, b=bond, until=judge_by: self._sent(tx, r, b, until)  # type: ignore[misc]
            )
            sent += 1
        if waiting:
            self._c.publish(Topic.WORK, Topic.OUTBOX, Topic.EARNINGS)
        if refused is not None:
            raise refused
        return sent

    async def _post(self, record: AppealRecord) -> tuple[Any, DebitRecord | None]:
        body, bond = await self._body(record)
        try:
            return await self._c.platform.post("/v1/appeals", body), bond
        except PlatformRefused as error:
            if bond is None or error.code not in OTHER_DEBIT or not await catch_up(self._c):
                raise
        body, bond = await self._body(record)  # signed anew, above what another laptop of mine put up
        return await self._c.platform.post("/v1/appeals", body), bond

    async def body(self, record: AppealRecord) -> dict[str, object]:
        """The request of an appeal that goes another way than online; signs its bond anew where that no longer fits."""
        return (await self._body(record))[0]

    async def arrived(self, record: AppealRecord, answer: object) -> None:
        """Take the platform's answer to an appeal that reached it another way; raises PlatformLied for a false one."""
        judge_by = answer.get("judge_by") if isinstance(answer, dict) else None
        if type(judge_by) is not int or not 0 <= judge_by < LATEST:
            raise PlatformLied("its answer to an appeal is malformed.")
        bond = await self._c.store.run(lambda tx: unconfirmed_debit(tx, record.root))
        await self._c.store.run(lambda tx: self._sent(tx, record, bond, judge_by))

    async def turned_down(self, record: AppealRecord) -> None:
        """An appeal that reached the platform another way was refused for good."""
        await self._c.store.run(lambda tx: self._late(tx, record))

    async def _body(self, record: AppealRecord) -> tuple[dict[str, object], DebitRecord | None]:
        """The request, with a bond that fits what was put up since it was written."""
        message = Appeal.from_json(json.loads(record.message))
        bond: DebitRecord | None = None
        if message.bond:
            channel = await self._c.store.run(load_channel)
            bond = await self._c.store.run(lambda tx: unconfirmed_debit(tx, record.root))
            fits = channel is not None and bond is not None
            if not fits or channel.debited + bond.amount != bond.debited:  # type: ignore[union-attr]
                bond = await self._bond(channel, message)
                fresh = bond
                await self._c.store.run(lambda tx: tx.put(fresh))
        return {
            "appeal": {"message": json.loads(record.message), "signature": record.signature},
            "reason": record.reason,
            "debit": None
            if bond is None
            else {"message": json.loads(bond.message), "signature": bond.signature},
        }, bond

    async def _bond(self, channel: WorkerChannel | None, message: Appeal) -> DebitRecord:
        if channel is None:
            raise _no_bond()
        # the bond is no batch: how many of those are open does not limit it
        found = debit(replace(channel, staked=frozenset()), Amount(message.bond), message.struct_hash())
        if isinstance(found, Refused):
            raise _no_bond()
        signature = await self._c.sign(found.debit)
        return DebitRecord(
            root="0x" + message.struct_hash().hex(),
            batch_id="",
            campaign_id="0x" + message.campaign_id.hex(),
            message=json.dumps(found.debit.to_json()),
            signature="0x" + signature.hex(),
            amount=Amount(message.bond),
            debited=Amount(found.debit.debited),
            signed_at=self._c.platform.time(),
            confirmed=False,
        )

    def _sent(self, tx: Tx, record: AppealRecord, bond: DebitRecord | None, judge_by: int) -> None:
        tx.put(replace(record, sent=True))
        item = tx.get(ItemRecord, record.item_id)
        if item is not None and item.appeal_state == "made":
            tx.change(ItemRecord, item.item_id, appeal_state="sent", judge_by=judge_by)
        channel = channel_record(tx)
        if bond is not None and channel is not None:
            tx.change(DebitRecord, bond.root, confirmed=True)
            if channel.debited < bond.debited:
                tx.change(ChannelRecord, channel.channel_id, debited=str(bond.debited))

    def _late(self, tx: Tx, record: AppealRecord) -> None:
        """The platform does not take it: it comes to nothing, and what was given up for it is there again."""
        now = self._c.platform.time()
        tx.remove(AppealRecord, record.item_id)
        tx.remove(DebitRecord, record.root)
        item = tx.get(ItemRecord, record.item_id)
        if item is not None and item.appeal_state == "made":
            tx.change(ItemRecord, item.item_id, appeal_state="late", changed_at=now)
        if record.redo_id:
            reopen_redo(tx, record.redo_id, now)


def _own(tx: Tx, item_id: str) -> ItemRecord:
    item = tx.get(ItemRecord, item_id)
    if item is None or item.kind != "work":
        raise NothingToDo("This task is not on this computer.")
    return item


def _message(item: ItemRecord, reason: str) -> Appeal:
    about = Assignment.from_json(json.loads(item.assignment))
    return Appeal(
        campaign_id=about.campaign_id,
        index=about.index,
        attempt=about.attempt,
        round=item.appeal_round,
        bond=item.appeal_bond.units,
        reason_hash=keccak(text=reason),
    )


def _check(facts: AppealFacts) -> None:
    if not facts.possible:
        raise NothingToDo(facts.why_not, safe="Nothing was changed.")


def _no_bond() -> NothingToDo:
    return NothingToDo(
        "Your bond pocket does not hold the bond of this appeal.",
        safe="Nothing was changed.",
        action="Earn more into your bond pocket, and appeal before the time for it is over.",
    )


def _facts(tx: Tx, item: ItemRecord, now: int) -> AppealFacts:
    campaign = _campaign(tx, item)
    channel = load_channel(tx)
    free = (channel.bond_free if channel else ZERO) - _promised(tx)
    again = redo_item(tx, item)
    redo_open = again is not None and again.state in _GIVEN_UP and again.due_at > now
    why_not = _why_not(item, again, now, free)
    redo_reward = again.reward if again is not None and redo_open else ZERO
    # a rejection that stands loses the stake; a second try, which would have saved it, is given up for the appeal
    return AppealFacts(
        item_id=item.item_id,
        possible=not why_not,
        why_not=why_not,
        verifiers=item.appeal_seats,
        until=item.appeal_until,
        decided_by=item.judge_by or now + campaign.terms.window,
        bond=item.appeal_bond,
        bond_free=free,
        loses=item.appeal_bond + (item.stake if redo_open else ZERO),
        wins=item.reward,
        gives_up_redo=redo_open,
        redo_reward=redo_reward,
        state=item.appeal_state or ("" if why_not else "open"),
        reason=item.appeal_reason if item.appeal_by == "miner" and item.appeal_state else "",
        draft=item.appeal_reason if item.appeal_by == "miner" and not item.appeal_state else "",
    )


def _promised(tx: Tx) -> Amount:
    """Bonds of appeals that are written and not sent yet."""
    roots = [record.root for record in tx.find(AppealRecord, sent=False)]
    found = [tx.get(DebitRecord, root) for root in roots]
    return Amount(sum(debit.amount.units for debit in found if debit is not None))


def _why_not(item: ItemRecord, again: ItemRecord | None, now: int, free: Amount) -> str:
    if item.appeal_state == "late":
        return "The platform did not take your appeal: it came too late."
    if item.appeal_state:
        return "You have appealed already."
    if item.state != ItemState.REJECTED.name or item.appeal_by != "miner" or item.final:
        return "There is no verdict here that you could appeal."
    if item.appeal_until <= now:
        return "The time to appeal is over."
    if again is not None and again.state in _REDONE:
        return "You have finished the second try; take it back first if you would rather appeal."
    if again is not None and again.state not in (*_GIVEN_UP, ItemState.EXPIRED.name, ItemState.RETURNED.name):
        return "You have handed in the second try, so the first verdict stands."
    if item.appeal_bond > free:
        return "Your bond pocket does not hold the bond of this appeal."
    return ""


def _campaign(tx: Tx, item: ItemRecord) -> Campaign:
    record = tx.get(CampaignRecord, item.campaign_id)
    if record is None:
        raise NothingToDo("The campaign of this task is not on this computer.")
    return stored_campaign(record)
