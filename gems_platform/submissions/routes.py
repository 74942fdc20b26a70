# SPDX-License-Identifier: Apache-2.0
"""Submissions over HTTP."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from gems_platform.context import Ctx, Me
from gems_platform.submissions import service
from gems_platform.submissions.schemas import NewSubmission
from gems_platform.uploads.using import Uploaded, either

router = APIRouter(prefix="/v1")


@router.post("/submissions")
def submit(body: NewSubmission | Uploaded, ctx: Ctx, me: Me) -> dict[str, Any]:
    """A sealed batch of answers for a signed receipt, sent here or uploaded; all of it or nothing, once."""
    now = ctx.clock.now()
    return either(
        ctx,
        me,
        body,
        NewSubmission,
        lambda session, sent: service.submit(session, ctx.settings, me, sent, now),
    )
