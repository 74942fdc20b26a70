# SPDX-License-Identifier: Apache-2.0
"""Trust over HTTP; readable by anybody."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from gems_platform.context import Ctx
from gems_platform.schemas import Address
from gems_platform.trust import service

router = APIRouter(prefix="/v1")


@router.get("/trust/{address}")
def trust(address: Address, ctx: Ctx) -> dict[str, Any]:
    """Outcomes, score and the right to verify of one worker."""
    with ctx.db.read() as session:
        return service.show(session, ctx.settings, address)
