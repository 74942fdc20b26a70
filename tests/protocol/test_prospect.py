# SPDX-License-Identifier: Apache-2.0
"""What honest work is expected to bring: the study's figures, and the same by playing tasks out one by one."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from random import Random
from typing import Any

import pytest

from gems_protocol.amount import ZERO, Amount
from gems_protocol.audit import MILLION
from gems_protocol.campaign import ZERO_ADDRESS, Terms
from gems_protocol.staking import redo_reward
from gems_protocol.verification import (
    NEWCOMER,
    Accepted,
    Ballot,
    Case,
    NoConsensus,
    NotOffered,
    Policy,
    Standing,
    Undecided,
    policy_of,
)
from gems_protocol.verification.prospect import expected, one_verifier, rejection

V = Fraction(17, 20)
KNOWN = Standing(passes=30, gold_right=19, gold=20, settled_right=54, settled=60, grade=4)


def terms(**changes: Any) -> Terms:
    values: dict[str, Any] = {
        "requester": "0x" + "11" * 20, "hub": "0x" + "22" * 20, "mr": Amount.gem("1"), "ms": Amount.gem("0.5"),
        "vs": Amount.gem("0.2"), "floor": ZERO, "z": 5, "panel": 7, "quorum": 4, "rounds": 3, "redo": 3600,
        "window": 3600, "ends": 2_000_000_000, "verifier_root": bytes(32), "seed_tip": bytes(32),
        "arbiter": ZERO_ADDRESS, "content_root": bytes(32), "salt": bytes(32),
    }  # fmt: skip
    return Terms(**{**values, **changes})


def test_a_panel_of_two_as_in_the_study() -> None:
    two, four = one_verifier(2, V), one_verifier(4, V)

    def until_unanimous(q: Fraction) -> Fraction:
        """P(reject) of a panel of two that is replaced until both agree, q being one verifier's."""
        return q * q / (q * q + (1 - q) * (1 - q))

    assert round(float(until_unanimous(two.right)), 3) == 0.030
    assert round(float(until_unanimous(two.wrong)), 3) == 0.970
    assert round(float(until_unanimous(four.wrong)), 3) == 0.997


class Played:
    """One task after the other, with answers as numbers: 0 is right."""

    def __init__(self, policy: Policy, standing: Standing, made: Terms, classes: int, seed: int) -> None:
        self._rules, self._standing, self._terms = policy.for_standing(standing), standing, made
        self._quote = policy.quote(standing, made)
        self._classes, self._random = classes, Random(seed)

    def mean(self, tasks: int) -> tuple[float, float]:
        """(pay in units of Mr, share that was paid)."""
        paid = [self._task() for _ in range(tasks)]
        return sum(paid) / tasks, sum(one > 0 for one in paid) / tasks

    def _answer(self, accuracy: Fraction) -> int:
        if self._random.random() < accuracy:
            return 0
        return self._random.randrange(1, self._classes)

    def _task(self) -> float:
        one = self._terms.mr.units
        audited = not self._rules.draws_audits or self._random.random() * MILLION < self._quote.audit_ppm
        if not audited or self._accepts():
            return self._quote.reward.units / one
        if self._rules.has_redo and self._accepts():
            return redo_reward(self._terms.mr, self._terms.vr()).units / one
        return -self._quote.stake.units / one

    def _accepts(self) -> bool:
        mine, round_ = self._answer(self._standing.accuracy), 0
        said, ballots = [mine], []
        while True:
            answer = self._answer(V)
            if answer not in said:
                said.append(answer)
            number = said.index(answer) if self._rules.blind else int(answer != mine)
            ballots.append(Ballot(number == 0, number, V))
            found = self._rules.judge(Case(round_, tuple(ballots), self._standing.accuracy, self._classes))
            if isinstance(found, NoConsensus):
                round_, ballots = round_ + 1, []
            elif not isinstance(found, Undecided):
                return isinstance(found, Accepted)


@pytest.mark.parametrize("classes", [2, 4])
@pytest.mark.parametrize("standing", [NEWCOMER, KNOWN])
@pytest.mark.parametrize(
    ("name", "params", "changes"),
    [
        ("consensus", {}, {}),
        ("consensus", {"panel": 3, "quorum": 2}, {"z": 2}),
        ("evidence", {}, {"rounds": 2}),
        ("evidence", {"theta_ppm": 950_000, "panel": 5}, {"rounds": 2}),
        ("girm", {}, {}),
        ("girm", {"floor_ppm": 400_000}, {}),
        ("gram", {"audit_ppm": 500_000}, {"ms": Amount.gem("3")}),
        ("evidence", {"entry_tasks": 10}, {"rounds": 2}),
    ],
)
def test_the_same_by_playing(
    name: str, params: Mapping[str, int], changes: dict[str, Any], standing: Standing, classes: int
) -> None:
    made, policy = terms(**changes), policy_of(name, params)
    if name == "gram" and standing.grade < 4:
        with pytest.raises(NotOffered):
            expected(policy, standing, made, classes)
        return
    found = expected(policy, standing, made, classes)
    tasks = 3_000
    pay, share = Played(policy, standing, made, classes, seed=11).mean(tasks)
    assert abs(share - float(found.accept)) < 5 * (0.25 / tasks) ** 0.5
    assert abs(pay - found.pay.units / made.mr.units) < 5 * (4 / tasks) ** 0.5
    assert found.looked_at == found.pay and found.loss >= ZERO


def test_commissioned_work_is_paid_unless_somebody_pays_to_look() -> None:
    policy, made = policy_of("commissioned", {}), terms()
    found = expected(policy, KNOWN, made, 2)
    assert (found.pay, found.accept, found.loss) == (made.mr, 1, ZERO)
    wrong = one_verifier(2, V)
    poor = KNOWN.accuracy * wrong.right**2 + (1 - KNOWN.accuracy) * wrong.wrong**2
    assert found.looked_at == made.mr - Amount(-(-made.mr.units * poor.numerator // poor.denominator))


@pytest.mark.parametrize("name", ["consensus", "evidence", "girm"])
def test_who_is_better_expects_more(name: str) -> None:
    policy, made = policy_of(name, {}), terms(rounds=2)
    before = -made.mr
    for right in range(0, 61, 10):
        standing = Standing(passes=30, settled_right=right, settled=60)
        found = expected(policy, standing, made, 4)
        assert found.pay >= before
        before = found.pay


def test_only_evidence_weighs_the_miner() -> None:
    panels, blind = policy_of("consensus", {}), policy_of("evidence", {})
    assert rejection(panels, Fraction(1, 2), 2, V) == rejection(panels, Fraction(9, 10), 2, V)
    assert rejection(blind, Fraction(9, 10), 2, V).wrong < rejection(blind, Fraction(1, 2), 2, V).wrong
