# SPDX-License-Identifier: Apache-2.0
"""The audit log: rows are added and, after the operator's time, dropped; none is ever changed."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from gems_platform.db import Base


class AuditRow(Base):
    """An act, or `count` refusals of one kind within a minute.

    network: the /24 or /64 that it came from. subject: the hash or address that it was about. No secrets, no
    answers, no free text.
    """

    __tablename__ = "audit"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    at: Mapped[int] = mapped_column(index=True)
    act: Mapped[str] = mapped_column(String(20))
    code: Mapped[str] = mapped_column(String(40))
    account: Mapped[str] = mapped_column(String(42))
    network: Mapped[str] = mapped_column(String(50))
    subject: Mapped[str] = mapped_column(String(66))
    count: Mapped[int]
    __table_args__ = ({"sqlite_autoincrement": True},)
