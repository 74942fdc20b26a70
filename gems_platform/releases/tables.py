# SPDX-License-Identifier: Apache-2.0
"""Tasks that workers were paid for, each with the signed batch that releases it, once that came."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from gems_platform.db import Base


class ReleaseBatchRow(Base):
    """A BatchRelease as its worker signed it; `leaves` are the task keys in the order of its root (JSON)."""

    __tablename__ = "release_batches"
    id: Mapped[str] = mapped_column(String(66), primary_key=True)  # the message's struct hash
    worker: Mapped[str] = mapped_column(String(42), ForeignKey("accounts.address"), index=True)
    message: Mapped[str] = mapped_column(Text)
    signature: Mapped[str] = mapped_column(String(132))
    leaves: Mapped[str] = mapped_column(Text)
    at: Mapped[int]


class ReleaseRow(Base):
    """One task that a voucher paid a worker for; without a batch while its release is waited for."""

    __tablename__ = "releases"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    worker: Mapped[str] = mapped_column(String(42), ForeignKey("accounts.address"))
    task_key: Mapped[str] = mapped_column(String(66))
    campaign_id: Mapped[str] = mapped_column(String(66))
    index: Mapped[int] = mapped_column("idx")
    attempt: Mapped[int]
    batch: Mapped[str | None] = mapped_column(String(66), ForeignKey("release_batches.id"))
    place: Mapped[int | None]
    __table_args__ = (
        UniqueConstraint("worker", "task_key"),
        Index("ix_releases_waiting", "worker", "batch"),
    )
