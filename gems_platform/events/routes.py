# SPDX-License-Identifier: Apache-2.0
"""Events over HTTP."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query

from gems_platform.context import Ctx, Me
from gems_platform.events import service

router = APIRouter(prefix="/v1")


@router.get("/events")
def events(
    ctx: Ctx,
    me: Me,
    after: Annotated[int, Query(ge=0, lt=1 << 53)] = 0,
    limit: Annotated[int, Query(ge=1, le=500)] = 500,
) -> dict[str, Any]:
    """This account's own events after `after`, in order."""
    with ctx.db.read() as session:
        return service.show(session, me, after, limit)
