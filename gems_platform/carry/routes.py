# SPDX-License-Identifier: Apache-2.0
"""Carry files over HTTP: whoever brings one needs no account."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from gems_platform.carry import keys, service
from gems_platform.context import Ctx

router = APIRouter(prefix="/v1")


@router.get("/carry/key")
def key(ctx: Ctx) -> dict[str, Any]:
    """The signed key that carry files are to be sealed to."""
    return keys.signed_key(ctx.settings, ctx.clock.now())


@router.post("/carry")
async def carry(request: Request, ctx: Ctx) -> Response:
    """A carry file for its reply, both as bytes; may be repeated."""
    data = await request.body()
    reply = await run_in_threadpool(service.answer, ctx.db, ctx.settings, data, ctx.clock.now())
    ctx.wake()
    return Response(reply, media_type="application/octet-stream")
