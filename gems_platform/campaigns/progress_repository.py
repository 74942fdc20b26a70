# SPDX-License-Identifier: Apache-2.0
"""The queries behind a campaign's progress; each counts in the store and gives a bounded answer."""

from __future__ import annotations

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from gems_platform.reviews.tables import SeatRow
from gems_platform.tasks.tables import AssignmentRow

_NEWEST = 500  # submissions from which the time of a task is measured


def attempts(session: Session, campaign_id: str) -> dict[tuple[bool, str], int]:
    """How many attempts came in, by whether their verdict is final and by state."""
    query = (
        select(AssignmentRow.final, AssignmentRow.state, func.count())
        .where(AssignmentRow.campaign_id == campaign_id, AssignmentRow.submitted_at.is_not(None))
        .group_by(AssignmentRow.final, AssignmentRow.state)
    )
    return {(bool(final), state): number for final, state, number in session.execute(query)}


def split(session: Session, campaign_id: str) -> tuple[int, int]:
    """(judged attempts on which not all votes say the same, judged attempts)."""
    votes = (
        select(
            func.sum(case((SeatRow.accept.is_(True), 1), else_=0)).label("yes"),
            func.sum(case((SeatRow.accept.is_(False), 1), else_=0)).label("no"),
        )
        .where(SeatRow.campaign_id == campaign_id, SeatRow.state.in_(("agreed", "disagreed")))
        .group_by(SeatRow.index, SeatRow.attempt)
        .subquery()
    )
    both = case(((votes.c.yes > 0) & (votes.c.no > 0), 1), else_=0)
    found = session.execute(select(func.coalesce(func.sum(both), 0), func.count()).select_from(votes)).one()
    return int(found[0]), int(found[1])


def reasons(session: Session, campaign_id: str) -> dict[str, int]:
    """Why verifiers rejected, of verdicts that are final: reason -> votes; "" where none was given."""
    query = (
        select(SeatRow.reason, func.count())
        .where(
            SeatRow.campaign_id == campaign_id,
            SeatRow.accept.is_(False),
            SeatRow.state.in_(("agreed", "disagreed")),
        )
        .group_by(SeatRow.reason)
    )
    return {reason or "": number for reason, number in session.execute(query)}


def seconds(session: Session, campaign_id: str) -> list[int]:
    """Seconds that one task took in the newest submissions: from taking a batch to sending it, divided by its tasks."""
    sizes = (
        select(AssignmentRow.batch_id, func.count().label("size"))
        .where(AssignmentRow.campaign_id == campaign_id, AssignmentRow.submitted_at.is_not(None))
        .group_by(AssignmentRow.batch_id)
        .subquery()
    )
    query = (
        select(AssignmentRow.submitted_at, AssignmentRow.leased_at, sizes.c.size)
        .join(sizes, sizes.c.batch_id == AssignmentRow.batch_id)
        .where(AssignmentRow.campaign_id == campaign_id, AssignmentRow.submitted_at.is_not(None))
        .order_by(AssignmentRow.submitted_at.desc(), AssignmentRow.hash)
        .limit(_NEWEST)
    )
    return [
        max(1, (submitted - leased) // max(1, size))
        for submitted, leased, size in session.execute(query)
        if submitted is not None
    ]


def submitted_since(session: Session, campaign_id: str, since: int) -> int:
    """How many answers came in since Unix second `since`."""
    query = select(func.count()).where(
        AssignmentRow.campaign_id == campaign_id, AssignmentRow.submitted_at >= since
    )
    return session.scalar(query) or 0


def judged_since(session: Session, campaign_id: str, since: int) -> int:
    """How many verdicts became final since Unix second `since`."""
    query = select(func.count()).where(
        AssignmentRow.campaign_id == campaign_id,
        AssignmentRow.final.is_(True),
        AssignmentRow.judged_at >= since,
    )
    return session.scalar(query) or 0


def first_submission(session: Session, campaign_id: str) -> int | None:
    """When the first answer came in."""
    return session.scalar(
        select(func.min(AssignmentRow.submitted_at)).where(AssignmentRow.campaign_id == campaign_id)
    )


def last_submission(session: Session, campaign_id: str) -> int | None:
    """When the newest answer came in."""
    return session.scalar(
        select(func.max(AssignmentRow.submitted_at)).where(AssignmentRow.campaign_id == campaign_id)
    )
