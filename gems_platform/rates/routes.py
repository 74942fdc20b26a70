# SPDX-License-Identifier: Apache-2.0
"""Rates over HTTP."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from gems_platform.context import Ctx
from gems_platform.rates import service

router = APIRouter(prefix="/v1")


@router.get("/rates")
def rates(ctx: Ctx) -> dict[str, Any]:
    """What the operator says that one GEM is worth, for whoever asks: the answer says nothing about the asker."""
    with ctx.db.read() as session:
        return service.show(session)
