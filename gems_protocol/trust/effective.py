# SPDX-License-Identifier: Apache-2.0
"""Effective evidence: what a worker's judged tasks are worth after requester, difficulty and cap.

n_w = sum over requesters of u_r * min(kappa, n_rw), n_rw being the pair's tasks weighted by difficulty. So no
requester adds more than kappa, and one that nobody trusts adds nothing, whatever it lets its friends do.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gems_protocol.trust.score import Outcome
from gems_protocol.trust.weights import (
    EQUAL_DIFFICULTY,
    EQUAL_REQUESTERS,
    DifficultyWeights,
    RequesterWeights,
)
from gems_protocol.trust.wilson import wilson

KAPPA = 20.0  # the most that one requester's tasks count for one worker


@dataclass(frozen=True, slots=True)
class Share:
    """What one requester adds: s of n, after weight and cap; tasks: how many it were."""

    requester: str
    s: float
    n: float
    tasks: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """s accepted of n, in effective tasks, with the bounds of the share; shares ordered by requester."""

    s: float
    n: float
    lower: float
    upper: float
    tasks: int
    shares: tuple[Share, ...]

    @property
    def requesters(self) -> int:
        """How many requesters add anything."""
        return sum(share.n > 0 for share in self.shares)

    @property
    def largest(self) -> float:
        """The part of the evidence that comes from one requester, 0..1."""
        return max((share.n for share in self.shares), default=0.0) / self.n if self.n > 0 else 0.0

    def balanced(self) -> Evidence:
        """The same with at most half from one requester: what the right to verify rests on.

        The largest share is cut to the sum of the others, so with one requester nothing is left; cutting
        instead of refusing keeps one more right answer from ever taking the right away.
        """
        if self.largest <= 0.5:
            return self
        biggest = max(self.shares, key=lambda share: share.n)
        others = 0.0
        for share in self.shares:
            others += 0.0 if share is biggest else share.n
        part = others / biggest.n
        cut = Share(biggest.requester, biggest.s * part, others, biggest.tasks)
        return evidence_of([cut if share is biggest else share for share in self.shares])


NO_EVIDENCE = Evidence(0.0, 0.0, 0.0, 1.0, 0, ())


def evidence_of(shares: Iterable[Share]) -> Evidence:
    """The sum of the shares, in the order of their requesters."""
    ordered = tuple(sorted(shares, key=lambda share: share.requester))
    s = n = 0.0
    for share in ordered:
        s += share.s
        n += share.n
    s = min(s, n)
    return Evidence(s, n, *wilson(s, n), sum(share.tasks for share in ordered), ordered)


class Tally:
    """Running effective evidence of one worker; `add` one judged task after the other."""

    __slots__ = ("_kappa", "_pairs", "n", "s")

    def __init__(self, kappa: float = KAPPA) -> None:
        self._kappa = kappa
        self._pairs: dict[str, list[float]] = {}  # requester: u, weight, accepted weight, s, n, tasks
        self.s = 0.0
        self.n = 0.0

    def add(self, requester: str, u: float, weight: float, right: bool) -> None:
        """Count one task of `requester` (trusted by u) whose kind weighs `weight`."""
        pair = self._pairs.get(requester)
        if pair is None:
            pair = self._pairs[requester] = [u, 0.0, 0.0, 0.0, 0.0, 0]
        pair[1] += weight
        if right:
            pair[2] += weight
        pair[5] += 1
        n = pair[1]
        if n <= 0:
            return
        s = pair[2]
        if n > self._kappa:
            n, s = self._kappa, self._kappa * s / n
        n *= u
        s *= u
        self.n += n - pair[4]
        self.s += s - pair[3]
        pair[3], pair[4] = s, n

    def bounds(self) -> tuple[float, float]:
        """The bounds now."""
        n = self.n
        return wilson(min(max(self.s, 0.0), n), n)

    def evidence(self) -> Evidence:
        """The evidence now, summed in the order of requesters."""
        return evidence_of(
            Share(name, min(pair[3], pair[4]), pair[4], int(pair[5])) for name, pair in self._pairs.items()
        )


def effective(
    outcomes: Iterable[Outcome],
    requesters: RequesterWeights = EQUAL_REQUESTERS,
    difficulty: DifficultyWeights = EQUAL_DIFFICULTY,
    kappa: float = KAPPA,
) -> Evidence:
    """The effective evidence of one worker's judged tasks, in any order."""
    tally = Tally(kappa)
    for outcome in outcomes:
        weight = difficulty.of(outcome.family, outcome.difficulty)
        tally.add(outcome.requester, requesters.of(outcome.requester), weight, outcome.accepted)
    return tally.evidence()
