# SPDX-License-Identifier: Apache-2.0
"""All queries about ratings."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from gems_platform.campaigns.tables import CampaignRow
from gems_platform.channels.tables import LineRow
from gems_platform.ratings.tables import RatingRow
from gems_platform.trust.tables import OutcomeRow
from gems_protocol.lines import LineKind

_PAID = (LineKind.REWARD.value, LineKind.REVIEW_PAY.value)


def may_rate(session: Session, worker: str, campaign_id: str) -> bool:
    """Whether the worker has a judged outcome in a campaign, or was paid there for work or review."""
    judged = exists().where(OutcomeRow.worker == worker, OutcomeRow.campaign_id == campaign_id)
    paid = exists().where(
        LineRow.worker == worker, LineRow.campaign_id == campaign_id, LineRow.kind.in_(_PAID)
    )
    return bool(session.scalar(select(judged | paid)))


def put(session: Session, row: RatingRow) -> None:
    """Keep a rating in the place of the same worker's earlier one."""
    session.merge(row)
    session.flush()


def of_worker(session: Session, worker: str, campaign_id: str) -> RatingRow | None:
    """A worker's rating of a campaign."""
    return session.get(RatingRow, (worker, campaign_id))


def of_requester(session: Session, requester: str) -> Sequence[RatingRow]:
    """Every rating of a requester's campaigns."""
    query = select(RatingRow).join(CampaignRow, CampaignRow.id == RatingRow.campaign_id)
    return session.scalars(query.where(CampaignRow.requester == requester)).all()


def of_campaign(session: Session, campaign_id: str) -> Sequence[RatingRow]:
    """Every rating of a campaign."""
    return session.scalars(select(RatingRow).where(RatingRow.campaign_id == campaign_id)).all()
