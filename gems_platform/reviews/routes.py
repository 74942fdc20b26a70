# SPDX-License-Identifier: Apache-2.0
"""Reviews over HTTP."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from gems_platform.context import Ctx, Me
from gems_platform.idempotency import once
from gems_platform.reviews import service
from gems_platform.reviews.schemas import Hashes, NewVotes, ReviewLease
from gems_platform.schemas import Hash

router = APIRouter(prefix="/v1")


@router.post("/reviews/leases")
def lease(body: ReviewLease, ctx: Ctx, me: Me) -> dict[str, Any]:
    """Seats on panels, as a batch to be confirmed within ten minutes."""
    now = ctx.clock.now()
    with ctx.db.write() as session:
        found: dict[str, Any] = once(
            session,
            me,
            "review_lease",
            body.request_id,
            body.model_dump(),
            now,
            lambda: service.lease(session, ctx.settings, me, body.count, now),
        )
    return found


@router.post("/votes")
def vote(body: NewVotes, ctx: Ctx, me: Me) -> dict[str, Any]:
    """A sealed batch of votes for a signed receipt; all of it or nothing, once."""
    with ctx.db.write() as session:
        found = service.vote(session, ctx.settings, me, body, ctx.clock.now())
    ctx.wake()
    return found


@router.post("/reviews/{batch_id}/skip")
def skip(batch_id: Hash, body: Hashes, ctx: Ctx, me: Me) -> dict[str, Any]:
    """Leave some submissions to others."""
    with ctx.db.write() as session:
        found = service.skip(session, me, batch_id, body.assignment_hashes, ctx.clock.now())
    ctx.wake()
    return found
