# SPDX-License-Identifier: Apache-2.0
"""From a submission to its verdict: the audit draw, the panel's votes, and what follows for everybody."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy.orm import Session

from gems_platform.campaigns.facts import Facts
from gems_platform.events import repository as events
from gems_platform.reviews import proofs, repository
from gems_platform.reviews.tables import PanelRow, SeatRow
from gems_platform.schemas import raw, text
from gems_platform.settings import Settings
from gems_platform.tasks import leasing, moves, record
from gems_platform.tasks import repository as tasks
from gems_platform.tasks.tables import AssignmentRow, TaskRow
from gems_platform.trust.tables import OutcomeRow
from gems_protocol import audit
from gems_protocol.audit import AuditReveal
from gems_protocol.evidence import check_verdict, to_json
from gems_protocol.messages import Panel, Submission
from gems_protocol.task import Task, TaskState
from gems_protocol.task_events import AuditNotDrawn, Judged, RedoTaken, Settled, VerifierMissed


def draw(
    session: Session, settings: Settings, row: TaskRow, given: AssignmentRow, campaign: Facts, now: int
) -> None:
    """Reveal the audit secret (the requester's seed counts as zero) and accept, or wait for a panel."""
    submission = Submission(raw(given.hash), raw(str(given.result_hash)), raw(str(given.salt)))
    ppm = json.loads(given.message)["audit_ppm"]
    secret = raw(given.secret)
    drawn = audit.is_audited(
        audit.commit(secret), ppm, AuditReveal(secret), submission.salt, submission.struct_hash()
    )
    if drawn:
        row.seats_wanted = campaign.policy.panel(0).size
    else:
        moves.happen(session, row, campaign, AuditNotDrawn(), now)
        _finish(session, settings, row, campaign, now)


def judge_if_ready(
    session: Session, settings: Settings, row: TaskRow, campaign: Facts, now: int, *, late: bool = False
) -> None:
    """Judge the present round when all its votes are in, or when its deadline passed (`late`)."""
    task = record.load(row, campaign)
    ready = len(task.seats) == task.panel.size and all(seat.vote is not None for seat in task.seats)
    if not (ready or late) or task.state not in (TaskState.SUBMITTED, TaskState.IN_REVIEW):
        return
    _drop_unconfirmed(session, row, campaign, task, now)
    task = record.load(row, campaign)
    _sign_panel(session, settings, row, campaign, task)
    for seat in repository.of_attempt(session, row.campaign_id, row.index, task.attempt):
        if seat.state == "leased":
            seat.state = "missed"
    after = moves.happen(session, row, campaign, Judged(deadline_passed=late and not ready), now)
    row.since, row.judge_by = now, now + campaign.terms.window
    if after.state in (TaskState.ACCEPTED, TaskState.REJECTED):
        _finish(session, settings, row, campaign, now)


def _drop_unconfirmed(session: Session, row: TaskRow, campaign: Facts, task: Task, now: int) -> None:
    """Unseat who was offered a seat and put up no stake yet: judging would give a stake back otherwise."""
    for seat in repository.of_attempt(session, row.campaign_id, row.index, task.attempt):
        if seat.state == "offered":
            moves.happen(session, row, campaign, VerifierMissed(seat.verifier), now, unstaked=seat.verifier)
            seat.state = "missed"


def _sign_panel(session: Session, settings: Settings, row: TaskRow, campaign: Facts, task: Task) -> None:
    verifiers = tuple(sorted(seat.verifier for seat in task.seats if seat.vote is not None))
    panel = Panel(campaign.campaign_id, row.index, task.attempt, task.round, verifiers)
    session.add(
        PanelRow(
            campaign_id=row.campaign_id,
            index=row.index,
            attempt=task.attempt,
            round=task.round,
            message=json.dumps(panel.to_json()),
            signature=text(panel.sign(settings.campaigns_domain, settings.hub_signer_key)),
        )
    )
    session.flush()


def _finish(session: Session, settings: Settings, row: TaskRow, campaign: Facts, now: int) -> None:
    """A verdict stands (appeals are not taken yet): settle it, tell everybody, offer the redo.

    The evidence is checked here as every client will check it: what it does not prove is not given out.
    """
    judged = record.load(row, campaign)
    given = tasks.assignment_of(session, row.campaign_id, row.index, judged.attempt)
    accepted = judged.verdict is True
    after = moves.happen(session, row, campaign, Settled(), now)
    given.state = "accepted" if accepted else "rejected"
    given.judged_at = now
    session.flush()
    shown = proofs.evidence(session, given, revealed=campaign.policy.draws_audits)
    verdict = check_verdict(shown, campaign.terms, campaign.policy, settings.campaigns_domain, settings.hub)
    if verdict.accepted is not accepted:
        raise AssertionError("the evidence does not give the verdict that was reached")
    proof = to_json(shown)
    given.evidence = json.dumps(proof)
    seats = [
        seat
        for seat in repository.of_attempt(session, row.campaign_id, row.index, judged.attempt)
        if seat.accept is not None
    ]
    if verdict.judged:
        session.add(_outcome(given, judged, campaign, accepted, now))
    redo = None
    if after.state is TaskState.REDO:
        redo = _offer_redo(session, settings, row, campaign, now)
    events.add(
        session,
        given.miner,
        "verdict",
        now,
        {
            "assignment_hash": given.hash,
            "accepted": accepted,
            "evidence": proof,
            "reasons": [] if accepted else [_reason(seat) for seat in seats if not seat.accept],
            "redo": redo,
        },
    )
    for seat in seats:
        agreed = seat.accept is accepted
        seat.state = "agreed" if agreed else "disagreed"
        body = {"assignment_hash": seat.hash, "agreed": agreed, "evidence": proof}
        events.add(session, seat.verifier, "review_verdict", now, body)


def _reason(seat: SeatRow) -> dict[str, Any]:
    return {"code": seat.reason, "note": seat.note, "mark": json.loads(seat.mark) if seat.mark else None}


def _outcome(given: AssignmentRow, judged: Task, campaign: Facts, accepted: bool, now: int) -> OutcomeRow:
    return OutcomeRow(
        worker=given.miner,
        campaign_id=given.campaign_id,
        index=given.index,
        attempt=given.attempt,
        assignment_hash=given.hash,
        requester=campaign.terms.requester,
        family=campaign.manifest.module.family,
        accepted=accepted,
        first_try=accepted and not judged.redo,
        judged_at=now,
    )


def _offer_redo(
    session: Session, settings: Settings, row: TaskRow, campaign: Facts, now: int
) -> dict[str, Any]:
    """A second assignment for the same miner, in a batch of its own; its stake is the first one's."""
    task = moves.happen(session, row, campaign, RedoTaken(), now)
    until = now + campaign.terms.redo
    batch = leasing.new_batch("work", str(task.miner), row.campaign_id, now, 0, until)
    batch.state = "confirmed"
    item = leasing.assign(settings, campaign, row, task, batch, 0, until, audit.MILLION, now)
    item.state = "leased"
    leasing.add_batch(session, batch, [item], task.stake.units)
    return {
        "assignment": {"message": json.loads(item.message), "signature": item.signature},
        "batch_id": batch.id,
        "until": until,
    }
