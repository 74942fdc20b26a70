# SPDX-License-Identifier: Apache-2.0
"""The evidence of a verdict, put together from what was signed."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy.orm import Session

from gems_platform.reviews import repository
from gems_platform.reviews.tables import AppealRow, CommissionRow, SeatRow
from gems_platform.schemas import raw
from gems_platform.submissions import repository as receipts
from gems_platform.tasks.tables import AssignmentRow
from gems_protocol import merkle
from gems_protocol.audit import AuditReveal
from gems_protocol.campaign import result_hash
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
    ReviewAssignment,
    StandingNote,
    Submission,
    Vote,
)
from gems_protocol.task import Task


def evidence(session: Session, row: AssignmentRow, task: Task) -> VerdictEvidence:
    """Everything about one judged attempt; `task` as it was before it is settled."""
    assignment = Assignment.from_json(json.loads(row.message))
    batch, place, proof, signature = _in_batch(session, row.miner, row.submission_root, row.submission_place)
    submission = Submission(raw(row.hash), raw(str(row.result_hash)), raw(str(row.salt)))
    panels = tuple(
        SignedPanel(Panel.from_json(json.loads(panel.message)), raw(panel.signature))
        for panel in repository.panels_of(session, row.campaign_id, row.index, row.attempt)
    )
    of_attempt = repository.of_attempt(session, row.campaign_id, row.index, row.attempt)
    seats = {seat.verifier: seat for seat in of_attempt if seat.accept is not None}
    ordered = [seats[seat.verifier] for seat in task.earlier + task.seats if seat.verifier in seats]
    key = (row.campaign_id, row.index, row.attempt)
    return VerdictEvidence(
        assignment,
        raw(row.signature),
        SubmissionEvidence(submission, BatchSubmission.from_json(batch), place, proof, signature),
        panels,
        tuple(_vote(session, seat) for seat in ordered),
        AuditReveal(raw(row.secret), raw(str(row.seed)), row.day) if task.rules.draws_audits else None,
        (_note(str(row.note)), *(_note(seat.note_of_verifier) for seat in ordered if seat.note_of_verifier)),
        json.loads(str(row.answer)) if task.rules.blind else None,
        _appeal(session.get(AppealRow, key)),
        _commission(session.get(CommissionRow, key)),
    )


def _note(value: str) -> SignedNote:
    signed = json.loads(value)
    return SignedNote(StandingNote.from_json(signed["message"]), raw(signed["signature"]))


def _appeal(row: AppealRow | None) -> SignedAppeal | None:
    if row is None:
        return None
    return SignedAppeal(Appeal.from_json(json.loads(row.message)), raw(row.signature))


def _commission(row: CommissionRow | None) -> SignedCommission | None:
    if row is None:
        return None
    return SignedCommission(Commission.from_json(json.loads(row.message)), raw(row.signature))


def vote_of(seat: SeatRow) -> Vote:
    """The vote that was cast from a seat; a blind one stands for the verifier's own answer."""
    given = ReviewAssignment.from_json(json.loads(seat.message))
    result, accept = given.result_hash, bool(seat.accept)
    if seat.blind:
        result, accept = result_hash(json.loads(str(seat.answer))), True
    return Vote(given.campaign_id, given.index, given.attempt, given.round, result, accept)


def _vote(session: Session, seat: SeatRow) -> VoteEvidence:
    batch, place, proof, signature = _in_batch(session, seat.verifier, seat.vote_root, seat.vote_place)
    return VoteEvidence(
        vote_of(seat),
        seat.verifier,
        BatchVote.from_json(batch),
        place,
        proof,
        signature,
        json.loads(str(seat.answer)) if seat.blind else None,
    )


def _in_batch(
    session: Session, worker: str, root: str | None, place: int | None
) -> tuple[Any, int, tuple[bytes, ...], bytes]:
    """The signed batch, the place in it, the proof of that place, and the signature."""
    row = receipts.find(session, worker, str(root))
    if row is None or place is None:
        raise AssertionError("something was judged that never arrived")
    signed = json.loads(row.batch)
    leaves = [raw(leaf) for leaf in json.loads(row.leaves)]
    return signed["message"], place, tuple(merkle.proofs(leaves)[place]), raw(signed["signature"])
