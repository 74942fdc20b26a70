# SPDX-License-Identifier: Apache-2.0
"""The operator's list of reports over HTTP, and what came of them."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query

from gems_platform.abuse import service
from gems_platform.abuse.routes import Note
from gems_platform.context import Ctx, Operator
from gems_platform.schemas import Hash, Strict

router = APIRouter(prefix="/v1")
After = Annotated[str, Query(pattern=r"^([0-9]{1,12}\.0x[0-9a-f]{64})?$")]


class Resolution(Strict):
    """What came of a report, and what its reporter is told."""

    outcome: Literal["upheld", "dismissed"]
    answer: Note = ""


@router.get("/operator/reports", tags=["operator"])
def listed(
    ctx: Ctx,
    _operator: Operator,
    state: Literal["open", "upheld", "dismissed"] = "open",
    after: After = "",
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> dict[str, Any]:
    """The operator's list, and the campaigns that enough different workers have reported."""
    with ctx.db.read() as session:
        return service.listed(session, ctx.settings.abuse_threshold, state, after, limit)


@router.get("/operator/reports/{report_id}", tags=["operator"])
def show(report_id: Hash, ctx: Ctx, operator: Operator) -> dict[str, Any]:
    """One report with what it is about, noted in the audit log; the only way in which an operator reads a thread."""
    least, now = ctx.settings.abuse_threshold, ctx.clock.now()
    with ctx.db.write() as session:
        return service.show(session, least, report_id, operator, now)


@router.post("/operator/reports/{report_id}", tags=["operator"])
def resolve(report_id: Hash, body: Resolution, ctx: Ctx, operator: Operator) -> dict[str, Any]:
    """Say what came of a report."""
    with ctx.db.write() as session:
        return service.resolve(session, operator, report_id, body.outcome, body.answer, ctx.clock.now())
