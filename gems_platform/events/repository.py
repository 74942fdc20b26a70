# SPDX-License-Identifier: Apache-2.0
"""All queries about events."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gems_platform.events.tables import EventRow

A_SECOND = 1_000  # numbers: more events than an account is told in a second over a long time


def add(session: Session, account: str, kind: str, now: int, body: dict[str, Any]) -> None:
    """Tell an account that something happened.

    Numbers follow the clock: a platform that was restored from a backup never gives one out again, which clients
    that have read further would skip (ADR 0067).
    """
    seq = max(newest(session, account) + 1, now * A_SECOND)
    session.add(EventRow(seq=seq, account=account, at=now, kind=kind, body=json.dumps(body)))


def newest(session: Session, account: str) -> int:
    """The number of an account's newest event, 0 before the first."""
    return session.scalar(select(func.max(EventRow.seq)).where(EventRow.account == account)) or 0


def after(session: Session, account: str, seq: int, limit: int) -> Sequence[EventRow]:
    """An account's own events after `seq`, in order."""
    query = select(EventRow).where(EventRow.account == account, EventRow.seq > seq)
    return session.scalars(query.order_by(EventRow.seq).limit(limit)).all()


def newest_since(session: Session, at: int) -> dict[str, int]:
    """The number of the newest event of each account that something happened to since a time."""
    # Grouped here: SQLite would group along the key, over all events that there are.
    found: dict[str, int] = {}
    for account, seq in session.execute(select(EventRow.account, EventRow.seq).where(EventRow.at >= at)):
        found[account] = max(seq, found.get(account, 0))
    return found
