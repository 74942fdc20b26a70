# SPDX-License-Identifier: Apache-2.0
"""All queries about media files."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from gems_platform.media.tables import MediaHoldRow, MediaRow


def find(session: Session, sha256: str) -> MediaRow | None:
    """The file's row."""
    return session.get(MediaRow, sha256)


def sizes(session: Session, names: Iterable[str]) -> dict[str, int]:
    """The sizes in bytes of those of the files that are here."""
    wanted = sorted(set(names))
    found: dict[str, int] = {}
    for at in range(0, len(wanted), 500):
        rows = session.execute(
            select(MediaRow.sha256, MediaRow.size).where(MediaRow.sha256.in_(wanted[at : at + 500]))
        )
        found.update((name, size) for name, size in rows)
    return found


def used(session: Session, owner: str, now: int) -> int:
    """Bytes that an account has stored, or is bringing."""
    kept = select(func.coalesce(func.sum(MediaRow.size), 0)).where(MediaRow.owner == owner)
    coming = select(func.coalesce(func.sum(MediaHoldRow.size), 0)).where(
        MediaHoldRow.owner == owner, MediaHoldRow.until > now
    )
    return int(session.scalar(kept) or 0) + int(session.scalar(coming) or 0)


def add(session: Session, sha256: str, size: int, kind: str, owner: str, now: int) -> None:
    """Remember a new file."""
    session.add(MediaRow(sha256=sha256, size=size, kind=kind, owner=owner, at=now))


def hold(session: Session, token: str, sha256: str, owner: str, size: int, until: int) -> None:
    """Say that somebody is at this name; the owner "" for whoever drops it."""
    session.add(MediaHoldRow(token=token, sha256=sha256, owner=owner, size=size, until=until))


def held(session: Session, token: str, now: int) -> bool:
    """Whether the hold is still there."""
    row = session.get(MediaHoldRow, token)
    return row is not None and row.until > now


def holders(session: Session, sha256: str, now: int) -> list[str]:
    """The owners of the holds of a name, "" for one that drops it."""
    rows = select(MediaHoldRow.owner).where(MediaHoldRow.sha256 == sha256, MediaHoldRow.until > now)
    return list(session.scalars(rows.order_by(MediaHoldRow.token).limit(100)))


def let_go(session: Session, token: str) -> None:
    """End a hold."""
    session.execute(delete(MediaHoldRow).where(MediaHoldRow.token == token))


def drop_over(session: Session, now: int) -> None:
    """End the holds whose time is over."""
    session.execute(delete(MediaHoldRow).where(MediaHoldRow.until <= now))
