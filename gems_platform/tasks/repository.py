# SPDX-License-Identifier: Apache-2.0
"""All queries about tasks, assignments and batches; who asks is part of each query."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import Session

from gems_platform.campaigns.tables import SeedRow
from gems_platform.errors import NotFound
from gems_platform.reviews.tables import SeatRow
from gems_platform.tasks.tables import AssignmentRow, BatchRow, TaskRow

AT_ONCE = 1_000  # rows of one kind that one tick takes on: others wait for the writer's place meanwhile


def task(session: Session, campaign_id: str, index: int) -> TaskRow:
    """A task that is known to exist."""
    return session.get_one(TaskRow, (campaign_id, index))


def tasks_at(session: Session, campaign_id: str, indexes: Iterable[int]) -> list[TaskRow]:
    """Tasks of a campaign in one query; as long as they are held, `task` costs none."""
    wanted = sorted(set(indexes))
    found: list[TaskRow] = []
    for at in range(0, len(wanted), 500):
        part = TaskRow.index.in_(wanted[at : at + 500])
        found += session.scalars(select(TaskRow).where(TaskRow.campaign_id == campaign_id, part))
    return found


def leasable(session: Session, campaign_id: str, miner: str) -> list[int]:
    """Indexes of open tasks that this miner never had, nor judged."""
    had = exists().where(
        AssignmentRow.campaign_id == TaskRow.campaign_id,
        AssignmentRow.index == TaskRow.index,
        AssignmentRow.miner == miner,
        AssignmentRow.state != "void",
    )
    judged = exists().where(
        SeatRow.campaign_id == TaskRow.campaign_id, SeatRow.index == TaskRow.index, SeatRow.verifier == miner
    )
    query = select(TaskRow.index).where(
        TaskRow.campaign_id == campaign_id, TaskRow.state == "open", ~had, ~judged
    )
    return list(session.scalars(query))


def own_batch(session: Session, batch_id: str, worker: str) -> BatchRow:
    """A worker's own batch; raises NotFound for everybody else's."""
    row = session.get(BatchRow, batch_id)
    if row is None or row.worker != worker:
        raise NotFound("There is no such batch.")
    return row


def open_batches(session: Session, worker: str) -> Sequence[BatchRow]:
    """A worker's batches that are not over, oldest first."""
    query = select(BatchRow).where(
        BatchRow.worker == worker, BatchRow.state != "void", BatchRow.released.is_(False)
    )
    return session.scalars(query.order_by(BatchRow.created_at, BatchRow.id)).all()


def void_since(session: Session, worker: str, since: int) -> int:
    """How many of a worker's batches of this time were never confirmed."""
    query = select(func.count()).where(
        BatchRow.worker == worker, BatchRow.state == "void", BatchRow.created_at >= since
    )
    return session.scalar(query) or 0


def unconfirmed(session: Session, before: int) -> Sequence[BatchRow]:
    """Batches that nobody confirmed in time."""
    return session.scalars(
        select(BatchRow).where(BatchRow.state == "offered", BatchRow.confirm_by < before)
    ).all()


def in_batch(session: Session, batch_id: str) -> Sequence[AssignmentRow]:
    """A batch's assignments in order."""
    query = select(AssignmentRow).where(AssignmentRow.batch_id == batch_id)
    return session.scalars(query.order_by(AssignmentRow.place)).all()


def overdue(session: Session, due_before: int) -> Sequence[AssignmentRow]:
    """Assignments whose answer did not come in time."""
    query = select(AssignmentRow).where(AssignmentRow.state == "leased", AssignmentRow.due_at < due_before)
    return session.scalars(query).all()


def assignment_of(session: Session, campaign_id: str, index: int, attempt: int) -> AssignmentRow:
    """The assignment of one attempt."""
    return session.scalars(
        select(AssignmentRow).where(
            AssignmentRow.campaign_id == campaign_id,
            AssignmentRow.index == index,
            AssignmentRow.attempt == attempt,
        )
    ).one()


def find_assignment(session: Session, campaign_id: str, index: int, attempt: int) -> AssignmentRow | None:
    """The assignment of one attempt, if there is one."""
    query = select(AssignmentRow).where(
        AssignmentRow.campaign_id == campaign_id,
        AssignmentRow.index == index,
        AssignmentRow.attempt == attempt,
    )
    return session.scalar(query)


def redo_of(session: Session, first: AssignmentRow) -> AssignmentRow | None:
    """The second try that was offered after a rejected first one."""
    return session.scalar(
        select(AssignmentRow).where(
            AssignmentRow.campaign_id == first.campaign_id,
            AssignmentRow.index == first.index,
            AssignmentRow.attempt == first.attempt + 1,
            AssignmentRow.miner == first.miner,
            AssignmentRow.is_redo.is_(True),
        )
    )


def due_to_settle(session: Session, now: int) -> Sequence[TaskRow]:
    """Tasks whose verdict has waited long enough for an objection."""
    query = select(TaskRow).where(TaskRow.settle_at <= now).order_by(TaskRow.settle_at)
    return session.scalars(query).all()


def held(session: Session, campaign_id: str, after: int) -> Sequence[TaskRow]:
    """Accepted tasks that wait for their requester's objection."""
    query = select(TaskRow).where(
        TaskRow.campaign_id == campaign_id,
        TaskRow.index > after,
        TaskRow.state == "accepted",
        TaskRow.settle_at.is_not(None),
    )
    return session.scalars(query.order_by(TaskRow.index).limit(500)).all()


def waiting_for_seed(session: Session, today: int) -> Sequence[AssignmentRow]:
    """Submissions that can be drawn: their day is over and its seed is here, or they waited the day after it too."""
    revealed = exists().where(
        SeedRow.campaign_id == AssignmentRow.campaign_id, SeedRow.day == AssignmentRow.waits_for_day
    )
    query = select(AssignmentRow).where(
        or_(AssignmentRow.waits_for_day <= today - 2, and_(AssignmentRow.waits_for_day < today, revealed))
    )
    return session.scalars(query.limit(AT_ONCE)).all()


class OfDay(NamedTuple):
    """What a submission adds to the commitment of its day."""

    day: int
    hash: str
    result_hash: str
    salt: str


def drawn_by_day(session: Session, campaign_id: str) -> list[OfDay]:
    """A campaign's submissions with the day on which they came; without their answers, which are large."""
    query = select(
        AssignmentRow.day, AssignmentRow.hash, AssignmentRow.result_hash, AssignmentRow.salt
    ).where(AssignmentRow.campaign_id == campaign_id, AssignmentRow.day > 0)
    found = session.execute(query.where(AssignmentRow.submitted_at.is_not(None)))
    return [OfDay(day, name, str(result), str(salt)) for day, name, result, salt in found]
