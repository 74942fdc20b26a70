# SPDX-License-Identifier: Apache-2.0
"""Ratings from those who did work in a campaign, shown with their number and how sure the share of good ones is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy.orm import Session

from gems_platform.campaigns import repository as campaigns
from gems_platform.errors import NotAllowed
from gems_platform.ratings import repository
from gems_platform.ratings.tables import RatingRow
from gems_protocol.requester import ASPECTS, Rating, RatingSummary, rated


def rate(session: Session, me: str, campaign_id: str, marks: dict[str, int], now: int) -> dict[str, Any]:
    """Keep the caller's rating, in the place of an earlier one; raises NotFound, NotAllowed without work there."""
    row = campaigns.get(session, campaign_id)
    if row.requester == me or not repository.may_rate(session, me, campaign_id):
        raise NotAllowed(
            "Only who did judged or paid work in this campaign can rate it.", action="Work in it first."
        )
    repository.put(session, RatingRow(worker=me, campaign_id=campaign_id, at=now, **marks))
    return show(session, me, campaign_id)


def show(session: Session, me: str | None, campaign_id: str) -> dict[str, Any]:
    """A campaign's ratings together, and the caller's own."""
    campaigns.get(session, campaign_id)
    own = None if me is None else repository.of_worker(session, me, campaign_id)
    return {
        "ratings": shown(rated(as_ratings(repository.of_campaign(session, campaign_id)))),
        "mine": None if own is None else {name: getattr(own, name) for name in ASPECTS},
    }


def as_ratings(rows: Iterable[RatingRow]) -> list[Rating]:
    """Rows as the protocol's values."""
    return [Rating(row.pay, row.clarity, row.speed, row.fairness) for row in rows]


def shown(found: dict[str, RatingSummary]) -> dict[str, Any]:
    """{aspect: {"count", "good", "lower", "median"}}; good: how many gave 4 or 5, lower: the bound of that share."""
    return {
        name: {"count": one.count, "good": one.good, "lower": one.lower, "median": one.median}
        for name, one in found.items()
    }
