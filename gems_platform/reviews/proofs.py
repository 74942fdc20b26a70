# SPDX-License-Identifier: Apache-2.0
"""The evidence of a verdict, put together from what was signed."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy.orm import Session

from gems_platform.reviews import repository
from gems_platform.reviews.tables import SeatRow
from gems_platform.schemas import raw
from gems_platform.submissions import repository as receipts
from gems_platform.tasks.tables import AssignmentRow
from gems_protocol import merkle
from gems_protocol.audit import AuditReveal
from gems_protocol.evidence import SignedPanel, SubmissionEvidence, VerdictEvidence, VoteEvidence
from gems_protocol.messages import (
    Assignment,
    BatchSubmission,
    BatchVote,
    Panel,
    ReviewAssignment,
    Submission,
    Vote,
)


def evidence(session: Session, row: AssignmentRow, *, revealed: bool) -> VerdictEvidence:
    """Everything about one judged attempt; `revealed` adds the audit secret."""
    assignment = Assignment.from_json(json.loads(row.message))
    batch, place, proof, signature = _in_batch(session, row.miner, row.submission_root, row.submission_place)
    submission = Submission(raw(row.hash), raw(str(row.result_hash)), raw(str(row.salt)))
    panels = tuple(
        SignedPanel(Panel.from_json(json.loads(panel.message)), raw(panel.signature))
        for panel in repository.panels_of(session, row.campaign_id, row.index, row.attempt)
    )
    seats = repository.of_attempt(session, row.campaign_id, row.index, row.attempt)
    return VerdictEvidence(
        assignment,
        raw(row.signature),
        SubmissionEvidence(submission, BatchSubmission.from_json(batch), place, proof, signature),
        panels,
        tuple(_vote(session, seat) for seat in seats if seat.accept is not None),
        AuditReveal(raw(row.secret)) if revealed else None,
    )


def vote_of(seat: SeatRow) -> Vote:
    """The vote that was cast from a seat."""
    given = ReviewAssignment.from_json(json.loads(seat.message))
    return Vote(
        given.campaign_id, given.index, given.attempt, given.round, given.result_hash, bool(seat.accept)
    )


def _vote(session: Session, seat: SeatRow) -> VoteEvidence:
    batch, place, proof, signature = _in_batch(session, seat.verifier, seat.vote_root, seat.vote_place)
    return VoteEvidence(vote_of(seat), seat.verifier, BatchVote.from_json(batch), place, proof, signature)


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
