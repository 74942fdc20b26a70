# SPDX-License-Identifier: Apache-2.0
"""What happened to each account."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from gems_platform.db import Base


class EventRow(Base):
    """One thing that happened to an account; its `seq` only grows."""

    __tablename__ = "events"
    account: Mapped[str] = mapped_column(String(42), ForeignKey("accounts.address"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[int] = mapped_column(index=True)
    kind: Mapped[str] = mapped_column(String(20))
    body: Mapped[str] = mapped_column(Text)
