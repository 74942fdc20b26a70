# SPDX-License-Identifier: Apache-2.0
"""Leases over HTTP."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from gems_platform.context import Ctx, Me
from gems_platform.idempotency import Key, keyed
from gems_platform.matching import offering
from gems_platform.matching.wishes import Ask
from gems_platform.reviews.schemas import Hashes
from gems_platform.schemas import Hash
from gems_platform.tasks import batches, leasing
from gems_platform.tasks.schemas import Confirmation, WorkLease

router = APIRouter(prefix="/v1")


@router.post("/leases")
def lease(body: WorkLease, ctx: Ctx, me: Me) -> dict[str, Any]:
    """Tasks as a batch to be confirmed within ten minutes."""
    ask = Ask(body.campaign_id, me, body.count, body.request_id, ctx.clock.now(), body.ability())
    return offering.ask_for_work(ctx.db, ctx.settings, ask, body.model_dump(exclude_none=True))


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
def give_back(batch_id: Hash, body: Hashes, ctx: Ctx, me: Me, key: Key = None) -> dict[str, Any]:
    """Give tasks back that were not done."""
    hashes, now = body.assignment_hashes, ctx.clock.now()
    with ctx.db.write() as session:
        found = keyed(
            session,
            me,
            "return",
            key,
            [batch_id, hashes],
            now,
            lambda: leasing.give_back(session, me, batch_id, hashes, now),
        )
    ctx.wake()
    return found


@router.get("/campaigns/{campaign_id}/quote")
def quote(campaign_id: Hash, ctx: Ctx, me: Me) -> dict[str, Any]:
    """What the next task of this campaign offers this miner."""
    with ctx.db.read() as session:
        return leasing.quote(session, ctx.settings, me, campaign_id, ctx.clock.now())
