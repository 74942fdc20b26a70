# SPDX-License-Identifier: Apache-2.0
"""The requester report: facts computed from evidence, the same by the platform and by any client."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from gems_protocol.amount import ZERO, Amount, total
from gems_protocol.trust.wilson import wilson

HOUR_S = 3600
ASPECTS = ("pay", "clarity", "speed", "fairness")
GOOD_MARK = 4


@dataclass(frozen=True, slots=True)
class TaskFact:
    """What the evidence says about one judged attempt.

    paid: everything that left the escrow for it. reward: to the miner. submitted_at, released_at: Unix
    seconds, released_at None while unpaid. miner_seconds: measured time at work, None when unknown.
    appealed: by either side; appealed_by: "miner", "requester" or empty. overturned: the first decision was
    reversed. decisions, reverted: votes of verifiers in the panels, and those of them that the verdict went against.
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
    appealed_by: str = ""
    decisions: int = 0
    reverted: int = 0


@dataclass(frozen=True, slots=True)
class ReviewFact:
    """One paid review: what the verifier got, and the seconds from taking it to the vote, None when unknown."""

    reward: Amount
    seconds: int | None


@dataclass(frozen=True, slots=True)
class Rating:
    """One worker's marks for one campaign, each from 1 to 5."""

    pay: int
    clarity: int
    speed: int
    fairness: int

    def __post_init__(self) -> None:
        if not all(1 <= getattr(self, name) <= 5 for name in ASPECTS):
            raise ValueError("a mark is from 1 to 5")


@dataclass(frozen=True, slots=True)
class RatingSummary:
    """count: how many rated; good: how many gave 4 or 5, lower: the Wilson bound of that share; median: 0 of none."""

    count: int
    good: int
    lower: float
    median: int


@dataclass(frozen=True, slots=True)
class ShareFact:
    """`part` of `whole`, with the Wilson bounds of the share: 0 and 1 for nothing of nothing."""

    part: int
    whole: int
    lower: float
    upper: float


#: Seconds from submission to release of funds up to which a wait is counted together; longer ones are the last group.
WAIT_BOUNDS = (3_600, 86_400, 3 * 86_400, 7 * 86_400)


@dataclass(frozen=True, slots=True)
class RequesterReport:
    """Facts about one requester.

    median_release_s, p95_release_s: from submission to release of funds; None without any. pay_per_hour,
    verifier_pay_per_hour: what an hour at work pays at the median time of a task; None without measured ones.
    appeals_won_by_workers: of the miners' appeals that were decided. accept_share, reverted_share: of all judged
    attempts and of all verifiers' decisions. waits: how many accepted tasks were paid within each of WAIT_BOUNDS and
    not sooner, and after the last.
    """

    paid_out: Amount
    accepted: int
    rejected: int
    appealed: int
    overturned: int
    median_release_s: int | None
    p95_release_s: int | None
    pay_per_hour: Amount | None
    appealed_by_miners: int = 0
    appealed_by_requester: int = 0
    appeals_won_by_workers: int = 0
    appeals_won_by_requester: int = 0
    decisions_accepted: int = 0
    decisions_reverted: int = 0
    median_task_s: int | None = None
    median_review_s: int | None = None
    verifier_pay_per_hour: Amount | None = None
    reviews: int = 0
    accept_share: ShareFact = field(default_factory=lambda: share_fact(0, 0))
    won_share: ShareFact = field(default_factory=lambda: share_fact(0, 0))
    reverted_share: ShareFact = field(default_factory=lambda: share_fact(0, 0))
    ratings: dict[str, RatingSummary] = field(default_factory=lambda: rated([]))
    waits: tuple[int, ...] = (0,) * (len(WAIT_BOUNDS) + 1)


def report(
    facts: Sequence[TaskFact], reviews: Sequence[ReviewFact] = (), ratings: Sequence[Rating] = ()
) -> RequesterReport:
    """The report of one requester from all judged attempts, paid reviews and ratings of their campaigns."""
    waits = sorted(
        fact.released_at - fact.submitted_at
        for fact in facts
        if fact.released_at is not None and fact.accepted
    )
    accepted = sum(fact.accepted for fact in facts)
    by_miner = [fact for fact in facts if fact.appealed_by == "miner"]
    by_requester = [fact for fact in facts if fact.appealed_by == "requester"]
    won = sum(fact.overturned for fact in by_miner)
    decisions, reverted = sum(fact.decisions for fact in facts), sum(fact.reverted for fact in facts)
    mined = [(fact.reward, fact.miner_seconds) for fact in facts if fact.accepted]
    judged = [(fact.reward, fact.seconds) for fact in reviews]
    return RequesterReport(
        paid_out=total([fact.paid for fact in facts]) if facts else ZERO,
        accepted=accepted,
        rejected=len(facts) - accepted,
        appealed=sum(fact.appealed for fact in facts),
        overturned=sum(fact.overturned for fact in facts),
        median_release_s=percentile(waits, 50),
        p95_release_s=percentile(waits, 95),
        pay_per_hour=_hourly(mined),
        appealed_by_miners=len(by_miner),
        appealed_by_requester=len(by_requester),
        appeals_won_by_workers=won,
        appeals_won_by_requester=sum(fact.overturned for fact in by_requester),
        decisions_accepted=decisions - reverted,
        decisions_reverted=reverted,
        median_task_s=_median_seconds(mined),
        median_review_s=_median_seconds(judged),
        verifier_pay_per_hour=_hourly(judged),
        reviews=len(reviews),
        accept_share=share_fact(accepted, len(facts)),
        won_share=share_fact(won, len(by_miner)),
        reverted_share=share_fact(reverted, decisions),
        ratings=rated(ratings),
        waits=grouped_waits(waits),
    )


def grouped_waits(seconds: Sequence[int]) -> tuple[int, ...]:
    """How many waits end in each group of WAIT_BOUNDS."""
    counts = [0] * (len(WAIT_BOUNDS) + 1)
    for wait in seconds:
        counts[bisect_left(WAIT_BOUNDS, wait)] += 1
    return tuple(counts)


def rated(ratings: Sequence[Rating]) -> dict[str, RatingSummary]:
    """The marks of each aspect together."""
    found = {}
    for name in ASPECTS:
        marks = sorted(getattr(rating, name) for rating in ratings)
        good = sum(mark >= GOOD_MARK for mark in marks)
        found[name] = RatingSummary(
            len(marks), good, wilson(good, len(marks))[0], marks[(len(marks) - 1) // 2] if marks else 0
        )
    return found


def share_fact(part: int, whole: int) -> ShareFact:
    """A share with its bounds."""
    return ShareFact(part, whole, *wilson(part, whole))


def percentile(ordered: Sequence[int], percent: int) -> int | None:
    """The smallest value that at least `percent` of the ordered values do not exceed; None for none."""
    if not ordered:
        return None
    return ordered[max(0, -(-percent * len(ordered) // 100) - 1)]


def _hourly(paid: Sequence[tuple[Amount, int | None]]) -> Amount | None:
    """The median of what each piece pays for an hour."""
    rates = sorted(reward.share(Fraction(HOUR_S, seconds)) for reward, seconds in paid if seconds)
    return rates[(len(rates) - 1) // 2] if rates else None


def _median_seconds(paid: Sequence[tuple[Amount, int | None]]) -> int | None:
    return percentile(sorted(seconds for _, seconds in paid if seconds), 50)
