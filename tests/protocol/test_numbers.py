# SPDX-License-Identifier: Apache-2.0
"""Stakes, fees, draws and trust give the numbers of the shared vectors."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gems_protocol import audit
from gems_protocol.amount import UNIT, ZERO, Amount
from gems_protocol.audit import MILLION, AuditReveal
from gems_protocol.errors import BadSignature
from gems_protocol.staking import MinerOutcome, miner_return, reviewer_reward
from gems_protocol.trust.score import (
    Outcome,
    eligible_verifier,
    in_words,
    missing_for_verifier,
    score,
    score_of,
    to_the_bar,
)
from gems_protocol.trust.wilson import Z95, right_in_a_row, wilson
from gems_protocol.verification import girm
from tests.helpers.protocol_vectors import of_kind


def units(text: str) -> Amount:
    value = Fraction(text) * UNIT
    return Amount(value.numerator // value.denominator)


def _z(vector: dict[str, Any]) -> float:
    return Z95 if vector["z"] == "norm.ppf(0.975)" else float(vector["z"])


def test_constant() -> None:
    assert pytest.approx(float(of_kind("constant")[0]["value"]), abs=1e-15) == Z95


@pytest.mark.parametrize("vector", of_kind("Vr"), ids=lambda vector: vector["why"] + vector["Mr"])
def test_vr(vector: dict[str, Any]) -> None:
    found = reviewer_reward(units(vector["Mr"]), vector["z"], units(vector["floor"]))
    assert found == units(vector["Vr_exact"])


@given(st.integers(0, 10**30), st.integers(1, 10), st.integers(0, 10**30))
def test_vr_never_exceeds_mr(mr: int, z: int, floor: int) -> None:
    found = reviewer_reward(Amount(mr), z, Amount(floor))
    assert ZERO <= found <= Amount(mr)
    assert mr > floor or found.units == mr


@pytest.mark.parametrize("z", [0, 11, -1])
def test_z_is_one_to_ten(z: int) -> None:
    with pytest.raises(ValueError, match="between"):
        reviewer_reward(Amount(1), z, ZERO)


@pytest.mark.parametrize("vector", of_kind("miner_return"))
def test_miner_return(vector: dict[str, Any]) -> None:
    mr, ms, vr = (Amount.gem(vector[name]) for name in ("Mr", "Ms", "Vr"))
    returned = miner_return(mr, ms, vr, MinerOutcome(vector["outcome"]))
    assert returned == Amount.gem(vector["returned"])
    assert returned - ms == units(vector["net_change"])


@pytest.mark.parametrize("vector", of_kind("girm_f_p"), ids=lambda vector: str(vector["N"]))
def test_girm_f_p(vector: dict[str, Any]) -> None:
    n = vector["N"]
    fee, chance = girm.fee_ppm(n), girm.audit_ppm(n)
    assert 0 <= fee - float(vector["f"]) * MILLION < 1.001
    assert abs(chance - float(vector["p"]) * MILLION) < 8  # f's last digit moves p by 1 / (5 (1 - f)^2)


@pytest.mark.parametrize("vector", of_kind("girm_failure"), ids=lambda vector: str(vector["N"]))
def test_girm_failure(vector: dict[str, Any]) -> None:
    n, mr = vector["N"], Amount(UNIT)
    assert girm.after_failure(n) == vector["N_after"]
    fees = girm.fees_after_failure(n, mr)
    assert abs(Fraction(fees.units, UNIT) - Fraction(vector["sum_fees"])) < Fraction(n + 1, MILLION)


@given(st.integers(0, 10**7), st.integers(0, 10**30), st.sampled_from([0, 50_000, 100_000, MILLION]))
def test_fees_never_fall_short_of_audits(n: int, mr: int, floor: int) -> None:
    fee, chance = girm.fee_ppm(n, floor), girm.audit_ppm(n, floor)
    assert fee * MILLION >= 5 * chance * (MILLION - fee)
    reward = girm.reward_after_fee(Amount(mr), fee)
    assert (mr - reward.units) * MILLION >= 5 * chance * reward.units
    assert floor <= chance <= MILLION


@pytest.mark.parametrize("vector", of_kind("audit_draw"), ids=lambda vector: str(vector["draw"]))
def test_audit_draw(vector: dict[str, Any]) -> None:
    names = ("secret", "salt", "submission_hash", "requester_seed")
    secret, salt, submission, seed = (bytes.fromhex(vector[name][2:]) for name in names)
    commit = audit.commit(secret)
    assert "0x" + commit.hex() == vector["audit_commit"]
    assert audit.draw(secret, salt, submission, seed) == vector["draw"]
    for ppm, audited in vector["audited_at"].items():
        reveal = AuditReveal(secret, seed)
        assert audit.is_audited(commit, int(ppm), reveal, salt, submission) is audited
    with pytest.raises(BadSignature):
        audit.is_audited(commit, MILLION, AuditReveal(salt, seed), salt, submission)


@pytest.mark.parametrize("vector", of_kind("wilson"))
def test_wilson(vector: dict[str, Any]) -> None:
    lower, upper = wilson(vector["successes"], vector["n"], _z(vector))
    assert lower == pytest.approx(float(vector["lower"]), abs=1e-12)
    assert upper == pytest.approx(float(vector["upper"]), abs=1e-12)


@pytest.mark.parametrize("vector", of_kind("x_wilson_weighted"))
def test_wilson_of_weighted_evidence(vector: dict[str, Any]) -> None:
    lower, upper = wilson(vector["s"], vector["n"])
    assert (lower, upper) == pytest.approx((float(vector["lower"]), float(vector["upper"])), abs=1e-12)


@pytest.mark.parametrize("vector", [vector for vector in of_kind("trust_score") if vector["z"] != "1.96"])
def test_trust_score(vector: dict[str, Any]) -> None:
    found = score_of(vector["successes"], vector["first_try_successes"], vector["n"])
    assert found.c1 == pytest.approx(float(vector["c1"]), abs=1e-12)
    assert found.c2 == pytest.approx(float(vector["c2"]), abs=1e-12)
    assert found.score == pytest.approx(float(vector["score"]), abs=1e-12)
    assert found.score != pytest.approx(float(vector["score_upper_WRONG"]), abs=1e-9)


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
