# SPDX-License-Identifier: Apache-2.0
"""Objections to a verdict: appeals by whoever it went against, commissions by the requester, and letting it stand."""

from __future__ import annotations

import json
from typing import Any

from eth_utils import keccak
from sqlalchemy.orm import Session

from gems_platform.campaigns import repository as campaigns
from gems_platform.campaigns.facts import Facts, facts
from gems_platform.errors import AppealLimit, BadDebit, Conflict, Late, Malformed, NotFound
from gems_platform.events import repository as events
from gems_platform.reviews import repository, settling
from gems_platform.reviews.schemas import NewAppeal
from gems_platform.reviews.tables import AppealRow, CommissionRow
from gems_platform.schemas import Signed, raw
from gems_platform.settings import DAY, Settings
from gems_platform.tasks import batches, moves, record
from gems_platform.tasks import repository as tasks
from gems_platform.tasks.tables import AssignmentRow, BatchRow, TaskRow
from gems_protocol.amount import Amount
from gems_protocol.errors import GemsError
from gems_protocol.messages import Appeal, Commission
from gems_protocol.task import Task, TaskState, appeal_bond
from gems_protocol.task_events import Appealed, Commissioned
from gems_protocol.verification.commissioned import most_fee

HELD_SIZE = 2_000_000  # characters of answers in a page: clients refuse answers above 32 MB
FREE_LOST = 3  # appeals without a bond that a miner may lose in 30 days


def make(session: Session, settings: Settings, me: str, body: NewAppeal, now: int) -> dict[str, Any]:
    """Take an appeal; the same again changes nothing. Raises NotFound, Late, Malformed, BadDebit, AppealLimit."""
    message = Appeal.from_json(body.appeal.message)
    message.check(settings.campaigns_domain, raw(body.appeal.signature), me)
    campaign_id = "0x" + message.campaign_id.hex()
    row, campaign = _task(session, campaign_id, message.index)
    known = session.get(AppealRow, (campaign_id, message.index, message.attempt))
    if known is not None and json.loads(known.message) == message.to_json() and known.account == me:
        return {"round": known.round, "judge_by": row.judge_by}
    task = record.load(row, campaign)
    given = _given(session, row, task, message.attempt)
    party = _party(me, campaign, task, given)
    bond = appeal_bond(task)
    if bond is None or row.settle_at is None or now > row.settle_at:
        raise Late("This verdict stands and can not be appealed any more.", safe="No bond was taken.")
    if message.round != task.round + 1 or message.bond != bond.units:
        raise Malformed(
            "An appeal names the next round and the bond that it asks for.", safe="No bond was taken."
        )
    if message.reason_hash != keccak(text=body.reason):
        raise Malformed("The reason is not the one that was signed.", safe="No bond was taken.")
    if party == "miner":
        _put_down_bond(session, settings, me, message, bond, body.debit, task, now)
        _give_up_redo(session, given)
    moves.happen(session, row, campaign, Appealed(bond), now)
    row.settle_at, row.since, row.judge_by = None, now, now + campaign.terms.window
    session.add(
        AppealRow(
            campaign_id=campaign_id,
            index=message.index,
            attempt=message.attempt,
            round=message.round,
            party=party,
            account=me,
            message=json.dumps(message.to_json()),
            signature=body.appeal.signature,
            bond=bond.units,
            reason=body.reason,
            made_at=now,
        )
    )
    given.state = "submitted"
    events.add(
        session,
        given.miner,
        "appealed",
        now,
        {
            "assignment_hash": given.hash,
            "by": party,
            "round": message.round,
            "reason": body.reason,
            "judge_by": row.judge_by,
        },
    )
    return {"round": message.round, "judge_by": row.judge_by}


def _task(session: Session, campaign_id: str, index: int) -> tuple[TaskRow, Facts]:
    campaign = facts(campaigns.get(session, campaign_id))
    row = session.get(TaskRow, (campaign_id, index))
    if row is None:
        raise NotFound("There is no such task.")
    return row, campaign


def _given(session: Session, row: TaskRow, task: Task, attempt: int) -> AssignmentRow:
    if task.attempt != attempt or task.state not in (TaskState.ACCEPTED, TaskState.REJECTED):
        raise Late("This verdict stands and can not be objected to any more.", safe="Nothing was taken.")
    return tasks.assignment_of(session, row.campaign_id, row.index, attempt)


def _party(me: str, campaign: Facts, task: Task, given: AssignmentRow) -> str:
    if me == campaign.terms.requester and task.verdict:
        return "requester"
    if me == given.miner and not task.verdict:
        return "miner"
    raise NotFound("There is no such verdict against you.")


def _put_down_bond(
    session: Session,
    settings: Settings,
    me: str,
    message: Appeal,
    bond: Amount,
    debit: Signed | None,
    task: Task,
    now: int,
) -> None:
    if bond:
        batches.take_debit(session, settings, me, bond.units, message.struct_hash(), debit, now)
        return
    if debit is not None:
        raise BadDebit("This appeal asks for no bond.")
    redo_given_up = task.rules.has_redo and not task.redo
    if not redo_given_up and repository.lost_appeals(session, me, now - 30 * DAY) >= FREE_LOST:
        raise AppealLimit(
            f"You lost {FREE_LOST} appeals without a bond in the last 30 days.",
            safe="The verdict is as it was.",
            action="Appeal again when they are longer ago, or put up a stake with your next task.",
        )


def _give_up_redo(session: Session, given: AssignmentRow) -> None:
    again = tasks.redo_of(session, given)
    if again is not None and again.state == "leased":
        again.state = "void"
        session.get_one(BatchRow, again.batch_id).released = True


def accept_verdict(
    session: Session, settings: Settings, me: str, hashes: list[str], now: int
) -> dict[str, Any]:
    """The miner lets verdicts stand that wait for an appeal or a redo; they are settled at once."""
    stood = 0
    for name in dict.fromkeys(hashes):
        given = session.get(AssignmentRow, name)
        if given is None or given.miner != me:
            raise NotFound("One of these is not a task of yours.", safe="Nothing was changed.")
        row, campaign = _task(session, given.campaign_id, given.index)
        task = record.load(row, campaign)
        if task.attempt != given.attempt or task.state is not TaskState.REJECTED:
            continue
        again = tasks.redo_of(session, given)
        if again is not None and again.state == "leased":
            settling.redo_passed(session, settings, row, campaign, again, now)
        else:
            settling.settle(session, settings, row, campaign, now)
        stood += 1
    return {"stood": stood}


def commission(
    session: Session, settings: Settings, me: str, campaign_id: str, signed: Signed, now: int
) -> dict[str, Any]:
    """The requester has accepted work judged; the same again changes nothing. Raises Late, Malformed, Conflict."""
    campaigns.owned(session, campaign_id, me)
    message = Commission.from_json(signed.message)
    message.check(settings.campaigns_domain, raw(signed.signature), me)
    if message.campaign_id != bytes.fromhex(campaign_id[2:]):
        raise Conflict("This commission is for another campaign.")
    row, campaign = _task(session, campaign_id, message.index)
    known = session.get(CommissionRow, (campaign_id, message.index, message.attempt))
    if known is not None and json.loads(known.message) == message.to_json():
        return {"judge_by": row.judge_by}
    task = record.load(row, campaign)
    given = _given(session, row, task, message.attempt)
    if not settling.can_commission(task) or row.settle_at is None or now > row.settle_at:
        raise Late("This work cannot be commissioned any more.", safe="Nothing was paid.")
    try:
        moves.happen(session, row, campaign, Commissioned(Amount(message.fee)), now)
    except GemsError as error:
        raise Malformed(error.message, safe="Nothing was paid.", action=error.action) from error
    row.settle_at, row.since, row.judge_by = None, now, now + campaign.terms.window
    given.state = "submitted"
    session.add(
        CommissionRow(
            campaign_id=campaign_id,
            index=message.index,
            attempt=message.attempt,
            message=json.dumps(message.to_json()),
            signature=signed.signature,
            fee=message.fee,
            made_at=now,
        )
    )
    body = {
        "assignment_hash": given.hash,
        "by": "requester",
        "round": 255,
        "reason": "",
        "judge_by": row.judge_by,
    }
    events.add(session, given.miner, "appealed", now, body)
    return {"judge_by": row.judge_by}


def held(session: Session, me: str, campaign_id: str, after: int) -> dict[str, Any]:
    """Accepted work of a requester that can still be appealed or commissioned, 500 at a time."""
    campaign = facts(campaigns.owned(session, campaign_id, me))
    found: list[dict[str, Any]] = []
    size = 0
    for row in tasks.held(session, campaign_id, after):
        task = record.load(row, campaign)
        given = tasks.assignment_of(session, campaign_id, row.index, task.attempt)
        size += len(given.answer or "")
        if found and size > HELD_SIZE:
            break
        bond = appeal_bond(task)
        most = most_fee(task.mr, task.reward, task.rules.commission_ppm)
        found.append(
            {
                "index": row.index,
                "attempt": task.attempt,
                "until": row.settle_at,
                "answer": json.loads(given.answer or "null"),
                "round": task.round + 1,
                "bond": None if bond is None else str(bond),
                "seats": 0 if bond is None else task.rules.panel(task.round + 1).size,
                "max_fee": str(most if settling.can_commission(task) else 0),
            }
        )
    return {"held": found, "last": found[-1]["index"] if found else after}
