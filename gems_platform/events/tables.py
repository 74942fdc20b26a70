# SPDX-License-Identifier: Apache-2.0
"""What happened to each account."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from gems_platform.db import Base


class EventRow(Base):
    """One thing that happened; `seq` only grows."""

    __tablename__ = "events"
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    account: Mapped[str] = mapped_column(String(42), ForeignKey("accounts.address"))
    at: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    body: Mapped[str] = mapped_column(Text)
    __table_args__ = (Index("ix_events_account", "account", "seq"), {"sqlite_autoincrement": True})
