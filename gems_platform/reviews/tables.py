# SPDX-License-Identifier: Apache-2.0
"""Seats on panels with the votes cast from them, and the panels that the hub signed."""

from __future__ import annotations

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from gems_platform.db import Base


class SeatRow(Base):
    """One signed review assignment. state: offered | leased | voted | missed | agreed | disagreed."""

    __tablename__ = "seats"
    hash: Mapped[str] = mapped_column(String(66), primary_key=True)
    batch_id: Mapped[str] = mapped_column(String(66), ForeignKey("batches.id"), index=True)
    place: Mapped[int]
    campaign_id: Mapped[str] = mapped_column(String(66))
    index: Mapped[int] = mapped_column("idx")
    attempt: Mapped[int]
    round: Mapped[int]
    verifier: Mapped[str] = mapped_column(String(42), index=True)
    message: Mapped[str] = mapped_column(Text)
    signature: Mapped[str] = mapped_column(String(132))
    state: Mapped[str] = mapped_column(String(10), index=True)
    due_at: Mapped[int]
    accept: Mapped[bool | None]
    reason: Mapped[str | None] = mapped_column(String(20))
    note: Mapped[str | None] = mapped_column(Text)
    mark: Mapped[str | None] = mapped_column(Text)
    vote_root: Mapped[str | None] = mapped_column(String(66))
    vote_place: Mapped[int | None]
    __table_args__ = (
        ForeignKeyConstraint(["verifier", "vote_root"], ["receipts.worker", "receipts.root"]),
        UniqueConstraint("campaign_id", "idx", "attempt", "verifier"),
        Index("ix_seats_round", "campaign_id", "idx", "attempt", "round"),
    )


class PanelRow(Base):
    """A full panel, signed."""

    __tablename__ = "panels"
    campaign_id: Mapped[str] = mapped_column(String(66), primary_key=True)
    index: Mapped[int] = mapped_column("idx", primary_key=True)
    attempt: Mapped[int] = mapped_column(primary_key=True)
    round: Mapped[int] = mapped_column(primary_key=True)
    message: Mapped[str] = mapped_column(Text)
    signature: Mapped[str] = mapped_column(String(132))
