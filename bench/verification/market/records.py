# SPDX-License-Identifier: Apache-2.0
"""What the market's platform knows of everybody, and what each kind of trust makes of it.

u_r comes from the product's graph and w_m from its Rasch weight; effective evidence is summed in arrays by the
rule of `gems_protocol.trust.effective` (a test holds both together).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from gems_platform.trust.graph import Graph, requester_trust
from gems_protocol.trust.difficulty import rasch_weight
from gems_protocol.trust.effective import KAPPA
from gems_protocol.trust.score import VERIFIER_BAR, VERIFIER_EVIDENCE, score_of
from gems_protocol.trust.wilson import wilson

Floats = NDArray[np.float64]
REQUESTERS, FARMS = 20, 3  # honest ones, then those that belong to the farmers
PRETRUSTED = 4  # of the honest ones
KINDS = 3  # easy, hard, button
BUTTON = 2
REMOVAL_BELOW, REMOVAL_TASKS = 0.55, 30


@dataclass(frozen=True)
class Trusting:
    """Which corrections count: w_m by difficulty, at most kappa tasks of each requester, u_r with that.

    farmed: whether what farmers post to themselves counts as judged (by their friends).
    """

    difficulty: bool = False
    requesters: bool = False
    capped: bool = False
    farmed: bool = True


@cache
def bounds(right: int, judged: int) -> tuple[float, float]:
    """Wilson's bounds, remembered."""
    return wilson(right, judged)


@cache
def plain_score(right: int, judged: int) -> float:
    """The white paper's score when no task is redone by the same person."""
    return score_of(right, right, judged).score


class Records:
    """Judged tasks by worker, requester and kind; `refresh` brings the corrected evidence up to date."""

    def __init__(self, people: int, trusting: Trusting) -> None:
        self.trusting = trusting
        shape = (people, REQUESTERS + FARMS, KINDS)
        self.right, self.judged = np.zeros(shape), np.zeros(shape)
        self.raw_right, self.raw = [0] * people, [0] * people
        self.s, self.n = [0.0] * people, [0.0] * people
        self.gold_right, self.gold = [0] * people, [0] * people
        self.passes = [0] * people
        self.seats, self.all_seats = [0] * people, 0

    def forget(self, who: int) -> None:
        """A new identity: nothing is known."""
        self.right[who], self.judged[who] = 0, 0
        for counts in (self.raw_right, self.raw, self.gold_right, self.gold, self.passes, self.seats):
            counts[who] = 0
        self.s[who] = self.n[who] = 0.0

    def judge(self, who: int, requester: int, kind: int, right: bool, times: int = 1) -> None:
        """Count judged tasks of one kind."""
        self.judged[who, requester, kind] += times
        self.raw[who] += times
        if right:
            self.right[who, requester, kind] += times
            self.raw_right[who] += times

    @property
    def corrected(self) -> bool:
        """Whether anything but plain counts is used."""
        return self.trusting.difficulty or self.trusting.requesters or self.trusting.capped

    def refresh(self) -> None:
        """Compute requester weights, difficulty weights and everybody's effective evidence."""
        if not self.corrected:
            return
        weights = np.ones(REQUESTERS + FARMS)
        if self.trusting.requesters:
            weights = self._requesters()
        kinds = np.ones(KINDS)
        if self.trusting.difficulty:
            trials = np.einsum("wrk,r->k", self.judged, weights)
            passes = np.einsum("wrk,r->k", self.right, weights)
            kinds = np.array(
                [rasch_weight(min(p, t), t) for p, t in zip(passes.tolist(), trials.tolist(), strict=True)]
            )
        n, s = self.judged @ kinds, self.right @ kinds
        if self.trusting.requesters or self.trusting.capped:
            part = np.minimum(1.0, np.divide(KAPPA, n, out=np.ones_like(n), where=n > 0))
            n, s = n * part, s * part
        self.n, self.s = (n @ weights).tolist(), np.minimum(s @ weights, n @ weights).tolist()

    def _requesters(self) -> Floats:
        passes, trials = self.right.sum(axis=2), self.judged.sum(axis=2)
        worker, requester = np.nonzero(trials)
        people = len(self.raw)
        found = passes[worker, requester]
        fails = trials[worker, requester] - found
        graph = Graph(requester, worker, found, fails, REQUESTERS + FARMS, people)
        before = np.zeros(REQUESTERS + FARMS)
        before[:PRETRUSTED] = 1.0
        return requester_trust(graph, before).weights

    def lower(self, who: int) -> float:
        """The lower bound that makes a verifier eligible."""
        if self.corrected:
            n = self.n[who]
            return wilson(min(self.s[who], n), n)[0]
        return bounds(self.raw_right[who], self.raw[who])[0]

    def eligible(self, who: int) -> bool:
        """The absolute bar: lower bound and effective evidence."""
        n = self.n[who] if self.corrected else self.raw[who]
        return n >= VERIFIER_EVIDENCE and self.lower(who) >= VERIFIER_BAR

    def score(self, who: int) -> float:
        """The white paper's score, or the same of corrected evidence."""
        return self.lower(who) if self.corrected else plain_score(self.raw_right[who], self.raw[who])

    def settled(self, who: int) -> tuple[int, int]:
        """(right, judged) as a standing states them: effective evidence when that is used, in whole tasks."""
        if self.corrected:
            n = int(self.n[who])
            return min(n, round(self.s[who])), n
        return self.raw_right[who], self.raw[who]

    def removable(self, who: int) -> bool:
        """Whether the upper bound says that this worker guesses."""
        return (
            self.raw[who] >= REMOVAL_TASKS and bounds(self.raw_right[who], self.raw[who])[1] < REMOVAL_BELOW
        )
