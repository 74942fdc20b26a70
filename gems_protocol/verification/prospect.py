# SPDX-License-Identifier: Apache-2.0
"""What one task of honest work brings on average under a policy, before anybody accepts it; exact fractions.

A model, not a promise: verifiers of one accuracy err independently, wrong answers spread evenly over the other
classes, a second try is as good as the first, and nobody appeals.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import comb

from gems_protocol.amount import ZERO, Amount
from gems_protocol.audit import MILLION
from gems_protocol.campaign import Terms
from gems_protocol.staking import redo_reward
from gems_protocol.verification.commissioned import STRANGERS, most_fee
from gems_protocol.verification.evidence import Evidence
from gems_protocol.verification.girm import Girm, fees_after_failure
from gems_protocol.verification.policy import Accepted, Ballot, Case, PanelSize, Policy, Quote, Undecided
from gems_protocol.verification.standing import Standing

VERIFIER_ACCURACY = Fraction(17, 20)  # the mean of the crowds that our study measured
_ONE = Fraction(1)


@dataclass(frozen=True, slots=True)
class Prospect:
    """pay: what one task brings on average, after every stake and penalty that is lost.

    accept: the chance of being paid in the end. loss: what is lost on average by being judged wrong: stakes and
    penalties (they are in `pay`), and under GIRM the fees on the way back to N (they are not). looked_at: `pay` if
    the requester has accepted work looked at for the largest fee; `pay` itself where nobody can.
    """

    pay: Amount
    accept: Fraction
    loss: Amount
    looked_at: Amount


@dataclass(frozen=True, slots=True)
class Error:
    """The chances that a right and that a wrong answer are rejected."""

    right: Fraction
    wrong: Fraction

    def of(self, accuracy: Fraction) -> Fraction:
        """The chance that an answer of a worker of this accuracy is rejected."""
        return accuracy * self.right + (1 - accuracy) * self.wrong


def expected(
    policy: Policy,
    standing: Standing,
    terms: Terms,
    classes: int,
    verifier_accuracy: Fraction = VERIFIER_ACCURACY,
) -> Prospect:
    """The prospect of honest work at the standing's own accuracy; raises NotOffered.

    classes: how many different answers a task can have (at least 2).
    """
    rules = policy.for_standing(standing)
    quote = rules.quote(standing, terms)
    rejected = rejection(rules, standing.accuracy, classes, verifier_accuracy).of(standing.accuracy)
    found = _found(rules, quote, standing, terms, rejected)
    return _if_looked_at(rules, quote, standing, terms.mr, found, classes, verifier_accuracy)


def rejection(rules: Policy, accuracy: Fraction, classes: int, verifier_accuracy: Fraction) -> Error:
    """How often a judged answer is rejected for good in its first attempt, by these verifiers.

    accuracy: what the policy believes of the miner, which only Evidence weighs.
    """
    if isinstance(rules, Evidence):
        return _by_evidence(rules, accuracy, classes, verifier_accuracy)
    alone = one_verifier(classes, verifier_accuracy)
    panels = tuple(rules.panel(round_) for round_ in range(rules.rounds))
    return Error(by_panels(panels, alone.right), by_panels(panels, alone.wrong))


def one_verifier(classes: int, accuracy: Fraction) -> Error:
    """How often one verifier, who does the task too, disagrees with a right and with a wrong answer."""
    return Error(1 - accuracy, 1 - (1 - accuracy) / (classes - 1))


@lru_cache(maxsize=256)
def by_panels(panels: tuple[PanelSize, ...], q: Fraction) -> Fraction:
    """P(reject) of panels that vote all at once, each by its quorum, the next one after no consensus."""
    rejected, reached = Fraction(0), _ONE
    for round_, panel in enumerate(panels):
        chance = [comb(panel.size, no) * q**no * (1 - q) ** (panel.size - no) for no in range(panel.size + 1)]
        last = round_ + 1 == len(panels)
        undecided = Fraction(0)
        for no, likely in enumerate(chance):
            if panel.size - no >= panel.quorum:
                continue
            if no >= panel.quorum or (last and 2 * no > panel.size):
                rejected += reached * likely
            elif not last:
                undecided += likely
        reached *= undecided
    return rejected


def _found(rules: Policy, quote: Quote, standing: Standing, terms: Terms, rejected: Fraction) -> Prospect:
    chance = Fraction(quote.audit_ppm, MILLION) if rules.draws_audits else _ONE
    first = chance * rejected
    paid = quote.reward.share(1 - first)
    if rules.has_redo:
        again = redo_reward(terms.mr, terms.vr())
        failed = first * rejected
        loss = _up(quote.stake, failed)
        pay = paid + again.share(first * (1 - rejected)) - loss
        return Prospect(pay, 1 - failed, loss, pay)
    loss = _up(quote.stake, first)
    pay = paid - loss
    if isinstance(rules, Girm):
        loss = _up(fees_after_failure(standing.passes, terms.mr), first)
    return Prospect(pay, 1 - first, loss, pay)


def _if_looked_at(
    rules: Policy,
    quote: Quote,
    standing: Standing,
    mr: Amount,
    found: Prospect,
    classes: int,
    verifier_accuracy: Fraction,
) -> Prospect:
    """Two strangers look at an accepted answer; twice the fee stays away when both reject."""
    fee = most_fee(mr, quote.reward, rules.commission_ppm)
    if fee == ZERO:
        return found
    alone = one_verifier(classes, verifier_accuracy)
    poor = Error(alone.right**STRANGERS.size, alone.wrong**STRANGERS.size).of(standing.accuracy)
    pay = found.pay - _up(fee + fee, found.accept * poor)
    return Prospect(found.pay, found.accept, found.loss, pay)


def _up(amount: Amount, ratio: Fraction) -> Amount:
    """A part of an amount, rounded up: losses are never shown too small."""
    return Amount(-(-amount.units * ratio.numerator // ratio.denominator))


@lru_cache(maxsize=256)
def _by_evidence(rules: Evidence, miner: Fraction, classes: int, verifier: Fraction) -> Error:
    """Every way in which verifiers can be asked one at a time, until the policy is satisfied."""
    judging = _OneAtATime(rules, miner, classes, verifier)
    return Error(judging.rejected((), 0), judging.rejected((), None))


class _OneAtATime:
    """Sums over counts of answers: their order only numbers them, by first appearance."""

    def __init__(self, rules: Evidence, miner: Fraction, classes: int, verifier: Fraction) -> None:
        self._rules, self._miner, self._classes, self._verifier = rules, miner, classes, verifier
        self._wrong = (1 - verifier) / (classes - 1)  # of each single wrong answer
        self._known: dict[tuple[tuple[int, ...], int | None], Fraction] = {}

    def rejected(self, given: tuple[int, ...], truth: int | None) -> Fraction:
        """P(reject) once answer k was given given[k] times by verifiers; truth: its number, None while unsaid."""
        key = (given, truth)
        if key not in self._known:
            self._known[key] = self._next(given, truth)
        return self._known[key]

    def _next(self, given: tuple[int, ...], truth: int | None) -> Fraction:
        ballots = tuple(
            Ballot(number == 0, number, self._verifier)
            for number, times in enumerate(given)
            for _ in range(times)
        )
        judged = self._rules.judge(Case(0, ballots, self._miner, self._classes))
        if not isinstance(judged, Undecided):
            return Fraction(0) if isinstance(judged, Accepted) else _ONE
        known = given or (0,)
        total = Fraction(0)
        for number in range(len(known)):
            chance = self._verifier if number == truth else self._wrong
            more = (*known[:number], known[number] + 1, *known[number + 1 :])
            total += chance * self.rejected(more, truth)
        if truth is None:
            total += self._verifier * self.rejected((*known, 1), len(known))
        unsaid = self._classes - len(known) - (truth is None)
        if unsaid > 0:
            total += unsaid * self._wrong * self.rejected((*known, 1), truth)
        return total
