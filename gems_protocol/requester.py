# SPDX-License-Identifier: Apache-2.0
"""The requester report: facts computed from evidence, the same by the platform and by any client."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from gems_protocol.amount import Amount
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


class Counting:
    """A report in the making: facts are added one after the other and only counted, however many there are."""

    def __init__(self) -> None:
        self._paid = 0
        self._told: Counter[str] = Counter()  # attempts by what is true of them
        self._waits: Counter[int] = Counter()
        self._mined, self._reviewed = _Pay(), _Pay()

    def add(self, fact: TaskFact) -> None:
        """Count one judged attempt."""
        told = self._told
        told["judged"] += 1
        told["accepted"] += fact.accepted
        told["appealed"] += fact.appealed
        told["overturned"] += fact.overturned
        told["by " + fact.appealed_by] += 1
        told["won by " + fact.appealed_by] += fact.overturned
        told["decisions"] += fact.decisions
        told["reverted"] += fact.reverted
        self._paid += fact.paid.units
        if fact.accepted:
            self._mined.add(fact.reward, fact.miner_seconds)
            if fact.released_at is not None:
                self._waits[fact.released_at - fact.submitted_at] += 1

    def add_review(self, fact: ReviewFact) -> None:
        """Count one paid review."""
        self._reviewed.add(fact.reward, fact.seconds)

    def report(self, ratings: Sequence[Rating] = ()) -> RequesterReport:
        """The report of what was added, with these ratings."""
        told, waits = self._told, self._waits
        return RequesterReport(
            paid_out=Amount(self._paid),
            accepted=told["accepted"],
            rejected=told["judged"] - told["accepted"],
            appealed=told["appealed"],
            overturned=told["overturned"],
            median_release_s=percentile(waits, 50),
            p95_release_s=percentile(waits, 95),
            pay_per_hour=self._mined.hourly(),
            appealed_by_miners=told["by miner"],
            appealed_by_requester=told["by requester"],
            appeals_won_by_workers=told["won by miner"],
            appeals_won_by_requester=told["won by requester"],
            decisions_accepted=told["decisions"] - told["reverted"],
            decisions_reverted=told["reverted"],
            median_task_s=percentile(self._mined.seconds, 50),
            median_review_s=percentile(self._reviewed.seconds, 50),
            verifier_pay_per_hour=self._reviewed.hourly(),
            reviews=self._reviewed.count,
            accept_share=share_fact(told["accepted"], told["judged"]),
            won_share=share_fact(told["won by miner"], told["by miner"]),
            reverted_share=share_fact(told["reverted"], told["decisions"]),
            ratings=rated(ratings),
            waits=grouped_waits(waits),
        )


class _Pay:
    """Pieces of work by the seconds that they took and by what they pay for an hour."""

    def __init__(self) -> None:
        self.count = 0
        self.seconds: Counter[int] = Counter()
        self._rates: Counter[int] = Counter()

    def add(self, reward: Amount, seconds: int | None) -> None:
        self.count += 1
        if seconds:
            self.seconds[seconds] += 1
            self._rates[reward.share(Fraction(HOUR_S, seconds)).units] += 1

    def hourly(self) -> Amount | None:
        """The median of what each piece pays for an hour."""
        found = percentile(self._rates, 50)
        return None if found is None else Amount(found)


def report(
    facts: Iterable[TaskFact], reviews: Iterable[ReviewFact] = (), ratings: Sequence[Rating] = ()
) -> RequesterReport:
    """The report of one requester from all judged attempts, paid reviews and ratings of their campaigns."""
    counting = Counting()
    for fact in facts:
        counting.add(fact)
    for review in reviews:
        counting.add_review(review)
    return counting.report(ratings)


def grouped_waits(seconds: Mapping[int, int]) -> tuple[int, ...]:
    """How many waits end in each group of WAIT_BOUNDS. seconds: how many there are of each length."""
    counts = [0] * (len(WAIT_BOUNDS) + 1)
    for wait, count in seconds.items():
        counts[bisect_left(WAIT_BOUNDS, wait)] += count
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


def percentile(counts: Mapping[int, int], percent: int) -> int | None:
    """The smallest value that at least `percent` of the values do not exceed; None for none. counts: by value."""
    left = max(1, -(-percent * sum(counts.values()) // 100))
    for value in sorted(counts):
        left -= counts[value]
        if left <= 0:
            return value
    return None
