# SPDX-License-Identifier: Apache-2.0
"""The evidence of a verdict as JSON, strictly read: exactly its keys and types, bounded in size."""

from __future__ import annotations

import re
from typing import Any

from gems_protocol import merkle
from gems_protocol.audit import AuditReveal
from gems_protocol.errors import MalformedMessage
from gems_protocol.evidence import (
    SignedAppeal,
    SignedCommission,
    SignedNote,
    SignedPanel,
    SubmissionEvidence,
    VerdictEvidence,
    VoteEvidence,
)
from gems_protocol.messages import (
    Appeal,
    Assignment,
    BatchSubmission,
    BatchVote,
    Commission,
    Panel,
    StandingNote,
    Submission,
    Vote,
    hash_from_hex,
    signature_from_hex,
)

MAX_PROOF = 20
MAX_PANELS = 4  # three rounds and a commission
MAX_VOTES = 24


def to_json(evidence: VerdictEvidence) -> dict[str, Any]:
    """The evidence as JSON; messages as {"message", "signature"}."""
    sent, reveal = evidence.submission, evidence.audit
    return {
        "assignment": _signed(evidence.assignment, evidence.assignment_signature),
        "submission": {
            "submission": sent.submission.to_json(),
            "batch": _signed(sent.batch, sent.signature),
            "index_in_batch": sent.index_in_batch,
            "proof": [_hex(node) for node in sent.proof],
        },
        "panels": [_signed(signed.panel, signed.signature) for signed in evidence.panels],
        "votes": [
            {
                "vote": cast.vote.to_json(),
                "verifier": cast.verifier,
                "batch": _signed(cast.batch, cast.signature),
                "index_in_batch": cast.index_in_batch,
                "proof": [_hex(node) for node in cast.proof],
                "answer": cast.answer,
            }
            for cast in evidence.votes
        ],
        "audit": (
            {"secret": _hex(reveal.secret), "seed": _hex(reveal.seed), "day": reveal.day} if reveal else None
        ),
        "notes": [_signed(signed.note, signed.signature) for signed in evidence.notes],
        "answer": evidence.answer,
        "appeal": _signed(evidence.appeal.appeal, evidence.appeal.signature) if evidence.appeal else None,
        "commission": (
            _signed(evidence.commission.commission, evidence.commission.signature)
            if evidence.commission
            else None
        ),
    }


def from_json(value: Any) -> VerdictEvidence:
    """Read what `to_json` wrote: exactly its keys and types; raises MalformedMessage."""
    found = _object(
        value,
        *("assignment", "submission", "panels", "votes", "audit", "notes", "answer", "appeal", "commission"),
    )
    assignment = _object(found["assignment"], "message", "signature")
    sent = _object(found["submission"], "submission", "batch", "index_in_batch", "proof")
    batch = _object(sent["batch"], "message", "signature")
    reveal = None
    if found["audit"] is not None:
        shown = _object(found["audit"], "secret", "seed", "day")
        if type(shown["day"]) is not int or not 0 <= shown["day"] < 1 << 32:
            raise MalformedMessage("The day of an audit's seed is out of range.")
        reveal = AuditReveal(hash_from_hex(shown["secret"]), hash_from_hex(shown["seed"]), shown["day"])
    return VerdictEvidence(
        Assignment.from_json(assignment["message"]),
        signature_from_hex(assignment["signature"]),
        SubmissionEvidence(
            Submission.from_json(sent["submission"]),
            BatchSubmission.from_json(batch["message"]),
            _index(sent["index_in_batch"]),
            _proof(sent["proof"]),
            signature_from_hex(batch["signature"]),
        ),
        tuple(_panel(item) for item in _list(found["panels"], MAX_PANELS)),
        tuple(_vote(item) for item in _list(found["votes"], MAX_VOTES)),
        reveal,
        tuple(_note(item) for item in _list(found["notes"], MAX_VOTES + 1)),
        _answer(found["answer"]),
        None if found["appeal"] is None else _appeal(found["appeal"]),
        None if found["commission"] is None else _commission(found["commission"]),
    )


def _note(value: Any) -> SignedNote:
    found = _object(value, "message", "signature")
    return SignedNote(StandingNote.from_json(found["message"]), signature_from_hex(found["signature"]))


def _appeal(value: Any) -> SignedAppeal:
    found = _object(value, "message", "signature")
    return SignedAppeal(Appeal.from_json(found["message"]), signature_from_hex(found["signature"]))


def _commission(value: Any) -> SignedCommission:
    found = _object(value, "message", "signature")
    return SignedCommission(Commission.from_json(found["message"]), signature_from_hex(found["signature"]))


def _answer(value: Any) -> Any:
    if value is not None and type(value) is not list:
        raise MalformedMessage("An answer in a verdict's evidence is not a list of results.")
    return value


def _panel(value: Any) -> SignedPanel:
    found = _object(value, "message", "signature")
    return SignedPanel(Panel.from_json(found["message"]), signature_from_hex(found["signature"]))


def _vote(value: Any) -> VoteEvidence:
    found = _object(value, "vote", "verifier", "batch", "index_in_batch", "proof", "answer")
    batch = _object(found["batch"], "message", "signature")
    if type(found["verifier"]) is not str or not re.fullmatch(r"0x[0-9a-f]{40}", found["verifier"], re.ASCII):
        raise MalformedMessage("A verifier's address is malformed.")
    return VoteEvidence(
        Vote.from_json(found["vote"]),
        found["verifier"],
        BatchVote.from_json(batch["message"]),
        _index(found["index_in_batch"]),
        _proof(found["proof"]),
        signature_from_hex(batch["signature"]),
        _answer(found["answer"]),
    )


def _signed(message: Any, signature: bytes) -> dict[str, Any]:
    return {"message": message.to_json(), "signature": _hex(signature)}


def _hex(value: bytes) -> str:
    return "0x" + value.hex()


def _object(value: Any, *names: str) -> dict[str, Any]:
    if type(value) is not dict or set(value) != set(names):
        raise MalformedMessage("A part of a verdict's evidence does not have exactly its fields.")
    return value


def _list(value: Any, most: int) -> list[Any]:
    if type(value) is not list or len(value) > most:
        raise MalformedMessage("A list in a verdict's evidence is too long or not a list.")
    return value


def _index(value: Any) -> int:
    if type(value) is not int or not 0 <= value < merkle.MAX_LEAVES:
        raise MalformedMessage("A place in a batch is out of range.")
    return value


def _proof(value: Any) -> tuple[bytes, ...]:
    return tuple(hash_from_hex(node) for node in _list(value, MAX_PROOF))
