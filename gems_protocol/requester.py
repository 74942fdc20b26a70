# SPDX-License-Identifier: Apache-2.0
"""The requester report: facts computed from evidence, the same by the platform and by any client."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from gems_protocol.amount import ZERO, Amount, total

HOUR_S = 3600


@dataclass(frozen=True, slots=True)
class TaskFact:
    """What the evidence says about one judged attempt.

    paid: everything that left the escrow for it. reward: to the miner. submitted_at, released_at: Unix
    seconds, released_at None while unpaid. miner_seconds: measured time at work, None when unknown.
    """

    campaign_id: bytes
    index: int
    attempt: int
    accepted: bool
    appealed: bool
    overturned: bool
    paid: Amount
    reward: Amount
    submitted_at: int
    released_at: int | None
    miner_seconds: int | None


@dataclass(frozen=True, slots=True)
class RequesterReport:
    """First facts. median_release_s, p95_release_s: from submission to release of funds; None without any.

    pay_per_hour: the median measured pay of miners for an hour at work; None without measured tasks.
    """

    paid_out: Amount
    accepted: int
    rejected: int
    appealed: int
    overturned: int
    median_release_s: int | None
    p95_release_s: int | None
    pay_per_hour: Amount | None


def report(facts: Sequence[TaskFact]) -> RequesterReport:
    """The report of one requester from all judged attempts of their campaigns."""
    waits = sorted(
        fact.released_at - fact.submitted_at
        for fact in facts
        if fact.released_at is not None and fact.accepted
    )
    hourly = sorted(
        fact.reward.share(Fraction(HOUR_S, fact.miner_seconds))
        for fact in facts
        if fact.accepted and fact.miner_seconds
    )
    accepted = sum(fact.accepted for fact in facts)
    return RequesterReport(
        paid_out=total([fact.paid for fact in facts]) if facts else ZERO,
        accepted=accepted,
        rejected=len(facts) - accepted,
        appealed=sum(fact.appealed for fact in facts),
        overturned=sum(fact.overturned for fact in facts),
        median_release_s=percentile(waits, 50),
        p95_release_s=percentile(waits, 95),
        pay_per_hour=hourly[(len(hourly) - 1) // 2] if hourly else None,
    )


def percentile(ordered: Sequence[int], percent: int) -> int | None:
    """The smallest value that at least `percent` of the ordered values do not exceed; None for none."""
    if not ordered:
        return None
    return ordered[max(0, -(-percent * len(ordered) // 100) - 1)]
