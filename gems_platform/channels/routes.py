# SPDX-License-Identifier: Apache-2.0
"""Channels and the relayer over HTTP."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from fastapi.concurrency import run_in_threadpool

from gems_platform.channels import service, unbonding
from gems_platform.channels.schemas import Empty, RelayRequest, StandingOrder, UnbondRequest
from gems_platform.context import Context, Ctx, Me
from gems_platform.schemas import Hash

router = APIRouter(prefix="/v1")


@router.post("/channel")
async def open_channel(body: Empty, ctx: Ctx, me: Me) -> dict[str, Any]:
    """Open the caller's channel, or name it; the hub pays."""
    if not await run_in_threadpool(_ensure, ctx, me):
        await ctx.treasury.watch_channels({me})
        await ctx.treasury.top_up()
    ctx.wake()
    return await run_in_threadpool(_opened, ctx, me)


def _ensure(ctx: Context, me: str) -> bool:
    """Name the channel; whether it is open already."""
    with ctx.db.write() as session:
        return service.ensure(session, ctx.settings, me).deposit > 0


def _opened(ctx: Context, me: str) -> dict[str, Any]:
    with ctx.db.read() as session:
        return service.opened(session, me)


@router.get("/channel")
def channel(ctx: Ctx, me: Me) -> dict[str, Any]:
    """The caller's channel and best voucher."""
    with ctx.db.read() as session:
        return service.show(session, ctx.settings, me)


@router.put("/channel/standing-order")
def standing_order(body: StandingOrder, ctx: Ctx, me: Me) -> dict[str, Any]:
    """How much of the first earnings goes to the bond pocket."""
    with ctx.db.write() as session:
        return service.set_bond_target(session, me, int(body.bond_target))


@router.post("/channel/unbond")
def unbond(body: UnbondRequest, ctx: Ctx, me: Me) -> dict[str, Any]:
    """Move a step of the caller's bond into the free pocket; idempotent by its number."""
    with ctx.db.write() as session:
        return unbonding.take(session, ctx.settings, me, body, ctx.clock.now())


@router.get("/relay/quote")
def quote(ctx: Ctx, me: Me) -> dict[str, Any]:
    """What a relayed claim costs now."""
    return ctx.relayer.quote()


@router.post("/relay/claims")
async def claim(body: RelayRequest, ctx: Ctx, me: Me) -> dict[str, Any]:
    """Send a claim for the caller; idempotent by its authorisation."""
    found = await ctx.relayer.claim(me, body)
    ctx.wake()
    return found


@router.get("/relay/claims/{claim_id}")
def claim_state(claim_id: Hash, ctx: Ctx, me: Me) -> dict[str, Any]:
    """How far a claim of the caller is."""
    return ctx.relayer.show(claim_id, me)
