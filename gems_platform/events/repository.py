# SPDX-License-Identifier: Apache-2.0
"""All queries about events."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gems_platform.events.tables import EventRow


def add(session: Session, account: str, kind: str, now: int, body: dict[str, Any]) -> None:
    """Tell an account that something happened."""
    session.add(EventRow(account=account, at=now, kind=kind, body=json.dumps(body)))


def newest(session: Session, account: str) -> int:
    """The number of an account's newest event, 0 before the first."""
    return session.scalar(select(func.max(EventRow.seq)).where(EventRow.account == account)) or 0


def after(session: Session, account: str, seq: int, limit: int) -> Sequence[EventRow]:
    """An account's own events after `seq`, in order."""
    query = select(EventRow).where(EventRow.account == account, EventRow.seq > seq)
    return session.scalars(query.order_by(EventRow.seq).limit(limit)).all()
