# SPDX-License-Identifier: Apache-2.0
"""A campaign by its id: as it was stored, or asked for and checked once."""

from __future__ import annotations

import json

from gems_desktop.services.context import Context
from gems_desktop.services.errors import NothingToDo
from gems_desktop.services.offers import Campaign, read_campaign, stored_campaign
from gems_desktop.services.records import CampaignRecord


async def known_campaign(context: Context, campaign_id: str) -> Campaign:
    """The campaign, checked; raises Offline, PlatformLied, PlatformRefused, NothingToDo where it is another one."""
    record = await context.store.run(lambda tx: tx.get(CampaignRecord, campaign_id))
    if record is not None:
        return stored_campaign(record)
    value = await context.platform.get(f"/v1/campaigns/{campaign_id}", token=False)
    campaign = read_campaign(value, context.network)
    if campaign.campaign_id != campaign_id:
        raise NothingToDo("The platform does not have this campaign.")
    now = context.platform.time()
    await context.store.run(lambda tx: tx.put(CampaignRecord(campaign_id, json.dumps(value), "", False, now)))
    return campaign
