# SPDX-License-Identifier: Apache-2.0
"""The audit log over HTTP, for operators."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from gems_platform.audit import service
from gems_platform.audit.schemas import Page
from gems_platform.context import Ctx, Operator

router = APIRouter(prefix="/v1")


@router.get("/audit", tags=["operator"])
def audit(
    ctx: Ctx,
    _me: Operator,
    after: Annotated[int, Query(ge=0, lt=1 << 53)] = 0,
    limit: Annotated[int, Query(ge=1, le=500)] = 500,
) -> Page:
    """Acts and sums of refusals after the entry `after`, oldest first."""
    with ctx.db.read() as session:
        return service.page(session, after, limit)
