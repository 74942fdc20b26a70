# SPDX-License-Identifier: Apache-2.0
"""Known answers after the end, and practice, over HTTP."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import Field

from gems_platform.context import Ctx, Me
from gems_platform.gold import practice, service
from gems_platform.idempotency import Key, keyed
from gems_platform.schemas import Hash, Strict

router = APIRouter(prefix="/v1")


class Answer(Strict):
    """An answer to the practice task at `place`."""

    place: Annotated[int, Field(ge=0, lt=1000)]
    answer: list[dict[str, Any]]


class Try(Strict):
    """A try at a whole practice set."""

    answers: Annotated[list[Answer], Field(min_length=1, max_length=200)]


@router.get("/campaigns/{campaign_id}/gold")
def gold(campaign_id: Hash, ctx: Ctx) -> dict[str, Any]:
    """Every known answer, after the campaign's end."""
    with ctx.db.read() as session:
        return service.reveal(session, campaign_id, ctx.clock.now())


@router.get("/campaigns/{campaign_id}/practice")
def practice_tasks(campaign_id: Hash, ctx: Ctx, me: Me) -> dict[str, Any]:
    """The practice tasks, and whether the caller has passed."""
    with ctx.db.read() as session:
        return practice.show(session, me, campaign_id)


@router.post("/campaigns/{campaign_id}/practice")
def practise(campaign_id: Hash, body: Try, ctx: Ctx, me: Me, key: Key = None) -> dict[str, Any]:
    """Right or wrong for each task, with a hint; at most three tries a day."""
    answers, now = [one.model_dump() for one in body.answers], ctx.clock.now()
    with ctx.db.write() as session:
        return keyed(
            session,
            me,
            "practice",
            key,
            [campaign_id, answers],
            now,
            lambda: practice.take(session, me, campaign_id, answers, now),
        )
