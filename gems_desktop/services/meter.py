# SPDX-License-Identifier: Apache-2.0
"""The data meter: how many bytes crossed the network, by UTC day and by the campaign that they were for."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from gems_desktop.services.facts_meter import CampaignTraffic, DayTraffic, MeterFacts
from gems_desktop.services.outside import clean_line
from gems_desktop.services.ports import Tx
from gems_desktop.services.records import CampaignRecord, TrafficRecord
from gems_desktop.services.traffic import Traffic

SHOWN_DAYS = 14


def day_of(now: int) -> str:
    """The UTC day of a Unix time, as the meter names it."""
    return datetime.fromtimestamp(now, UTC).date().isoformat()


def bytes_on(tx: Tx, day: str) -> int:
    """Bytes both ways on one UTC day."""
    return sum(row.received + row.sent for row in tx.find(TrafficRecord, day=day))


def count(tx: Tx, day: str, found: Iterable[Traffic]) -> None:
    """Add to what is stored."""
    for traffic in found:
        key = f"{day}:{traffic.campaign_id}"
        had = tx.get(TrafficRecord, key) or TrafficRecord(key, day, traffic.campaign_id, 0, 0)
        tx.put(
            TrafficRecord(
                key,
                day,
                traffic.campaign_id,
                had.received + traffic.received,
                had.sent + traffic.sent,
            )
        )


def meter(tx: Tx, today: str, days: int = SHOWN_DAYS) -> MeterFacts:
    """The last `days` days up to `today`."""
    shown = [(date.fromisoformat(today) - timedelta(back)).isoformat() for back in reversed(range(days))]
    rows = tx.find(TrafficRecord, day=tuple(shown))
    by_day = {day: [0, 0] for day in shown}
    by_campaign: dict[str, list[int]] = {}
    for row in rows:
        for sums in (by_day[row.day], by_campaign.setdefault(row.campaign_id, [0, 0])):
            sums[0] += row.received
            sums[1] += row.sent
    campaigns = [CampaignTraffic(key, _title(tx, key), *sums) for key, sums in by_campaign.items()]
    campaigns.sort(key=lambda one: (-one.total, one.campaign_id))
    found = tuple(DayTraffic(day, *by_day[day]) for day in shown)
    return MeterFacts(found, tuple(campaigns), found[-1].total)


def _title(tx: Tx, campaign_id: str) -> str:
    record = tx.get(CampaignRecord, campaign_id) if campaign_id else None
    return clean_line(str(json.loads(record.body)["manifest"]["title"])) if record else ""
