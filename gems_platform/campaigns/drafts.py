# SPDX-License-Identifier: Apache-2.0
"""Campaigns that were offered and not funded: accounts cost nothing, so each has few, and none stays for ever."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Sequence

from sqlalchemy import and_, delete, exists, func, or_, select
from sqlalchemy.orm import Session

from gems_platform.abuse.tables import AbuseRow
from gems_platform.campaigns.tables import CampaignRow
from gems_platform.errors import QuotaReached, TooMany
from gems_platform.gold.tables import GoldRow, GoldSetRow, PracticeRow, PracticeTryRow
from gems_platform.matching.tables import TallyRow
from gems_platform.settings import Settings
from gems_platform.tasks.tables import TaskRow

AT_ONCE = 200  # drafts whose escrow one look at the chain asks for
_DROPPED = 5  # drafts that are over, with each new one
_PARTS = (TallyRow, GoldRow, GoldSetRow, PracticeTryRow, PracticeRow, TaskRow)
#: Nothing was ever seen to go into its escrow: also one that was cancelled before that.
UNFUNDED = and_(CampaignRow.funded == 0, CampaignRow.state.in_(("draft", "cancelled")))
_WAITS = or_(CampaignRow.state == "draft", UNFUNDED)


def make_room(session: Session, settings: Settings, requester: str, now: int) -> None:
    """Before another draft of an account is kept: drop some that are over; raises QuotaReached, TooMany."""
    _drop_over(session, now - settings.draft_s)
    query = select(func.count()).where(CampaignRow.requester == requester, _WAITS)
    if (session.scalar(query) or 0) >= settings.draft_limit:
        raise QuotaReached(
            f"{settings.draft_limit} campaigns of yours are not funded yet.",
            safe="They are kept.",
            action="Fund one of them, or wait until one is over.",
        )
    if not settings.store_url and shutil.disk_usage(settings.data_dir).free < settings.disk_reserve_bytes:
        raise TooMany("The platform has no room for campaigns now.", action="Try again later.")


def watched(session: Session) -> Sequence[CampaignRow]:
    """Campaigns whose escrow is still of interest: every one that was funded, and some of those that were not.

    With more than AT_ONCE of those each look takes another part, so that no number of them keeps others waiting.
    """
    found = list(session.scalars(select(CampaignRow).where(~_WAITS)))
    count = session.scalar(select(func.count()).where(_WAITS)) or 0
    part = secrets.randbelow(-(-count // AT_ONCE) or 1)
    waiting = select(CampaignRow).where(_WAITS).order_by(CampaignRow.created_at, CampaignRow.id)
    return [*found, *session.scalars(waiting.offset(part * AT_ONCE).limit(AT_ONCE))]


def _drop_over(session: Session, before: int) -> None:
    """Forget some of those from before a time that nobody funded or reported."""
    reported = exists().where(AbuseRow.campaign_id == CampaignRow.id)
    over = select(CampaignRow.id).where(UNFUNDED, CampaignRow.created_at < before, ~reported)
    names = session.scalars(over.order_by(CampaignRow.created_at, CampaignRow.id).limit(_DROPPED)).all()
    for table in _PARTS if names else ():
        session.execute(delete(table).where(table.campaign_id.in_(names)))
    if names:
        session.execute(delete(CampaignRow).where(CampaignRow.id.in_(names)))
