# SPDX-License-Identifier: Apache-2.0
"""Ratings over HTTP."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import Field

from gems_platform.context import Ctx, Me
from gems_platform.idempotency import Key, keyed
from gems_platform.ratings import service
from gems_platform.schemas import Hash, Strict

router = APIRouter(prefix="/v1")
Mark = Annotated[int, Field(strict=True, ge=1, le=5)]


class NewRating(Strict):
    """Marks from 1 (bad) to 5 (good)."""

    pay: Mark
    clarity: Mark
    speed: Mark
    fairness: Mark


@router.post("/campaigns/{campaign_id}/ratings")
def rate(campaign_id: Hash, body: NewRating, ctx: Ctx, me: Me, key: Key = None) -> dict[str, Any]:
    """Rate a campaign that one worked in; again changes one's rating."""
    marks, now = body.model_dump(), ctx.clock.now()
    with ctx.db.write() as session:
        return keyed(
            session,
            me,
            "rating",
            key,
            [campaign_id, marks],
            now,
            lambda: service.rate(session, me, campaign_id, marks, now),
        )


@router.get("/campaigns/{campaign_id}/ratings")
def ratings(campaign_id: Hash, ctx: Ctx, me: Me) -> dict[str, Any]:
    """A campaign's ratings together, and one's own."""
    with ctx.db.read() as session:
        return service.show(session, me, campaign_id)
