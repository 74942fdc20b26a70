# SPDX-License-Identifier: Apache-2.0
"""Seats on panels with the votes cast from them, and the panels that the hub signed."""

from __future__ import annotations

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from gems_platform.db import Base, Units


class SeatRow(Base):
    """One signed review assignment. state: offered | leased | voted | missed | agreed | disagreed.

    blind: the verifier answers before seeing the miner's answer; then `answer` is that answer, `number` which of
    the answers it is (0 the miner's), and `note_of_verifier` the signed standing that weighs it.
    """

    __tablename__ = "seats"
    hash: Mapped[str] = mapped_column(String(66), primary_key=True)
    batch_id: Mapped[str] = mapped_column(String(66), ForeignKey("batches.id"), index=True)
    place: Mapped[int]
    campaign_id: Mapped[str] = mapped_column(String(66))
    index: Mapped[int] = mapped_column("idx")
    attempt: Mapped[int]
    round: Mapped[int]
    verifier: Mapped[str] = mapped_column(String(42))
    message: Mapped[str] = mapped_column(Text)
    signature: Mapped[str] = mapped_column(String(132))
    state: Mapped[str] = mapped_column(String(10))
    due_at: Mapped[int]
    accept: Mapped[bool | None]
    reason: Mapped[str | None] = mapped_column(String(20))
    note: Mapped[str | None] = mapped_column(Text)
    mark: Mapped[str | None] = mapped_column(Text)
    vote_root: Mapped[str | None] = mapped_column(String(66))
    vote_place: Mapped[int | None]
    blind: Mapped[bool] = mapped_column(default=False)
    note_of_verifier: Mapped[str | None] = mapped_column(Text)
    answer: Mapped[str | None] = mapped_column(Text)
    number: Mapped[int] = mapped_column(default=0)
    __table_args__ = (
        ForeignKeyConstraint(["verifier", "vote_root"], ["receipts.worker", "receipts.root"]),
        UniqueConstraint("campaign_id", "idx", "attempt", "verifier"),
        Index("ix_seats_round", "campaign_id", "idx", "attempt", "round"),
        Index("ix_seats_history", "verifier", "due_at", "hash"),
        Index("ix_seats_due", "state", "due_at"),
        Index("ix_seats_of", "verifier", "campaign_id", "state"),
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


class AppealRow(Base):
    """One appeal of an attempt's verdict. party: miner | requester. won: None while others judge."""

    __tablename__ = "appeals"
    campaign_id: Mapped[str] = mapped_column(String(66), primary_key=True)
    index: Mapped[int] = mapped_column("idx", primary_key=True)
    attempt: Mapped[int] = mapped_column(primary_key=True)
    round: Mapped[int]
    party: Mapped[str] = mapped_column(String(9))
    account: Mapped[str] = mapped_column(String(42))
    message: Mapped[str] = mapped_column(Text)
    signature: Mapped[str] = mapped_column(String(132))
    bond: Mapped[int] = mapped_column(Units)
    reason: Mapped[str] = mapped_column(Text)
    made_at: Mapped[int]
    won: Mapped[bool | None]
    __table_args__ = (
        ForeignKeyConstraint(["campaign_id", "idx"], ["tasks.campaign_id", "tasks.idx"]),
        Index("ix_appeals_account", "account", "made_at"),
    )


class CommissionRow(Base):
    """A requester pays for having accepted work judged. poor: both strangers rejected it; None while they judge."""

    __tablename__ = "commissions"
    campaign_id: Mapped[str] = mapped_column(String(66), primary_key=True)
    index: Mapped[int] = mapped_column("idx", primary_key=True)
    attempt: Mapped[int] = mapped_column(primary_key=True)
    message: Mapped[str] = mapped_column(Text)
    signature: Mapped[str] = mapped_column(String(132))
    fee: Mapped[int] = mapped_column(Units)
    made_at: Mapped[int]
    poor: Mapped[bool | None]
    __table_args__ = (ForeignKeyConstraint(["campaign_id", "idx"], ["tasks.campaign_id", "tasks.idx"]),)
