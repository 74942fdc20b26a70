# SPDX-License-Identifier: Apache-2.0
"""What proves a verdict: signed assignment, submission, panels and votes, and the revealed audit draw.

Anybody can recompute the verdict from it: the client before it believes a rejection or a voucher, the
contract's callers, another platform.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from gems_protocol import audit, merkle
from gems_protocol.audit import AuditReveal
from gems_protocol.campaign import Terms
from gems_protocol.errors import BadSignature, MalformedMessage, MoneyDiffers
from gems_protocol.messages import (
    Assignment,
    BatchSubmission,
    BatchVote,
    Domain,
    Panel,
    Submission,
    Vote,
    hash_from_hex,
)
from gems_protocol.verification.policy import Accepted, NoConsensus, Policy, Rejected

MAX_PROOF = 20


@dataclass(frozen=True, slots=True)
class SubmissionEvidence:
    """A submission and the miner's signature over the batch that holds it at `index_in_batch`."""

    submission: Submission
    batch: BatchSubmission
    index_in_batch: int
    proof: tuple[bytes, ...]
    signature: bytes


@dataclass(frozen=True, slots=True)
class VoteEvidence:
    """A vote and the verifier's signature over the batch that holds it at `index_in_batch`."""

    vote: Vote
    verifier: str
    batch: BatchVote
    index_in_batch: int
    proof: tuple[bytes, ...]
    signature: bytes


@dataclass(frozen=True, slots=True)
class SignedPanel:
    """A panel and the hub's signature."""

    panel: Panel
    signature: bytes


@dataclass(frozen=True, slots=True)
class VerdictEvidence:
    """Everything about one attempt's verdict; panels in the order of their rounds."""

    assignment: Assignment
    assignment_signature: bytes
    submission: SubmissionEvidence
    panels: tuple[SignedPanel, ...]
    votes: tuple[VoteEvidence, ...]
    audit: AuditReveal | None


class Basis(Enum):
    """What a verdict rests on."""

    QUORUM = "quorum"
    NOT_DRAWN = "not_drawn"
    SILENCE = "silence"
    LAST_ROUND = "last_round"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A recomputed verdict. agreed: (verifier, round) -> whether its vote agrees with the verdict."""

    accepted: bool
    basis: Basis
    agreed: dict[tuple[str, int], bool]

    @property
    def judged(self) -> bool:
        """Whether verifiers decided: only then it counts for trust."""
        return self.basis in (Basis.QUORUM, Basis.LAST_ROUND)


def check_verdict(
    evidence: VerdictEvidence, terms: Terms, policy: Policy, domain: Domain, hub: str
) -> Verdict:
    """Recompute the verdict of an attempt from its evidence, trusting nobody's word.

    domain: GemCampaigns. hub: the lowercase address that signs assignments and panels. What is missing counts
    for the worker: silence is acceptance. Raises BadSignature for anything forged, misplaced or not proven,
    MoneyDiffers when the assignment offers more than the terms.
    """
    _check_assignment(evidence, terms, policy, domain, hub)
    if policy.draws_audits:
        if evidence.audit is not None and not audit.is_seed_of(evidence.audit.seed, terms.seed_tip):
            raise BadSignature("The audit's seed is not of the requester's chain.")
        drawn = evidence.audit is not None and audit.is_audited(
            evidence.assignment.audit_commit,
            evidence.assignment.audit_ppm,
            evidence.audit,
            evidence.submission.submission.salt,
            evidence.submission.submission.struct_hash(),
        )
        if not drawn:
            return Verdict(True, Basis.SILENCE if evidence.audit is None else Basis.NOT_DRAWN, {})
    rounds = _rounds(evidence, policy, domain, hub)
    accepted, basis = _decide(rounds, policy)
    agreed = {
        (verifier, number): vote is accepted
        for number, votes in enumerate(rounds)
        for verifier, vote in votes.items()
    }
    return Verdict(accepted, basis, agreed)


def _check_assignment(
    evidence: VerdictEvidence, terms: Terms, policy: Policy, domain: Domain, hub: str
) -> None:
    assignment, sent = evidence.assignment, evidence.submission
    assignment.check(domain, evidence.assignment_signature, hub)
    if assignment.campaign_id != terms.campaign_id():
        raise BadSignature("A verdict's assignment is of another campaign.")
    if assignment.reward > terms.mr.units or assignment.stake > terms.ms.units:
        raise MoneyDiffers("An assignment does not fit the campaign's terms.")
    sent.batch.check(domain, sent.signature, assignment.miner)
    if sent.submission.assignment_hash != assignment.struct_hash():
        raise BadSignature("A verdict is about another submission.")
    if not merkle.verify(
        sent.batch.root, sent.submission.struct_hash(), sent.index_in_batch, sent.batch.count, sent.proof
    ):
        raise BadSignature("A submission is not in the batch that the miner signed.")


def _rounds(
    evidence: VerdictEvidence, policy: Policy, domain: Domain, hub: str
) -> list[dict[str, bool | None]]:
    """For each round the seats and their votes; None for a vote that is missing."""
    rounds: list[dict[str, bool | None]] = []
    seated = {evidence.assignment.miner}
    about = (evidence.assignment.campaign_id, evidence.assignment.index, evidence.assignment.attempt)
    for number, signed in enumerate(evidence.panels):
        panel = signed.panel
        panel.check(domain, signed.signature, hub)
        if (panel.campaign_id, panel.index, panel.attempt, panel.round) != (*about, number):
            raise BadSignature("A panel is for another task or round.")
        if number >= policy.rounds or len(panel.verifiers) > policy.panel(number).size:
            raise BadSignature("A panel is larger than the policy allows.")
        if list(panel.verifiers) != sorted(set(panel.verifiers)) or seated & set(panel.verifiers):
            raise BadSignature("Somebody sits twice, or judges their own work.")
        seated |= set(panel.verifiers)
        rounds.append(dict.fromkeys(panel.verifiers))
    for cast in evidence.votes:
        _check_vote(cast, evidence, domain)
        if cast.vote.round >= len(rounds) or rounds[cast.vote.round].get(cast.verifier, True) is not None:
            raise BadSignature("A vote is not by a member of its panel, or comes twice.")
        rounds[cast.vote.round][cast.verifier] = cast.vote.accept
    return rounds


def _check_vote(cast: VoteEvidence, evidence: VerdictEvidence, domain: Domain) -> None:
    vote, assignment = cast.vote, evidence.assignment
    about = (vote.campaign_id, vote.index, vote.attempt, vote.result_hash)
    result = evidence.submission.submission.result_hash
    if about != (assignment.campaign_id, assignment.index, assignment.attempt, result):
        raise BadSignature("A vote is about another result.")
    cast.batch.check(domain, cast.signature, cast.verifier)
    if not merkle.verify(
        cast.batch.root, vote.struct_hash(), cast.index_in_batch, cast.batch.count, cast.proof
    ):
        raise BadSignature("A vote is not in the batch that the verifier signed.")


def _decide(rounds: Sequence[dict[str, bool | None]], policy: Policy) -> tuple[bool, Basis]:
    for number, seats in enumerate(rounds):
        size, quorum = policy.panel(number).size, policy.panel(number).quorum
        votes = [*seats.values(), *[None] * (size - len(seats))]
        judgement = policy.judge(votes, number)
        if isinstance(judgement, NoConsensus):
            continue
        if number != len(rounds) - 1:
            raise BadSignature("A panel was called after the verdict.")
        accepted = isinstance(judgement, Accepted)
        reached = votes.count(accepted) >= quorum
        return accepted, Basis.QUORUM if reached else _late(judgement)
    return True, Basis.SILENCE


def _late(judgement: Accepted | Rejected) -> Basis:
    return Basis.SILENCE if isinstance(judgement, Accepted) else Basis.LAST_ROUND


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
            }
            for cast in evidence.votes
        ],
        "audit": {"secret": _hex(reveal.secret), "seed": _hex(reveal.seed)} if reveal else None,
    }


def from_json(value: Any) -> VerdictEvidence:
    """Read what `to_json` wrote: exactly its keys and types; raises MalformedMessage."""
    found = _object(value, "assignment", "submission", "panels", "votes", "audit")
    assignment = _object(found["assignment"], "message", "signature")
    sent = _object(found["submission"], "submission", "batch", "index_in_batch", "proof")
    batch = _object(sent["batch"], "message", "signature")
    reveal = None
    if found["audit"] is not None:
        shown = _object(found["audit"], "secret", "seed")
        reveal = AuditReveal(hash_from_hex(shown["secret"]), hash_from_hex(shown["seed"]))
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
        tuple(_panel(item) for item in _list(found["panels"], 3)),
        tuple(_vote(item) for item in _list(found["votes"], 21)),
        reveal,
    )


def _panel(value: Any) -> SignedPanel:
    found = _object(value, "message", "signature")
    return SignedPanel(Panel.from_json(found["message"]), signature_from_hex(found["signature"]))


def _vote(value: Any) -> VoteEvidence:
    found = _object(value, "vote", "verifier", "batch", "index_in_batch", "proof")
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
    )


def signature_from_hex(value: Any) -> bytes:
    """65 bytes from "0x" and 130 lowercase hex digits; raises MalformedMessage."""
    if type(value) is not str or not re.fullmatch(r"0x[0-9a-f]{130}", value, re.ASCII):
        raise MalformedMessage("A signature is malformed.")
    return bytes.fromhex(value[2:])


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
