# SPDX-License-Identifier: Apache-2.0
"""A request for work or reviews from its first look to its answer: at once, from a round, or a wish that stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from gems_platform import idempotency
from gems_platform.campaigns import repository as campaigns
from gems_platform.db import Database
from gems_platform.errors import NoWork
from gems_platform.matching import panels, repository, wishes, work
from gems_platform.matching.wishes import REVIEW, Ask
from gems_platform.reviews import repository as reviews
from gems_platform.reviews import seating
from gems_platform.settings import Settings
from gems_platform.tasks import leasing

_NO_TASK = "There is no task in this campaign for you right now."
_NO_REVIEW = "There is nothing to review for you right now."
Effect = Callable[[Session], dict[str, Any]]


def ask_for_work(db: Database, settings: Settings, ask: Ask, body: Any) -> dict[str, Any]:
    """A batch of work; raises NoWork, with the wish that stands, where too many ask."""
    facts: dict[str, Any] = {}
    with db.read() as session:
        waits = bool(settings.allot_s) and repository.is_contested(session, ask.pool, ask.now)
        if waits and not idempotency.is_answered(session, ask.worker, "lease", ask.request_id):
            _refuse_again(session, settings, ask, _NO_TASK)
            found = leasing.offered(session, settings, ask.worker, ask.pool, ask.now, ask.ability)
            facts = {"grade": found.standing.grade}
    if facts:
        db.run(lambda session: _wait_for_work(session, settings, ask, facts))
    with db.read() as session:
        scouted = leasing.scout(session, settings, ask.worker, ask.pool, ask.count)
    try:
        return _once(db, ask, "lease", body, lambda session: leasing.lease(session, settings, ask, scouted))
    except NoWork as error:
        if not error.waits or not settings.allot_s:
            raise
        nothing = error
    raise db.run(lambda session: _work_wish(session, settings, ask, facts, nothing))


def ask_for_reviews(db: Database, settings: Settings, ask: Ask, body: Any) -> dict[str, Any]:
    """A batch of seats; raises NoWork, with the wish that stands, where too many ask."""
    told: dict[str, Any] = {}
    with db.read() as session:
        waits = bool(settings.allot_s) and repository.is_contested(session, REVIEW, ask.now)
        if waits and not idempotency.is_answered(session, ask.worker, "review_lease", ask.request_id):
            _refuse_again(session, settings, ask, _NO_REVIEW)
            told = seating.check(session, settings, ask)
    if told:
        db.run(lambda session: _wait_for_reviews(session, settings, ask, told))
    with db.read() as session:
        scouted = seating.scout(session, settings, ask.worker, ask.count, ask.now)
    try:
        return _once(
            db, ask, "review_lease", body, lambda session: seating.lease(session, settings, ask, scouted)
        )
    except NoWork as error:
        if not error.waits or not settings.allot_s:
            raise
        nothing = error
    raise db.run(lambda session: _review_wish(session, settings, ask, nothing))


def _refuse_again(session: Session, settings: Settings, ask: Ask, nothing: str) -> None:
    """Who waits already, and asks before the round is over, changes nothing and costs little."""
    row = repository.wish(session, ask.pool, ask.worker)
    if row is None or row.count != ask.count or wishes.is_due(session, settings, ask.pool, ask.now):
        return
    reviews_kept = ask.pool == REVIEW and repository.held(session, ask.worker, ask.now)
    if not wishes.kept(session, ask) and not reviews_kept:
        raise wishes.to_wait(session, settings, ask, row, NoWork(nothing), 1)


def _once(db: Database, ask: Ask, kind: str, body: Any, effect: Effect) -> dict[str, Any]:
    with db.write() as session:
        found: dict[str, Any] = idempotency.once(
            session, ask.worker, kind, ask.request_id, body, ask.now, lambda: effect(session)
        )
    return found


def _wait_for_work(session: Session, settings: Settings, ask: Ask, facts: dict[str, Any]) -> None:
    work.draw_if_due(session, settings, campaigns.get(session, ask.pool), ask.now)
    if repository.is_contested(session, ask.pool, ask.now):
        wishes.stand(session, settings, ask, facts)


def _work_wish(
    session: Session, settings: Settings, ask: Ask, facts: dict[str, Any], error: NoWork
) -> NoWork:
    row = wishes.stand(session, settings, ask, facts)
    left = work.supply(session, campaigns.get(session, ask.pool), ask.now)
    return wishes.to_wait(session, settings, ask, row, error, left)


def _wait_for_reviews(session: Session, settings: Settings, ask: Ask, told: dict[str, Any]) -> None:
    panels.draw_if_due(session, settings, ask.now)
    if repository.is_contested(session, REVIEW, ask.now):
        wishes.stand(session, settings, ask, told)


def _review_wish(session: Session, settings: Settings, ask: Ask, error: NoWork) -> NoWork:
    told = seating.check(session, settings, ask)
    row = wishes.stand(session, settings, ask, told)
    return wishes.to_wait(session, settings, ask, row, error, len(reviews.oldest_wanting(session, 1)))
