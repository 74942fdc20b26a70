# SPDX-License-Identifier: Apache-2.0
"""A worker's relayed close over HTTP."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from gems_platform.channels.schemas import CloseRequest
from gems_platform.context import Ctx, Me
from gems_platform.schemas import Hash

router = APIRouter(prefix="/v1/relay")


@router.get("/close-quote")
async def quote(ctx: Ctx, me: Me) -> dict[str, Any]:
    """What a relayed close of the caller's channel costs now."""
    return await ctx.closes.quote(me)


@router.post("/closes")
async def close(body: CloseRequest, ctx: Ctx, me: Me) -> dict[str, Any]:
    """Start to close the caller's channel; idempotent by its authorisation."""
    found = await ctx.closes.close(me, body)
    ctx.wake()
    return found


@router.get("/closes/{close_id}")
async def close_state(close_id: Hash, ctx: Ctx, me: Me) -> dict[str, Any]:
    """How far a close of the caller is."""
    return await ctx.closes.show(close_id, me)
