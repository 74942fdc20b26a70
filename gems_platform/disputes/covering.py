# SPDX-License-Identifier: Apache-2.0
"""Which tasks a requester's Spend pays, and which the escrow pays by a verdict: never both."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gems_platform.campaigns import bills, reports
from gems_platform.campaigns.tables import BillRow, CampaignRow
from gems_platform.disputes import repository
from gems_platform.schemas import text
from gems_protocol import merkle

Lines = list[dict[str, Any]]
_AS_JUDGED = {  # what the chain shows of a verdict -> the platform's own
    "accepted": "accepted",
    "accepted_appealed": "accepted",
    "paid": "accepted",
    "rejected": "rejected",
    "rejected_appealed": "rejected",
    "reopened": "rejected",
}


def paid_by_verdict(session: Session, campaign_id: str) -> frozenset[str]:
    """Task keys whose verdict on chain is the platform's own: the escrow holds, or paid, what they cost."""
    states = repository.judged_on_chain(session, campaign_id)
    if not any(state in _AS_JUDGED for state in states.values()):
        return frozenset()
    own = {
        repository.key_of((row.campaign_id, row.index, row.attempt)): row.state
        for row in repository.judged(session, campaign_id)
    }
    return frozenset(key for key, state in states.items() if _AS_JUDGED.get(state) == own.get(key, ""))


def covered(session: Session, row: CampaignRow, lines: Lines) -> frozenset[str] | None:
    """Task keys that the signed Spend pays; None if that cannot be told: then nothing more may be claimed.

    lines: every movement of the campaign so far. The Spend is of the sum of a kept bill, and the bill's root tells
    how many movements there were then.
    """
    if not row.spend_signed:
        return frozenset()
    query = select(BillRow).where(BillRow.campaign_id == row.id, BillRow.spent == row.spend_signed)
    roots = {kept.root for kept in session.scalars(query)}
    without = paid_by_verdict(session, row.id)
    for some in (lines, _less(row.id, lines, without)):
        for keys in _of_sum(row, some):
            if keys and text(merkle.root(keys)) in roots:
                return frozenset(text(key) for key in keys)
    return None


def _of_sum(row: CampaignRow, lines: Lines) -> Iterator[list[bytes]]:
    """The keys of each beginning of the movements whose sum is the signed one, the longest first."""
    sums, total = [], 0
    for line in lines:
        total += int(line["amount"])
        sums.append(total)
    seen: list[list[bytes]] = []
    for at in reversed(range(len(sums))):
        if sums[at] == row.spend_signed:
            keys = bills.keys_of(row.id, lines[: at + 1])
            if keys not in seen:
                seen.append(keys)
                yield keys


def billable(session: Session, row: CampaignRow) -> tuple[int, Lines]:
    """What the next Spend is of: everything but the tasks that the escrow pays by a verdict and no Spend paid."""
    spent, lines = reports.spend_due(session, row)
    taken = paid_by_verdict(session, row.id)
    if not taken:
        return spent, lines
    paid = covered(session, row, lines)
    left = _less(row.id, lines, taken - paid) if paid is not None else lines
    return max(0, sum(int(line["amount"]) for line in left)), left


def _less(campaign_id: str, lines: Lines, keys: frozenset[str]) -> Lines:
    return [
        line for line in lines if repository.key_of((campaign_id, line["index"], line["attempt"])) not in keys
    ]
