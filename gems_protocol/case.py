# SPDX-License-Identifier: Apache-2.0
"""A case: signed messages by which anybody with a gas coin gets a worker paid by the contracts; public, in one file."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from gems_protocol import evidence_json, merkle
from gems_protocol.campaign import Terms
from gems_protocol.dispute import NOTHING, Pending, Row, claim_arguments, silent_arguments
from gems_protocol.errors import MalformedMessage
from gems_protocol.evidence import VerdictEvidence
from gems_protocol.messages import (
    CAMPAIGNS_DOMAIN,
    BatchReceipt,
    Domain,
    hash_from_hex,
    signature_from_hex,
    task_key,
)

MAX_FILE = 262_144  # bytes; 24 votes with their proofs are a quarter of it
_MOST_TIME = 1 << 35
_FIELDS = (
    "kind",
    "chain_id",
    "gem",
    "campaigns",
    "judge",
    "signer",
    "terms",
    "evidence",
    "receipt",
    "made_at",
)


class Kind(Enum):
    """What a case proves: a verdict, or that the hub is silent about work that it has, or that was anchored."""

    CLAIM = "claim"
    SILENT = "silent"
    ANCHOR = "anchor"


@dataclass(frozen=True, slots=True)
class Case:
    """What to bring, and to which contracts. gem, campaigns, judge, signer: lowercase addresses; made_at: Unix seconds.

    signer: the hub's key. evidence: without answers and notes; for SILENT and ANCHOR without panels and votes.
    """

    kind: Kind
    chain_id: int
    gem: str
    campaigns: str
    judge: str
    signer: str
    terms: Terms
    evidence: VerdictEvidence
    receipt: BatchReceipt | None
    receipt_signature: bytes
    made_at: int

    @property
    def place(self) -> tuple[bytes, int, int]:
        """Campaign, task and attempt."""
        given = self.evidence.assignment
        return given.campaign_id, given.index, given.attempt

    @property
    def key(self) -> bytes:
        """The task's key on chain."""
        return task_key(*self.place)

    @property
    def domain(self) -> Domain:
        """Where all of it is signed."""
        return Domain(CAMPAIGNS_DOMAIN, self.chain_id, self.campaigns)

    @property
    def root(self) -> bytes:
        """What `anchor` shows to the chain."""
        return self.evidence.submission.batch.root

    def claim(self, before: Pending = NOTHING, above: int = -1) -> Row | None:
        """The arguments of `Judge.claim`; None if no round above `above` has a quorum."""
        return claim_arguments(self.evidence, self.terms, self.signer, before, above)

    def claim_silent(self) -> Row:
        """The arguments of `Judge.claim_silent`."""
        if self.receipt is None:
            return silent_arguments(self.evidence, self.terms, self.signer, 0, None)
        received_at = self.receipt.received_at
        return silent_arguments(self.evidence, self.terms, self.signer, received_at, self.receipt_signature)

    def accepts(self) -> bool:
        """Whether the verdict that it proves accepts the miner's result; False where it proves none."""
        found = self.claim()
        own = self.evidence.submission.submission.result_hash
        return found is not None and bool(found[5][4]) and found[5][3] == own

    def voters(self) -> tuple[str, ...]:
        """The verifiers whose votes prove it, who are paid for them."""
        found = self.claim()
        return () if found is None else tuple(found[5][1][ballot[0]] for ballot in found[5][5])

    def pays(self, who: str) -> int:
        """Base units that a worker gets by it at most: the reward, from a silent hub the stake too, a vote's pay."""
        given = self.evidence.assignment
        if self.kind is not Kind.CLAIM:
            return given.reward + given.stake if who == given.miner else 0
        found = given.reward if who == given.miner and self.accepts() else 0
        return found + (self.terms.vr().units if who in self.voters() else 0)

    def check(self) -> None:
        """Raise BadSignature or MalformedMessage unless every part is signed and they fit together."""
        given, sent = self.evidence.assignment, self.evidence.submission
        if given.campaign_id != self.terms.campaign_id():
            raise MalformedMessage("The task of the case is not of its campaign.")
        given.check(self.domain, self.evidence.assignment_signature, self.signer)
        if sent.submission.assignment_hash != given.struct_hash():
            raise MalformedMessage("The answer of the case is to another task.")
        leaf, batch = sent.submission.struct_hash(), sent.batch
        if not merkle.verify(batch.root, leaf, sent.index_in_batch, batch.count, sent.proof):
            raise MalformedMessage("The answer of the case is not in its batch.")
        batch.check(self.domain, sent.signature, given.miner)
        if self.receipt is not None:
            self.receipt.check(self.domain, self.receipt_signature, self.signer)
            if (self.receipt.root, self.receipt.count) != (batch.root, batch.count):
                raise MalformedMessage("The receipt of the case is for another batch.")
        if (self.kind is Kind.SILENT) != (self.receipt is not None):
            raise MalformedMessage("The case lacks its receipt, or has one that it does not need.")
        if self.kind is Kind.CLAIM:
            self._check_verdict()

    def _check_verdict(self) -> None:
        about = self.place
        for signed in self.evidence.panels:
            panel = signed.panel
            if (panel.campaign_id, panel.index, panel.attempt) != about:
                raise MalformedMessage("A panel of the case is for another task.")
            panel.check(self.domain, signed.signature, self.signer)
        for cast in self.evidence.votes:
            vote, batch = cast.vote, cast.batch
            if (vote.campaign_id, vote.index, vote.attempt) != about:
                raise MalformedMessage("A vote of the case is about another task.")
            if not merkle.verify(
                batch.root, vote.struct_hash(), cast.index_in_batch, batch.count, cast.proof
            ):
                raise MalformedMessage("A vote of the case is not in its batch.")
            batch.check(self.domain, cast.signature, cast.verifier)
        if self.claim() is None:
            raise MalformedMessage("Too few votes of the case agree to prove a verdict on chain.")


def bare(evidence: VerdictEvidence, *, votes: bool) -> VerdictEvidence:
    """The evidence with nothing that the contracts do not read: no answers, notes, appeals, and no draw."""
    cast = tuple(replace(one, answer=None) for one in evidence.votes) if votes else ()
    panels = evidence.panels if votes else ()
    return VerdictEvidence(
        evidence.assignment, evidence.assignment_signature, evidence.submission, panels, cast, None, ()
    )


def write(case: Case) -> bytes:
    """The case as a file: JSON with a checksum over all of it."""
    receipt = None
    if case.receipt is not None:
        signature = "0x" + case.receipt_signature.hex()
        receipt = {"message": case.receipt.to_json(), "signature": signature}
    value: dict[str, Any] = {
        "kind": case.kind.value,
        "chain_id": case.chain_id,
        "gem": case.gem,
        "campaigns": case.campaigns,
        "judge": case.judge,
        "signer": case.signer,
        "terms": case.terms.to_json(),
        "evidence": evidence_json.to_json(case.evidence),
        "receipt": receipt,
        "made_at": case.made_at,
    }
    value["sha256"] = _checksum(value)
    return json.dumps(value, indent=1, sort_keys=True).encode() + b"\n"


def read(data: bytes) -> Case:
    """What `write` wrote, with every signature checked; raises MalformedMessage or BadSignature for anything else."""
    if len(data) > MAX_FILE:
        raise MalformedMessage("The file is too large for a case.")
    try:
        value = json.loads(data.decode("utf-8"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise MalformedMessage("The file is no case.") from error
    if type(value) is not dict or set(value) != {*_FIELDS, "sha256"}:
        raise MalformedMessage("The file is no case, or of another version.")
    told = value.pop("sha256")
    if told != _checksum(value):
        raise MalformedMessage("The file of the case was changed or damaged on its way.")
    case = _read(value)
    case.check()
    return case


def _read(value: dict[str, Any]) -> Case:
    numbers = (value["chain_id"], value["made_at"])
    if not all(type(number) is int and 0 < number < _MOST_TIME for number in numbers):
        raise MalformedMessage("A number of the case is out of range.")
    try:
        kind = Kind(value["kind"])
    except ValueError as error:
        raise MalformedMessage("A case of this kind is not known.") from error
    receipt, signature, told = None, b"", value["receipt"]
    if told is not None:
        if type(told) is not dict or set(told) != {"message", "signature"}:
            raise MalformedMessage("The receipt of the case is malformed.")
        receipt = BatchReceipt.from_json(told["message"])
        signature = signature_from_hex(told["signature"])
    terms = Terms.from_json(value["terms"])
    evidence = evidence_json.from_json(value["evidence"])
    if evidence != bare(evidence, votes=kind is Kind.CLAIM):
        raise MalformedMessage("The case holds more than the contracts read.")
    return Case(
        kind,
        value["chain_id"],
        _address(value["gem"]),
        _address(value["campaigns"]),
        _address(value["judge"]),
        _address(value["signer"]),
        terms,
        evidence,
        receipt,
        signature,
        value["made_at"],
    )


def _address(value: Any) -> str:
    if type(value) is not str or len(value) != 42 or value != value.lower() or not value.startswith("0x"):
        raise MalformedMessage("An address of the case is malformed.")
    hash_from_hex("0x" + value[2:].rjust(64, "0"))
    return value


def _checksum(value: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
