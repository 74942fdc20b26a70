# SPDX-License-Identifier: Apache-2.0
"""Which policy a requester should choose for a budget and an accuracy, and where plain redundancy is better."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gems_protocol.amount import Amount
from gems_protocol.audit import MILLION
from gems_protocol.campaign import Terms
from gems_protocol.verification.crowd import Crowd
from gems_protocol.verification.expectation import Expectation, expect
from gems_protocol.verification.policy import Policy
from gems_protocol.verification.redundancy import lead_of_two, majority

USUAL_VERIFIER = 0.85  # how often a verifier is right, where nothing is known
MAJORITIES = (1, 3, 5, 7, 9, 15)
FEW = 0.10  # a policy that fewer of the workers are offered may never finish a campaign


@dataclass(frozen=True, slots=True)
class Candidate:
    """One way of running the campaign. corrects: whether honest errors are found, rather than deterred."""

    label: str
    policy: Policy
    terms: Terms
    corrects: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A candidate and what is expected of it."""

    candidate: Candidate
    expected: Expectation


@dataclass(frozen=True, slots=True)
class Vote:
    """Plain redundancy: a vote of `answers` workers in the mean, each paid Mr. trusted: of those who may verify."""

    label: str
    right: float
    answers: float
    cost: Amount
    trusted: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """best: the cheapest that reaches the accuracy within the budget, None when none does.

    reaching: the cheapest that reaches it at any price. affordable: the most accurate within the budget.
    same_cost: the best vote of anybody that costs no more than `best` (or `affordable`) does in paid work.
    cheaper_vote: one that reaches the accuracy for less than every policy. tasks: as asked for, or as many as the
    budget pays for.
    """

    rows: tuple[Row, ...]
    votes: tuple[Vote, ...]
    best: Row | None
    reaching: Row | None
    affordable: Row | None
    same_cost: Vote | None
    cheaper_vote: Vote | None
    tasks: int


def break_even(verifier: float) -> float:
    """Vr / Mr below which one miner and two agreeing verifiers cost less than voting until one answer leads by two.

    verifier: how often one is right. Both are equally accurate on two classes.
    """
    return 0.5 + verifier * (1 - verifier)


def redundancy_is_cheaper(mr: Amount, vr: Amount, verifier: float = USUAL_VERIFIER) -> bool:
    """Whether one miner and two agreeing verifiers cost at least as much as voting (`break_even`)."""
    return vr.units >= mr.units * break_even(verifier)


def votes_of(mr: Amount, crowd: Crowd, classes: int) -> tuple[Vote, ...]:
    """Majorities and sequential votes."""
    found = [
        Vote(
            "one worker" if k == 1 else f"majority of {k}",
            majority(k, crowd.mean, classes),
            k,
            mr * k,
            trusted=False,
        )
        for k in MAJORITIES
    ]
    for label, accuracy, trusted in (
        ("vote until one leads by 2", crowd.mean, False),
        ("the same, by trusted workers", crowd.verifiers.accuracy, True),
    ):
        right, answers = lead_of_two(accuracy, classes)
        cost = Amount(mr.units * round(answers * MILLION) // MILLION)
        found.append(Vote(label, right, answers, cost, trusted))
    return tuple(found)


def make_plan(
    candidates: Sequence[Candidate],
    crowd: Crowd,
    classes: int,
    budget: Amount,
    accuracy: float,
    tasks: int | None = None,
) -> Plan:
    """The plan for `tasks` tasks, or for as many as the budget pays for when None.

    Only what corrects errors, or what redundancy cannot do cheaper, is recommended: a policy that reaches the
    accuracy for few workers only (see FEW) is not.
    """
    found = [(each, expect(each.policy, each.terms, crowd, classes)) for each in candidates]
    rows = tuple(Row(each, expected) for each, expected in found if expected is not None)
    votes = votes_of(candidates[0].terms.mr, crowd, classes)
    usable = [row for row in rows if row.expected.offered >= FEW]
    good = sorted(
        (row for row in usable if row.expected.right >= accuracy), key=lambda row: row.expected.cost
    )
    within = [row for row in usable if row.expected.cost * (tasks or 1) <= budget]
    best = next((row for row in good if row in within), None)
    affordable = max(within, key=lambda row: (row.expected.right, -row.expected.cost.units), default=None)
    shown = best or affordable
    same = None
    if shown is not None:
        same = max(
            (vote for vote in votes if not vote.trusted and vote.cost <= shown.expected.work),
            key=lambda vote: vote.right,
            default=None,
        )
    enough = sorted((vote for vote in votes if vote.right >= accuracy), key=lambda vote: vote.cost)
    dearest = good[0].expected.work if good else None
    cheaper = next((vote for vote in enough if dearest is None or vote.cost < dearest), None)
    each = shown.expected.cost if shown else None
    count = tasks if tasks is not None else budget.units // each.units if each else 0
    return Plan(rows, votes, best, good[0] if good else None, affordable, same, cheaper, count)
