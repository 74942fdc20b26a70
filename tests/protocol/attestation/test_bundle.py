# SPDX-License-Identifier: Apache-2.0
"""Bundles: whole ones hold; anything forged, foreign, doubled, left out or too old is named."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from eth_utils.crypto import keccak

from gems_protocol.attestation.bundle import NotABundle, ProblemKind, bundle, inspect
from gems_protocol.attestation.counting import MOST_IMPORTED, counted
from gems_protocol.attestation.offchain import Attestation, Domain
from gems_protocol.attestation.schema import VALID_S, OutcomeClaim, RecordClaim, root_of
from gems_protocol.errors import MalformedMessage
from gems_protocol.signature import address_of
from gems_protocol.trust.profile import profile
from gems_protocol.trust.score import Outcome, score

KEY, OTHER = keccak(text="issuer"), keccak(text="another issuer")
WORKER, STRANGER = "0x" + "a1" * 20, "0x" + "b2" * 20
CHAIN, NOW = 8453, 1_800_000_000
Made = dict[str, Any]


def claim(index: int, **changes: Any) -> OutcomeClaim:
    """An outcome that was accepted at once."""
    values: dict[str, Any] = {
        "campaign_id": keccak(text="campaign"),
        "index": index,
        "attempt": 0,
        "family": "text-classification",
        "difficulty": "easy",
        "requester": "0x" + "cd" * 20,
        "accepted": True,
        "first_try": True,
        "judged_at": NOW - 1000 + index,
        "gold": False,
        "evidence": keccak(text="evidence"),
    }
    return OutcomeClaim(**{**values, **changes})


def made(claims: list[OutcomeClaim], key: bytes = KEY, worker: str = WORKER, chain: int = CHAIN) -> Made:
    """The bundle that a platform would issue."""
    return around([one.attestation(worker, chain) for one in claims], claims, key, worker, chain)


def around(
    given: list[Attestation],
    claims: list[OutcomeClaim],
    key: bytes = KEY,
    worker: str = WORKER,
    chain: int = CHAIN,
) -> Made:
    """A bundle of these attestations, whose record lists them."""
    root = root_of([one.uid() for one in given])
    right, first = sum(one.accepted for one in claims), sum(one.first_try for one in claims)
    record = RecordClaim(len(claims), right, first, len(given), root).attestation(worker, chain, NOW)
    packages = [one.sign(key).to_json() for one in given]
    return bundle(worker, [("Home", chain, record.sign(key).to_json(), packages)])


def kinds(value: Any, now: int = NOW) -> list[ProblemKind]:
    """What is wrong, in order."""
    return [problem.kind for problem in inspect(value, now).problems]


CLAIMS = [claim(0), claim(1, first_try=False, attempt=1), claim(2, accepted=False, first_try=False)]
GOOD = made(CLAIMS)


def test_a_whole_bundle_holds_and_gives_the_score() -> None:
    found = inspect(json.loads(json.dumps(GOOD)), NOW)
    assert found.sound and not found.problems and found.worker == WORKER
    (part,) = found.issuers
    assert (part.issuer, part.name, part.chain_id, part.complete) == (address_of(KEY), "Home", CHAIN, True)
    assert [one.claim for one in part.outcomes] == CLAIMS
    assert score([one.claim.outcome() for one in part.outcomes]).n == 3


def test_issuing_again_gives_the_same_bytes() -> None:
    assert made(CLAIMS) == GOOD


def test_an_empty_bundle_holds() -> None:
    assert inspect(made([]), NOW).sound


def test_two_issuers_are_told_apart() -> None:
    more = made([claim(0), claim(1)], OTHER, chain=10)
    value = {**GOOD, "issued_by": GOOD["issued_by"] + more["issued_by"]}
    value["attestations"] = more["attestations"] + GOOD["attestations"]
    found = inspect(value, NOW)
    assert found.sound and [len(part.outcomes) for part in found.issuers] == [3, 2]


def _package(value: Made, place: int = 0) -> Made:
    package: Made = value["attestations"][place]
    return package


def _set(*path: Any) -> Callable[[Made], None]:
    *way, name, new = path

    def change(package: Made) -> None:
        inside = package
        for step in way:
            inside = inside[step]
        inside[name] = new

    return change


@pytest.mark.parametrize(
    "change",
    [
        _set("sig", "message", "data", "0x"),
        _set("sig", "message", "recipient", STRANGER),
        _set("sig", "message", "time", "1"),
        _set("sig", "message", "expirationTime", "0"),
        _set("sig", "message", "revocable", True),
        _set("sig", "message", "refUID", "0x" + "11" * 32),
        _set("sig", "message", "salt", "0x" + "11" * 32),
        _set("sig", "message", "schema", "0x" + "11" * 32),
        _set("sig", "domain", "chainId", "10"),
        _set("sig", "domain", "version", "1.2.0"),
        _set("sig", "domain", "verifyingContract", "0x" + "11" * 20),
        _set("sig", "signature", "r", "0x" + "11" * 32),
        _set("sig", "uid", "0x" + "11" * 32),
        _set("signer", address_of(OTHER)),
    ],
)
def test_a_changed_attestation_is_forged(change: Callable[[Made], None]) -> None:
    value = copy.deepcopy(GOOD)
    change(_package(value))
    assert kinds(value) == [ProblemKind.FORGED, ProblemKind.NOT_THE_RECORD]
    assert not inspect(value, NOW).sound


def test_what_is_no_attestation_is_named() -> None:
    value = copy.deepcopy(GOOD)
    value["attestations"][1] = {"sig": 1}
    assert kinds(value)[0] is ProblemKind.MALFORMED
    assert inspect(value, NOW).problems[0].where == "attestation 2"


def test_an_issuer_that_is_not_named() -> None:
    value = {**GOOD, "attestations": [*GOOD["attestations"][:2], _package(made([claim(9)], OTHER))]}
    assert kinds(value)[0] is ProblemKind.UNKNOWN_ISSUER


@pytest.mark.parametrize(
    "domain", [Domain(10), Domain(CHAIN, "0x" + "22" * 20), Domain(CHAIN, version="1.2.0")]
)
def test_another_domain_is_refused_although_signed(domain: Domain) -> None:
    given = replace(claim(0).attestation(WORKER, CHAIN), domain=domain)
    assert kinds(around([given], [claim(0)])) == [ProblemKind.OTHER_DOMAIN, ProblemKind.NOT_THE_RECORD]


@pytest.mark.parametrize(
    "changes",
    [
        {"revocable": True},
        {"ref_uid": bytes([1]) * 32},
        {"schema": bytes([1]) * 32},
        {"expiration_time": 0},
        {"time": 5},
        {"data": claim(0).attestation(WORKER, CHAIN).data + bytes(32)},
        {"data": b""},
    ],
)
def test_another_schema_is_refused_although_signed(changes: dict[str, Any]) -> None:
    given = replace(claim(0).attestation(WORKER, CHAIN), **changes)
    assert kinds(around([given], [claim(0)]))[0] is ProblemKind.OTHER_SCHEMA


@pytest.mark.parametrize("changes", [{"family": "a\u202eb"}, {"accepted": False}, {"family": "x" * 81}])
def test_an_outcome_that_cannot_be_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(MalformedMessage):
        OutcomeClaim.read(claim(0, **changes).attestation(WORKER, CHAIN))


@pytest.mark.parametrize("changes", [{"index": 1 << 32}, {"attempt": 256}, {"evidence": bytes(33)}])
def test_an_outcome_that_does_not_fit_is_not_issued(changes: dict[str, Any]) -> None:
    with pytest.raises(MalformedMessage):
        replace(claim(0), **changes).attestation(WORKER, CHAIN)


def test_somebody_elses_outcome_is_refused() -> None:
    given = claim(0).attestation(STRANGER, CHAIN)
    assert kinds(around([given], [claim(0)]))[0] is ProblemKind.OTHER_WORKER


def test_the_future_is_refused() -> None:
    assert kinds(made([claim(0, judged_at=NOW + 301)]))[0] is ProblemKind.FUTURE


def test_a_duplicate_is_named() -> None:
    value = {**GOOD, "attestations": [*GOOD["attestations"][:2], _package(GOOD)]}
    assert kinds(value) == [ProblemKind.DUPLICATE, ProblemKind.NOT_THE_RECORD]


def test_two_words_about_one_task_are_a_contradiction() -> None:
    value = made([claim(0), claim(0, accepted=False, first_try=False)])
    assert kinds(value)[0] is ProblemKind.CONTRADICTION


def test_leaving_a_failure_out_is_seen() -> None:
    value = {**GOOD, "attestations": GOOD["attestations"][:2]}
    assert kinds(value) == [ProblemKind.NOT_THE_RECORD]
    assert not inspect(value, NOW).issuers[0].complete


def test_a_record_with_wrong_counts_is_seen() -> None:
    assert kinds(around([claim(0).attestation(WORKER, CHAIN)], [claim(0, accepted=False)])) == [
        ProblemKind.OTHER_SCHEMA
    ]
    lying = around([claim(0).attestation(WORKER, CHAIN)], [claim(0, first_try=False)])
    assert kinds(lying) == [ProblemKind.NOT_THE_RECORD]


def test_somebody_elses_record_is_refused() -> None:
    value = copy.deepcopy(GOOD)
    value["issued_by"][0]["record"] = made(CLAIMS, worker=STRANGER)["issued_by"][0]["record"]
    assert kinds(value)[0] is ProblemKind.OTHER_WORKER


def test_old_outcomes_do_not_count_and_are_no_forgery() -> None:
    found = inspect(GOOD, NOW + VALID_S - 999)
    assert found.sound and [problem.kind for problem in found.problems] == [ProblemKind.EXPIRED]
    assert (found.issuers[0].expired, len(found.issuers[0].outcomes)) == (2, 1)


@pytest.mark.parametrize(
    "bad",
    [
        None,
        [],
        {},
        {**GOOD, "more": 1},
        {**GOOD, "format": "gems-trust-2"},
        {**GOOD, "worker": WORKER.upper()},
        {**GOOD, "issued_by": []},
        {**GOOD, "issued_by": GOOD["issued_by"] * 2},
        {**GOOD, "issued_by": [{**GOOD["issued_by"][0], "chain_id": True}]},
        {**GOOD, "attestations": {}},
        {**GOOD, "attestations": [1] * 1001},
    ],
)
def test_what_is_no_bundle_is_refused(bad: Any) -> None:
    with pytest.raises(NotABundle):
        inspect(bad, NOW)


def _outcomes(count: int, campaign: str, requester: str = "0x" + "01" * 20) -> list[Outcome]:
    return [
        Outcome(keccak(text=campaign), place, requester, True, True, NOW + place) for place in range(count)
    ]


@pytest.mark.parametrize("own", [0, 1, 9, 10, 40])
def test_never_more_imported_than_own_and_at_most_half_of_the_evidence(own: int) -> None:
    mine, brought = _outcomes(own, "here"), _outcomes(30, "there")
    found = counted(mine, brought)
    assert len(found) == min(own, MOST_IMPORTED)
    assert found == list(reversed(brought))[: len(found)]


def test_import_alone_makes_nobody_a_verifier() -> None:
    brought = _outcomes(1000, "elsewhere", "0x" + "02" * 20)
    for own, allowed in ((9, False), (10, True)):
        mine = _outcomes(own, "here")
        assert (profile([*mine, *counted(mine, brought)]).missing is None) is allowed


def test_own_campaigns_and_repeated_tasks_count_once() -> None:
    assert counted(_outcomes(10, "here"), _outcomes(10, "here")) == []
    assert len(counted(_outcomes(10, "here"), _outcomes(3, "there") * 2)) == 3
