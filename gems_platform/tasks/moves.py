# SPDX-License-Identifier: Apache-2.0
"""The one place where something happens to a task: the protocol's step, its money into the ledger and the lines."""

from __future__ import annotations

from sqlalchemy.orm import Session

from gems_platform.campaigns.facts import Facts
from gems_platform.channels import repository as channels
from gems_platform.matching import tallies
from gems_platform.tasks import record
from gems_platform.tasks.tables import TaskRow, TransferRow
from gems_protocol.ledger import Transfer
from gems_protocol.lines import lines_of
from gems_protocol.task import Task, TaskState, step
from gems_protocol.task_events import Event

_SEATING = (TaskState.SUBMITTED, TaskState.IN_REVIEW, TaskState.APPEALED, TaskState.COMMISSIONED)


def happen(
    session: Session,
    row: TaskRow,
    campaign: Facts,
    event: Event,
    now: int,
    *,
    judge: bool = True,
    unstaked: str | None = None,
) -> Task:
    """Let `event` happen to the task of `row`; raises MoveNotAllowed and changes nothing then.

    judge: whether a submitted answer waits for a panel (False until its audit draw). unstaked: a worker whose
    stake was never put up (its lease was void), so that nothing of it goes back.
    """
    before = record.load(row, campaign)
    done = step(before, event)
    row.record = record.dump(done.task)
    tallies.moved(session, row.campaign_id, row.state, done.task.state.value)
    row.state = done.task.state.value
    row.seats_wanted = _seats_wanted(done.task) if judge else 0
    for moved in done.transfers:
        session.add(_row(row, before.attempt, moved, now))
        tallies.spent(session, row.campaign_id, moved)
    for worker in sorted({moved.target for moved in done.transfers if moved.target.startswith("worker:")}):
        address = worker.removeprefix("worker:")
        if address == unstaked:
            continue
        lines = lines_of(campaign.campaign_id, row.index, before.attempt, done.transfers, address)
        channels.add_lines(session, address, lines)
    return done.task


def _seats_wanted(task: Task) -> int:
    """Free seats of the round; blind verifiers of a first round are asked one at a time."""
    if task.state not in _SEATING:
        return 0
    free = task.panel.size - len(task.seats)
    if task.rules.blind and task.round == 0 and not task.commission:
        return min(free, 0 if any(seat.vote is None for seat in task.seats) else 1)
    return free


def _row(row: TaskRow, attempt: int, moved: Transfer, now: int) -> TransferRow:
    return TransferRow(
        campaign_id=row.campaign_id,
        index=row.index,
        attempt=attempt,
        round=moved.round,
        source=moved.source,
        target=moved.target,
        amount=moved.amount.units,
        why=moved.why.value,
        at=now,
    )
