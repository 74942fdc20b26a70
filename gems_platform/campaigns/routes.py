# SPDX-License-Identifier: Apache-2.0
"""Campaigns over HTTP."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query

from gems_platform.audit import service as audit
from gems_platform.campaigns import bills, progress, reports, service, spends
from gems_platform.campaigns.schemas import NewCampaign
from gems_platform.context import Ctx, From, Me
from gems_platform.idempotency import Key, keyed
from gems_platform.schemas import Address, Hash, Signed, Strict

router = APIRouter(prefix="/v1")


class Empty(Strict):
    """A request that says nothing more."""


@router.get("/campaigns")
def campaigns(
    ctx: Ctx,
    after: Annotated[str, Query(pattern=r"^([0-9]{1,12}-0x[0-9a-f]{64})?$")] = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 100,
) -> dict[str, Any]:
    """A page of the campaigns that were funded, newest first."""
    with ctx.db.read() as session:
        return service.show_page(session, ctx.settings, after, limit, ctx.clock.now())


@router.get("/campaigns/{campaign_id}")
def campaign(campaign_id: Hash, ctx: Ctx) -> dict[str, Any]:
    """One campaign, drafts too."""
    with ctx.db.read() as session:
        return service.show_one(session, ctx.settings, campaign_id, ctx.clock.now())


@router.post("/campaigns")
def create(body: NewCampaign, ctx: Ctx, me: Me, network: From) -> dict[str, Any]:
    """Offer a campaign; it opens when its escrow is seen on chain."""
    now = ctx.clock.now()
    with ctx.db.write() as session:
        campaign_id = service.create(session, ctx.settings, me, body, now)
        audit.note(session, now, "campaign", account=me, network=network, subject=campaign_id)
        session.flush()
        found = service.show_one(session, ctx.settings, campaign_id, now)
    ctx.wake()
    return found


@router.post("/campaigns/{campaign_id}/cancel")
def cancel(
    campaign_id: Hash, body: Empty, ctx: Ctx, me: Me, network: From, key: Key = None
) -> dict[str, Any]:
    """No new leases; what was submitted is judged and paid, the rest returns."""
    now = ctx.clock.now()

    def effect() -> dict[str, Any]:
        row = service.cancel(session, me, campaign_id, now)
        audit.note(session, now, "cancel", account=me, network=network, subject=campaign_id)
        session.flush()
        return service.show(session, ctx.settings, row, now)

    with ctx.db.write() as session:
        return keyed(session, me, "cancel", key, campaign_id, now, effect)


@router.get("/campaigns/{campaign_id}/results")
def results(
    campaign_id: Hash, ctx: Ctx, me: Me, after: Annotated[int, Query(ge=-1, lt=1 << 31)] = -1
) -> dict[str, Any]:
    """The requester's tasks after index `after`, in order."""
    with ctx.db.read() as session:
        return service.results(session, me, campaign_id, after)


@router.get("/campaigns/{campaign_id}/progress")
def how_it_stands(campaign_id: Hash, ctx: Ctx, me: Me) -> dict[str, Any]:
    """The requester's campaign in counts and sums, for watching it."""
    with ctx.db.read() as session:
        return progress.progress(session, me, campaign_id, ctx.clock.now())


@router.get("/campaigns/{campaign_id}/spend-due")
def spend_due(campaign_id: Hash, ctx: Ctx, me: Me) -> dict[str, Any]:
    """What the requester owes for work so far, with the hub's signed bill of the tasks that it pays."""
    with ctx.db.read() as session:
        found, made = spends.due(session, ctx.settings, me, campaign_id, ctx.clock.now())
    if made is not None:  # a large campaign takes long to add up, and nobody waits for that to write
        with ctx.db.write() as session:
            bills.keep(session, made)
    return found


@router.post("/campaigns/{campaign_id}/spends")
def spend(campaign_id: Hash, body: Signed, ctx: Ctx, me: Me) -> dict[str, Any]:
    """The requester's next cumulative Spend; it is redeemed on chain soon after."""
    with ctx.db.write() as session:
        found = spends.take(session, ctx.settings, me, campaign_id, body)
    ctx.wake()
    return found


@router.get("/requesters/{address}/report")
def report(address: Address, ctx: Ctx) -> dict[str, Any]:
    """What a requester's past says."""
    with ctx.db.read() as session:
        return reports.report_of(session, ctx.settings, address)
