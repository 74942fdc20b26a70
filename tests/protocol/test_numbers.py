# SPDX-License-Identifier: Apache-2.0
"""Stakes, fees, draws and trust keep their promises for any number (the vectors: test_vectors.py)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gems_protocol.amount import ZERO, Amount
from gems_protocol.audit import MILLION
from gems_protocol.staking import reviewer_reward
from gems_protocol.trust.score import (
    Outcome,
    eligible_verifier,
    in_words,
    missing_for_verifier,
    score,
    score_of,
    to_the_bar,
)
from gems_protocol.trust.wilson import right_in_a_row, wilson
from gems_protocol.verification import girm


@given(st.integers(0, 10**30), st.integers(1, 10), st.integers(0, 10**30))
def test_vr_never_exceeds_mr(mr: int, z: int, floor: int) -> None:
    found = reviewer_reward(Amount(mr), z, Amount(floor))
    assert ZERO <= found <= Amount(mr)
    assert mr > floor or found.units == mr


@pytest.mark.parametrize("z", [0, 11, -1])
def test_z_is_one_to_ten(z: int) -> None:
    with pytest.raises(ValueError, match="between"):
        reviewer_reward(Amount(1), z, ZERO)


@given(st.integers(0, 10**7), st.integers(0, 10**30), st.sampled_from([0, 50_000, 100_000, MILLION]))
def test_fees_never_fall_short_of_audits(n: int, mr: int, floor: int) -> None:
    fee, chance = girm.fee_ppm(n, floor), girm.audit_ppm(n, floor)
    assert fee * MILLION >= 5 * chance * (MILLION - fee)
    reward = girm.reward_after_fee(Amount(mr), fee)
    assert (mr - reward.units) * MILLION >= 5 * chance * reward.units
    assert floor <= chance <= MILLION


@given(st.integers(0, 500), st.integers(0, 500))
def test_bounds_hold_the_share(right: int, wrong: int) -> None:
    n = right + wrong
    lower, upper = wilson(right, n)
    assert 0 <= lower <= upper <= 1
    assert n == 0 or lower <= right / n <= upper
    assert wilson(right + 1, n + 1)[0] >= lower


def outcomes(right: int, wrong: int, requesters: int = 2, family: str = "choice") -> list[Outcome]:
    return [
        Outcome(
            bytes(32), number, f"0x{number % requesters:040x}", number < right, number < right, number, family
        )
        for number in range(right + wrong)
    ]


def test_who_may_verify() -> None:
    assert not eligible_verifier([])
    assert not eligible_verifier(outcomes(19, 0))
    assert not eligible_verifier(outcomes(40, 0, requesters=1))
    assert eligible_verifier(outcomes(20, 0))
    assert not eligible_verifier(outcomes(20, 5))
    assert not eligible_verifier(outcomes(20, 0), family="boxes")
    assert "19 more" in str(missing_for_verifier(outcomes(1, 0)))
    assert "one more requester" in str(missing_for_verifier(outcomes(40, 0, requesters=1)))


def test_words_for_the_worker() -> None:
    assert in_words(score_of(34, 34, 38)) == "34 of 38 checked tasks right – 89 %, probably 76–96 %"
    assert in_words(score([])) == "not enough checked work yet"
    assert "%" not in in_words(score_of(0, 0, 1))
    assert to_the_bar(score_of(34, 30, 38)) == right_in_a_row(34, 38, 0.80)
    assert right_in_a_row(0, 0, 0.80) == 16
    assert right_in_a_row(0, 10_000, 0.99, most=5) is None


def test_only_accepted_first_tries_count_as_such() -> None:
    rejected = Outcome(bytes(32), 0, "0x", accepted=False, first_try=True, judged_at=0)
    assert score([rejected]).first_try == 0
    with pytest.raises(ValueError, match="first tries"):
        score_of(1, 2, 3)
