# SPDX-License-Identifier: Apache-2.0
"""Stakes, fees, draws and trust keep their promises for any number (the vectors: test_vectors.py)."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gems_protocol.amount import ZERO, Amount
from gems_protocol.audit import MILLION
from gems_protocol.staking import reviewer_reward
from gems_protocol.trust.forecast import answers_to
from gems_protocol.trust.profile import profile
from gems_protocol.trust.score import Outcome, in_words, score, score_of
from gems_protocol.trust.wilson import wilson
from gems_protocol.trust.words import sentence
from gems_protocol.verification import girm
from gems_protocol.verification.commissioned import after_commissioned_failure


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


@given(st.integers(0, 10**6), st.integers(10**15, 10**24), st.integers(0, 300))
def test_what_fees_keep_pays_the_expected_audits(n: int, mr: int, times: int) -> None:
    """Over any number of tasks at this N: in expectation the requester pays at most Mr each."""
    reward = girm.reward_after_fee(Amount(mr), girm.fee_ppm(n)).units
    audited = Fraction(girm.audit_ppm(n), MILLION)
    assert times * (reward + 5 * audited * reward) <= times * mr


def test_girm_at_the_first_and_the_tenth_task() -> None:
    """The blog's "tenth task: 69 % fee, 42 % audit" takes f from N = 9 and p from N = 10."""
    assert (girm.fee_ppm(0), girm.audit_ppm(0)) == (833_334, MILLION)
    assert (girm.fee_ppm(9), girm.audit_ppm(9)) == (692_046, 449_447)
    assert (girm.fee_ppm(10), girm.audit_ppm(10)) == (680_414, 425_809)
    with pytest.raises(ValueError, match="negative"):
        girm.fee_ppm(-1)


def expected_loss(n: int, wrong: Fraction) -> Fraction:
    """Of one wrong task in a `wrong` share of tasks: Mr and the fees from floor(N / 2) back to N, if drawn."""
    mr = Amount.gem("1")
    again = Fraction(girm.fees_after_failure(n, mr).units, mr.units)
    return wrong * Fraction(girm.audit_ppm(n), MILLION) * (1 + again)


def test_penalty_times_probability_does_not_always_exceed_one() -> None:
    """As the blog says it does: it is exactly 1 at N = 0, and below 1 for a guesser between two classes."""
    always, guesser = Fraction(1), Fraction(1, 2)
    assert expected_loss(0, always) == 1
    found = {n: expected_loss(n, always) for n in range(1, 400)}
    assert min(found.items(), key=lambda item: item[1])[0] == 2
    assert max(found.items(), key=lambda item: item[1])[0] == 29
    assert (round(float(found[2]), 4), round(float(found[29]), 4)) == (1.4025, 2.2241)
    assert {n for n in range(20) if expected_loss(n, guesser) < 1} == {*range(7), 8, 10}
    assert expected_loss(1_000, guesser) < 1


@given(st.integers(0, 10**6), st.integers(0, 500_000))
def test_n_after_poor_work_is_exact(n: int, ppm: int) -> None:
    x = Fraction(ppm, MILLION)
    left = after_commissioned_failure(n, x)
    assert 0 <= left <= n
    assert x or left == n
    # left = floor(n - 2 x sqrt(n)): the largest whole number that is not above it
    if left:
        assert (n - left) ** 2 >= 4 * x * x * n
    if left < n:
        assert (n - left - 1) ** 2 < 4 * x * x * n


@pytest.mark.parametrize(("n", "x"), [(-1, Fraction(0)), (1, Fraction(-1, MILLION))])
def test_neither_n_nor_a_fee_is_negative(n: int, x: Fraction) -> None:
    with pytest.raises(ValueError, match="negative"):
        after_commissioned_failure(n, x)


def test_n_after_poor_work_at_the_ends() -> None:
    half = Fraction(1, 2)
    assert [after_commissioned_failure(n, half) for n in (0, 1, 2, 4, 100)] == [0, 0, 0, 2, 90]
    assert after_commissioned_failure(100, Fraction(1, 10)) == 98
    assert after_commissioned_failure(100, Fraction(1, 11)) == 98, "rounded down"


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
    assert profile(outcomes(20, 0)).missing is None
    assert profile(outcomes(20, 0)).verifies == ("choice",)
    assert "20 more" in missing([])
    assert "1 more checked task" in missing(outcomes(19, 0))
    assert "19 more" in missing(outcomes(1, 0))
    assert "one more requester" in missing(outcomes(40, 0, requesters=1))
    assert "right answers in a row" in missing(outcomes(20, 5))


def test_one_family_is_enough_and_what_is_missing_is_said_of_the_nearest() -> None:
    few = outcomes(5, 0, family="boxes")
    assert profile(few + outcomes(20, 0)).missing is None
    assert "4 more" in missing(few + outcomes(16, 0))


def missing(mine: list[Outcome]) -> str:
    found = profile(mine).missing
    return "" if found is None else sentence(found)


def test_words_for_the_worker() -> None:
    assert in_words(score_of(34, 34, 38)) == "34 of 38 checked tasks right – 89 %, probably 76–96 %"
    assert in_words(score([])) == "not enough checked work yet"
    assert "%" not in in_words(score_of(0, 0, 1))
    assert answers_to(0, 0, 0.80) == 16
    assert answers_to(0, 10_000, 0.99) is None


def test_only_accepted_first_tries_count_as_such() -> None:
    rejected = Outcome(bytes(32), 0, "0x", accepted=False, first_try=True, judged_at=0)
    assert score([rejected]).first_try == 0
    with pytest.raises(ValueError, match="first tries"):
        score_of(1, 2, 3)
