# SPDX-License-Identifier: Apache-2.0
"""How each worker's judged tasks ended."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from gems_platform.db import Base


class OutcomeRow(Base):
    """One task of one worker that verifiers have judged for good."""

    __tablename__ = "outcomes"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    worker: Mapped[str] = mapped_column(String(42), ForeignKey("accounts.address"), index=True)
    campaign_id: Mapped[str] = mapped_column(String(66))
    index: Mapped[int] = mapped_column("idx")
    attempt: Mapped[int]
    assignment_hash: Mapped[str] = mapped_column(String(66), unique=True)
    requester: Mapped[str] = mapped_column(String(42))
    family: Mapped[str] = mapped_column(String(80))
    accepted: Mapped[bool]
    first_try: Mapped[bool]
    judged_at: Mapped[int]
