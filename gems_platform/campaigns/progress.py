# SPDX-License-Identifier: Apache-2.0
"""How a campaign stands for the requester who watches it: counts and sums, one query each."""

from __future__ import annotations

from statistics import median_low
from typing import Any

from sqlalchemy.orm import Session

from gems_platform.campaigns import progress_repository as counted
from gems_platform.campaigns import repository, service
from gems_platform.campaigns.facts import facts
from gems_platform.matching import tallies
from gems_protocol.requester import share_fact
from gems_protocol.task import TaskState

HOUR_S = 3_600
_STATES = frozenset(state.value for state in TaskState)


def progress(session: Session, me: str, campaign_id: str, now: int) -> dict[str, Any]:
    """Tasks by state, money, verdicts, disagreement, why work was rejected, and pace; raises NotFound for others."""
    row = repository.owned(session, campaign_id, me)
    terms = facts(row).terms
    attempts = counted.attempts(session, campaign_id)
    seconds = sorted(counted.seconds(session, campaign_id))
    split, judged = counted.split(session, campaign_id)
    due = max(0, tallies.spent_of(session, campaign_id))
    shares = share_fact(split, judged)
    return {
        "campaign_id": row.id,
        "at": now,
        "state": service.state(row, now),
        "ends": terms.ends,
        "tasks_total": row.tasks_total,
        "tasks": {
            name: n for name, n in tallies.counts(session, campaign_id).items() if n and name in _STATES
        },
        "held": repository.held(session, campaign_id),
        "attempts": {
            "submitted": sum(attempts.values()),
            "accepted": attempts.get((True, "accepted"), 0),
            "rejected": attempts.get((True, "rejected"), 0),
        },
        "disagreement": {
            "part": shares.part,
            "whole": shares.whole,
            "lower": shares.lower,
            "upper": shares.upper,
        },
        "rejections": counted.reasons(session, campaign_id),
        "money": {
            "funded": str(row.funded),
            "due": str(due),
            "signed": str(row.spend_signed),
            "redeemed": str(row.redeemed),
        },
        "last_hour": {
            "submitted": counted.submitted_since(session, campaign_id, now - HOUR_S),
            "judged": counted.judged_since(session, campaign_id, now - HOUR_S),
        },
        "first_submission_at": counted.first_submission(session, campaign_id),
        "last_submission_at": counted.last_submission(session, campaign_id),
        "median_seconds": median_low(seconds) if seconds else None,
        "measured": len(seconds),
        "expected_seconds": facts(row).manifest.expected_seconds,
        "reward": str(terms.mr),
    }
