# SPDX-License-Identifier: Apache-2.0
"""The profile: what moves it and what does not, and how it is said."""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction
from math import isfinite

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gems_protocol.trust.effective import KAPPA, effective
from gems_protocol.trust.grades import Grade
from gems_protocol.trust.mass import Decision, JudgedBy, counted, worst_case
from gems_protocol.trust.profile import accuracy, ordered, profile
from gems_protocol.trust.reasons import Code, Reason
from gems_protocol.trust.score import Outcome, score
from gems_protocol.trust.weights import DifficultyWeights, RequesterWeights
from gems_protocol.trust.words import SENTENCES, explain, next_ten, sentence
from tests.protocol.trust.made import histories, outcome, run

WEIGHTS = RequesterWeights({"r0": 0.2, "r1": 1.0, "r2": 0.0}, unknown=0.5)
DIFFICULTY = DifficultyWeights({("choice", "easy"): 0.3})
ROUNDING = 1e-12


@given(histories(), st.integers(0, 4), st.sampled_from(["choice", "boxes"]))
def test_one_more_accepted_never_lowers_and_one_more_rejected_never_raises(
    history: list[Outcome], requester: int, family: str
) -> None:
    accepted = outcome(True, len(history), f"r{requester}", family)
    late = replace(accepted, first_try=False)
    rejected = outcome(False, len(history), f"r{requester}", family)
    before = score(history).score
    assert score([*history, accepted]).score >= before - ROUNDING
    assert score([*history, rejected]).score <= before + ROUNDING
    assert score([*history, late]).score >= score([*history, rejected]).score - ROUNDING
    for weights, difficulty in ((RequesterWeights(), DifficultyWeights()), (WEIGHTS, DIFFICULTY)):
        lower = effective(history, weights, difficulty).lower
        assert effective([*history, accepted], weights, difficulty).lower >= lower - ROUNDING
        assert effective([*history, rejected], weights, difficulty).lower <= lower + ROUNDING
        balanced = effective(history, weights, difficulty).balanced().lower
        assert effective([*history, accepted], weights, difficulty).balanced().lower >= balanced - ROUNDING


@given(histories(60), histories(60), st.lists(st.sampled_from(list(JudgedBy)), min_size=60, max_size=60))
def test_nothing_a_requester_does_before_verifiers_judge_moves_anything(
    judged: list[Outcome], alone: list[Outcome], by: list[JudgedBy]
) -> None:
    verdicts = [Decision(found, JudgedBy.VERIFIERS) for found in judged]
    unjudged = [
        Decision(found, who)
        for found, who in zip(alone, by, strict=False)
        if who in (JudgedBy.REQUESTER, JudgedBy.NOBODY)
    ]
    assert profile(counted([*unjudged, *verdicts])) == profile(judged)
    assert counted([Decision(outcome(), JudgedBy.KNOWN_ANSWER)]) == [outcome()]


@given(histories(80), st.integers(0, 300), st.sampled_from(["r0", "r1", "stranger"]))
def test_the_rejections_of_one_requester_are_bounded(
    history: list[Outcome], rejections: int, requester: str
) -> None:
    more = [outcome(False, len(history) + at, requester) for at in range(rejections)]
    before = effective(history, WEIGHTS)
    after = effective([*history, *more], WEIGHTS)
    bound = worst_case(before, requester, WEIGHTS)
    assert bound.lower - ROUNDING <= after.lower <= before.lower + ROUNDING
    assert bound.upper - ROUNDING <= after.upper
    assert after.n - before.n <= WEIGHTS.of(requester) * KAPPA + ROUNDING


@given(histories(40), st.integers(0, 100))
def test_a_requester_that_nobody_trusts_moves_no_grade(history: list[Outcome], many: int) -> None:
    nobody = RequesterWeights({"farm": 0.0})
    more = [outcome(at % 2 == 0, at, "farm", "choice") for at in range(many)]
    with_farm, without = profile([*history, *more], nobody), profile(history, nobody)
    assert (with_farm.evidence.n, with_farm.evidence.s) == (without.evidence.n, without.evidence.s)
    assert with_farm.verifies == without.verifies
    assert with_farm.alarm.statistic == without.alarm.statistic


@given(histories(), st.randoms(use_true_random=False))
def test_a_profile_is_finite_and_knows_no_order_of_arrival(
    history: list[Outcome], chance: random.Random
) -> None:
    found = profile(history, WEIGHTS, DIFFICULTY)
    mixed = list(history)
    chance.shuffle(mixed)
    assert profile(mixed, WEIGHTS, DIFFICULTY) == found
    numbers = [
        found.score.score,
        found.evidence.s,
        found.evidence.n,
        found.trend.recent,
        found.trend.long_run,
    ]
    numbers += [found.alarm.statistic, found.forecast.all_wrong.lower, found.forecast.all_right.upper]
    assert all(isfinite(number) and number >= 0 for number in numbers)
    assert 0 <= found.evidence.lower <= found.evidence.upper <= 1
    assert 0 < found.accuracy < 1
    assert found.evidence.tasks == found.score.n == len(history)
    for reason in (*explain(found), *next_ten(found)):
        assert sentence(reason)


def test_a_newcomer_is_c_and_hears_no_percentage() -> None:
    for pattern in ("", "0", "000", "1"):
        found = profile(run(pattern))
        said = " ".join(sentence(reason) for reason in (*explain(found), *next_ten(found)))
        assert "%" not in said
        assert len(pattern) > 1 or "C – not enough checked work yet." in said
    assert profile([]).grade is Grade.C
    assert profile([]).accuracy == Fraction(2, 3)
    assert profile([]).family("boxes").missing == Reason.of(Code.VERIFIER_EVIDENCE, more=20)


def test_the_words_of_the_design() -> None:
    found = profile(run("1" * 19 + "0000" + "1" * 15))
    said = [sentence(reason) for reason in explain(found)]
    assert said[0] == "34 of 38 checked tasks right – 89 %, probably 76–96 %."
    assert "9 more right answers in a row to B." in said
    redone = profile(run("1" * 33 + "2" * 7))
    assert "7 of your last 40 were redone." in [sentence(reason) for reason in explain(redone)]


def test_a_sudden_fall_is_said_with_its_window() -> None:
    found = profile(run("1" * 60 + "00011000"))
    assert found.alarm.active
    assert "6 of the last 8 were rejected, more than usual for you." in [
        sentence(reason) for reason in explain(found)
    ]
    assert found.grade is Grade.B  # one letter below A
    assert profile(run("1" * 60)).grade is Grade.A


def test_every_code_has_a_sentence() -> None:
    assert set(SENTENCES) == set(Code)
    assert not any("{0" in str(text) or " z" in str(text) for text in SENTENCES.values())


def test_accuracy_counts_known_answers_whole_and_settled_ones_half() -> None:
    assert accuracy(0, 0, 0, 0) == Fraction(4, 6)
    assert accuracy(3, 4, 0, 0) == Fraction(7, 10)
    assert accuracy(0, 0, 3, 4) == Fraction(11, 16)
    found = profile([outcome(True, 0, gold=True), outcome(False, 1), outcome(True, 2)])
    assert found.accuracy == accuracy(1, 1, 1, 2)
    assert (found.hidden, found.hidden_right) == (1, 1)


def test_who_may_verify() -> None:
    assert profile(run("1" * 40, requesters=2)).verifies == ("choice",)
    assert profile(run("1" * 40, requesters=1)).families[0].missing == Reason.of(
        Code.VERIFIER_REQUESTERS, more=1
    )
    lopsided = [outcome(True, at, "r0") for at in range(40)] + [
        outcome(True, 40 + at, "r1") for at in range(4)
    ]
    assert profile(lopsided).families[0].missing == Reason.of(Code.VERIFIER_OTHERS, more=6)
    assert profile(run("10" * 20)).families[0].missing == Reason.of(Code.VERIFIER_BAR, more=108)
    hidden = [outcome(at % 2 == 0, at, gold=True) for at in range(6)]
    assert profile(run("1" * 60) + hidden).families[0].missing == Reason.of(
        Code.VERIFIER_HIDDEN, right=3, checks=6
    )
    two = profile(run("1" * 40) + run("0" * 5, family="boxes", start=40))
    assert two.verifies == ("choice",)
    assert [family.family for family in two.families] == ["boxes", "choice"]
    assert two.family("boxes").grade is Grade.F


def test_easy_work_takes_more_of_it() -> None:
    half = DifficultyWeights({("choice", "easy"): 0.5})
    assert profile(run("1" * 30), difficulty=half).families[0].missing == Reason.of(
        Code.VERIFIER_EVIDENCE, more=10
    )
    assert profile(run("1" * 40), difficulty=half).verifies == ("choice",)
    said = [sentence(reason) for reason in explain(profile(run("1" * 15), difficulty=half))]
    assert "16 more right answers in a row to B." in said


def test_removal_needs_thirty_judged_tasks() -> None:
    assert not profile(run("0" * 29)).removal
    assert profile(run("0" * 30)).removal
    assert not profile(run("10" * 30)).removal
    assert not profile(run("0" * 60), RequesterWeights(unknown=0.0)).removal


def test_order_is_by_time_then_task() -> None:
    late, early = outcome(at=2), outcome(at=1)
    assert ordered([late, early]) == [early, late]


def test_weights_lie_between_nothing_and_one() -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        RequesterWeights({"r": 1.5})
    with pytest.raises(ValueError, match="between 0 and 1"):
        DifficultyWeights({("a", "b"): -0.1})
