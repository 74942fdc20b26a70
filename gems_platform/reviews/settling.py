# SPDX-License-Identifier: Apache-2.0
"""From verdicts to money: what can still be objected to waits and is told so; what stands is paid and counted.

The evidence is checked here as every client will check it: what it does not prove is not given out.
"""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy.orm import Session

from gems_platform.campaigns import repository as campaigns
from gems_platform.campaigns.facts import Facts, facts
from gems_platform.events import repository as events
from gems_platform.reviews import proofs, repository
from gems_platform.reviews.tables import AppealRow, CommissionRow, SeatRow
from gems_platform.settings import Settings
from gems_platform.tasks import leasing, moves, record
from gems_platform.tasks import repository as tasks
from gems_platform.tasks.tables import AssignmentRow, TaskRow
from gems_platform.trust import service as trust
from gems_platform.trust import standing as standings
from gems_protocol import audit
from gems_protocol.evidence_json import to_json
from gems_protocol.task import Task, TaskState, appeal_bond, step
from gems_protocol.task_events import RedoTaken, RedoWindowPassed, Settled
from gems_protocol.verdict import Verdict, check_verdict


def decided(session: Session, settings: Settings, row: TaskRow, campaign: Facts, now: int) -> None:
    """A verdict is here: let it stand, or wait for the objection that somebody may still make."""
    task = record.load(row, campaign)
    bond = appeal_bond(task)
    if task.verdict:
        hold = campaign.manifest.policy.hold_s
        if not hold or not (bond is not None or can_commission(task)):
            settle(session, settings, row, campaign, now)
            return
        row.settle_at = now + hold
        _tell_waiting(session, settings, row, campaign, task, now, by="requester")
        return
    if bond is None and not _redo_follows(task):
        settle(session, settings, row, campaign, now)
        return
    row.settle_at = now + campaign.terms.redo
    redo = _offer_redo(session, settings, row, campaign, task, now) if _redo_follows(task) else None
    _tell_waiting(session, settings, row, campaign, task, now, by="miner", redo=redo)


def can_commission(task: Task) -> bool:
    """Whether the requester may still have this accepted work judged."""
    return (
        task.state is TaskState.ACCEPTED
        and task.rules.commission_ppm > 0
        and not task.commission
        and task.appealed_verdict is None
        and not task.cancelled
    )


def _redo_follows(task: Task) -> bool:
    return task.state is TaskState.REJECTED and step(task, Settled()).task.state is TaskState.REDO


def _tell_waiting(
    session: Session,
    settings: Settings,
    row: TaskRow,
    campaign: Facts,
    task: Task,
    now: int,
    *,
    by: str,
    redo: dict[str, Any] | None = None,
) -> None:
    given = tasks.assignment_of(session, row.campaign_id, row.index, task.attempt)
    given.state = "accepted" if task.verdict else "rejected"
    given.judged_at, given.final = now, False
    session.flush()
    proof, _ = _proof(session, settings, campaign, given, task)
    given.evidence = json.dumps(proof)
    bond = appeal_bond(task)
    appeal = None
    if bond is not None or by == "requester":
        size = task.rules.panel(task.round + 1).size if bond is not None else 2
        appeal = {
            "by": by,
            "until": row.settle_at,
            "bond": str(bond) if bond is not None else "0",
            "round": task.round + 1,
            "seats": size,
        }
    body = {
        "assignment_hash": given.hash,
        "accepted": task.verdict is True,
        "evidence": proof,
        "reasons": _reasons(session, row, task),
        "redo": redo,
        "final": False,
        "appeal": appeal,
    }
    events.add(session, given.miner, "verdict", now, body)


def _proof(
    session: Session, settings: Settings, campaign: Facts, given: AssignmentRow, task: Task
) -> tuple[dict[str, Any], Verdict]:
    if given.note is None:  # given out before standings were stated: judged by the one that its task has
        stated = standings.sign(settings, task.standing, given.miner, campaign.family, given.leased_at)
        given.note = json.dumps(stated)
    shown = proofs.evidence(session, given, task)
    verdict = check_verdict(shown, campaign.rules, settings.campaigns_domain, settings.hub)
    if (verdict.accepted, verdict.poor) != (task.verdict is True, task.poor):
        raise AssertionError("the evidence does not give the verdict that was reached")
    return to_json(shown), verdict


def settle(session: Session, settings: Settings, row: TaskRow, campaign: Facts, now: int) -> Task:
    """The verdict stands: pay by it, count it, tell everybody; the task afterwards."""
    judged = record.load(row, campaign)
    given = tasks.assignment_of(session, row.campaign_id, row.index, judged.attempt)
    accepted = judged.verdict is True
    session.flush()
    proof, verdict = _proof(session, settings, campaign, given, judged)
    after = moves.happen(session, row, campaign, Settled(), now)
    row.settle_at = None
    given.state = "accepted" if accepted else "rejected"
    given.judged_at, given.final, given.evidence = now, True, json.dumps(proof)
    given.adopted = None if verdict.answer is None else json.dumps(verdict.answer)
    _close_objections(session, given, judged)
    if verdict.judged and after.state is not TaskState.REDO:
        count(session, given, campaign, judged, right=verdict.right, now=now)
    events.add(
        session,
        given.miner,
        "verdict",
        now,
        {
            "assignment_hash": given.hash,
            "accepted": accepted,
            "evidence": proof,
            "reasons": _reasons(session, row, judged),
            "redo": None,
            "final": True,
            "appeal": None,
        },
    )
    for seat in repository.of_attempt(session, row.campaign_id, row.index, judged.attempt):
        agreed = verdict.agreed.get((seat.verifier, seat.round))
        if seat.accept is None or agreed is None:
            continue
        seat.state = "agreed" if agreed else "disagreed"
        body = {"assignment_hash": seat.hash, "agreed": agreed, "evidence": proof}
        events.add(session, seat.verifier, "review_verdict", now, body)
    return after


def _close_objections(session: Session, given: AssignmentRow, judged: Task) -> None:
    key = (given.campaign_id, given.index, given.attempt)
    appeal = session.get(AppealRow, key)
    if appeal is not None:
        appeal.won = judged.verdict is not judged.appealed_verdict
    commission = session.get(CommissionRow, key)
    if commission is not None:
        commission.poor = judged.poor


def count(
    session: Session, given: AssignmentRow, campaign: Facts, judged: Task, *, right: bool, now: int
) -> None:
    """One outcome for this task of this miner."""
    trust.record_outcome(
        session,
        worker=given.miner,
        campaign_id=given.campaign_id,
        index=given.index,
        attempt=given.attempt,
        assignment_hash=given.hash,
        requester=campaign.terms.requester,
        family=campaign.family,
        difficulty=campaign.manifest.module.difficulty,
        accepted=right,
        first_try=right and not judged.redo,
        poor=judged.poor,
        redone=judged.redo,
        commission=judged.commission.units,
        mr=judged.mr.units,
        judged_at=now,
    )


def _reasons(session: Session, row: TaskRow, task: Task) -> list[dict[str, Any]]:
    """What those who rejected said, without saying who they are."""
    if task.verdict and not task.poor:
        return []
    seats = repository.of_attempt(session, row.campaign_id, row.index, task.attempt)
    return [_reason(seat) for seat in seats if seat.accept is False or seat.number]


def _reason(seat: SeatRow) -> dict[str, Any]:
    return {"code": seat.reason, "note": seat.note, "mark": json.loads(seat.mark) if seat.mark else None}


def _offer_redo(
    session: Session, settings: Settings, row: TaskRow, campaign: Facts, task: Task, now: int
) -> dict[str, Any]:
    """A second assignment for the same miner, in a batch of its own; its stake is the first one's.

    The task itself stays rejected until the miner sends the second try, appeals, or lets it pass.
    """
    again = step(step(task, Settled()).task, RedoTaken()).task
    until = now + campaign.terms.redo
    batch = leasing.new_batch("work", str(task.miner), row.campaign_id, now, 0, until)
    batch.state = "confirmed"
    first = tasks.assignment_of(session, row.campaign_id, row.index, task.attempt)
    item = leasing.assign(settings, campaign, row, again, batch, 0, until, audit.MILLION, first.note, now)
    item.state = "leased"
    leasing.add_batch(session, batch, [item], again.stake.units)
    return {
        "assignment": {"message": json.loads(item.message), "signature": item.signature},
        "batch_id": batch.id,
        "until": until,
    }


def begin_redo(session: Session, settings: Settings, row: TaskRow, campaign: Facts, now: int) -> None:
    """The second try is here, so the first verdict stands."""
    if settle(session, settings, row, campaign, now).state is TaskState.REDO:
        moves.happen(session, row, campaign, RedoTaken(), now)


def redo_passed(
    session: Session, settings: Settings, row: TaskRow, campaign: Facts, item: AssignmentRow, now: int
) -> None:
    """The miner let the second try pass: the first verdict stands, and the stake is forfeited."""
    judged = record.load(row, campaign)
    given = tasks.assignment_of(session, row.campaign_id, row.index, judged.attempt)
    if settle(session, settings, row, campaign, now).state is TaskState.REDO:
        count(session, given, campaign, judged, right=False, now=now)
        moves.happen(session, row, campaign, RedoWindowPassed(), now)
    item.state = "expired"
    events.add(session, item.miner, "lease_expired", now, {"assignment_hash": item.hash})


def due(session: Session, now: int) -> list[TaskRow]:
    """Tasks whose verdict has waited long enough for an objection."""
    return list(tasks.due_to_settle(session, now))


def let_stand(session: Session, settings: Settings, row: TaskRow, now: int) -> None:
    """Settle what waited long enough; a redo that was offered has its own lease's time."""
    campaign = facts(campaigns.get(session, row.campaign_id))
    if not _redo_follows(record.load(row, campaign)):
        settle(session, settings, row, campaign, now)
