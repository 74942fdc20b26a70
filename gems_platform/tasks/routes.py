# SPDX-License-Identifier: Apache-2.0
"""Leases over HTTP."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from gems_platform.context import Ctx, Me
from gems_platform.idempotency import once
from gems_platform.reviews.schemas import Hashes
from gems_platform.schemas import Hash
from gems_platform.tasks import batches, leasing
from gems_platform.tasks.schemas import Confirmation, WorkLease

router = APIRouter(prefix="/v1")


@router.post("/leases")
def lease(body: WorkLease, ctx: Ctx, me: Me) -> dict[str, Any]:
    """Tasks as a batch to be confirmed within ten minutes."""
    now = ctx.clock.now()
    with ctx.db.write() as session:
        found: dict[str, Any] = once(
            session,
            me,
            "lease",
            body.request_id,
            body.model_dump(),
            now,
            lambda: leasing.lease(session, ctx.settings, me, body.campaign_id, body.count, now),
        )
    return found


@router.get("/leases")
def leases(ctx: Ctx, me: Me) -> dict[str, Any]:
    """Every batch that is not over, for a new laptop."""
    with ctx.db.read() as session:
        return {"batches": batches.show_open(session, me)}


@router.post("/leases/{batch_id}/confirm")
def confirm(batch_id: Hash, body: Confirmation, ctx: Ctx, me: Me) -> dict[str, Any]:
    """Start a batch, with the stake that it asks for."""
    with ctx.db.write() as session:
        return batches.confirm(session, ctx.settings, me, batch_id, body.debit, ctx.clock.now())


@router.post("/leases/{batch_id}/return")
def give_back(batch_id: Hash, body: Hashes, ctx: Ctx, me: Me) -> dict[str, Any]:
    """Give tasks back that were not done."""
    with ctx.db.write() as session:
        found = leasing.give_back(session, me, batch_id, body.assignment_hashes, ctx.clock.now())
    ctx.wake()
    return found


@router.get("/campaigns/{campaign_id}/quote")
def quote(campaign_id: Hash, ctx: Ctx, me: Me) -> dict[str, Any]:
    """What the next task of this campaign offers this miner."""
    with ctx.db.read() as session:
        return leasing.quote(session, ctx.settings, me, campaign_id, ctx.clock.now())
