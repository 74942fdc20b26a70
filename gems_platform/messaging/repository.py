# SPDX-License-Identifier: Apache-2.0
"""All queries about threads and messages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from gems_platform.messaging.tables import AliasRow, MessageRow, ThreadRow
from gems_platform.tasks.tables import AssignmentRow

#: States of an assignment that its miner has, or had: not one that was only offered.
HELD = ("leased", "submitted", "accepted", "rejected", "expired", "returned")


def newest_given(
    session: Session, campaign_id: str, index: int, worker: str | None = None
) -> AssignmentRow | None:
    """The newest assignment of a task that somebody, or this worker, has or had."""
    query = select(AssignmentRow).where(
        AssignmentRow.campaign_id == campaign_id,
        AssignmentRow.index == index,
        AssignmentRow.state.in_(HELD),
    )
    if worker is not None:
        query = query.where(AssignmentRow.miner == worker)
    return session.scalar(query.order_by(AssignmentRow.attempt.desc()).limit(1))


def thread_about(session: Session, campaign_id: str, index: int, worker: str) -> ThreadRow | None:
    """What was said with a worker about a task."""
    return session.scalar(
        select(ThreadRow).where(
            ThreadRow.campaign_id == campaign_id, ThreadRow.index == index, ThreadRow.worker == worker
        )
    )


def given_of(session: Session, threads: Iterable[ThreadRow]) -> dict[str, AssignmentRow]:
    """By thread, the newest assignment that its worker has or had of its task."""
    query = (
        select(ThreadRow.id, AssignmentRow)
        .join(
            AssignmentRow,
            and_(
                AssignmentRow.campaign_id == ThreadRow.campaign_id,
                AssignmentRow.index == ThreadRow.index,
                AssignmentRow.miner == ThreadRow.worker,
            ),
        )
        .where(ThreadRow.id.in_([thread.id for thread in threads]), AssignmentRow.state.in_(HELD))
        .order_by(AssignmentRow.attempt)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def threads(
    session: Session,
    limit: int,
    after: tuple[int, str],
    *,
    worker: str | None = None,
    campaign_id: str | None = None,
) -> Sequence[ThreadRow]:
    """A worker's or a campaign's threads in the order of their newest messages, from `after` on."""
    at, thread_id = after
    query = select(ThreadRow).where(
        or_(ThreadRow.last_at > at, and_(ThreadRow.last_at == at, ThreadRow.id > thread_id))
    )
    if worker is not None:
        query = query.where(ThreadRow.worker == worker)
    if campaign_id is not None:
        query = query.where(ThreadRow.campaign_id == campaign_id)
    return session.scalars(query.order_by(ThreadRow.last_at, ThreadRow.id).limit(limit)).all()


def messages(session: Session, thread_id: str, after: int, limit: int) -> Sequence[MessageRow]:
    """A thread's messages after a number, in order."""
    query = select(MessageRow).where(MessageRow.thread_id == thread_id, MessageRow.seq > after)
    return session.scalars(query.order_by(MessageRow.seq).limit(limit)).all()


def written(session: Session, author: str, since: int, thread_id: str | None = None) -> int:
    """How many messages somebody has written since a time, in all or in one thread."""
    query = select(func.count()).where(MessageRow.author == author, MessageRow.at > since)
    if thread_id is not None:
        query = query.where(MessageRow.thread_id == thread_id)
    return session.scalar(query) or 0


def alias(session: Session, campaign_id: str, worker: str) -> str | None:
    """What a requester calls a worker in a campaign."""
    row = session.get(AliasRow, (campaign_id, worker))
    return None if row is None else row.alias


def alias_taken(session: Session, campaign_id: str, name: str) -> bool:
    """Whether another worker has this name in a campaign."""
    query = select(AliasRow.worker).where(AliasRow.campaign_id == campaign_id, AliasRow.alias == name)
    return session.scalar(query) is not None
