# SPDX-License-Identifier: Apache-2.0
"""What a requester report shows; `facts` hands these on."""

from __future__ import annotations

from dataclasses import dataclass

from gems_protocol.amount import Amount


@dataclass(frozen=True, slots=True)
class Said:
    """One thing to say: a stable code with its numbers for the window's own words, and the English sentence.

    numbers: whole numbers or short words by name, in the order of `gems_protocol.trust.reasons.Code`.
    """

    code: str
    numbers: tuple[tuple[str, int | str], ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class ShareFacts:
    """`part` of `whole` with its Wilson bounds in parts per million.

    name: accepted | appeals_won_by_workers | decisions_reverted.
    """

    name: str
    part: int
    whole: int
    lower_ppm: int
    upper_ppm: int


@dataclass(frozen=True, slots=True)
class RatingFacts:
    """One question of the ratings: pay, clarity, speed or fairness.

    median: 1..5 by all who rated, None without any. good: how many gave 4 or 5; lower_ppm: the Wilson bound of that
    share.
    """

    question: str
    count: int
    median: int | None
    good: int
    lower_ppm: int


@dataclass(frozen=True, slots=True)
class ChainCheck:
    """A figure of one campaign as the platform says it beside what the chain's own events come to."""

    campaign_id: str  # "" for all campaigns of the requester that are known here
    what: str  # funded | paid_out | returned
    told: Amount | None  # None where the platform says nothing of it
    on_chain: Amount
    agrees: bool


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """A requester report, computed from evidence, with counts."""

    requester: str
    practice: bool
    paid_out: Amount
    accepted: int
    rejected: int
    appealed: int
    overturned: int
    median_release_s: int | None
    p95_release_s: int | None
    pay_per_hour: Amount | None
    funded_now: Amount
    tasks_total: int
    checked_on_chain: bool = False
    # of appeals: those of workers, how many of them they won; of the requester likewise
    worker_appeals: int = 0
    worker_appeals_won: int = 0
    requester_appeals: int = 0
    requester_appeals_won: int = 0
    # decisions of verifiers: how many stood at first, and how many a later round reversed
    decisions_accepted: int = 0
    decisions_reverted: int = 0
    verifier_pay_per_hour: Amount | None = None
    ratings: tuple[RatingFacts, ...] = ()
    median_task_s: int | None = None
    median_review_s: int | None = None
    shares: tuple[ShareFacts, ...] = ()
    explanations: tuple[Said, ...] = ()
    # accepted tasks by the time to their pay, in the groups of gems_protocol.requester.WAIT_BOUNDS; empty: not told
    waits: tuple[int, ...] = ()
    chain: tuple[ChainCheck, ...] = ()  # empty when the chain was not asked


@dataclass(frozen=True, slots=True)
class RateOffer:
    """A campaign all of whose answers of mine were judged, and whose requester may be rated."""

    campaign_id: str
    title: str
    requester: str
