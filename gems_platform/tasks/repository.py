# SPDX-License-Identifier: Apache-2.0
"""All queries about tasks, assignments and batches; who asks is part of each query."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import and_, exists, func, literal_column, or_, select
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


def open_at(
    session: Session, campaign_id: str, known: bool, first: int, end: int, limit: int
) -> list[tuple[int, int]]:
    """(index, place) of open tasks with places from `first` up to `end`, in the order of their places."""
    query = select(TaskRow.index, TaskRow.place).where(
        TaskRow.campaign_id == campaign_id,
        TaskRow.state == literal_column("'open'"),  # as the index over such tasks says it
        TaskRow.known.is_(known),
        TaskRow.place >= first,
        TaskRow.place < end,
    )
    found = session.execute(query.order_by(TaskRow.place, TaskRow.index).limit(limit))
    return [(index, place) for index, place in found]


def barred(session: Session, campaign_id: str, indexes: Collection[int], miner: str) -> set[int]:
    """Which of these tasks this miner had before, or judged."""
    had = {
        index
        for index, who, state in miners_of(session, campaign_id, indexes)
        if who == miner and state != "void"
    }
    return had | {index for index, who in verifiers_of(session, campaign_id, indexes) if who == miner}


def miners_of(session: Session, campaign_id: str, indexes: Collection[int]) -> list[tuple[int, str, str]]:
    """(index, miner, state) of each attempt at these tasks.

    Asking by the tasks and not by the person keeps engines from going over all that the person ever did.
    """
    query = select(AssignmentRow.index, AssignmentRow.miner, AssignmentRow.state).where(
        AssignmentRow.campaign_id == campaign_id, AssignmentRow.index.in_(sorted(indexes))
    )
    return [(row[0], row[1], row[2]) for row in session.execute(query)]


def verifiers_of(session: Session, campaign_id: str, indexes: Collection[int]) -> list[tuple[int, str]]:
    """(index, verifier) of each seat of these tasks."""
    query = select(SeatRow.index, SeatRow.verifier).where(
        SeatRow.campaign_id == campaign_id, SeatRow.index.in_(sorted(indexes))
    )
    return [(row[0], row[1]) for row in session.execute(query)]


def had_by(session: Session, where: Collection[tuple[str, int]], who: str) -> set[tuple[str, int]]:
    """Which of these tasks of any campaigns somebody had or judged, in two queries for any number of campaigns."""
    by: dict[str, list[int]] = {}
    for name, index in where:
        by.setdefault(name, []).append(index)
    found: set[tuple[str, int]] = set()
    for table, person in ((AssignmentRow, AssignmentRow.miner), (SeatRow, SeatRow.verifier)) if by else ():
        parts = [and_(table.campaign_id == name, table.index.in_(sorted(by[name]))) for name in sorted(by)]
        query = select(table.campaign_id, table.index, person).where(or_(*parts))
        found.update((row[0], row[1]) for row in session.execute(query) if row[2] == who)
    return found


def take_open(session: Session, campaign_id: str, indexes: Sequence[int]) -> list[TaskRow]:
    """Those of these tasks that are open and that no other transaction is taking, in the order asked for."""
    # Asked for by the key alone: an index over open tasks would lead through all of a campaign that no statistics know.
    query = select(TaskRow).where(TaskRow.campaign_id == campaign_id, TaskRow.index.in_(sorted(indexes)))
    query = query.with_for_update(skip_locked=True).execution_options(populate_existing=True)
    found = {row.index: row for row in session.scalars(query) if row.state == "open"}
    return [found[index] for index in indexes if index in found]


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


def named_in_batch(session: Session, batch_id: str, hashes: Sequence[str]) -> list[AssignmentRow]:
    """Those of these assignments that are of the batch."""
    found: list[AssignmentRow] = []
    for at in range(0, len(hashes), 500):
        part = AssignmentRow.hash.in_(hashes[at : at + 500])
        found += session.scalars(select(AssignmentRow).where(AssignmentRow.batch_id == batch_id, part))
    return found


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
