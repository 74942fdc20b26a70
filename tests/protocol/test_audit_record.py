# SPDX-License-Identifier: Apache-2.0
"""Audits against chance: exact tails, the normal beyond, and what is said of a record."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gems_protocol.audit import MILLION
from gems_protocol.audit_record import EXACT, Draw, Finding, audit_record, distribution, tails

CHANCES = st.lists(st.integers(1, MILLION - 1), max_size=9)


def draws(chance_ppm: int, count: int, had: int) -> list[Draw]:
    return [Draw(chance_ppm, number < had, number < had, True, False) for number in range(count)]


@given(CHANCES)
def test_every_way_to_draw(chances: list[int]) -> None:
    exact = [Fraction(0)] * (len(chances) + 1)
    for fallen in product((False, True), repeat=len(chances)):
        chance = Fraction(1)
        for drawn, ppm in zip(fallen, chances, strict=True):
            chance *= Fraction(ppm if drawn else MILLION - ppm, MILLION)
        exact[sum(fallen)] += chance
    assert distribution(chances) == pytest.approx([float(one) for one in exact], abs=1e-12)
    for had in range(len(chances) + 1):
        fewer, more = tails(chances, had)
        assert fewer == pytest.approx(float(sum(exact[: had + 1])), abs=1e-12)
        assert more == pytest.approx(float(sum(exact[had:])), abs=1e-12)


def test_equal_chances_are_the_binomial() -> None:
    fewer, more = tails([100_000] * 50, 10)
    share = [comb(50, k) * 0.1**k * 0.9 ** (50 - k) for k in range(51)]
    assert fewer == pytest.approx(sum(share[:11])) and more == pytest.approx(sum(share[10:]))


@pytest.mark.parametrize("had", [900, 1000, 1060])
def test_the_normal_goes_on_where_the_exact_sum_ends(had: int) -> None:
    exact = tails([500_000] * EXACT, had)
    normal = tails([500_000] * (EXACT + 1), had)
    assert normal == pytest.approx(exact, abs=0.02)


def test_what_is_said() -> None:
    assert audit_record([]).sentence == "No work that could be drawn for an audit yet."
    fair = audit_record(draws(100_000, 100, 12))
    assert (fair.finding, fair.expected, fair.had) == (Finding.NOTHING, 10, 12)
    many = audit_record(draws(100_000, 100, 25))
    assert many.finding is Finding.MORE and many.one_in > 1_000
    assert many.sentence == f"More audits than chance explains (1 in {many.one_in})."
    few = audit_record(draws(500_000, 100, 20))
    assert few.finding is Finding.FEWER and few.more > few.fewer


def test_what_was_not_revealed_counts_apart() -> None:
    hidden = [Draw(500_000, False, False, False, False)] * 40
    record = audit_record([*draws(500_000, 10, 5), *hidden])
    assert (record.draws, record.not_revealed, record.expected, record.finding) == (
        50,
        40,
        5,
        Finding.NOTHING,
    )
    assert record.without_seed == 10
