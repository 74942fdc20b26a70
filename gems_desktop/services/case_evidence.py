# SPDX-License-Identifier: Apache-2.0
"""Which case an item gives, and from when: what its signed messages prove that the contracts would pay for."""

from __future__ import annotations

import json
from dataclasses import dataclass

from gems_desktop.services.facts import ItemState
from gems_desktop.services.network import Network
from gems_desktop.services.offers import stored_campaign
from gems_desktop.services.ports import Tx
from gems_desktop.services.records import (
    AnswerRecord,
    AttemptRecord,
    CampaignRecord,
    EventRecord,
    ItemRecord,
    LineRecord,
    SealedRecord,
)
from gems_protocol import evidence_json, merkle
from gems_protocol.audit import DAY_S
from gems_protocol.campaign import Terms, result_hash
from gems_protocol.case import Case, Kind, bare
from gems_protocol.dispute import silent_from
from gems_protocol.evidence import SubmissionEvidence, VerdictEvidence
from gems_protocol.messages import Assignment, BatchReceipt, BatchSubmission, Submission, signature_from_hex

PAY_LATE_S = DAY_S  # accepted for good and not paid after so long: every platform pays within minutes
_EXIT_S = 20 * DAY_S  # the requester's way out takes at least this long after the campaign's end
_ON_ITS_WAY = (ItemState.SEALED.name, ItemState.SENDING.name, ItemState.FINISHED.name)
#: Faults of a line, for which the platform is not to blame.
_LINE = ("", "Offline", "CaptivePortal", "upload_incomplete", "checksum", "too_many_requests")


@dataclass(frozen=True, slots=True)
class Found:
    """A case that an item gives from `since` on (Unix seconds); case: None where it must be signed first (`answer`)."""

    kind: Kind
    since: int
    terms: Terms
    case: Case | None
    answer: AnswerRecord | None = None

    @property
    def by(self) -> int:
        """Until when it is best brought: the task's due time for an anchor, else before the escrow may be empty."""
        if self.kind is Kind.ANCHOR:
            return self.case.evidence.assignment.due_at if self.case is not None else 0
        rounds = self.terms.redo + self.terms.rounds * self.terms.window
        return self.terms.ends + max(rounds, _EXIT_S) if self.kind is Kind.CLAIM else 0


@dataclass(frozen=True, slots=True)
class Where:
    """What a case names besides the messages: the network, and Judge's address; now: Unix seconds."""

    network: Network
    judge: str
    now: int


def since_of(item: ItemRecord, attempt: AttemptRecord | None, terms: Terms, now: int) -> int:
    """From when an item may give a case, by its row alone; 0 for never. Costs nothing, for lists."""
    state = item.state
    if state == ItemState.ACCEPTED.name and item.final and item.outcome:
        return item.changed_at + PAY_LATE_S
    if item.kind != "work":
        return 0
    if state == ItemState.DELIVERED.name:
        return silent_from(terms, item.delivered_at)
    if state in _ON_ITS_WAY and is_refused(attempt) and now < item.due_at:
        return item.changed_at
    return 0


def is_refused(attempt: AttemptRecord | None) -> bool:
    """Whether the platform itself, and not the line, keeps a batch from being delivered."""
    return attempt is not None and attempt.problem not in _LINE


def find(tx: Tx, item: ItemRecord, where: Where) -> Found | None:
    """The case that an item gives; None while it gives none, and will not by waiting alone."""
    record = tx.get(CampaignRecord, item.campaign_id)
    if record is None:
        return None
    terms = stored_campaign(record).terms
    attempt = tx.get(AttemptRecord, item.sealed_root) if item.sealed_root else None
    since = since_of(item, attempt, terms, where.now)
    if not since:
        return None
    if item.state == ItemState.ACCEPTED.name:
        return _unpaid(tx, item, terms, since, where)
    if item.state == ItemState.DELIVERED.name:
        return _silent(tx, item, terms, where)
    return _anchor(tx, item, terms, since, where)


def _unpaid(tx: Tx, item: ItemRecord, terms: Terms, since: int, where: Where) -> Found | None:
    """A final verdict for me that no voucher paid; where its votes are no quorum on chain, silence about the work."""
    if not tx.count(LineRecord, item_id=item.item_id, seq=0):
        return None
    event = tx.get(EventRecord, item.judged_at)
    if event is None:
        return None
    evidence = evidence_json.from_json(json.loads(event.body)["evidence"])
    case = _case(Kind.CLAIM, terms, bare(evidence, votes=True), None, b"", where)
    if case.claim() is not None:
        return Found(Kind.CLAIM, since, terms, case)
    return _silent(tx, item, terms, where) if item.kind == "work" else None


def _silent(tx: Tx, item: ItemRecord, terms: Terms, where: Where) -> Found | None:
    sealed = sealed_of(tx, item)
    evidence = None if sealed is None else evidence_of(item, sealed)
    if sealed is None or evidence is None or not sealed.receipt:
        return None
    told = json.loads(sealed.receipt)
    receipt = BatchReceipt.from_json(told["message"])
    case = _case(Kind.SILENT, terms, evidence, receipt, signature_from_hex(told["signature"]), where)
    return Found(Kind.SILENT, silent_from(terms, receipt.received_at), terms, case)


def _anchor(tx: Tx, item: ItemRecord, terms: Terms, since: int, where: Where) -> Found | None:
    sealed = sealed_of(tx, item)
    if sealed is None:
        answer = tx.get(AnswerRecord, item.item_id)
        return None if answer is None else Found(Kind.ANCHOR, since, terms, None, answer)
    evidence = evidence_of(item, sealed)
    if evidence is None or sealed.receipt:
        return None
    return Found(Kind.ANCHOR, since, terms, _case(Kind.ANCHOR, terms, evidence, None, b"", where))


def alone(item: ItemRecord, answer: AnswerRecord, now: int) -> tuple[Submission, BatchSubmission]:
    """A batch of this answer alone, to be signed: what was refused for good is in no batch any more."""
    submission = Submission(_raw(item.item_id), _raw(answer.result_hash), _raw(answer.salt))
    root = merkle.root([submission.struct_hash()])
    return submission, BatchSubmission(root, 1, _raw(item.batch_id), now)


def anchored(
    item: ItemRecord,
    terms: Terms,
    signed: tuple[Submission, BatchSubmission, bytes],
    where: Where,
) -> Case:
    """The case of an answer that was signed alone."""
    submission, batch, signature = signed
    sent = SubmissionEvidence(submission, batch, 0, (), signature)
    return _case(Kind.ANCHOR, terms, _given(item, sent), None, b"", where)


def sealed_of(tx: Tx, item: ItemRecord) -> SealedRecord | None:
    """The signed batch that an item is in; None where there is none any more."""
    sealed = tx.get(SealedRecord, item.sealed_root) if item.sealed_root else None
    if sealed is not None:
        return sealed
    for one in tx.find(SealedRecord, kind=item.kind):  # sealed by a version that did not note where
        if item.item_id in json.loads(one.item_ids):
            return one
    return None


def evidence_of(item: ItemRecord, sealed: SealedRecord) -> VerdictEvidence | None:
    """The assignment and the submission as they were signed; None where the item is not in the batch."""
    body = json.loads(sealed.body)
    messages = [
        Submission(_raw(one["assignment_hash"]), result_hash(one["answer"]), _raw(one["salt"]))
        for one in body["items"]
    ]
    names = [one["assignment_hash"] for one in body["items"]]
    if item.item_id not in names:
        return None
    at = names.index(item.item_id)
    batch = BatchSubmission.from_json(body["batch"]["message"])
    proof = tuple(merkle.proofs([one.struct_hash() for one in messages])[at])
    signature = signature_from_hex(body["batch"]["signature"])
    return _given(item, SubmissionEvidence(messages[at], batch, at, proof, signature))


def _given(item: ItemRecord, sent: SubmissionEvidence) -> VerdictEvidence:
    message = Assignment.from_json(json.loads(item.assignment))
    return VerdictEvidence(message, signature_from_hex(item.signature), sent, (), (), None, ())


def _case(
    kind: Kind,
    terms: Terms,
    evidence: VerdictEvidence,
    receipt: BatchReceipt | None,
    signature: bytes,
    where: Where,
) -> Case:
    made = where.network
    contracts = (made.chain_id, made.gem, made.campaigns, where.judge, made.platform_signer)
    return Case(kind, *contracts, terms, evidence, receipt, signature, where.now)


def _raw(value: str) -> bytes:
    return bytes.fromhex(value[2:])
