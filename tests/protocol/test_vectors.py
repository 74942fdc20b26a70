# SPDX-License-Identifier: Apache-2.0
"""Every shared vector, by kind and name: stakes, fees, draws, penalties, scores, profiles and the trust graph.

Each kind has one check here; a vector of a kind without one fails.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction
from functools import cache
from math import sqrt
from typing import Any

import pytest

from gems_protocol import audit
from gems_protocol.amount import UNIT, Amount
from gems_protocol.audit import MILLION, AuditReveal
from gems_protocol.errors import BadSignature
from gems_protocol.staking import MinerOutcome, miner_return, reviewer_reward
from gems_protocol.trust import cusum, eigentrust
from gems_protocol.trust.difficulty import rasch_weight
from gems_protocol.trust.effective import Share, effective, evidence_of
from gems_protocol.trust.grades import grade
from gems_protocol.trust.score import Outcome, score_of
from gems_protocol.trust.trend import decayed, n_max
from gems_protocol.trust.weights import RequesterWeights
from gems_protocol.trust.wilson import Z95, wilson
from gems_protocol.verification import girm, gram
from gems_protocol.verification.commissioned import after_commissioned_failure
from tests.helpers.protocol_vectors import FOLDER, of_kind

Vector = dict[str, Any]
CHECKS: dict[str, Callable[[Vector], None]] = {}


def checks(kind: str) -> Callable[[Callable[[Vector], None]], Callable[[Vector], None]]:
    def add(check: Callable[[Vector], None]) -> Callable[[Vector], None]:
        CHECKS[kind] = check
        return check

    return add


def close(value: Any, digits: float = 1e-12) -> Any:
    """A decimal string (or several) of a vector, as what a double should come near."""
    if isinstance(value, dict):
        return pytest.approx({key: float(text) for key, text in value.items()}, abs=digits)
    if isinstance(value, list):
        return pytest.approx([float(text) for text in value], abs=digits)
    return pytest.approx(float(value), rel=digits, abs=digits)


def units(text: str) -> Amount:
    value = Fraction(text) * UNIT
    return Amount(value.numerator // value.denominator)


def z_of(vector: Vector) -> float:
    return Z95 if vector["z"] == "norm.ppf(0.975)" else float(vector["z"])


@checks("constant")
def constant(vector: Vector) -> None:
    assert vector["name"] == "z_0.975"
    assert close(vector["value"], 1e-15) == Z95
    assert close(vector["check_scipy"], 1e-15) == Z95


@checks("wilson")
def wilson_bounds(vector: Vector) -> None:
    assert z_of(vector) == close(vector["z_value"], 1e-15)
    lower, upper = wilson(vector["successes"], vector["n"], z_of(vector))
    assert (lower, upper) == (close(vector["lower"]), close(vector["upper"]))
    assert lower == close(vector["float64_lower"])
    for library in ("statsmodels", "scipy"):
        if f"{library}_lower" in vector:
            assert (lower, upper) == (close(vector[f"{library}_lower"]), close(vector[f"{library}_upper"]))


@checks("trust_score")
def trust_score(vector: Vector) -> None:
    s, first, n, z = vector["successes"], vector["first_try_successes"], vector["n"], z_of(vector)
    c1, c2 = wilson(s, n, z)[0], wilson(first, n, z)[0]
    assert (c1, c2, (c1 + c2) / 2) == (close(vector["c1"]), close(vector["c2"]), close(vector["score"]))
    if z == Z95:
        found = score_of(s, first, n)
        assert (found.c1, found.c2, found.score) == (c1, c2, (c1 + c2) / 2)
    printed = (wilson(s, n, z)[1] + wilson(first, n, z)[1]) / 2
    assert printed == close(vector["score_upper_WRONG"])
    assert score_of(s, first, n).score != close(vector["score_upper_WRONG"], 1e-9)


@checks("critique003_as_printed")
def critique_as_printed(vector: Vector) -> None:
    p, n, z = float(vector["p"]), vector["n"], float(vector["z"])
    square = z * z / n
    printed = (p + square + z * sqrt(p * (1 - p) / n + square / (4 * n))) / (1 + square)
    assert printed == close(vector["value"])
    assert vector["source"].endswith("exceeds 1")
    assert wilson(round(p * n), n, z)[0] != close(vector["value"], 1e-9)


@checks("girm_f_p")
def girm_fee_and_audit(vector: Vector) -> None:
    n = vector["N"]
    fee, chance = girm.fee_ppm(n), girm.audit_ppm(n)
    assert 0 <= fee - float(vector["f"]) * MILLION < 1.001
    # the last digit of f moves p by 1 / (5 (1 - f)^2)
    assert abs(chance - float(vector["p"]) * MILLION) < 8
    assert abs(chance - float(vector["float64_p_clamped"]) * MILLION) < 8
    assert 1 + 5 * float(vector["p"]) == close(vector["workers_per_task"])


@checks("girm_failure")
def girm_failure(vector: Vector) -> None:
    n, mr = vector["N"], Amount(UNIT)
    assert girm.after_failure(n) == vector["N_after"]
    fees = Fraction(girm.fees_after_failure(n, mr).units, UNIT)
    most = Fraction(n + 1, MILLION)
    assert abs(fees - Fraction(vector["sum_fees"])) < most
    assert abs(1 + fees - Fraction(vector["penalty_Mr_plus_fees"])) < most
    chance = Fraction(girm.audit_ppm(n), MILLION)
    assert float(chance * (1 + fees)) == close(vector["times_p"], 1e-4)
    net = fees + Fraction(girm.reward_after_fee(mr, girm.fee_ppm(n)).units, UNIT)
    assert float(net) == close(vector["penalty_net"], 1e-4)
    assert float(chance * net) == close(vector["net_times_p"], 1e-4)


@checks("gram")
def gram_penalty(vector: Vector) -> None:
    ppm = int(vector["x_percent"]) * MILLION // 100
    mr, wrong, chance = Amount(UNIT), Fraction(vector["P_wrong"]), Fraction(ppm, MILLION)
    ratio = gram.penalty_ratio(ppm, MILLION)  # m = 100 / x %, as the blog has it
    assert ratio == Fraction(vector["penalty_in_Mr"])
    assert gram.penalty(mr, ppm, MILLION) == units(vector["penalty_in_Mr"])
    expected = wrong * chance * ratio
    assert expected == Fraction(vector["expected_penalty"])
    assert 1 - expected == Fraction(vector["EV_keep_reward"])
    assert 1 - expected - wrong * chance == Fraction(vector["EV_reward_forfeited"])


@checks("commissioned_N")
def commissioned_n(vector: Vector) -> None:
    n, x = vector["N"], Fraction(vector["x"])
    raw = n - 2 * float(x) * sqrt(n)
    assert (raw, max(0.0, raw)) == (close(vector["raw"]), close(vector["clamped"]))
    assert after_commissioned_failure(n, x) == vector["proposed_floor_clamp"]


@checks("Vr")
def review_reward(vector: Vector) -> None:
    mr = units(vector["Mr"])
    found = reviewer_reward(mr, vector["z"], units(vector["floor"]))
    assert found == units(vector["Vr_exact"])
    assert found.units / UNIT == close(vector["Vr"])
    if vector["ratio"] is not None:
        assert found.units / mr.units == close(vector["ratio"])


@checks("miner_return")
def what_a_miner_gets_back(vector: Vector) -> None:
    mr, ms, vr = (Amount.gem(vector[name]) for name in ("Mr", "Ms", "Vr"))
    returned = miner_return(mr, ms, vr, MinerOutcome(vector["outcome"]))
    assert returned == Amount.gem(vector["returned"])
    assert returned - ms == units(vector["net_change"])


@checks("x_wilson_weighted")
def weighted_wilson(vector: Vector) -> None:
    found = list(wilson(vector["s"], vector["n"]))
    assert found == close([vector["lower"], vector["upper"]])
    assert found == close(vector["float64"])


@checks("x_decay")
def decay(vector: Vector) -> None:
    run, _, rest = vector["outcomes"].partition(" + ")
    assert run == "1*30"
    points = [(1.0, True)] * 30 + [(1.0, text == "1") for text in rest.split(",")]
    s, n = decayed(points, vector["half_life"])
    assert (s, n) == (close(vector["s"]), close(vector["n"]))
    assert list(wilson(s, n)) == close([vector["wilson_lower"], vector["wilson_upper"]])
    assert n_max(vector["half_life"]) == close(vector["n_max"])


@checks("x_cusum")
def cusum_path(vector: Vector) -> None:
    p0, p1 = vector["p0"], vector["p1"]
    assert cusum.increments(p0, p1) == (close(vector["inc_fail"]), close(vector["inc_ok"]))
    points = [(1.0, bool(right)) for right in vector["outcomes"]]
    assert cusum.path(points, p0, p1) == close(vector["path"])
    assert cusum.watch(points, own_level=False).raised == (len(points) - 1,)


@checks("x_rasch_weight")
def rasch(vector: Vector) -> None:
    assert rasch_weight(vector["passes"], vector["trials"]) == close(vector["weight"])


@checks("x_eigentrust_plain")
def eigentrust_plain(vector: Vector) -> None:
    found = eigentrust.plain(vector["edges"], vector["pretrust"], vector["alpha"])
    assert found == close(vector["trust"], 1e-11)
    assert found == close(vector["networkx"], 1e-11)
    external = dict(zip(("ek", "sd", "vm"), vector["external"], strict=True))
    assert found == close(external, 2 * vector["max_abs_diff_external"])


@checks("x_eigentrust_bipartite")
def eigentrust_bipartite(vector: Vector) -> None:
    edges = [eigentrust.Edge(*edge) for edge in vector["local_trust"]]
    found = eigentrust.requester_trust(edges, vector["pretrust"], vector["alpha"])
    assert found.trust == close(vector["requester_trust"], 1e-11)
    assert found.workers == close(vector["worker_trust"], 1e-11)
    assert found.volume == vector["volume"]
    # these weights are relative to the mean density, the variant that leaves a farm too much
    mean_density = sum(found.trust.values()) / sum(found.volume.values())
    weights = eigentrust.evidence_weights(found, mean_density)
    assert weights == close(vector["evidence_weight"], 1e-10)


@checks("x_effective_trust")
def effective_trust(vector: Vector) -> None:
    graph = of_kind("x_eigentrust_bipartite")[0]["evidence_weight"]
    u = {name: float(weight) for name, weight in graph.items()}
    rows = vector["evidence"]
    outcomes = [
        Outcome(bytes(32), index, name, index < s, index < s, index)
        for name, s, n in rows
        for index in range(n)
    ]
    found = effective(outcomes, RequesterWeights(u), kappa=50.0)  # made before the cap
    assert found == evidence_of(Share(name, u[name] * s, u[name] * n, n) for name, s, n in rows)
    assert (found.n, found.lower, found.upper) == (
        close(vector["n_eff"]),
        close(vector["lower"]),
        close(vector["upper"]),
    )
    assert grade(found.lower, found.upper).name == vector["grade"]
    plain = effective(outcomes, kappa=50.0)
    assert plain.lower == close(vector["plain_lower"])
    assert grade(plain.lower, plain.upper).name == vector["plain_grade"]


@checks("x_grade")
def letter(vector: Vector) -> None:
    lower, upper = wilson(vector["s"], vector["n"])
    assert (lower, upper) == (close(vector["lower"]), close(vector["upper"]))
    assert grade(lower, upper).name == vector["grade"]


@checks("audit_draw")
def audit_draw(vector: Vector) -> None:
    names = ("secret", "salt", "submission_hash", "requester_seed")
    secret, salt, submission, seed = (bytes.fromhex(vector[name][2:]) for name in names)
    commit = audit.commit(secret)
    assert "0x" + commit.hex() == vector["audit_commit"]
    assert audit.draw(secret, salt, submission, seed) == vector["draw"]
    assert int(vector["digest"], 16) % MILLION == vector["draw"]
    for ppm, audited in vector["audited_at"].items():
        reveal = AuditReveal(secret, seed)
        assert audit.is_audited(commit, int(ppm), reveal, salt, submission) is audited
    with pytest.raises(BadSignature):
        audit.is_audited(commit, MILLION, AuditReveal(salt, seed), salt, submission)


NAMING = (
    *("name", "successes", "first_try_successes", "n", "z", "s", "p", "N", "Mr", "Ms", "floor", "outcome"),
    *("why", "x", "x_percent", "P_wrong", "half_life", "p0", "passes", "trials", "alpha", "worker", "draw"),
)


@cache
def every() -> list[Vector]:
    """All vectors, whatever their kind."""
    found: list[Vector] = json.loads((FOLDER / "protocol.json").read_text())["vectors"]
    return found


def name_of(vector: Vector) -> str:
    """kind and what tells one vector from the next."""
    told = [
        f"{key}={value}"
        for key, value in vector.items()
        if key in NAMING and isinstance(value, str | int | float) and len(str(value)) < 40
    ]
    return f"{vector['kind']}[{','.join(told)}]"


@pytest.mark.parametrize("vector", every(), ids=name_of)
def test_vector(vector: Vector) -> None:
    assert vector["kind"] in CHECKS, f"no check knows vectors of the kind {vector['kind']}"
    CHECKS[vector["kind"]](vector)


def test_no_check_goes_without_vectors() -> None:
    assert {vector["kind"] for vector in every()} == set(CHECKS)
    assert len(every()) == 329
