# SPDX-License-Identifier: Apache-2.0
"""What anybody may see of draws, and what somebody may see of themselves in them. Raises NotFound for no campaign."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from gems_platform.campaigns import repository as campaigns
from gems_platform.matching import names, panels, repository, work
from gems_platform.schemas import text

PAGE = 50


def rounds(session: Session, campaign_id: str, after: int) -> dict[str, Any]:
    """The drawn rounds of a campaign's tasks after a round's number, oldest first."""
    campaigns.get(session, campaign_id)
    found = repository.rounds(session, campaign_id, after, PAGE)
    return {"rounds": [work.show_round(row) for row in found], "commit": text(names.commit(session))}


def mine(session: Session, campaign_id: str, me: str) -> dict[str, Any]:
    """Under which name somebody is a candidate in a campaign's draws."""
    campaigns.get(session, campaign_id)
    salt = names.salt(session, campaign_id, me)
    return {"salt": text(salt), "name": text(names.name(session, campaign_id, me))}


def panel(session: Session, campaign_id: str, index: int, attempt: int) -> dict[str, Any]:
    """The draws of an attempt's panels."""
    campaigns.get(session, campaign_id)
    return panels.show(session, campaign_id, index, attempt)
