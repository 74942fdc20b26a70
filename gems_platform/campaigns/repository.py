# SPDX-License-Identifier: Apache-2.0
"""All queries about campaigns."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from gems_platform.campaigns import drafts
from gems_platform.campaigns.tables import CampaignRow
from gems_platform.errors import NotFound
from gems_platform.matching import tallies
from gems_platform.tasks.tables import AssignmentRow, TaskRow, TransferRow


def find(session: Session, campaign_id: str) -> CampaignRow | None:
    """The campaign, if it is known."""
    return session.get(CampaignRow, campaign_id)


def get(session: Session, campaign_id: str) -> CampaignRow:
    """The campaign; raises NotFound."""
    row = session.get(CampaignRow, campaign_id)
    if row is None:
        raise NotFound("There is no such campaign.")
    return row


def owned(session: Session, campaign_id: str, requester: str) -> CampaignRow:
    """The requester's own campaign; raises NotFound for everybody else's."""
    row = get(session, campaign_id)
    if row.requester != requester:
        raise NotFound("There is no such campaign.")
    return row


def listed(session: Session, after: tuple[int, str] | None, limit: int) -> Sequence[CampaignRow]:
    """Campaigns that anybody may see, newest first, after the one with this time and id: those that were funded."""
    query = select(CampaignRow).where(CampaignRow.state != "draft", ~drafts.UNFUNDED)
    if after is not None:
        at, name = after
        later = and_(CampaignRow.created_at == at, CampaignRow.id > name)
        query = query.where(CampaignRow.created_at <= at, or_(CampaignRow.created_at < at, later))
    return session.scalars(query.order_by(CampaignRow.created_at.desc(), CampaignRow.id).limit(limit)).all()


def has_any(session: Session, requester: str) -> bool:
    """Whether the account ever offered a campaign."""
    query = select(CampaignRow.id).where(CampaignRow.requester == requester)
    return session.scalar(query.limit(1)) is not None


def watched(session: Session) -> Sequence[CampaignRow]:
    """Campaigns whose escrow is still of interest, see `drafts`."""
    return drafts.watched(session)


def of_requester(session: Session, requester: str) -> Sequence[CampaignRow]:
    """A requester's campaigns."""
    return session.scalars(select(CampaignRow).where(CampaignRow.requester == requester)).all()


def task_states(session: Session, campaign_id: str) -> dict[str, int]:
    """How many tasks are in each state that any is in."""
    found = tallies.counts(session, campaign_id)
    return {state: n for state, n in found.items() if n and state != tallies.SEATS}


def tasks_from(session: Session, campaign_id: str, first: int, limit: int) -> Sequence[TaskRow]:
    """Tasks in order from index `first` on."""
    query = select(TaskRow).where(TaskRow.campaign_id == campaign_id, TaskRow.index >= first)
    return session.scalars(query.order_by(TaskRow.index).limit(limit)).all()


def attempts(session: Session, campaign_id: str, index: int) -> Sequence[AssignmentRow]:
    """The assignments of one task, first attempt first."""
    query = select(AssignmentRow).where(
        AssignmentRow.campaign_id == campaign_id, AssignmentRow.index == index
    )
    return session.scalars(query.order_by(AssignmentRow.attempt)).all()


def transfers(session: Session, campaign_id: str) -> Sequence[TransferRow]:
    """A campaign's ledger."""
    query = select(TransferRow).where(TransferRow.campaign_id == campaign_id)
    return session.scalars(query.order_by(TransferRow.id)).all()


def held(session: Session, campaign_id: str) -> int:
    """How many accepted tasks wait for their requester's objection."""
    query = select(func.count()).where(
        TaskRow.campaign_id == campaign_id, TaskRow.settle_at.is_not(None), TaskRow.state == "accepted"
    )
    return session.scalar(query) or 0


def work_times(session: Session, campaign_id: str) -> list[int]:
    """Seconds from lease to submission of the campaign's newest submissions."""
    query = (
        select(AssignmentRow.submitted_at - AssignmentRow.leased_at)
        .where(AssignmentRow.campaign_id == campaign_id, AssignmentRow.submitted_at.is_not(None))
        .order_by(AssignmentRow.submitted_at.desc())
    )
    return [seconds for seconds in session.scalars(query.limit(500)) if seconds is not None]


def judged(session: Session, requester: str) -> Sequence[AssignmentRow]:
    """Judged assignments of a requester's campaigns."""
    query = (
        select(AssignmentRow)
        .join(CampaignRow, CampaignRow.id == AssignmentRow.campaign_id)
        .where(CampaignRow.requester == requester, AssignmentRow.judged_at.is_not(None))
    )
    return session.scalars(query).all()
