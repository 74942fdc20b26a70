# SPDX-License-Identifier: Apache-2.0
"""Submissions over HTTP."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from gems_platform.context import Ctx, Me
from gems_platform.submissions import service
from gems_platform.submissions.schemas import NewSubmission

router = APIRouter(prefix="/v1")


@router.post("/submissions")
def submit(body: NewSubmission, ctx: Ctx, me: Me) -> dict[str, Any]:
    """A sealed batch of answers for a signed receipt; all of it or nothing, once."""
    with ctx.db.write() as session:
        answer = service.submit(session, ctx.settings, me, body, ctx.clock.now())
    ctx.wake()
    return answer
