# SPDX-License-Identifier: Apache-2.0
"""All queries about media files."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gems_platform.media.tables import MediaRow


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


def used(session: Session, owner: str) -> int:
    """Bytes that an account has stored."""
    return (
        session.scalar(select(func.coalesce(func.sum(MediaRow.size), 0)).where(MediaRow.owner == owner)) or 0
    )


def add(session: Session, sha256: str, size: int, kind: str, owner: str, now: int) -> None:
    """Remember a new file."""
    session.add(MediaRow(sha256=sha256, size=size, kind=kind, owner=owner, at=now))
