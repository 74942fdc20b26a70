# SPDX-License-Identifier: Apache-2.0
"""All queries about reports of abuse."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import Session

from gems_platform.abuse.tables import AbuseRow
from gems_platform.reviews.tables import SeatRow
from gems_platform.tasks.tables import AssignmentRow


def of_reporter(session: Session, reporter: str, thing: str) -> AbuseRow | None:
    """Somebody's report of one thing."""
    return session.scalar(select(AbuseRow).where(AbuseRow.reporter == reporter, AbuseRow.thing == thing))


def made(session: Session, reporter: str, since: int) -> int:
    """How many reports somebody has made since a time."""
    query = select(func.count()).where(AbuseRow.reporter == reporter, AbuseRow.at > since)
    return session.scalar(query) or 0


def own(session: Session, reporter: str, limit: int) -> Sequence[AbuseRow]:
    """Somebody's own reports, the newest first."""
    query = select(AbuseRow).where(AbuseRow.reporter == reporter)
    return session.scalars(query.order_by(AbuseRow.at.desc(), AbuseRow.id).limit(limit)).all()


def page(session: Session, state: str, after: tuple[int, str], limit: int) -> Sequence[AbuseRow]:
    """Reports in a state, the oldest first, from `after` on."""
    at, report_id = after
    query = select(AbuseRow).where(
        AbuseRow.state == state,
        or_(AbuseRow.at > at, and_(AbuseRow.at == at, AbuseRow.id > report_id)),
    )
    return session.scalars(query.order_by(AbuseRow.at, AbuseRow.id).limit(limit)).all()


def has_seat(session: Session, campaign_id: str, index: int, verifier: str) -> bool:
    """Whether somebody was asked to judge a task."""
    seat = exists().where(
        SeatRow.campaign_id == campaign_id, SeatRow.index == index, SeatRow.verifier == verifier
    )
    return bool(session.scalar(select(seat)))


def workers(session: Session, least: int, campaign_id: str | None = None) -> dict[str, int]:
    """By campaign, how many different accounts that handed in work there have an open report, where at least `least`.

    A second report of one account, and the report of whoever did no work there, count for nothing.
    """
    worked = exists().where(
        AssignmentRow.campaign_id == AbuseRow.campaign_id,
        AssignmentRow.miner == AbuseRow.reporter,
        AssignmentRow.submitted_at.is_not(None),
    )
    count = func.count(AbuseRow.reporter.distinct())
    query = select(AbuseRow.campaign_id, count).where(AbuseRow.state == "open", worked)
    if campaign_id is not None:
        query = query.where(AbuseRow.campaign_id == campaign_id)
    query = query.group_by(AbuseRow.campaign_id).having(count >= least)
    ordered = query.order_by(AbuseRow.campaign_id).limit(1000)
    return {row[0]: row[1] for row in session.execute(ordered)}
