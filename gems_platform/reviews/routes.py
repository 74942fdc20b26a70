# SPDX-License-Identifier: Apache-2.0
"""Reviews over HTTP."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query

from gems_platform.context import Ctx, Me
from gems_platform.idempotency import Key, keyed
from gems_platform.matching import offering
from gems_platform.matching.wishes import REVIEW, Ask
from gems_platform.reviews import appeals, drawing, service
from gems_platform.reviews.schemas import Hashes, NewAppeal, NewCommission, NewSeed, NewVotes, ReviewLease
from gems_platform.schemas import Hash, raw
from gems_platform.uploads.using import Uploaded, either

router = APIRouter(prefix="/v1")
Place = Annotated[int, Path(ge=0, lt=1 << 31)]


@router.post("/reviews/leases")
def lease(body: ReviewLease, ctx: Ctx, me: Me) -> dict[str, Any]:
    """Seats on panels, as a batch to be confirmed within ten minutes."""
    ask = Ask(REVIEW, me, body.count, body.request_id, ctx.clock.now(), body.ability())
    return offering.ask_for_reviews(ctx.db, ctx.settings, ask, body.model_dump(exclude_none=True))


@router.post("/votes")
def vote(body: NewVotes | Uploaded, ctx: Ctx, me: Me) -> dict[str, Any]:
    """A sealed batch of votes for a signed receipt, sent here or uploaded; all of it or nothing, once."""
    now = ctx.clock.now()
    return either(
        ctx, me, body, NewVotes, lambda session, sent: service.vote(session, ctx.settings, me, sent, now)
    )


@router.post("/reviews/{batch_id}/skip")
def skip(batch_id: Hash, body: Hashes, ctx: Ctx, me: Me, key: Key = None) -> dict[str, Any]:
    """Leave some submissions to others."""
    hashes, now = body.assignment_hashes, ctx.clock.now()
    with ctx.db.write() as session:
        found = keyed(
            session,
            me,
            "skip",
            key,
            [batch_id, hashes],
            now,
            lambda: service.skip(session, me, batch_id, hashes, now),
        )
    ctx.wake()
    return found


@router.post("/appeals")
def appeal(body: NewAppeal, ctx: Ctx, me: Me) -> dict[str, Any]:
    """Object to a verdict, as its miner or its requester: other people judge again."""
    with ctx.db.write() as session:
        found = appeals.make(session, ctx.settings, me, body, ctx.clock.now())
    ctx.wake()
    return found


@router.post("/verdicts/accept")
def accept(body: Hashes, ctx: Ctx, me: Me, key: Key = None) -> dict[str, Any]:
    """Let rejections stand without waiting for the time in which they can be appealed."""
    hashes, now = body.assignment_hashes, ctx.clock.now()
    with ctx.db.write() as session:
        found = keyed(
            session,
            me,
            "accept_verdict",
            key,
            hashes,
            now,
            lambda: appeals.accept_verdict(session, ctx.settings, me, hashes, now),
        )
    ctx.wake()
    return found


@router.post("/campaigns/{campaign_id}/commissions")
def commission(campaign_id: Hash, body: NewCommission, ctx: Ctx, me: Me) -> dict[str, Any]:
    """Have accepted work judged by two strangers."""
    with ctx.db.write() as session:
        found = appeals.commission(session, ctx.settings, me, campaign_id, body.commission, ctx.clock.now())
    ctx.wake()
    return found


@router.get("/campaigns/{campaign_id}/held")
def held(
    campaign_id: Hash, ctx: Ctx, me: Me, after: Annotated[int, Query(ge=-1, lt=1 << 31)] = -1
) -> dict[str, Any]:
    """Accepted work that its requester can still object to."""
    with ctx.db.read() as session:
        return appeals.held(session, me, campaign_id, after)


@router.get("/campaigns/{campaign_id}/seeds")
def seeds(campaign_id: Hash, ctx: Ctx) -> dict[str, Any]:
    """The days with submissions, what they committed to, and the seeds that were revealed."""
    with ctx.db.read() as session:
        return drawing.show_days(session, campaign_id)


@router.post("/campaigns/{campaign_id}/seeds")
def reveal(campaign_id: Hash, body: NewSeed, ctx: Ctx, me: Me) -> dict[str, Any]:
    """Reveal the seed of a day that is over."""
    with ctx.db.write() as session:
        found = drawing.reveal(session, me, campaign_id, body.day, raw(body.seed), ctx.clock.now())
    ctx.wake()
    return found


@router.get("/campaigns/{campaign_id}/evidence/{index}/{attempt}")
def evidence(campaign_id: Hash, index: Place, attempt: Place, ctx: Ctx) -> dict[str, Any]:
    """Everything that proves a verdict that stands, for anybody."""
    with ctx.db.read() as session:
        return service.evidence(session, ctx.settings, campaign_id, index, attempt)
