# SPDX-License-Identifier: Apache-2.0
"""What a policy is expected to give and to cost: its own `judge` over every way in which a task can go, exactly.

Verifying is taken as forming an answer of one's own, errors as independent and spread evenly over the other
classes. Nobody is late and nobody appeals.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import comb

from gems_protocol.amount import Amount
from gems_protocol.audit import MILLION
from gems_protocol.campaign import Terms
from gems_protocol.verification.crowd import Crowd, Group
from gems_protocol.verification.policy import (
    Accepted,
    Ballot,
    Case,
    Judgement,
    NoConsensus,
    NotOffered,
    Policy,
    Quote,
    Rejected,
    Undecided,
)

_NEGLIGIBLE = 1e-7


@dataclass(frozen=True, slots=True)
class Expectation:
    """Means over many tasks.

    right: share of right results. cost: what leaves the escrow for a task. work: the same if nobody lost pay or
    stake, the measure to compare with redundancy. answers: how many people did the task or judged it. offered:
    share of the workers who get such tasks. escrow: what a task locks.
    """

    right: float
    cost: Amount
    work: Amount
    answers: float
    offered: float
    escrow: Amount


@dataclass(slots=True)
class _Sums:
    """Weighted by chance; money in units of Mr."""

    right: float = 0.0
    wrong: float = 0.0
    cost: float = 0.0
    work: float = 0.0
    answers: float = 0.0


@dataclass(frozen=True, slots=True)
class _Verdict:
    """One way in which an attempt can be judged. right: whether the result, if there is one, is right."""

    chance: float
    accepted: bool
    answered: bool
    right: bool
    paid: int
    lost: int


def expect(policy: Policy, terms: Terms, crowd: Crowd, classes: int) -> Expectation | None:
    """The expectation of a policy under these terms; None when nobody of this crowd would be offered a task."""
    sums, offered = _Sums(), 0.0
    for miner in _miners(policy, terms, crowd):
        offered += miner.share
        _Attempt(policy, terms, crowd.verifiers, classes, miner, sums).go()
    done = sums.right + sums.wrong
    if not done:
        return None
    return Expectation(
        right=sums.right / done,
        cost=_of(terms.mr, sums.cost / done),
        work=_of(terms.mr, sums.work / done),
        answers=sums.answers / done,
        offered=offered,
        escrow=terms.cost(),
    )


def _of(mr: Amount, times: float) -> Amount:
    """`times` Mr to six places, rounded up."""
    return Amount(-(-mr.units * round(max(0.0, times) * MILLION) // MILLION))


def _miners(policy: Policy, terms: Terms, crowd: Crowd) -> Iterator[Group]:
    best = crowd.grade_a
    for group in crowd.miners:
        try:
            policy.quote(group.standing, terms)
        except NotOffered:
            continue
        if best is None or policy.name != "gram":
            yield group
    if policy.name == "gram" and best is not None:
        yield best


class _Attempt:
    """One miner's work on a task, a second try included."""

    def __init__(
        self, policy: Policy, terms: Terms, verifiers: Group, classes: int, miner: Group, sums: _Sums
    ) -> None:
        self._rules, self._terms, self._verifiers = policy.for_standing(miner.standing), terms, verifiers
        self._classes, self._miner, self._sums = classes, miner, sums
        self._quote: Quote = policy.quote(miner.standing, terms)
        self._judgements: dict[tuple[int, ...], Judgement] = {}

    def go(self) -> None:
        """Add everything that can happen to the sums."""
        a, share = self._miner.accuracy, self._miner.share
        audited = self._quote.audit_ppm / MILLION
        reward = self._ratio(self._quote.reward)
        for right, chance in ((True, share * a), (False, share * (1 - a))):
            self._sums.answers += chance
            self._sums.work += chance * reward
            self._ends(chance * (1 - audited), right, reward)
            for verdict in self._verdicts(right):
                self._judged(chance * audited, right, verdict)

    def _judged(self, chance: float, right: bool, verdict: _Verdict, redo: bool = False) -> None:
        chance *= verdict.chance
        if chance < _NEGLIGIBLE:
            return
        self._judging_costs(chance, verdict)
        reward = self._ratio(self._quote.reward) - (self._ratio(self._terms.vr()) if redo else 0.0)
        stake = self._ratio(self._quote.stake)
        if verdict.accepted:
            self._ends(chance, right, reward)
        elif verdict.answered:
            self._ends(chance, verdict.right, -stake)
        elif self._rules.has_redo and not redo and self._terms.vr() < self._terms.mr:
            self._again(chance, right)
        else:  # somebody else begins anew; `expect` divides by what ends
            self._sums.cost -= chance * stake

    def _again(self, chance: float, was_right: bool) -> None:
        """The same miner says something else: certainly wrong when the first was right."""
        a, others = self._miner.accuracy, self._classes - 1
        now = 0.0 if was_right else a / (a + (1 - a) * (others - 1) / others)
        self._sums.answers += chance
        self._sums.work += chance * self._ratio(self._quote.reward)
        for right, part in ((True, chance * now), (False, chance * (1 - now))):
            for verdict in self._verdicts(right):
                self._judged(part, right, verdict, redo=True)

    def _ends(self, chance: float, right: bool, paid: float) -> None:
        self._sums.cost += chance * paid
        if right:
            self._sums.right += chance
        else:
            self._sums.wrong += chance

    def _judging_costs(self, chance: float, verdict: _Verdict) -> None:
        pay, stake = self._ratio(self._quote.review_reward), self._ratio(self._quote.review_stake)
        self._sums.cost += chance * (verdict.paid * pay - verdict.lost * stake)
        self._sums.work += chance * (verdict.paid + verdict.lost) * pay
        self._sums.answers += chance * (verdict.paid + verdict.lost)

    def _ratio(self, amount: Amount) -> float:
        return amount.units / self._terms.mr.units

    def _verdicts(self, right: bool) -> Iterator[_Verdict]:
        return self._blind(right) if self._rules.blind else self._by_panels(right)

    def _by_panels(self, right: bool) -> Iterator[_Verdict]:
        """Every vote is for or against the miner's answer: for it by those whose own answer it is."""
        v = self._verifiers.accuracy
        agrees = v if right else (1 - v) / (self._classes - 1)
        rounds: dict[tuple[int, int], float] = {(0, 0): 1.0}
        for round_ in range(self._rules.rounds):
            size = self._rules.panel(round_).size
            following: dict[tuple[int, int], float] = defaultdict(float)
            for accepts in range(size + 1):
                chance = comb(size, accepts) * agrees**accepts * (1 - agrees) ** (size - accepts)
                ballots = (Ballot(True),) * accepts + (Ballot(False, 1),) * (size - accepts)
                found = self._judge(round_, ballots)
                for (yes, no), before in rounds.items():
                    yes, no = yes + accepts, no + size - accepts
                    if isinstance(found, NoConsensus):
                        following[yes, no] += before * chance
                    elif isinstance(found, Accepted):
                        yield _Verdict(before * chance, True, False, right, yes, no)
                    else:
                        yield _Verdict(before * chance, False, False, right, no, yes)
            rounds = following

    def _blind(self, right: bool) -> Iterator[_Verdict]:
        """Verifiers answer one at a time. A state: how often each answer was given, and which is the right one."""
        states: dict[tuple[tuple[int, ...], int | None], float] = {((0,), 0 if right else None): 1.0}
        while states:
            following: dict[tuple[tuple[int, ...], int | None], float] = defaultdict(float)
            for (counts, good), chance in states.items():
                found = self._judgements.get(counts)
                if found is None:
                    found = self._judgements[counts] = self._judge(0, self._ballots(counts))
                if isinstance(found, Undecided):
                    for after, part in self._next(counts, good):
                        if chance * part > _NEGLIGIBLE:
                            following[after] += chance * part
                    continue
                answer = found.answer if isinstance(found, Rejected) else 0
                paid = counts[answer]
                yield _Verdict(chance, not answer, bool(answer), answer == good, paid, sum(counts) - paid)
            states = following

    def _next(
        self, counts: tuple[int, ...], good: int | None
    ) -> Iterator[tuple[tuple[tuple[int, ...], int | None], float]]:
        v, others = self._verifiers.accuracy, self._classes - 1
        if good is None:
            yield ((*counts, 1), len(counts)), v
        else:
            yield (_one_more(counts, good), good), v
        wrong = [answer for answer in range(len(counts)) if answer != good]
        for answer in wrong:
            yield (_one_more(counts, answer), good), (1 - v) / others
        if len(wrong) < others:
            yield ((*counts, 1), good), (1 - v) * (others - len(wrong)) / others

    def _ballots(self, counts: tuple[int, ...]) -> tuple[Ballot, ...]:
        stated = self._verifiers.standing.accuracy
        return tuple(
            Ballot(answer == 0, answer, stated) for answer, count in enumerate(counts) for _ in range(count)
        )

    def _judge(self, round_: int, ballots: tuple[Ballot, ...]) -> Judgement:
        stated: Fraction = self._miner.standing.accuracy
        return self._rules.judge(Case(round_, ballots, stated, self._classes))


def _one_more(counts: tuple[int, ...], answer: int) -> tuple[int, ...]:
    return (*counts[:answer], counts[answer] + 1, *counts[answer + 1 :])
