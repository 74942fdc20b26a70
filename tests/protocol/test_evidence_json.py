# SPDX-License-Identifier: Apache-2.0
"""Evidence as JSON: exactly its keys and types, bounded, and nothing lost on the way."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from gems_protocol import evidence_json
from gems_protocol.audit import AuditReveal
from gems_protocol.errors import MalformedMessage
from gems_protocol.evidence import VerdictEvidence
from gems_protocol.verification import policy_of
from tests.helpers.protocol_evidence import (
    EXPERT,
    SECRET,
    answered,
    appeal,
    commission,
    looked_at,
    voted,
)
from tests.helpers.protocol_terms import terms

TERMS = terms(panel=5)
EVIDENCE = policy_of("evidence", {"rounds": 2, "commission_ppm": 500_000})


def everything() -> VerdictEvidence:
    """Evidence with every part; whether it is consistent is another matter."""
    found = answered(
        {"a": 0}, {"b": 0, "c": 0, "d": 1},
        policy=EVIDENCE, terms=TERMS, standing=EXPERT, audit=AuditReveal(SECRET, b"\x01" * 32, 19_000),
    )  # fmt: skip
    both = {"appeal": appeal(found.assignment, 1, "requester", 7)}
    return looked_at(VerdictEvidence(**{**fields_of(found), **both}), 5, y=True, z=False)


def fields_of(found: VerdictEvidence) -> dict[str, Any]:
    return {name: getattr(found, name) for name in VerdictEvidence.__dataclass_fields__}


def test_nothing_is_lost_on_the_way() -> None:
    for found in (everything(), voted({"a": True, "b": None}, policy=EVIDENCE, terms=TERMS)):
        assert evidence_json.from_json(json.loads(json.dumps(evidence_json.to_json(found)))) == found


def first(value: dict[str, Any], part: str) -> Any:
    return value[part][0]


SPOILERS: dict[str, Callable[[dict[str, Any]], object]] = {
    **{
        f"without {part}": lambda v, part=part: v.pop(part)  # type: ignore[misc]
        for part in (
            "assignment",
            "submission",
            "panels",
            "votes",
            "audit",
            "notes",
            "answer",
            "appeal",
            "commission",
        )
    },
    "something more": lambda v: v.update(more=1),
    "votes are none": lambda v: v.update(votes=None),
    "five panels": lambda v: v.update(panels=[first(v, "panels")] * 5),
    "too many votes": lambda v: v.update(votes=[first(v, "votes")] * 25),
    "too many notes": lambda v: v.update(notes=[first(v, "notes")] * 26),
    "too long a proof": lambda v: first(v, "votes").update(proof=["0x" + "00" * 32] * 21),
    "proof without hashes": lambda v: first(v, "votes").update(proof=["0x"]),
    "no address": lambda v: first(v, "votes").update(verifier="0x"),
    "address in capitals": lambda v: first(v, "votes").update(verifier="0x" + "AB" * 20),
    "place is a boolean": lambda v: first(v, "votes").update(index_in_batch=True),
    "place below zero": lambda v: v["submission"].update(index_in_batch=-1),
    "place beyond every tree": lambda v: v["submission"].update(index_in_batch=1 << 20),
    "vote without an answer": lambda v: first(v, "votes").pop("answer"),
    "vote with a bare answer": lambda v: first(v, "votes").update(answer="zero"),
    "bare answer": lambda v: v.update(answer={"choices": ["zero"]}),
    "signature in capitals": lambda v: v["assignment"].update(signature="0x" + "AB" * 65),
    "short signature": lambda v: v["appeal"].update(signature="0x" + "ab" * 64),
    "half an audit": lambda v: v.update(audit={"secret": "0x"}),
    "day below zero": lambda v: v["audit"].update(day=-1),
    "day is a boolean": lambda v: v["audit"].update(day=True),
    "day is text": lambda v: v["audit"].update(day="19000"),
    "day beyond 32 bits": lambda v: v["audit"].update(day=1 << 32),
    "note with text for a number": lambda v: first(v, "notes")["message"].update(gold="20"),
    "note with a grade of 256": lambda v: first(v, "notes")["message"].update(grade=256),
    "note without family": lambda v: first(v, "notes")["message"].pop("family"),
    "note unsigned": lambda v: first(v, "notes").pop("signature"),
    "appeal as a list": lambda v: v.update(appeal=[v["appeal"]]),
    "appeal's bond as a number": lambda v: v["appeal"]["message"].update(bond=7),
    "commission's fee below zero": lambda v: v["commission"]["message"].update(fee="-5"),
    "commission unsigned": lambda v: v["commission"].update(signature=None),
}


@pytest.mark.parametrize("name", SPOILERS)
def test_evidence_is_read_strictly(name: str) -> None:
    value = json.loads(json.dumps(evidence_json.to_json(everything())))
    evidence_json.from_json(value)
    SPOILERS[name](value)
    with pytest.raises(MalformedMessage):
        evidence_json.from_json(value)


def test_what_is_not_an_object_is_refused() -> None:
    values: list[Any] = [None, [], "x", 7]
    for value in values:
        with pytest.raises(MalformedMessage):
            evidence_json.from_json(value)


def test_the_parts_that_may_be_missing_are_null() -> None:
    value = evidence_json.to_json(voted(policy=EVIDENCE, terms=TERMS, audit=None))
    assert [name for name, part in value.items() if part is None] == [
        "audit",
        "answer",
        "appeal",
        "commission",
    ]
    signed = commission(everything().assignment, 5)
    assert evidence_json.to_json(everything())["commission"]["message"] == signed.commission.to_json()
