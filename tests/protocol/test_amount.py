# SPDX-License-Identifier: Apache-2.0
"""Amounts are exact and say so."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gems_protocol.amount import UNIT, ZERO, Amount, MalformedAmount, total

UNITS = st.integers(0, 10**40)


@pytest.mark.parametrize(("text", "units"), [("0.10", UNIT // 10), ("1", UNIT), ("0." + "0" * 17 + "1", 1)])
def test_reads_gem(text: str, units: int) -> None:
    assert Amount.gem(text).units == units


@pytest.mark.parametrize("text", ["", "-1", "1e3", ".5", "1.", "0." + "0" * 18 + "1", "1,5", "NaN", "9" * 31])
def test_refuses_what_is_not_gem(text: str) -> None:
    with pytest.raises(MalformedAmount):
        Amount.gem(text)


@pytest.mark.parametrize("text", ["", "1.0", "0x1", " 1", "1\n", "1_0", "٣", "+1"])
def test_refuses_what_is_not_base_units(text: str) -> None:
    with pytest.raises(MalformedAmount):
        Amount.parse(text)


@given(UNITS)
def test_base_units_and_exact_text_round_trip(units: int) -> None:
    amount = Amount(units)
    assert Amount.parse(str(amount)) == amount
    if units < 10**47:
        assert Amount.gem(amount.exact()) == amount


@given(UNITS, st.fractions(0, 1))
def test_a_share_is_rounded_down_and_the_rest_is_not_lost(units: int, ratio: Fraction) -> None:
    part = Amount(units).share(ratio)
    assert ZERO <= part <= Amount(units)
    assert part.units <= units * ratio < part.units + 1


def test_no_float_touches_money() -> None:
    with pytest.raises(TypeError):
        Amount(0.5)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        Amount(1) * 0.5  # type: ignore[operator]
    with pytest.raises(TypeError):
        Amount(True)


def test_text_is_cut_never_rounded_up() -> None:
    assert Amount.gem("0.99999").text() == "0.9999"
    assert Amount(-UNIT).text() == "-1.00"
    assert total([Amount(1), Amount(2)]) == Amount(3)
