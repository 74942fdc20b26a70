# SPDX-License-Identifier: Apache-2.0
"""Releases over HTTP."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from gems_platform.context import Ctx, Me
from gems_platform.releases import service
from gems_platform.releases.schemas import NewReleases

router = APIRouter(prefix="/v1")


@router.get("/releases/due")
def due(ctx: Ctx, me: Me) -> dict[str, Any]:
    """Paid tasks of the caller whose release is waited for."""
    with ctx.db.read() as session:
        return service.due(session, me)


@router.post("/releases")
def release(body: NewReleases, ctx: Ctx, me: Me) -> dict[str, Any]:
    """A signed batch of releases; all of it or nothing, once."""
    with ctx.db.write() as session:
        return service.take(session, ctx.settings, me, body, ctx.clock.now())
