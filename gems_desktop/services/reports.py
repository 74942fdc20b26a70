# SPDX-License-Identifier: Apache-2.0
"""Requester reports: what the platform computed from evidence, with what the chain itself can confirm."""

from __future__ import annotations

import json
from typing import Any

from gems_desktop.services.context import Context
from gems_desktop.services.cursor import get_value, set_value
from gems_desktop.services.errors import NothingToDo, PlatformLied
from gems_desktop.services.facts import ChainCheck, ReportFacts, Topic
from gems_desktop.services.facts_report import RateOffer
from gems_desktop.services.offers import stored_campaign
from gems_desktop.services.ports import Tx
from gems_desktop.services.rating import asked, rated_mark, to_rate
from gems_desktop.services.records import CampaignRecord, ReportRecord
from gems_desktop.services.report_facts import report_facts
from gems_protocol.amount import Amount, MalformedAmount
from gems_protocol.errors import GemsError


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
            report_facts(answer)
            record = ReportRecord(requester, json.dumps(answer), self._c.platform.time())
            fresh = record
            await self._c.store.run(lambda tx: tx.put(fresh))
            self._c.publish(Topic.CAMPAIGNS)
        if record is None:
            raise NothingToDo("There is no report of this requester.")
        chain = await self._chain(requester, json.loads(record.body)) if refresh else ()
        return report_facts(json.loads(record.body), chain)

    async def rate(self, campaign_id: str, pay: int, clarity: int, speed: int, fairness: int) -> None:
        """See Reports; raises NothingToDo for a mark that does not exist."""
        marks = {"pay": pay, "clarity": clarity, "speed": speed, "fairness": fairness}
        if any(type(mark) is not int or not 1 <= mark <= 5 for mark in marks.values()):
            raise NothingToDo("A mark is from 1 to 5.", safe="Nothing was sent.")
        await self._c.platform.post(f"/v1/campaigns/{campaign_id}/ratings", dict(marks))
        await self._c.store.run(lambda tx: set_value(tx, rated_mark(campaign_id), True))
        self._c.publish(Topic.CAMPAIGNS)

    async def to_rate(self, shown: str = "") -> RateOffer | None:
        """See Reports."""
        return await self._c.store.run(lambda tx: to_rate(tx, shown))

    async def rating_asked(self, campaign_id: str) -> None:
        """See Reports."""
        await self._c.store.run(lambda tx: asked(tx, campaign_id))

    async def _chain(self, requester: str, told: dict[str, Any]) -> tuple[ChainCheck, ...]:
        """The requester's campaigns as the contract's own events tell them; nothing when the chain is away."""
        records = await self._c.store.run(lambda tx: tx.find(CampaignRecord))
        campaigns = [stored_campaign(record) for record in records]
        found, paid = [], 0
        try:
            for campaign in campaigns:
                if campaign.terms.requester != requester:
                    continue
                money = await self._c.chain.campaign_money(campaign.terms.campaign_id())
                says = _units(campaign.shown.get("funded"))
                name, funded = campaign.campaign_id, Amount(money.funded)
                found.append(ChainCheck(name, "funded", says, funded, says == funded))
                if money.returned:
                    found.append(ChainCheck(name, "returned", None, Amount(money.returned), True))
                paid += money.redeemed
        except GemsError:
            return ()  # the chain is away: shown as not checked
        if found:
            # what was redeemed follows what was earned: it can lag behind it, never run ahead
            says = _units(told.get("paid_out"))
            fits = says is not None and paid <= says.units
            found.append(ChainCheck("", "paid_out", says, Amount(paid), fits))
        return tuple(found)


def _units(value: Any) -> Amount | None:
    try:
        return Amount.parse(value)
    except MalformedAmount:
        return None


def has_rated(tx: Tx, campaign_id: str) -> bool:
    """Whether I rated this campaign from this computer."""
    return bool(get_value(tx, rated_mark(campaign_id), False))
