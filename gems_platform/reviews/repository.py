# SPDX-License-Identifier: Apache-2.0
"""All queries about seats and panels."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import Session

from gems_platform.campaigns.tables import CampaignRow
from gems_platform.reviews.tables import AppealRow, PanelRow, SeatRow
from gems_platform.tasks.tables import AssignmentRow, BatchRow, TaskRow


def of_task(session: Session, campaign_id: str, index: int) -> Sequence[SeatRow]:
    """Every seat that a task had, in the order of attempts and rounds."""
    query = select(SeatRow).where(SeatRow.campaign_id == campaign_id, SeatRow.index == index)
    return session.scalars(query.order_by(SeatRow.attempt, SeatRow.round, SeatRow.verifier)).all()


def of_attempt(session: Session, campaign_id: str, index: int, attempt: int) -> list[SeatRow]:
    """Every seat of one attempt."""
    return [seat for seat in of_task(session, campaign_id, index) if seat.attempt == attempt]


def panels_of(session: Session, campaign_id: str, index: int, attempt: int) -> Sequence[PanelRow]:
    """The signed panels of one attempt, by round."""
    query = select(PanelRow).where(
        PanelRow.campaign_id == campaign_id, PanelRow.index == index, PanelRow.attempt == attempt
    )
    return session.scalars(query.order_by(PanelRow.round)).all()


def wanting(session: Session, verifier: str, limit: int) -> Sequence[TaskRow]:
    """Tasks with a free seat, the longest waiting first, without those that this verifier has to do with."""
    mined = exists().where(
        AssignmentRow.campaign_id == TaskRow.campaign_id,
        AssignmentRow.index == TaskRow.index,
        AssignmentRow.miner == verifier,
    )
    seen = exists().where(
        SeatRow.campaign_id == TaskRow.campaign_id,
        SeatRow.index == TaskRow.index,
        SeatRow.verifier == verifier,
    )
    query = (
        select(TaskRow)
        .join(CampaignRow, CampaignRow.id == TaskRow.campaign_id)
        .where(TaskRow.seats_wanted > 0, CampaignRow.requester != verifier, ~mined, ~seen)
        .order_by(TaskRow.since, TaskRow.campaign_id, TaskRow.index)
    )
    return session.scalars(query.limit(limit)).all()


def in_batch(session: Session, batch_id: str) -> Sequence[SeatRow]:
    """A batch's seats in order."""
    return session.scalars(select(SeatRow).where(SeatRow.batch_id == batch_id).order_by(SeatRow.place)).all()


def overdue(session: Session, due_before: int) -> Sequence[SeatRow]:
    """Seats whose vote did not come in time."""
    return session.scalars(
        select(SeatRow).where(SeatRow.state == "leased", SeatRow.due_at < due_before)
    ).all()


def late_rounds(session: Session, now: int) -> Sequence[TaskRow]:
    """Tasks whose present round of judging has waited long enough."""
    return session.scalars(
        select(TaskRow).where(
            TaskRow.state.in_(("submitted", "in_review", "appealed", "commissioned")),
            TaskRow.seats_wanted > 0,
            TaskRow.judge_by < now,
        )
    ).all()


def over_batches(session: Session) -> Sequence[BatchRow]:
    """Confirmed batches of which nothing is open any more and that are not released yet.

    A vote whose verdict is told and waits for somebody's objection is not open: its verifier can do nothing about it.
    """
    running = ("offered", "leased", "submitted", "voted")
    work = exists().where(AssignmentRow.batch_id == BatchRow.id, AssignmentRow.state.in_(running))
    told = exists().where(
        AssignmentRow.campaign_id == SeatRow.campaign_id,
        AssignmentRow.index == SeatRow.index,
        AssignmentRow.attempt == SeatRow.attempt,
        AssignmentRow.state.in_(("accepted", "rejected")),
    )
    review = exists().where(
        SeatRow.batch_id == BatchRow.id, SeatRow.state.in_(running), ~and_(SeatRow.state == "voted", told)
    )
    query = select(BatchRow).where(BatchRow.state == "confirmed", BatchRow.released.is_(False))
    return session.scalars(query.where(~work, ~review)).all()


def seats_in(session: Session, campaign_id: str, verifier: str) -> int:
    """How many seats somebody has had in a campaign."""
    query = select(func.count()).where(SeatRow.campaign_id == campaign_id, SeatRow.verifier == verifier)
    return session.scalar(query.where(SeatRow.state != "missed")) or 0


def seats_filled(session: Session, campaign_id: str) -> int:
    """How many seats of a campaign were taken and not left."""
    query = select(func.count()).where(SeatRow.campaign_id == campaign_id, SeatRow.state != "missed")
    return session.scalar(query) or 0


def lost_appeals(session: Session, account: str, since: int) -> int:
    """How many appeals without a bond somebody has lost, or has open, since a time."""
    query = select(func.count()).where(
        AppealRow.account == account,
        AppealRow.party == "miner",
        AppealRow.bond == 0,
        AppealRow.made_at >= since,
        or_(AppealRow.won.is_(False), AppealRow.won.is_(None)),
    )
    return session.scalar(query) or 0
