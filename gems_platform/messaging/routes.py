# SPDX-License-Identifier: Apache-2.0
"""Messages over HTTP."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from pydantic import Field, StringConstraints

from gems_platform.context import Ctx, Me
from gems_platform.idempotency import once
from gems_platform.messaging import service
from gems_platform.schemas import Hash, Strict

router = APIRouter(prefix="/v1")
After = Annotated[str, Query(pattern=r"^([0-9]{1,12}\.0x[0-9a-f]{64})?$")]
Limit = Annotated[int, Query(ge=1, le=100)]


class NewMessage(Strict):
    """One message: plain text."""

    request_id: Hash
    text: Annotated[str, StringConstraints(min_length=1, max_length=service.MAX_TEXT)]


class Mute(Strict):
    """Whether a thread wakes its worker."""

    muted: Annotated[bool, Field(strict=True)]


@router.post("/campaigns/{campaign_id}/tasks/{index}/messages")
def write_about(
    campaign_id: Hash, index: Annotated[int, Path(ge=0, lt=1 << 31)], body: NewMessage, ctx: Ctx, me: Me
) -> dict[str, Any]:
    """Write about a task: its worker to the requester, or the requester to whoever had it last."""
    now = ctx.clock.now()
    with ctx.db.write() as session:
        found: dict[str, Any] = once(
            session,
            me,
            "message",
            body.request_id,
            {"about": [campaign_id, index], **body.model_dump()},
            now,
            lambda: service.write_about(session, ctx.settings, me, campaign_id, index, body.text, now),
        )
    return found


@router.post("/threads/{thread_id}/messages")
def write(thread_id: Hash, body: NewMessage, ctx: Ctx, me: Me) -> dict[str, Any]:
    """Write in a thread that one is part of."""
    now = ctx.clock.now()
    with ctx.db.write() as session:
        found: dict[str, Any] = once(
            session,
            me,
            "message",
            body.request_id,
            {"thread": thread_id, **body.model_dump()},
            now,
            lambda: service.write(session, ctx.settings, me, thread_id, body.text, now),
        )
    return found


@router.post("/threads/{thread_id}/mute")
def mute(thread_id: Hash, body: Mute, ctx: Ctx, me: Me) -> dict[str, Any]:
    """Be woken by a thread no more, as its worker, or again."""
    with ctx.db.write() as session:
        return service.mute(session, me, thread_id, body.muted)


@router.get("/threads")
def mine(ctx: Ctx, me: Me, after: After = "", limit: Limit = 50) -> dict[str, Any]:
    """The threads that one is part of as a worker."""
    with ctx.db.read() as session:
        return service.mine(session, ctx.settings, me, after, limit, ctx.clock.now())


@router.get("/campaigns/{campaign_id}/threads")
def of_campaign(campaign_id: Hash, ctx: Ctx, me: Me, after: After = "", limit: Limit = 50) -> dict[str, Any]:
    """The threads of one's own campaign."""
    with ctx.db.read() as session:
        return service.of_campaign(session, ctx.settings, me, campaign_id, after, limit, ctx.clock.now())


@router.get("/threads/{thread_id}")
def show(
    thread_id: Hash, ctx: Ctx, me: Me, after: Annotated[int, Query(ge=0, lt=1 << 53)] = 0, limit: Limit = 100
) -> dict[str, Any]:
    """One thread with its messages after a number."""
    with ctx.db.read() as session:
        return service.show(session, ctx.settings, me, thread_id, after, limit, ctx.clock.now())
