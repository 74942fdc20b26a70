# SPDX-License-Identifier: Apache-2.0
"""Whom a requester can expect: workers whose accuracies spread as those of real crowds do, and their records.

Accuracies are Beta distributed round the mean with the spread fitted to 543 real workers, Beta(11.5, 2.0). Everybody
has the same number of checked tasks behind them, so a record says how many of these were right, and what is true of
its owner follows exactly.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, lgamma

from gems_protocol.trust.grades import grade
from gems_protocol.trust.score import VERIFIER_BAR
from gems_protocol.trust.wilson import wilson
from gems_protocol.verification.standing import GRADE_A, Standing

SPREAD = 13.5  # a + b of the Beta distribution
CHECKED, GOLD = 40, 10  # checked tasks behind everybody, and how many of them were gold
_FEW = 0.05  # the best of those, where next to nobody may verify
_GROUPS = 8  # of miners: finer changes nothing that is shown


@dataclass(frozen=True, slots=True)
class Group:
    """Workers of one record: which share of all, how accurate they truly are, and what the policies see."""

    share: float
    accuracy: float
    standing: Standing


@dataclass(frozen=True, slots=True)
class Crowd:
    """mean: of all workers' accuracies. verifiers: those who may verify; enough: whether these are 2 % or more."""

    mean: float
    miners: tuple[Group, ...]
    verifiers: Group
    grade_a: Group | None
    enough: bool


def crowd_of(mean: float) -> Crowd:
    """The crowd whose workers are right in a share `mean` of their tasks; raises ValueError unless 0 < mean < 1."""
    if not 0 < mean < 1:
        raise ValueError("a share of right answers lies between 0 and 1")
    right, wrong = SPREAD * mean, SPREAD * (1 - mean)
    everybody = [
        (count, _chance(count, right, wrong), (right + count) / (SPREAD + CHECKED))
        for count in range(CHECKED + 1)
    ]
    allowed = [one for one in everybody if wilson(one[0], CHECKED)[0] >= VERIFIER_BAR]
    enough = sum(chance for _, chance, _ in allowed) >= 0.02
    if not enough:
        allowed = _best(everybody, _FEW)
    best = [one for one in everybody if _grade(one[0]) == GRADE_A]
    return Crowd(mean, _grouped(everybody), _merged(allowed), _merged(best) if best else None, enough)


_One = tuple[int, float, float]  # right of CHECKED, the chance of such a record, the accuracy of its owner


def _chance(count: int, right: float, wrong: float) -> float:
    """Beta-binomial."""
    return exp(
        lgamma(CHECKED + 1)
        - lgamma(count + 1)
        - lgamma(CHECKED - count + 1)
        + lgamma(right + count)
        + lgamma(wrong + CHECKED - count)
        - lgamma(right + wrong + CHECKED)
        + lgamma(right + wrong)
        - lgamma(right)
        - lgamma(wrong)
    )


def _best(everybody: list[_One], share: float) -> list[_One]:
    found: list[_One] = []
    for one in reversed(everybody):
        found.append(one)
        if sum(chance for _, chance, _ in found) >= share:
            break
    return found


def _grade(count: int) -> int:
    return int(grade(*wilson(count, CHECKED)))


def _grouped(everybody: list[_One]) -> tuple[Group, ...]:
    groups: list[Group] = []
    gathered: list[_One] = []
    for one in everybody:
        gathered.append(one)
        if sum(chance for _, chance, _ in gathered) >= 1 / _GROUPS:
            groups.append(_merged(gathered))
            gathered = []
    return tuple(groups + ([_merged(gathered)] if gathered else []))


def _merged(group: list[_One]) -> Group:
    share = sum(chance for _, chance, _ in group)
    accuracy = sum(chance * accuracy for _, chance, accuracy in group) / share
    count = round(sum(count * chance for count, chance, _ in group) / share)
    gold_right = round(count * GOLD / CHECKED)
    settled_right = count - gold_right
    standing = Standing(
        passes=settled_right,
        gold_right=gold_right,
        gold=GOLD,
        settled_right=settled_right,
        settled=CHECKED - GOLD,
        grade=_grade(count),
    )
    return Group(share, accuracy, standing)
