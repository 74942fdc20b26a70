# SPDX-License-Identifier: Apache-2.0
"""Attestations that the public EAS SDK made, checked both ways: what it signs we read, and we sign the same bytes."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gems_protocol.attestation.offchain import CONTRACT, NAME, Signed
from gems_protocol.attestation.schema import (
    OUTCOME_SCHEMA,
    OUTCOME_UID,
    RECORD_SCHEMA,
    RECORD_UID,
    OutcomeClaim,
    RecordClaim,
)
from gems_protocol.errors import BadSignature, GemsError

PATH = Path(__file__).resolve().parents[2] / "interop" / "eas" / "vectors.json"
VECTORS = json.loads(PATH.read_text("utf-8"))
CASES = {case["name"]: case for case in VECTORS["attestations"]}
KEY = bytes.fromhex(VECTORS["key"][2:])


def test_schemas_and_their_uids() -> None:
    told = VECTORS["schemas"]
    assert (told["outcome"]["text"], told["record"]["text"]) == (OUTCOME_SCHEMA, RECORD_SCHEMA)
    assert told["outcome"]["uid"] == "0x" + OUTCOME_UID.hex()
    assert told["record"]["uid"] == "0x" + RECORD_UID.hex()


@pytest.mark.parametrize("name", sorted(CASES))
def test_what_the_sdk_signed_is_read_and_signed_alike(name: str) -> None:
    case = CASES[name]
    signed = Signed.from_json(case["package"])
    assert "0x" + signed.attestation.digest().hex() == case["digest"]
    assert "0x" + signed.attestation.uid().hex() == case["package"]["sig"]["uid"]
    assert signed.issuer == VECTORS["signer"].lower()
    assert signed.attestation.sign(KEY) == signed
    ours = signed.to_json()["sig"]
    for part in ("signature", "domain", "types", "uid", "primaryType", "version"):
        assert ours[part] == case["package"]["sig"][part], part


@pytest.mark.parametrize("name", sorted(CASES))
def test_the_data_is_read_and_written_alike(name: str) -> None:
    case = CASES[name]
    attestation = Signed.from_json(case["package"]).attestation
    read = RecordClaim.read if attestation.schema == RECORD_UID else OutcomeClaim.read
    claim = read(attestation)
    found = [getattr(claim, field) for field in claim.__dataclass_fields__]
    for value, told in zip(found, case["values"], strict=True):
        if isinstance(value, bytes):
            assert "0x" + value.hex() == told
        elif isinstance(value, str):
            assert value == told.lower() if value.startswith("0x") else value == told
        else:
            assert str(value) == str(told)
    if isinstance(claim, OutcomeClaim):
        again = claim.attestation(attestation.recipient, attestation.domain.chain_id)
    else:
        again = claim.attestation(attestation.recipient, attestation.domain.chain_id, attestation.time)
    assert again.data == attestation.data
    assert (again.time, again.expiration_time) == (attestation.time, attestation.expiration_time)


def _flip(value: Any) -> Any:
    """Another value of the same form."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    last = "1" if value[-1] != "1" else "2"
    return value[:-1] + last


PLACES = [
    *(("message", name) for name in CASES["accepted"]["package"]["sig"]["message"]),
    *(("domain", name) for name in CASES["accepted"]["package"]["sig"]["domain"]),
    *(("signature", name) for name in ("r", "s", "v")),
    ("uid",),
    ("version",),
    ("primaryType",),
]


@pytest.mark.parametrize("place", PLACES, ids=".".join)
def test_any_changed_field_is_refused(place: tuple[str, ...]) -> None:
    package = copy.deepcopy(CASES["accepted"]["package"])
    inside = package["sig"]
    for name in place[:-1]:
        inside = inside[name]
    inside[place[-1]] = _flip(inside[place[-1]])
    with pytest.raises(GemsError):
        Signed.from_json(package)


def test_a_changed_content_with_its_own_uid_is_still_forged() -> None:
    package = copy.deepcopy(CASES["rejected"]["package"])
    signed = Signed.from_json(package)
    message = package["sig"]["message"]
    message["time"] = str(int(message["time"]) + 1)
    package["sig"]["uid"] = "0x" + replace(signed.attestation, time=int(message["time"])).uid().hex()
    with pytest.raises(BadSignature, match="not signed by the issuer"):
        Signed.from_json(package)


@pytest.mark.parametrize("signer", ["0x" + "00" * 20, "0x" + "12" * 20])
def test_another_signer_is_forged(signer: str) -> None:
    package = CASES["accepted"]["package"] | {"signer": signer}
    with pytest.raises(BadSignature):
        Signed.from_json(package)


@pytest.mark.parametrize("bad", [None, [], 3, "x", {}, {"sig": {}, "signer": "0x"}])
def test_what_is_no_package_is_refused(bad: Any) -> None:
    with pytest.raises(GemsError):
        Signed.from_json(bad)


def test_the_domain_is_eas_own() -> None:
    assert CASES["accepted"]["package"]["sig"]["domain"]["name"] == NAME


def test_the_documentation_names_the_schemas() -> None:
    page = (PATH.parents[3] / "docs" / "portable-trust.md").read_text("utf-8")
    for name in (OUTCOME_SCHEMA, RECORD_SCHEMA, "0x" + OUTCOME_UID.hex(), "0x" + RECORD_UID.hex(), CONTRACT):
        assert f"`{name}`" in page
