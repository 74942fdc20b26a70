# SPDX-License-Identifier: Apache-2.0
"""Wishes and rounds: where too many ask for too little, who asks waits for a draw, and asking again gives nothing.

While nobody waits, everything is given at once. Somebody who gets nothing leaves a wish; from then on the pool goes
by rounds of a few seconds, until nobody waits any more. A wish is one however often its owner asks.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from typing import Any

from eth_utils import keccak
from sqlalchemy.orm import Session

from gems_platform.errors import NoWork
from gems_platform.matching import names, repository
from gems_platform.matching.tables import RoundRow, WishRow
from gems_platform.schemas import raw, text
from gems_platform.settings import Settings
from gems_protocol.verification.needs import NOTHING_SAID, Ability

REVIEW = "review"
NOTHING_S = 30  # when to ask again where there is nothing at all


@dataclass(frozen=True, slots=True)
class Ask:
    """One request for work of a campaign, or for reviews (pool REVIEW)."""

    pool: str
    worker: str
    count: int
    request_id: str
    now: int
    ability: Ability = NOTHING_SAID


def stand(session: Session, settings: Settings, ask: Ask, facts: dict[str, Any]) -> WishRow:
    """Keep a wish, from the first time it is asked; facts: what its owner could take."""
    pool = repository.pool(session, ask.pool)
    number = ask.now // settings.allot_s
    row = repository.wish(session, ask.pool, ask.worker)
    if row is None:
        row = WishRow(
            pool=ask.pool,
            worker=ask.worker,
            count=ask.count,
            request_id=ask.request_id,
            facts="{}",
            since=ask.now,
            seen_at=ask.now,
            round=number,
            won=0,
            won_until=0,
        )
        session.add(row)
    row.seen_at, row.facts = ask.now, json.dumps(facts)
    row.count = min(row.count, ask.count) if row.won else ask.count
    if not pool.round:
        open_round(session, ask.pool, number)
    return row


def open_round(session: Session, name: str, number: int) -> None:
    """Begin a round: its secret is chosen, and its hash told, before anybody else can ask in it."""
    repository.pool(session, name).round = number
    if repository.round_of(session, name, number) is None:
        session.add(RoundRow(pool=name, number=number, secret=text(secrets.token_bytes(32)), drawn_at=None))
        session.flush()


def is_due(session: Session, settings: Settings, name: str, now: int) -> bool:
    """Whether a round is over that nobody drew yet."""
    pool = repository.pool(session, name)
    return 0 < pool.round < now // settings.allot_s


def close_round(session: Session, settings: Settings, name: str, now: int, *, more: bool) -> None:
    """The round was drawn; more: whether somebody still waits, so that another one begins."""
    pool = repository.pool(session, name)
    if more:
        pool.hot_until = now + settings.hot_s
        open_round(session, name, now // settings.allot_s)
    else:
        pool.round = 0


def kept(session: Session, ask: Ask) -> int:
    """How many tasks of a campaign a round gave to the asker and still keeps for them."""
    row = repository.wish(session, ask.pool, ask.worker)
    return row.won if row is not None and row.won_until >= ask.now else 0


def to_wait(
    session: Session, settings: Settings, ask: Ask, row: WishRow, error: NoWork, supply: int
) -> NoWork:
    """The refusal of somebody whose wish stands now, with what they need to check the draw."""
    left = settings.allot_s - ask.now % settings.allot_s
    after = left if supply else max(left, NOTHING_S)
    pending = repository.round_of(session, ask.pool, repository.pool(session, ask.pool).round)
    told: dict[str, Any] = {
        "since": row.since,
        "retry_after": after,
        "round": pending.number if pending is not None else 0,
    }
    if ask.pool != REVIEW:
        told["salt"] = text(names.salt(session, ask.pool, ask.worker))
        told["request_id"] = row.request_id
        told["commit"] = text(keccak(raw(pending.secret))) if pending is not None else None
    found = NoWork(error.message, safe=error.safe, action=error.action, retry_after=after)
    found.waits, found.wish = True, told
    return found
