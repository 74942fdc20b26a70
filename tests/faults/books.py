# SPDX-License-Identifier: Apache-2.0
"""What the platform's store and the chain say of one worker in the end, and what of it may not be."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from gems_platform.campaigns import repository as campaigns
from gems_platform.db import Database
from gems_platform.submissions.tables import ReceiptRow
from gems_platform.tasks.tables import AssignmentRow


@dataclass(frozen=True)
class Evidence:
    """The platform's and the chain's side; amounts in base units."""

    receipts: dict[str, Any]  # root -> the signed receipt
    submitted: dict[str, str]  # assignment -> root it came with
    states: dict[str, str]  # assignment -> its state
    rewards: Counter[str]  # "index/attempt" -> how many movements to the worker
    to_worker: int
    wallet: int  # on chain
    claimed: int  # on chain


def evidence(db: Database, worker: str, campaign_id: str, *, wallet: int, claimed: int) -> Evidence:
    """Read the platform's side of one worker in one campaign."""
    with db.read() as session:
        receipts = session.scalars(select(ReceiptRow).where(ReceiptRow.worker == worker)).all()
        given = session.scalars(select(AssignmentRow).where(AssignmentRow.miner == worker)).all()
        moved = [row for row in campaigns.transfers(session, campaign_id) if worker in row.target]
        return Evidence(
            {row.root: json.loads(row.receipt) for row in receipts},
            {row.hash: row.submission_root for row in given if row.submission_root},
            {row.hash: row.state for row in given},
            Counter(f"{row.index}/{row.attempt}" for row in moved),
            sum(row.amount for row in moved),
            wallet,
            claimed,
        )


def wrong(told: dict[str, Any], seen: Evidence, reward: int) -> list[str]:
    """What the worker's last words, the platform and the chain do not agree on; each reward once, all of it paid."""
    said = []
    ours = told["inventory"]["sealed"]
    said += [f"never delivered: {root}" for root, receipt in ours.items() if not receipt]
    for root, receipt in ours.items():
        if receipt and seen.receipts.get(root) != json.loads(receipt):
            said.append(f"the platform does not know its receipt: {root}")
    said += [f"the worker has no receipt for {root}" for root in seen.receipts if root not in ours]
    done = {item for item, state in told["states"].items() if state == "PAID"}
    said += [f"paid without an answer: {item}" for item in done if item not in seen.submitted]
    said += [f"answered and not paid: {item}" for item in seen.submitted if item not in done]
    said += [f"paid {count} times: {place}" for place, count in seen.rewards.items() if count != 1]
    sums = {
        "rewards of what is done": len(done) * reward,
        "the platform's ledger": seen.to_worker,
        "the worker's own sum": int(told["paid"]),
    }
    if len(set(sums.values())) != 1:
        said.append(f"sums differ: {sums}")
    amounts = sum(int(amount) for amount, _ in told["received"])
    fees = sum(int(fee) for _, fee in told["received"])
    if not amounts == seen.claimed == int(told["claimed"]):
        said.append(f"claims {amounts}, on chain {seen.claimed}, told {told['claimed']}")
    if not seen.wallet == amounts - fees == int(told["wallet"]):
        said.append(f"wallet {seen.wallet}, claims less fees {amounts - fees}, told {told['wallet']}")
    if int(told["claimed"]) + int(told["claimable"]) != int(told["paid"]) or told["difference"]:
        said.append(f"claimed and claimable are not what was paid: {told['difference']}")
    return said
