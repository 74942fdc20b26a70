# SPDX-License-Identifier: Apache-2.0
"""Trust over HTTP: readable by anybody; an appeal only by who was removed."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import StringConstraints

from gems_platform.context import Ctx, Me
from gems_platform.idempotency import Key, keyed
from gems_platform.schemas import WRITTEN, Address, Strict
from gems_platform.trust import removal, service

router = APIRouter(prefix="/v1")


class RemovalAppeal(Strict):
    """What a removed worker tells the operator."""

    reason: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000, pattern=WRITTEN)
    ]


@router.get("/trust/{address}")
def trust(address: Address, ctx: Ctx) -> dict[str, Any]:
    """Outcomes, score, profile, the right to verify and removal of one worker."""
    with ctx.db.read() as session:
        return service.show(session, ctx.settings, address, ctx.clock.now())


@router.post("/trust/appeal")
def appeal(body: RemovalAppeal, ctx: Ctx, me: Me, key: Key = None) -> dict[str, Any]:
    """Ask the operator to look at one's removal."""
    reason, now = body.reason, ctx.clock.now()
    with ctx.db.write() as session:
        return keyed(
            session,
            me,
            "removal_appeal",
            key,
            reason,
            now,
            lambda: removal.appeal(session, me, reason, now),
        )
