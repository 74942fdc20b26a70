# SPDX-License-Identifier: Apache-2.0
"""The records of draws, for whoever wants to compute them again."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query

from gems_platform.context import Ctx, Me
from gems_platform.matching import service
from gems_platform.schemas import Hash

router = APIRouter(prefix="/v1/draws")
Place = Annotated[int, Path(ge=0, lt=1 << 31)]


@router.get("/{campaign_id}")
def rounds(campaign_id: Hash, ctx: Ctx, after: Annotated[int, Query(ge=0, lt=1 << 53)] = 0) -> dict[str, Any]:
    """The drawn rounds of a campaign's tasks after a round's number, oldest first."""
    with ctx.db.read() as session:
        return service.rounds(session, campaign_id, after)


@router.get("/{campaign_id}/me")
def mine(campaign_id: Hash, ctx: Ctx, me: Me) -> dict[str, Any]:
    """Under which name the caller is a candidate in a campaign's draws."""
    with ctx.db.read() as session:
        return service.mine(session, campaign_id, me)


@router.get("/{campaign_id}/{index}/{attempt}")
def panel(campaign_id: Hash, index: Place, attempt: Place, ctx: Ctx) -> dict[str, Any]:
    """The draws of an attempt's panels, with their seeds once its verdict stands; no draw: nobody else waited."""
    with ctx.db.read() as session:
        return service.panel(session, campaign_id, index, attempt)
