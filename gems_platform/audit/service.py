# SPDX-License-Identifier: Apache-2.0
"""Notes acts in the transaction that does them, and shows what was noted."""

from __future__ import annotations

from sqlalchemy.orm import Session

from gems_platform.audit import repository
from gems_platform.audit.schemas import Entry, Page


def note(session: Session, now: int, act: str, *, account: str, network: str, subject: str = "") -> None:
    """Note what somebody did. network: a truncated address; subject: the hash or address that it was about."""
    repository.add(session, now, act, account=account, network=network, subject=subject)


def page(session: Session, after: int, limit: int) -> Page:
    """Entries after the id `after`, oldest first."""
    rows = repository.after(session, after, limit + 1)
    entries = [Entry.model_validate(row) for row in rows[:limit]]
    return Page(entries=entries, last=entries[-1].id if entries else after, more=len(rows) > limit)
