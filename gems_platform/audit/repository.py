# SPDX-License-Identifier: Apache-2.0
"""All queries about the audit log: add, read on, drop what is over. Nothing changes a row."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from gems_platform.audit.tables import AuditRow


def add(
    session: Session,
    now: int,
    act: str,
    *,
    code: str = "",
    account: str = "",
    network: str = "",
    subject: str = "",
    count: int = 1,
) -> None:
    """Note an act in the transaction that does it. network: a truncated address."""
    session.add(
        AuditRow(at=now, act=act, code=code, account=account, network=network, subject=subject, count=count)
    )


def after(session: Session, last: int, limit: int) -> Sequence[AuditRow]:
    """Rows after the id `last`, oldest first."""
    query = select(AuditRow).where(AuditRow.id > last).order_by(AuditRow.id)
    return session.scalars(query.limit(limit)).all()


def drop_before(session: Session, at: int) -> None:
    """Forget what is older than the operator keeps it."""
    session.execute(delete(AuditRow).where(AuditRow.at < at))
