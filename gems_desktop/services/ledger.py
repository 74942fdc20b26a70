# SPDX-License-Identifier: Apache-2.0
"""Every movement of mine as one line, drawn from checked evidence only; and the sums that must agree with it."""

from __future__ import annotations

from datetime import UTC, datetime

from gems_desktop.services.facts import ClaimState, LedgerLine
from gems_desktop.services.offers import stored_campaign
from gems_desktop.services.outside import clean_line
from gems_desktop.services.ports import Tx
from gems_desktop.services.records import CampaignRecord, ClaimRecord, DebitRecord, ItemRecord, LineRecord
from gems_protocol.amount import ZERO, Amount
from gems_protocol.lines import LineKind

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
    for line in tx.find(LineRecord):
        if line.seq:
            title, practice = titles.get(line.campaign_id, ("", False))
            pocket = "paid" if line.kind in _EARNED else "bonded"
            what = _WHAT[line.kind]
            found.append(LedgerLine(line.at, what, title, line.item_id, pocket, line.amount, practice))
    for debit in tx.find(DebitRecord, confirmed=True):
        title, practice = titles.get(debit.campaign_id, ("", False))
        what = "stake_put" if debit.batch_id else "bond_put"  # a bond is of an appeal, not of a batch
        found.append(LedgerLine(debit.signed_at, what, title, "", "stake", -debit.amount, practice))
    redone = {item.redo_of for item in tx.find(ItemRecord) if item.redo_of}
    for item in tx.find(ItemRecord, state="REJECTED"):
        if item.stake > ZERO and item.final and item.item_id not in redone:
            title, practice = titles.get(item.campaign_id, ("", False))
            found.append(
                LedgerLine(item.changed_at, "stake_lost", title, item.item_id, "stake", ZERO, practice)
            )
    for claim in tx.find(ClaimRecord, state=ClaimState.CLAIMED.name):
        found.append(LedgerLine(claim.at, "claim", "", "", "wallet", claim.amount - claim.fee))
        if claim.fee > ZERO:
            found.append(LedgerLine(claim.at, "relayer_fee", "", "", "fee", -claim.fee))
    found.sort(key=lambda line: line.at, reverse=True)
    return found[:limit]


def earned_by_day(tx: Tx) -> list[tuple[str, Amount]]:
    """What vouchers paid for work and reviews on each UTC day, oldest first."""
    days: dict[str, Amount] = {}
    for line in tx.find(LineRecord):
        if line.seq and line.kind in _EARNED:
            day = datetime.fromtimestamp(line.at, UTC).date().isoformat()
            days[day] = days.get(day, ZERO) + line.amount
    return sorted(days.items())
