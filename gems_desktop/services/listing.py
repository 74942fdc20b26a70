# SPDX-License-Identifier: Apache-2.0
"""The platform's list of campaigns taken over: what its requester signed is listed, what left the list is not."""

from __future__ import annotations

import json

from gems_desktop.services.context import Context
from gems_desktop.services.cursor import set_value
from gems_desktop.services.facts import Topic
from gems_desktop.services.offers import listed, read_campaign
from gems_desktop.services.ports import Tx
from gems_desktop.services.records import CampaignRecord, ReportRecord
from gems_protocol.errors import GemsError


async def refresh_campaigns(context: Context) -> None:
    """Ask for the list and keep what is signed; raises Offline, PlatformLied."""
    answer = await context.platform.get("/v1/campaigns", token=False)
    checked, refused = [], 0
    for value in listed(answer, "campaigns"):
        try:
            checked.append(read_campaign(value, context.network))
        except GemsError:
            refused += 1  # a campaign that is not signed by its requester is not shown; the others are
    now = context.platform.time()

    def work(tx: Tx) -> None:
        for record in tx.find(CampaignRecord, listed=True):
            tx.change(CampaignRecord, record.campaign_id, listed=False)
        for campaign in checked:
            body = json.dumps(campaign.shown)
            tx.put(CampaignRecord(campaign.campaign_id, body, "", True, now))
            report = campaign.shown.get("report")
            if isinstance(report, dict) and report.get("requester") == campaign.terms.requester:
                tx.put(ReportRecord(campaign.terms.requester, json.dumps(report), now))
        set_value(tx, "campaigns_refused", refused)

    await context.store.run(work)
    context.publish(Topic.CAMPAIGNS)
