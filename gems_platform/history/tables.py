# SPDX-License-Identifier: Apache-2.0
"""Every debit that was taken, in order: a channel's row holds the newest one alone."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from gems_platform.db import Base, Units


class DebitRow(Base):
    """One stake or bond as its worker signed it: the cumulative `debited`, for what `root` names."""

    __tablename__ = "debits"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    worker: Mapped[str] = mapped_column(String(42), ForeignKey("accounts.address"))
    debited: Mapped[int] = mapped_column(Units)
    root: Mapped[str] = mapped_column(String(66))
    signature: Mapped[str] = mapped_column(String(132))
    at: Mapped[int]
    __table_args__ = (Index("ix_debits_worker", "worker", "id"), {"sqlite_autoincrement": True})
