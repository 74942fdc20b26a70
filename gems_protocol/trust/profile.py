# SPDX-License-Identifier: Apache-2.0
"""A worker's whole trust profile, a pure function of judged outcomes: the same by the platform and the client.

It stands beside the white paper's score, never instead of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from gems_protocol.trust import verifiers
from gems_protocol.trust.cusum import Alarms, watch
from gems_protocol.trust.effective import Evidence, Tally
from gems_protocol.trust.forecast import Forecast, forecast
from gems_protocol.trust.grades import Grade, Held, hold
from gems_protocol.trust.levels import Level, level
from gems_protocol.trust.reasons import Reason
from gems_protocol.trust.score import Outcome, TrustScore, score
from gems_protocol.trust.trend import RECENT, Point, Trend, trend
from gems_protocol.trust.weights import (
    EQUAL_DIFFICULTY,
    EQUAL_REQUESTERS,
    DifficultyWeights,
    RequesterWeights,
)

REMOVAL_BELOW = 0.55
REMOVAL_TASKS = 30
LATELY = 40  # judged tasks that the words about recent work look at
NEWCOMER_BELOW = 20  # judged tasks below which a C only means that little is known
PRIOR_RIGHT, PRIOR_ALL = 4, 6  # Beta(4, 2): what an unknown worker's accuracy starts with


@dataclass(frozen=True, slots=True)
class FamilyProfile:
    """One module family. missing: what keeps the worker from verifying in it, None when nothing does."""

    family: str
    evidence: Evidence
    held: Held
    missing: Reason | None

    @property
    def grade(self) -> Grade:
        """The grade held in this family."""
        return self.held.grade

    @property
    def verifier(self) -> bool:
        """Whether the worker may verify work of this family."""
        return self.missing is None


@dataclass(frozen=True, slots=True)
class Lately:
    """The last judged tasks, at most `LATELY`: how many, how many redone; recent_right: of the last `RECENT`."""

    tasks: int
    redone: int
    recent_right: int


@dataclass(frozen=True, slots=True)
class Profile:
    """score: the white paper's, unweighted. evidence: effective, over all families. families: by name.

    hidden, hidden_right: known-answer tasks. accuracy: Beta(4,2)-shrunk, for weighing this worker's answers.
    removal: the upper bound lies below .55 after 30 judged tasks; the caller handles the appeal.
    """

    score: TrustScore
    evidence: Evidence
    held: Held
    trend: Trend
    alarm: Alarms
    level: Level
    forecast: Forecast
    lately: Lately
    families: tuple[FamilyProfile, ...]
    hidden: int
    hidden_right: int
    accuracy: Fraction
    removal: bool

    @property
    def grade(self) -> Grade:
        """The grade held."""
        return self.held.grade

    @property
    def newcomer(self) -> bool:
        """Whether C only means that too little work was checked yet."""
        return self.grade is Grade.C and self.score.n < NEWCOMER_BELOW

    @property
    def verifies(self) -> tuple[str, ...]:
        """The families in which the worker may verify."""
        return tuple(family.family for family in self.families if family.verifier)

    @property
    def nearest(self) -> tuple[FamilyProfile, ...]:
        """The families, the one with most of the evidence that verifying rests on first."""
        return tuple(sorted(self.families, key=lambda family: (-family.evidence.balanced().n, family.family)))

    @property
    def missing(self) -> Reason | None:
        """What keeps the worker from verifying anything, in the nearest family; None when a family is allowed."""
        if not self.families:
            return verifiers.NOTHING_YET
        return None if self.verifies else self.nearest[0].missing

    def family(self, name: str) -> FamilyProfile:
        """The profile in a family, also one without any judged task."""
        found = next((family for family in self.families if family.family == name), None)
        return found or _family(name, *_weighed((), EQUAL_REQUESTERS, EQUAL_DIFFICULTY), 0, 0)


def ordered(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """Oldest first, ties by campaign, task and attempt: the order that everybody computes in."""
    return sorted(
        outcomes, key=lambda found: (found.judged_at, found.campaign_id, found.index, found.attempt)
    )


def accuracy(hidden_right: int, hidden: int, settled_right: int, settled: int) -> Fraction:
    """(4 + gold + settled/2) / (6 + gold + settled/2): right ones above, all below; exact."""
    return Fraction(2 * (PRIOR_RIGHT + hidden_right) + settled_right, 2 * (PRIOR_ALL + hidden) + settled)


def profile(
    outcomes: Sequence[Outcome],
    weights: RequesterWeights = EQUAL_REQUESTERS,
    difficulty: DifficultyWeights = EQUAL_DIFFICULTY,
) -> Profile:
    """The profile of one worker's judged outcomes, in any order, each judged attempt once.

    weights: u_r of the requesters. difficulty: w_m of the kinds. Both as published by the platform.
    """
    history = ordered(outcomes)
    found = score(history)
    evidence, held, alarm, points = _weighed(history, weights, difficulty)
    hidden = [outcome for outcome in history if outcome.gold]
    hidden_right = sum(outcome.accepted for outcome in hidden)
    lately = history[-LATELY:]
    return Profile(
        score=found,
        evidence=evidence,
        held=held,
        trend=trend(points),
        alarm=alarm,
        level=level(found.n),
        forecast=forecast(held, found.n, evidence.s, evidence.n, _typical(points)),
        lately=Lately(
            len(lately),
            sum(outcome.redone or (outcome.accepted and not outcome.first_try) for outcome in lately),
            sum(outcome.accepted for outcome in lately[-RECENT:]),
        ),
        families=_families(history, weights, difficulty, (evidence, held, alarm, points)),
        hidden=len(hidden),
        hidden_right=hidden_right,
        accuracy=accuracy(hidden_right, len(hidden), found.accepted - hidden_right, found.n - len(hidden)),
        removal=found.n >= REMOVAL_TASKS and evidence.upper < REMOVAL_BELOW,
    )


_Weighed = tuple[Evidence, Held, Alarms, list[Point]]


def _weighed(
    history: Sequence[Outcome], weights: RequesterWeights, difficulty: DifficultyWeights
) -> _Weighed:
    """Evidence, grade, alarms and weighted points of one history, in one pass."""
    trusted = [(weights.of(outcome.requester), outcome.accepted) for outcome in history]
    alarm = watch(trusted)
    tally, bounds, points = Tally(), [], []
    for outcome, (u, right) in zip(history, trusted, strict=True):
        weight = difficulty.of(outcome.family, outcome.difficulty)
        tally.add(outcome.requester, u, weight, right)
        points.append((u * weight, right))
        bounds.append(tally.bounds())
    held = hold(bounds, dict(zip(alarm.raised, alarm.began, strict=True)))
    return tally.evidence(), held, alarm, points


def _families(
    history: Sequence[Outcome], weights: RequesterWeights, difficulty: DifficultyWeights, whole: _Weighed
) -> tuple[FamilyProfile, ...]:
    by_family: dict[str, list[Outcome]] = {}
    for outcome in history:
        by_family.setdefault(outcome.family, []).append(outcome)
    found = []
    for name in sorted(by_family):
        mine = by_family[name]
        weighed = whole if len(by_family) == 1 else _weighed(mine, weights, difficulty)
        hidden = [outcome.accepted for outcome in mine if outcome.gold]
        found.append(_family(name, *weighed, sum(hidden), len(hidden)))
    return tuple(found)


def _family(
    name: str,
    evidence: Evidence,
    held: Held,
    _alarm: Alarms,
    points: Sequence[Point],
    hidden_right: int,
    hidden: int,
) -> FamilyProfile:
    return FamilyProfile(
        name, evidence, held, verifiers.missing(evidence, hidden_right, hidden, _typical(points))
    )


def _typical(points: Sequence[Point]) -> float:
    """What one of the recent tasks counts on average; 1 before the first."""
    recent = points[-LATELY:]
    return sum(weight for weight, _ in recent) / len(recent) if recent else 1.0
