# SPDX-License-Identifier: Apache-2.0
"""One's own history over HTTP."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query

from gems_platform.context import Ctx, Me
from gems_platform.history import service

router = APIRouter(prefix="/v1")


@router.get("/history")
def history(
    ctx: Ctx,
    me: Me,
    kind: Literal["work", "review", "debit", "claim"],
    after: Annotated[str, Query(pattern=r"^([0-9]{1,12}-(0x[0-9a-f]{64})?)?$")] = "",
    limit: Annotated[int, Query(ge=1, le=500)] = 500,
) -> dict[str, Any]:
    """What this account was given, sent, staked and claimed, in order: for a laptop that lost it."""
    with ctx.db.read() as session:
        return service.show(session, me, kind, after, limit)
