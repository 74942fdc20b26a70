# SPDX-License-Identifier: Apache-2.0
"""Requester reports: what the platform computed from evidence, with what the chain itself can confirm."""

from __future__ import annotations

import json
from typing import Any

from gems_desktop.services.context import Context
from gems_desktop.services.errors import NothingToDo, PlatformLied
from gems_desktop.services.facts import ReportFacts, Topic
from gems_desktop.services.offers import stored_campaign
from gems_desktop.services.records import CampaignRecord, ReportRecord
from gems_protocol.amount import Amount
from gems_protocol.errors import GemsError

_COUNTS = ("accepted", "rejected", "appealed", "overturned", "tasks_total")


class ReportsService:
    """Implements Reports."""

    def __init__(self, context: Context) -> None:
        self._c = context

    async def report(self, requester: str, *, refresh: bool = False) -> ReportFacts:
        """See Reports; the stored one when there is one and no `refresh` is asked for."""
        record = await self._c.store.run(lambda tx: tx.get(ReportRecord, requester))
        if refresh or record is None:
            answer = await self._c.platform.get(f"/v1/requesters/{requester}/report", token=False)
            if not isinstance(answer, dict) or answer.get("requester") != requester:
                raise PlatformLied("a report is about somebody else.")
            report_facts(answer, checked=False)
            record = ReportRecord(requester, json.dumps(answer), self._c.platform.time())
            fresh = record
            await self._c.store.run(lambda tx: tx.put(fresh))
            self._c.publish(Topic.CAMPAIGNS)
        if record is None:
            raise NothingToDo("There is no report of this requester.")
        value = json.loads(record.body)
        return report_facts(value, checked=refresh and await self._funded_is_true(requester))

    async def _funded_is_true(self, requester: str) -> bool:
        """Whether every known campaign of this requester holds on chain what the platform says it does."""
        records = await self._c.store.run(lambda tx: tx.find(CampaignRecord))
        campaigns = [stored_campaign(record) for record in records]
        mine = [campaign for campaign in campaigns if campaign.terms.requester == requester]
        try:
            for campaign in mine:
                funded = await self._c.chain.campaign_funded(campaign.terms.campaign_id())
                if str(funded) != campaign.shown.get("funded"):
                    return False
        except GemsError:
            return False  # the chain is away: shown as not checked
        return bool(mine)


def report_facts(value: dict[str, Any], *, checked: bool) -> ReportFacts:
    """A REPORT of the interface as facts; raises PlatformLied when it is malformed."""
    try:
        counts = {name: value[name] for name in _COUNTS}
        times = {name: value[name] for name in ("median_release_s", "p95_release_s")}
        pay = value["pay_per_hour"]
        found = ReportFacts(
            requester=value["requester"],
            practice=value["practice"] is True,
            paid_out=Amount.parse(value["paid_out"]),
            funded_now=Amount.parse(value["funded_now"]),
            pay_per_hour=None if pay is None else Amount.parse(pay),
            checked_on_chain=checked,
            **counts,
            **times,
        )
    except (KeyError, TypeError, GemsError) as error:
        raise PlatformLied("a requester report is malformed.") from error
    numbers = all(type(count) is int and count >= 0 for count in counts.values())
    if not numbers or not all(time is None or type(time) is int for time in times.values()):
        raise PlatformLied("a requester report is malformed.")
    return found
