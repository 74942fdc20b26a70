# SPDX-License-Identifier: Apache-2.0
"""The requester report from the platform's own ledger, by the protocol's rule."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

from sqlalchemy.orm import Session

from gems_platform.campaigns import repository
from gems_platform.campaigns.facts import facts
from gems_platform.campaigns.tables import CampaignRow
from gems_platform.settings import Settings
from gems_protocol.amount import ZERO, Amount
from gems_protocol.ledger import Why, escrow
from gems_protocol.requester import TaskFact, report


def report_of(session: Session, settings: Settings, requester: str) -> dict[str, Any]:
    """What a requester's past says, with what its escrows hold now."""
    campaigns = repository.of_requester(session, requester)
    spent: dict[tuple[str, int, int], int] = defaultdict(int)
    for row in campaigns:
        pot = escrow(facts(row).campaign_id)
        for moved in repository.transfers(session, row.id):
            if moved.why != Why.UNSPENT.value:
                sign = (moved.source == pot) - (moved.target == pot)
                spent[row.id, moved.index, moved.attempt] += sign * moved.amount
    judged = []
    for done in repository.judged(session, requester):
        accepted = done.state == "accepted"
        submitted = done.submitted_at or done.leased_at
        judged.append(
            TaskFact(
                campaign_id=bytes.fromhex(done.campaign_id[2:]),
                index=done.index,
                attempt=done.attempt,
                accepted=accepted,
                appealed=False,
                overturned=False,
                paid=Amount(spent[done.campaign_id, done.index, done.attempt]),
                reward=Amount(int(json.loads(done.message)["reward"])) if accepted else ZERO,
                submitted_at=submitted,
                released_at=done.judged_at if accepted else None,
                miner_seconds=max(1, submitted - done.leased_at),
            )
        )
    found = report(judged)
    return {
        "requester": requester,
        "paid_out": str(sum(spent.values())),
        "accepted": found.accepted,
        "rejected": found.rejected,
        "appealed": found.appealed,
        "overturned": found.overturned,
        "median_release_s": found.median_release_s,
        "p95_release_s": found.p95_release_s,
        "pay_per_hour": None if found.pay_per_hour is None else str(found.pay_per_hour),
        "funded_now": str(sum(_locked(row) for row in campaigns)),
        "tasks_total": sum(row.tasks_total for row in campaigns if row.state != "draft"),
        "practice": settings.is_practice(requester),
    }


def _locked(row: CampaignRow) -> int:
    return max(0, row.funded - row.redeemed)


def unsigned(session: Session, row: CampaignRow) -> int:
    """Base units that the hub has promised to workers and the requester's Spends do not cover."""
    due = repository.pot_balance(session, row.id, escrow(facts(row).campaign_id))
    return max(0, due - min(row.spend_signed, row.funded))


def spend_due(session: Session, row: CampaignRow) -> tuple[int, list[dict[str, Any]]]:
    """What left the escrow for work so far, less what forfeits brought back; with a line for each movement."""
    pot = escrow(facts(row).campaign_id)
    lines, due = [], 0
    for moved in repository.transfers(session, row.id):
        sign = (moved.source == pot) - (moved.target == pot)
        if sign == 0 or moved.why == Why.UNSPENT.value:
            continue
        due += sign * moved.amount
        lines.append(
            {
                "index": moved.index,
                "attempt": moved.attempt,
                "round": moved.round,
                "why": moved.why,
                "amount": str(sign * moved.amount),
            }
        )
    return max(0, due), lines
