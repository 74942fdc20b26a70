# SPDX-License-Identifier: Apache-2.0
"""Every movement of mine as one line, drawn from checked evidence only; and the sums that must agree with it."""

from __future__ import annotations

from datetime import date
from typing import Any

from gems_desktop.services.facts import ClaimState, LedgerLine
from gems_desktop.services.offers import stored_campaign
from gems_desktop.services.outside import clean_line
from gems_desktop.services.ports import Tx
from gems_desktop.services.queries import Above, Not
from gems_desktop.services.records import CampaignRecord, ClaimRecord, DebitRecord, ItemRecord, LineRecord
from gems_protocol.amount import ZERO, Amount
from gems_protocol.lines import LineKind

_EPOCH = date(1970, 1, 1).toordinal()
_EARNED = (LineKind.REWARD.value, LineKind.REVIEW_PAY.value)
_WHAT = {
    LineKind.REWARD.value: "reward",
    LineKind.STAKE_BACK.value: "stake_back",
    LineKind.REVIEW_PAY.value: "review_pay",
    LineKind.REVIEW_STAKE_BACK.value: "stake_back",
    LineKind.BOND_BACK.value: "bond_back",
}


def _titles(tx: Tx) -> dict[str, tuple[str, bool]]:
    found = {}
    for record in tx.find(CampaignRecord):
        campaign = stored_campaign(record)
        found[record.campaign_id] = (
            clean_line(campaign.manifest.title),
            bool(campaign.shown.get("practice")),
        )
    return found


def ledger_lines(tx: Tx, limit: int) -> list[LedgerLine]:
    """The newest movements first."""
    titles = _titles(tx)
    found = []
    newest: dict[str, Any] = {"descending": True, "limit": limit}
    for line in tx.find(LineRecord, order="at", seq=Above(0), **newest):
        title, practice = titles.get(line.campaign_id, ("", False))
        pocket = "paid" if line.kind in _EARNED else "bonded"
        what = _WHAT[line.kind]
        found.append(LedgerLine(line.at, what, title, line.item_id, pocket, line.amount, practice))
    for debit in tx.find(DebitRecord, order="signed_at", confirmed=True, **newest):
        title, practice = titles.get(debit.campaign_id, ("", False))
        what = "stake_put" if debit.batch_id else "bond_put"  # a bond is of an appeal, not of a batch
        found.append(LedgerLine(debit.signed_at, what, title, "", "stake", -debit.amount, practice))
    for at, item_id, campaign_id in _lost(tx, limit):
        title, practice = titles.get(campaign_id, ("", False))
        found.append(LedgerLine(at, "stake_lost", title, item_id, "stake", ZERO, practice))
    for claim in tx.find(ClaimRecord, state=ClaimState.CLAIMED.name):
        found.append(LedgerLine(claim.at, "claim", "", "", "wallet", claim.amount - claim.fee))
        if claim.fee > ZERO:
            found.append(LedgerLine(claim.at, "relayer_fee", "", "", "fee", -claim.fee))
    found.sort(key=lambda line: line.at, reverse=True)
    return found[:limit]


def _lost(tx: Tx, limit: int) -> list[tuple[int, str, str]]:
    """(When, item, campaign) of the newest rejections for good that took a stake."""
    about = ("changed_at", "item_id", "campaign_id")
    rejected: dict[str, Any] = {"shelf": "rejected", "final": True, "stake": Not("0")}
    # a rejection that was done again lost nothing; twice as many are looked at as can be shown
    lost = tx.rows(ItemRecord, about, order="changed_at", descending=True, limit=2 * limit, **rejected)
    names = tuple(item_id for _, item_id, _ in lost)
    redone = {row[0] for row in tx.rows(ItemRecord, ("redo_of",), redo_of=names)}
    return [(at, item_id, campaign_id) for at, item_id, campaign_id in lost if item_id not in redone][:limit]


def earned_by_day(tx: Tx) -> list[tuple[str, Amount]]:
    """What vouchers paid for work and reviews on each UTC day, oldest first."""
    days: dict[int, Amount] = {}
    for day, amount, count in tx.tally(LineRecord, ("day", "amount"), kind=_EARNED):
        days[day] = days.get(day, ZERO) + Amount(int(amount) * count)
    return [(date.fromordinal(_EPOCH + day).isoformat(), amount) for day, amount in sorted(days.items())]
