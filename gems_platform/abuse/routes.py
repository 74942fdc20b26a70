# SPDX-License-Identifier: Apache-2.0
"""Reports of abuse over HTTP: one's own."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter
from pydantic import Field, StringConstraints, model_validator

from gems_platform.abuse import service
from gems_platform.abuse.service import Thing
from gems_platform.context import Ctx, Me
from gems_platform.idempotency import once
from gems_platform.schemas import Hash, Strict

router = APIRouter(prefix="/v1")
Reason = Literal[
    "personal_data",
    "disturbing_unannounced",
    "illegal",
    "scam_or_off_platform_pay",
    "malware_or_link",
    "harassment",
    "wrong_pay",
    "other",
]
Note = Annotated[str, StringConstraints(max_length=service.MAX_NOTE)]


class NewReport(Strict):
    """What is wrong with a campaign, with one of its tasks (index), or with a message (thread_id, seq)."""

    request_id: Hash
    reason: Reason
    note: Note = ""
    campaign_id: Hash | None = None
    index: Annotated[int, Field(strict=True, ge=0, lt=1 << 31)] | None = None
    thread_id: Hash | None = None
    seq: Annotated[int, Field(strict=True, ge=1, lt=1 << 31)] | None = None

    @model_validator(mode="after")
    def _one_thing(self) -> NewReport:
        message = self.thread_id is not None and self.seq is not None
        task = self.campaign_id is not None
        if (
            message == task
            or (message and self.index is not None)
            or (self.thread_id is None) != (self.seq is None)
        ):
            raise ValueError("a report is about a campaign, a task or a message")
        return self


@router.post("/reports")
def report(body: NewReport, ctx: Ctx, me: Me) -> dict[str, Any]:
    """Report what is wrong; one report for each account and thing."""
    now = ctx.clock.now()
    thing = Thing(body.campaign_id or "", body.index, body.thread_id, body.seq)
    with ctx.db.write() as session:
        found: dict[str, Any] = once(
            session,
            me,
            "abuse",
            body.request_id,
            body.model_dump(),
            now,
            lambda: service.report(session, ctx.settings, me, thing, body.reason, body.note, now),
        )
    return found


@router.get("/reports")
def mine(ctx: Ctx, me: Me) -> dict[str, Any]:
    """One's own newest reports and what came of them."""
    with ctx.db.read() as session:
        return service.mine(session, me)
