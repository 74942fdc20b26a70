# SPDX-License-Identifier: Apache-2.0
"""How probable a result really is: the posterior assumes independent errors, known answers say how far that holds.

One temperature scales all log-odds so that they fit best what known answers turned out to be. It is told only from
50 known answers on; before that, how many agreed says as much.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import exp, log, sqrt

from gems_protocol.verification.evidence import posterior
from gems_protocol.verification.policy import Ballot

SHOWN_FROM = 50  # known answers
_HOTTEST = 5.0  # real crowds lie between 0.3 and 1.5
_EXACT = 1e-6
_GOLDEN = (sqrt(5) - 1) / 2


@dataclass(frozen=True, slots=True)
class Opinion:
    """What was said about one task: the log-odds of each answer that somebody gave, the miner's first.

    unsaid: how many answers nobody gave, each with log-odds 0.
    """

    log_odds: tuple[float, ...]
    unsaid: int

    def probability(self, answer: int | None, beta: float = 1.0) -> float:
        """That `answer` is right (None: a certain one that nobody gave), with all log-odds times `beta`."""
        scaled = [beta * odds for odds in self.log_odds]
        top = max(0.0, *scaled)
        whole = sum(exp(odds - top) for odds in scaled) + self.unsaid * exp(-top)
        return exp((0.0 if answer is None else scaled[answer]) - top) / whole


@dataclass(frozen=True, slots=True)
class Known:
    """A task with a known answer; right: which of the said answers it is, None when nobody gave it."""

    opinion: Opinion
    right: int | None


@dataclass(frozen=True, slots=True)
class Calibration:
    """The temperature that fits `items` known answers best."""

    beta: float
    items: int


def opinion_of(ballots: Sequence[Ballot], accuracy: Fraction, classes: int) -> Opinion:
    """The opinion of a miner of this accuracy and of blind verifiers, as `evidence.posterior` weighs them.

    ballots: their answers numbered without gaps, as `Rules.number` gives them.
    """
    shares = posterior(ballots, accuracy, classes)
    unsaid = max(0, classes - len(shares))
    # against an answer that nobody gave; where every answer was given, any scale will do
    against = (1 - sum(shares.values())) / unsaid if unsaid else Fraction(1, len(shares))
    return Opinion(tuple(log(shares[number] / against) for number in sorted(shares)), unsaid)


def fit(items: Sequence[Known]) -> Calibration | None:
    """The temperature of greatest likelihood, by golden-section search; None with fewer than SHOWN_FROM items.

    The logarithm of the likelihood is concave in the temperature, so the one maximum is found.
    """
    known = [item for item in items if item.right is not None or item.opinion.unsaid]
    if len(known) < SHOWN_FROM:
        return None
    low, high = 0.0, _HOTTEST
    while high - low > _EXACT:
        width = _GOLDEN * (high - low)
        left, right = high - width, low + width
        if _loss(known, left) <= _loss(known, right):
            high = right
        else:
            low = left
    return Calibration((low + high) / 2, len(known))


def _loss(items: Sequence[Known], beta: float) -> float:
    return -sum(log(max(1e-300, item.opinion.probability(item.right, beta))) for item in items)
