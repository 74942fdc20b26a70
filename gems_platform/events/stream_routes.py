# SPDX-License-Identifier: Apache-2.0
"""The event stream over HTTP (server-sent events)."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse

from gems_platform.accounts.service import token_hash
from gems_platform.context import Context, Ctx, Me
from gems_platform.events import repository

router = APIRouter(prefix="/v1")
_NUMBER = re.compile(r"[0-9]{1,15}", re.ASCII)


@router.get("/events/stream", response_class=StreamingResponse)
async def stream(
    request: Request, ctx: Ctx, me: Me, after: Annotated[int, Query(ge=0, lt=1 << 53)] = 0
) -> StreamingResponse:
    """A wake-up each time something happens to the caller; `Last-Event-ID` or `after` says what is known."""
    last = request.headers.get("last-event-id", "")
    told = int(last) if _NUMBER.fullmatch(last) else after
    newest = await run_in_threadpool(_newest, ctx, me)
    address = request.client.host if request.client else ""
    listener = ctx.streams.open(me, token_hash(request.headers.get("authorization")), address, told, newest)
    headers = {"x-accel-buffering": "no"}
    return StreamingResponse(ctx.streams.wakes(listener), media_type="text/event-stream", headers=headers)


def _newest(ctx: Context, me: str) -> int:
    with ctx.db.read() as session:
        return repository.newest(session, me)
