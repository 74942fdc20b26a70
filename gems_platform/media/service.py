# SPDX-License-Identifier: Apache-2.0
"""Taking media in, within each account's quota."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from gems_platform.errors import NotFound, QuotaReached
from gems_platform.media import repository
from gems_platform.settings import Settings


def known(session: Session, sha256: str) -> dict[str, Any] | None:
    """The answer to an upload of a file that is here already."""
    row = repository.find(session, sha256)
    return None if row is None else {"sha256": sha256, "size": row.size}


def check_quota(session: Session, settings: Settings, owner: str, more: int) -> None:
    """Raise QuotaReached when `more` bytes are too many for this account."""
    if repository.used(session, owner) + more > settings.media_quota_bytes:
        raise QuotaReached("You have stored as much media as this platform keeps for one account.")


def keep(
    session: Session, settings: Settings, sha256: str, size: int, kind: str, owner: str, now: int
) -> dict[str, Any]:
    """Remember a file that is on disk."""
    if repository.find(session, sha256) is None:
        check_quota(session, settings, owner, size)
        repository.add(session, sha256, size, kind, owner, now)
    return {"sha256": sha256, "size": size}


def kind(session: Session, sha256: str) -> str:
    """The media type of a file; raises NotFound."""
    row = repository.find(session, sha256)
    if row is None:
        raise NotFound("There is no such media file.")
    return row.kind
