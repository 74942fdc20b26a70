# SPDX-License-Identifier: Apache-2.0
"""The temperature: it finds what errors really were, and keeps quiet while too little is known."""

from __future__ import annotations

import random
from fractions import Fraction
from math import log

import pytest

from gems_protocol.verification.calibration import SHOWN_FROM, Calibration, Known, Opinion, fit, opinion_of
from gems_protocol.verification.evidence import posterior
from gems_protocol.verification.policy import Ballot

BALLOTS = (Ballot(False, 1, Fraction(9, 10)), Ballot(True, 0, Fraction(4, 5)))


@pytest.mark.parametrize("classes", [2, 3, 5])
def test_an_opinion_says_what_the_posterior_says(classes: int) -> None:
    opinion, shares = (call(BALLOTS, Fraction(2, 3), classes) for call in (opinion_of, posterior))
    assert isinstance(opinion, Opinion) and isinstance(shares, dict)
    assert opinion.unsaid == classes - 2
    for answer, share in shares.items():
        assert opinion.probability(answer) == pytest.approx(float(share))
    whole = sum(opinion.probability(answer) for answer in shares)
    assert whole + opinion.unsaid * opinion.probability(None) == pytest.approx(1)


def test_cold_is_ignorance() -> None:
    opinion = Opinion((3.0, 1.0), unsaid=2)
    assert opinion.probability(0, 0.0) == opinion.probability(None, 0.0) == pytest.approx(0.25)
    assert Opinion((900.0, 1.0), 1).probability(0) == pytest.approx(1)


@pytest.mark.parametrize("beta", [0.35, 1.0, 1.4])
def test_the_temperature_that_made_the_answers_is_found(beta: float) -> None:
    chance = random.Random(3)
    items = []
    for _ in range(4_000):
        odds = tuple(chance.uniform(-2, 4) for _ in range(3))
        opinion = Opinion(odds, unsaid=0)
        weights = [opinion.probability(answer, beta) for answer in range(3)]
        items.append(Known(opinion, chance.choices(range(3), weights)[0]))
    found = fit(items)
    assert found is not None and found.items == 4_000
    assert found.beta == pytest.approx(beta, abs=0.08)


def test_fewer_than_fifty_known_answers_say_nothing() -> None:
    item = Known(Opinion((log(9), log(1)), 0), 0)
    assert fit([item] * (SHOWN_FROM - 1)) is None
    assert isinstance(fit([item] * SHOWN_FROM), Calibration)
    impossible = Known(Opinion((log(9), log(1)), 0), None)  # a right answer that no class is
    assert fit([impossible] * SHOWN_FROM) is None


def test_an_answer_that_nobody_gave_counts_against_everybody() -> None:
    sure = Known(Opinion((5.0,), 3), 0)
    wrong = Known(Opinion((5.0,), 3), None)
    trusting, doubting = fit([sure] * 60), fit([sure] * 40 + [wrong] * 20)
    assert trusting is not None and doubting is not None and doubting.beta < trusting.beta
