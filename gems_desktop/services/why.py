# SPDX-License-Identifier: Apache-2.0
"""Reads why a movement of money is what it is, from the same evidence that the ledger is drawn from."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from gems_desktop.services.channels import channel_record
from gems_desktop.services.context import Context
from gems_desktop.services.errors import NothingToDo
from gems_desktop.services.facts_why import LedgerLine, PartFacts, WhyFacts
from gems_desktop.services.offers import Campaign, stored_campaign
from gems_desktop.services.ports import Tx
from gems_desktop.services.records import (
    CampaignRecord,
    ClaimRecord,
    DebitRecord,
    EventRecord,
    ItemRecord,
    LineRecord,
    TransferRecord,
    VoucherRecord,
)
from gems_protocol.amount import ZERO, Amount, total
from gems_protocol.lines import LineKind

_EARNED = (LineKind.REWARD.value, LineKind.REVIEW_PAY.value)
_BACK = {
    LineKind.STAKE_BACK.value: "stake_put",
    LineKind.REVIEW_STAKE_BACK.value: "stake_put",
    LineKind.BOND_BACK.value: "bond_put",
    LineKind.UNBONDED.value: "unbond",
}


class WhyService:
    """Implements Why."""

    def __init__(self, context: Context) -> None:
        self._c = context

    async def why(self, line: LedgerLine) -> WhyFacts:
        """See Why."""
        return await self._c.store.run(lambda tx: explained(tx, line))


def explained(tx: Tx, line: LedgerLine) -> WhyFacts:
    """The parts of a movement; what they leave unexplained is a part of its own, so that the sum is always the line."""
    kind, _, name = line.ref.partition(":")
    reader = _READERS.get(kind)
    found = reader(tx, line, name) if reader is not None else _alone(line, "earlier")
    rest = line.amount - total([part.amount for part in found.parts])
    return replace(found, parts=(*found.parts, PartFacts("rest", rest))) if rest else found


def _alone(line: LedgerLine, check: str) -> WhyFacts:
    return WhyFacts(line, (PartFacts(line.what, line.amount),), check=check)


def _gone() -> NothingToDo:
    return NothingToDo("What this movement was read from is not on this computer any more.")


def _settled(tx: Tx, line: LedgerLine, name: str) -> WhyFacts:
    record = tx.get(LineRecord, name)
    if record is None:
        raise _gone()
    item = tx.get(ItemRecord, record.item_id) if record.item_id else None
    found = WhyFacts(line, _parts(tx, record, item), check="verdict", **_paid_by(tx, record.seq))
    if record.kind == LineKind.UNBONDED.value:
        return replace(found, check="signed")
    return _about(tx, replace(found, index=record.index), item)


def _parts(tx: Tx, record: LineRecord, item: ItemRecord | None) -> tuple[PartFacts, ...]:
    if record.kind in _BACK:
        return (PartFacts(_BACK[record.kind], record.amount),)
    if item is None or record.kind == LineKind.REVIEW_PAY.value:
        return (PartFacts(record.kind, record.amount),)
    campaign = _campaign(tx, item.campaign_id)
    whole = campaign.terms.mr if campaign is not None else item.reward
    parts = [PartFacts("task_reward", whole)]
    if whole != item.reward:  # what the assignment, which the platform signed, says that I get
        parts.append(PartFacts("second_look" if item.redo_of else "audit_fee", item.reward - whole))
    if item.poor and record.amount != item.reward:
        parts.append(PartFacts("withheld", record.amount - item.reward))
    return tuple(parts)


def _about(tx: Tx, found: WhyFacts, item: ItemRecord | None) -> WhyFacts:
    """With the task and the verdict that it rests on."""
    if item is None:
        return found
    campaign = _campaign(tx, item.campaign_id)
    event = tx.get(EventRecord, item.judged_at) if item.outcome else None
    return replace(
        found,
        index=item.index,
        opens=item.item_id if item.kind == "work" else "",
        policy=campaign.manifest.policy.name if campaign is not None else "",
        accepted=item.outcome > 0 if item.outcome else None,
        judged_at=event.at if event is not None else 0,
        check="verdict" if item.outcome else "returned",
    )


def _campaign(tx: Tx, campaign_id: str) -> Campaign | None:
    record = tx.get(CampaignRecord, campaign_id)
    return stored_campaign(record) if record is not None else None


def _paid_by(tx: Tx, seq: int) -> dict[str, Any]:
    voucher = tx.get(VoucherRecord, seq) if seq else None
    if voucher is None:
        return {}
    at, paid, bonded = voucher.received_at, voucher.paid, voucher.bonded
    return {"seq": seq, "voucher_at": at, "voucher_paid": paid, "voucher_bonded": bonded}


def _order(tx: Tx, line: LedgerLine, name: str) -> WhyFacts:
    """What the standing order moved of one voucher's pay into the bond."""
    seq = int(name)
    voucher, before = tx.get(VoucherRecord, seq), tx.get(VoucherRecord, seq - 1)
    if voucher is None:
        raise _gone()
    if line.amount < ZERO:
        parts: tuple[PartFacts, ...] = (PartFacts("bond", line.amount),)
    else:
        pay = total([row.amount for row in tx.find(LineRecord, seq=seq) if row.kind in _IN_PAID])
        free = voucher.paid - (before.paid if before is not None else ZERO)
        parts = (PartFacts("voucher_pay", pay), PartFacts("stays_free", -free))
    return WhyFacts(line, parts, check="order", **_paid_by(tx, seq))


_IN_PAID = (*_EARNED, LineKind.UNBONDED.value)


def _debit(tx: Tx, line: LedgerLine, name: str) -> WhyFacts:
    debit = tx.get(DebitRecord, name)
    if debit is None:
        raise _gone()
    channel = channel_record(tx)
    if not debit.batch_id or (channel is not None and debit.campaign_id == channel.channel_id):
        return _alone(line, "signed")
    counted: dict[Amount, int] = {}
    for stake, again in tx.rows(ItemRecord, ("stake", "redo_of"), batch_id=debit.batch_id):
        if not again and int(stake):  # a second try carries the stake of the first
            counted[Amount(int(stake))] = counted.get(Amount(int(stake)), 0) + 1
    parts = [PartFacts("stakes", -(each * times), times, each) for each, times in sorted(counted.items())]
    return WhyFacts(line, tuple(parts), check="signed")


def _lost(tx: Tx, line: LedgerLine, name: str) -> WhyFacts:
    """The stake left when it was put down; the line says that it does not come back."""
    item = tx.get(ItemRecord, name)
    if item is None:
        raise _gone()
    parts = (PartFacts("stake_gone", -item.stake), PartFacts("stake_counted", item.stake))
    return _about(tx, WhyFacts(line, parts), item)


def _claim(tx: Tx, line: LedgerLine, name: str) -> WhyFacts:
    claim = tx.get(ClaimRecord, name)
    if claim is None:
        raise _gone()
    found = replace(_alone(line, "chain"), tx_hash=claim.tx_hash)
    if line.what != "claim":
        return found
    parts = [PartFacts("vouchers", claim.claimed_before + claim.amount)]
    if claim.claimed_before:
        parts.append(PartFacts("claimed_before", -claim.claimed_before))
    if claim.fee:
        parts.append(PartFacts("relayer_fee", -claim.fee))
    said = json.loads(claim.body)["voucher"]["message"]
    return replace(found, parts=tuple(parts), **_paid_by(tx, int(said["seq"])))


def _transfer(tx: Tx, line: LedgerLine, name: str) -> WhyFacts:
    sent = tx.get(TransferRecord, name)
    if sent is None:
        raise _gone()
    return replace(_alone(line, "chain"), tx_hash=sent.tx_hash)


_READERS: dict[str, Callable[[Tx, LedgerLine, str], WhyFacts]] = {
    "line": _settled,
    "voucher": _order,
    "debit": _debit,
    "lost": _lost,
    "claim": _claim,
    "transfer": _transfer,
}
