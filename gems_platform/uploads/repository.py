# SPDX-License-Identifier: Apache-2.0
"""All queries about uploads; every one of them names its owner."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gems_platform.errors import NotFound
from gems_platform.uploads.tables import UploadRow

_SWEPT_AT_ONCE = 100


def find(session: Session, owner: str, sha256: str) -> UploadRow | None:
    """The account's upload of this content."""
    return session.get(UploadRow, (owner, sha256))


def own(session: Session, owner: str, sha256: str, now: int) -> UploadRow:
    """The same; raises NotFound, also for what is over its time."""
    row = find(session, owner, sha256)
    if row is None or row.expires_at <= now:
        raise NotFound("There is no such upload.")
    return row


def under_way(session: Session, owner: str) -> tuple[int, int]:
    """How many uploads an account has, and the bytes that those which nothing has used yet will take."""
    count = session.scalar(select(func.count()).where(UploadRow.owner == owner)) or 0
    size = select(func.coalesce(func.sum(UploadRow.size), 0)).where(
        UploadRow.owner == owner, UploadRow.answer == ""
    )
    return count, session.scalar(size) or 0


def make_room(session: Session, owner: str, sha256: str, most: int) -> None:
    """Drop a row of this name that is over, and answers of used uploads, oldest first, while there are `most`."""
    mine = select(UploadRow).where(UploadRow.owner == owner)
    rows = list(session.scalars(mine.order_by(UploadRow.expires_at, UploadRow.sha256)))
    gone = [row for row in rows if row.sha256 == sha256]
    used = [row for row in rows if row.answer and row not in gone]
    gone += used[: max(0, len(rows) - len(gone) - most + 1)]
    for row in gone:
        session.delete(row)
    session.flush()


def drop(session: Session, owner: str, sha256: str) -> UploadRow | None:
    """Drop a row; what it was, None when there was none."""
    row = find(session, owner, sha256)
    if row is not None:
        session.delete(row)
    return row


def drop_over(session: Session, now: int) -> list[UploadRow]:
    """Drop uploads whose time is over, some at a time; what they were."""
    over = select(UploadRow).where(UploadRow.expires_at <= now)
    rows = list(session.scalars(over.order_by(UploadRow.expires_at, UploadRow.sha256).limit(_SWEPT_AT_ONCE)))
    for row in rows:
        session.delete(row)
    return rows


def parts(session: Session, owner: str, sha256: str) -> str:
    """Where the bytes of an upload lie; "" also without one."""
    row = find(session, owner, sha256)
    return "" if row is None else row.parts
