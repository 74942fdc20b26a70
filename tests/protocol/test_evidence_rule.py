# SPDX-License-Identifier: Apache-2.0
"""Evidence's rule: the posterior is exact, agreement never un-decides, the names of answers mean nothing."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations
from math import exp, log
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gems_protocol.amount import Amount
from gems_protocol.rules import classes_of
from gems_protocol.verification import Accepted, Ballot, Case, Rejected, Standing, Undecided
from gems_protocol.verification.evidence import OPEN_CLASSES, Evidence, posterior
from tests.helpers.protocol_evidence import CONFIG, answer, rules
from tests.helpers.protocol_terms import terms

STANDINGS = st.integers(0, 60).flatmap(
    lambda gold: st.integers(0, 60).flatmap(
        lambda settled: st.builds(
            Standing,
            gold_right=st.integers(0, gold),
            gold=st.just(gold),
            settled_right=st.integers(0, settled),
            settled=st.just(settled),
        )
    )
)
ACCURACY = STANDINGS.map(lambda standing: standing.accuracy)
CLASSES = st.sampled_from([2, 3, 10])


def ballot(number: int, accuracy: Fraction) -> Ballot:
    return Ballot(number == 0, number, accuracy)


def cases(most: int = 7) -> st.SearchStrategy[Case]:
    """Rounds with wrong answers numbered as they come."""

    def numbered(drawn: tuple[int, Fraction, list[tuple[int, Fraction]], bool]) -> Case:
        classes, accuracy, said, late = drawn
        known: list[int] = [0]
        ballots = []
        for word, trusted in said:
            word %= classes
            known += [word] * (word not in known)
            ballots.append(ballot(known.index(word), trusted))
        return Case(0, tuple(ballots), accuracy, classes, late)

    said = st.lists(st.tuples(st.integers(0, 9), ACCURACY), max_size=most)
    return st.tuples(CLASSES, ACCURACY, said, st.booleans()).map(numbered)


def counted(a: Fraction) -> Fraction:
    """No accuracy counts above nine tenths."""
    return min(a, Fraction(9, 10))


def found(case: Case) -> dict[int, Fraction]:
    return posterior(case.ballots, case.accuracy, case.classes)


@settings(max_examples=50)
@given(cases())
def test_the_posterior_is_exact_and_sums_to_one(case: Case) -> None:
    given_ = found(case)
    odds = {number: Fraction(1) for number in range(case.classes)}
    for number, a in [(0, case.accuracy), *((b.answer, b.accuracy) for b in case.ballots)]:
        odds[number] *= counted(a) * (case.classes - 1) / (1 - counted(a))
    whole = {number: part / sum(odds.values()) for number, part in odds.items()}
    assert sum(whole.values()) == 1
    assert all(whole[number] == part for number, part in given_.items())
    assert sum(given_.values()) == 1 - sum(part for number, part in whole.items() if number not in given_)


@settings(max_examples=50)
@given(cases())
def test_it_is_bayes_rule_for_errors_spread_evenly(case: Case) -> None:
    """Each worker says the truth with accuracy a and each of the K - 1 other answers with (1 - a) / (K - 1)."""
    weights = {}
    for truth in range(case.classes):
        weight = Fraction(1)
        for number, a in [(0, case.accuracy), *((b.answer, b.accuracy) for b in case.ballots)]:
            weight *= counted(a) if number == truth else (1 - counted(a)) / (case.classes - 1)
        weights[truth] = weight
    for number, part in found(case).items():
        assert part == weights[number] / sum(weights.values())


def test_the_formula_in_logarithms() -> None:
    """A newcomer's answer and one expert's, of three classes: the numbers of docs/protocol.md."""
    newcomer, expert = Standing().accuracy, Standing(gold_right=20, gold=20).accuracy
    assert (newcomer, expert) == (Fraction(2, 3), Fraction(12, 13))
    got = posterior([ballot(0, expert)], newcomer, 3)
    assert got == {0: Fraction(72, 74)}
    odds = log(2 / 3 * 2 / (1 / 3)) + log(9 / 10 * 2 / (1 / 10))
    assert float(got[0]) == pytest.approx(exp(odds) / (exp(odds) + 2))
    assert posterior([ballot(1, expert)], newcomer, 3) == {0: Fraction(4, 23), 1: Fraction(18, 23)}


@given(st.fractions(Fraction(1, 2), Fraction(999, 1000)), ACCURACY)
def test_no_single_voice_overturns_another_between_two_classes(praised: Fraction, miner: Fraction) -> None:
    """Whatever a platform states about a verifier: against a miner better than chance it takes a second one."""
    case = Case(0, (ballot(1, praised),), max(miner, Fraction(11, 20)), 2)
    assert not isinstance(Evidence().judge(case), Rejected)


@settings(max_examples=50)
@given(cases(6), ACCURACY)
def test_one_more_agreeing_answer_never_undecides(case: Case, accuracy: Fraction) -> None:
    """Of somebody better than chance: it raises the posterior of what it says and lowers all others."""
    before = found(case)
    best = max(before, key=lambda number: (before[number], -number))
    more = (*case.ballots, ballot(best, max(accuracy, Fraction(1, case.classes))))
    after = posterior(more, case.accuracy, case.classes)
    assert after[best] >= before[best]
    assert all(after[number] <= before[number] for number in before if number != best)
    policy, next_case = Evidence(), Case(0, more, case.accuracy, case.classes)
    now = policy.judge(Case(0, case.ballots, case.accuracy, case.classes))
    if case.ballots and not isinstance(now, Undecided):
        assert policy.judge(next_case) == now


@settings(max_examples=50)
@given(cases())
def test_the_names_of_wrong_answers_mean_nothing(case: Case) -> None:
    policy, before = Evidence(), found(case)
    judgement = policy.judge(case)
    for new in permutations(range(1, 1 + max((b.answer for b in case.ballots), default=0))):
        name = (0, *new)
        renamed = tuple(ballot(name[b.answer], b.accuracy) for b in case.ballots)
        again = policy.judge(Case(0, renamed, case.accuracy, case.classes, case.late))
        assert type(again) is type(judgement)
        if isinstance(judgement, Rejected) and isinstance(again, Rejected):
            # a tie, possible only without theta, goes to whichever was said first
            assert before[judgement.answer] == before[name.index(again.answer)]


@settings(max_examples=50)
@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_answers_means_nothing_to_the_posterior(case: Case, chance: Random) -> None:
    shuffled = list(case.ballots)
    chance.shuffle(shuffled)
    after = posterior(shuffled, case.accuracy, case.classes)
    assert after == found(case)


@pytest.mark.parametrize(
    ("theta", "numbers", "expected"),
    [
        (900_000, [], Undecided(1)),  # at least one verifier, however sure the miner is
        (900_000, [0], Accepted()),
        (999_999, [0], Undecided(1)),
        (900_000, [1], Undecided(1)),
        (900_000, [1, 1], Rejected(1)),
        (900_000, [1, 2], Undecided(1)),
        (900_000, [1, 2, 1], Undecided(1)),
        (900_000, [1, 2, 1, 2, 0], Undecided(1)),
    ],
)
def test_where_it_stops(theta: int, numbers: list[int], expected: object) -> None:
    expert = Standing(gold_right=20, gold=20).accuracy
    ballots = tuple(ballot(number, expert) for number in numbers)
    if numbers == [1, 2, 1]:
        ballots = (*ballots[:2], ballot(1, Fraction(1, 3)))
    assert Evidence(theta).judge(Case(0, ballots, expert, 3)) == expected


def test_out_of_time_another_answer_needs_three_quarters() -> None:
    against = Ballot(False, 1)  # a newcomer's answer against a newcomer's: odds of two each
    for count, judged in ((1, Accepted()), (2, Accepted()), (3, Rejected(1))):
        case = Case(0, (against,) * count, late=True)
        assert Evidence().judge(case) == judged
        assert Evidence().judge(Case(0, case.ballots)) == Undecided(1)


def test_seven_are_asked_at_most_and_what_is_late_is_accepted() -> None:
    third = Fraction(1, 3)  # chance: such answers change nothing
    said = tuple(ballot(1, third) for _ in range(7))
    assert Evidence().judge(Case(0, said[:6], third, 3)) == Undecided(1)
    assert Evidence().judge(Case(0, said, third, 3)) == Accepted(), "a tie is for the earlier answer"
    better = (*said[:6], ballot(1, Fraction(2, 3)))
    assert Evidence().judge(Case(0, better, third, 3)) == Rejected(1)
    assert Evidence().judge(Case(0, better[3:6], third, 3, late=True)) == Accepted()
    missing = (*said[:6], Ballot(None))
    assert Evidence().judge(Case(0, missing, third, 3)) == Undecided(1)
    assert Evidence(most=1).judge(Case(0, said[:1], third, 3)) == Accepted()


def test_classes_come_from_the_module() -> None:
    assert classes_of(CONFIG) == 3
    boxes = """<View><Image name="i" value="$i"/><RectangleLabels name="b" toName="i"><Label value="x"/>
</RectangleLabels></View>"""
    assert classes_of(boxes) == OPEN_CLASSES
    assert classes_of(CONFIG.replace('toName="t"', 'toName="t" choice="multiple"')) == OPEN_CLASSES
    alone = (
        '<View><Text name="t" value="$t"/><Choices name="c" toName="t"><Choice value="x"/></Choices></View>'
    )
    assert classes_of(alone) == OPEN_CLASSES


def test_answers_are_numbered_by_what_they_say() -> None:
    numbering = rules(Evidence(), terms(panel=5))
    known = [answer(0), answer(2, "b")]
    assert numbering.number(answer(0, "z"), known) == 0
    assert numbering.number(answer(2, "z"), known) == 1
    assert numbering.number(answer(1, "z"), known) == 2
    assert Evidence().worst_case(terms(panel=5)) == Amount.gem("2.4")
