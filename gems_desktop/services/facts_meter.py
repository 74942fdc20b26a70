# SPDX-License-Identifier: Apache-2.0
"""What the data meter shows: bytes that crossed the network, by day and by campaign."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DayTraffic:
    """One UTC day ("2026-07-31"); bytes with their headers, whose size is estimated."""

    day: str
    received: int
    sent: int

    @property
    def total(self) -> int:
        """Bytes both ways."""
        return self.received + self.sent


@dataclass(frozen=True, slots=True)
class CampaignTraffic:
    """What one campaign's tasks, files and answers took; campaign_id and title "": all that belongs to none."""

    campaign_id: str
    title: str
    received: int
    sent: int

    @property
    def total(self) -> int:
        """Bytes both ways."""
        return self.received + self.sent


@dataclass(frozen=True, slots=True)
class MeterFacts:
    """The last days, oldest first and without gaps, and the campaigns of those days, most bytes first."""

    days: tuple[DayTraffic, ...]
    campaigns: tuple[CampaignTraffic, ...]
    today: int
