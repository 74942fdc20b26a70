# SPDX-License-Identifier: Apache-2.0
"""How many of a campaign's verifications are one verifier's fair share (ADR 0019)."""

from __future__ import annotations

from sqlalchemy.orm import Session

from gems_platform.campaigns import repository as campaigns
from gems_platform.matching import tallies
from gems_platform.reviews import repository as reviews
from gems_platform.settings import Settings
from gems_protocol.audit import MILLION


class Shares:
    """Counts what verifiers have of campaigns as seats are given to them."""

    def __init__(self, session: Session, settings: Settings) -> None:
        self._session, self._settings = session, settings
        self._taken: dict[tuple[str, str], int] = {}
        self._most: dict[str, int] = {}

    def has_room(self, campaign_id: str, verifier: str) -> bool:
        """Whether one more seat is within their share."""
        key = (campaign_id, verifier)
        if key not in self._taken:
            self._taken[key] = reviews.seats_in(self._session, campaign_id, verifier)
        return self._taken[key] < self.most(campaign_id)

    def take(self, campaign_id: str, verifier: str) -> None:
        """Count one more."""
        self._taken[campaign_id, verifier] += 1

    def most(self, campaign_id: str) -> int:
        """How many seats of a campaign are a fair share: of those filled so far, or of two for each task."""
        if campaign_id not in self._most:
            usual = 2 * campaigns.get(self._session, campaign_id).tasks_total
            filled = tallies.count(self._session, campaign_id, tallies.SEATS)
            share = max(usual, filled) * self._settings.review_share_ppm // MILLION
            self._most[campaign_id] = max(share, self._settings.review_share_least)
        return self._most[campaign_id]
