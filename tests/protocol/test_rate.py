# SPDX-License-Identifier: Apache-2.0
"""Amounts in a currency are exact, cut towards zero, and written with the currency's own decimals."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gems_protocol.amount import UNIT, Amount
from gems_protocol.rate import MOST, SCALE, MalformedRate, Rate, is_code, parse, places, plain

CODES = ("KES", "VND", "KWD")


def _rate(code: str, text: str) -> Rate:
    return Rate(code, parse(text), "a bank", 1)


@pytest.mark.parametrize(
    ("code", "per_gem", "amount", "shown"),
    [
        ("KES", "12.50", "0.52", "6.50"),
        ("KES", "12.50", "0.0007", "0.00"),
        ("KES", "12.50", "0.0008", "0.01"),
        ("VND", "25400", "0.01999", "507"),  # 507.746 is not 508
        ("KWD", "0.307", "1.5", "0.460"),
        ("USD", "0.1", "3", "0.30"),  # three tenths are no 0.30000000000000004
    ],
)
def test_amounts(code: str, per_gem: str, amount: str, shown: str) -> None:
    rate = _rate(code, per_gem)
    assert plain(code, rate.of(Amount.gem(amount))) == shown
    assert plain(code, rate.of(-Amount.gem(amount))).lstrip("-") == shown


@given(st.integers(0, 10**30), st.integers(1, MOST * SCALE), st.sampled_from(CODES))
def test_never_more_than_the_exact_value_and_less_by_under_one_unit(
    units: int, scaled: int, code: str
) -> None:
    exact = Fraction(units, UNIT) * Fraction(scaled, SCALE) * 10 ** places(code)
    minor = Rate(code, scaled, "x", 1).of(Amount(units))
    assert minor <= exact < minor + 1


@given(st.integers(1, MOST * SCALE))
def test_a_rate_is_read_as_it_was_written(scaled: int) -> None:
    rate = Rate("KES", scaled, "a bank", 5)
    assert Rate.from_json(rate.to_json()) == rate


def test_what_is_no_currency() -> None:
    assert is_code("KES") and not any(
        is_code(code) for code in ("GEM", "kes", "KE", "K S", "", "KESH", None, "ΚΕS")
    )
    values: tuple[object, ...] = (
        [],
        {},
        {"code": "KES", "per_gem": 12.5, "source": "x", "at": 1},
        {"code": "KES"},
    )
    for value in values:
        with pytest.raises(MalformedRate):
            Rate.from_json(value)
