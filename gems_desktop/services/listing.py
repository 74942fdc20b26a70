# SPDX-License-Identifier: Apache-2.0
"""The platform's list of campaigns taken over: what its requester signed is listed, what left the list is not."""

from __future__ import annotations

import json
import re
from typing import Any

from gems_desktop.services.before import campaign_facts, my_standing
from gems_desktop.services.channels import load_channel
from gems_desktop.services.context import Context
from gems_desktop.services.cursor import get_value, set_value
from gems_desktop.services.errors import PlatformLied
from gems_desktop.services.facts import CampaignFacts, Topic
from gems_desktop.services.hub_promise import why_no_stake
from gems_desktop.services.network import Network
from gems_desktop.services.notices_here import watched_by
from gems_desktop.services.offers import listed, read_campaign, stored_campaign
from gems_desktop.services.ports import Tx
from gems_desktop.services.practice import has_passed
from gems_desktop.services.record_of_work import my_profile, my_record
from gems_desktop.services.records import CampaignRecord, ReportRecord
from gems_desktop.services.reports import has_rated
from gems_desktop.services.review import VERIFIER
from gems_desktop.services.set_aside import set_aside
from gems_protocol.amount import ZERO
from gems_protocol.errors import GemsError

_MOST = 20_000  # campaigns that are listed: a platform that never ends its list is not read for ever
_CURSOR = re.compile(r"[0-9a-zA-Z.-]{1,100}", re.ASCII)


async def refresh_campaigns(context: Context) -> None:
    """Ask for the list and keep what is signed; raises Offline, PlatformLied."""
    checked, refused = [], 0
    for value in await _pages(context):
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


async def _pages(context: Context) -> list[Any]:
    """Every page of the list; a platform that knows no pages gives all at once."""
    found: list[Any] = []
    after = ""
    while True:
        answer = await context.platform.get(f"/v1/campaigns{after}", token=False)
        page, last = listed(answer, "campaigns"), answer.get("last")
        found += page
        if not answer.get("more") or not page or len(found) >= _MOST:
            return found
        if not isinstance(last, str) or not _CURSOR.fullmatch(last) or f"?after={last}" == after:
            raise PlatformLied("its list of campaigns has no next page.")
        after = f"?after={last}"


def known_offers(tx: Tx, network: Network, me: str, now: int) -> list[CampaignFacts]:
    """The listed campaigns with what each means for this worker; those set aside are among them, and say so."""
    mine, channel = my_record(tx), load_channel(tx)
    known = my_profile(tx, get_value(tx, VERIFIER, {}))
    free = channel.bond_free if channel else ZERO
    aside, watching = set_aside(tx), watched_by(tx)
    no_stake = why_no_stake(tx, network)
    found = []
    for record in tx.find(CampaignRecord, listed=True):
        campaign = stored_campaign(record)
        found.append(
            campaign_facts(
                campaign,
                my_standing(tx, mine, known, campaign),
                me=me,
                now=now,
                bond_free=free,
                fetched_at=record.fetched_at,
                passed=has_passed(tx, campaign.campaign_id),
                rated=has_rated(tx, campaign.campaign_id),
                no_stake=no_stake,
                watched=watching(campaign),
                set_aside=aside.why(campaign.campaign_id, campaign.terms.requester),
            )
        )
    return found
