# SPDX-License-Identifier: Apache-2.0
"""Known answers of campaigns, what the checks by them found, and practice sets with their tries."""

from __future__ import annotations

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from gems_platform.db import Base


class GoldSetRow(Base):
    """One campaign's known answers together; secret: 32 bytes that mix them among the other tasks."""

    __tablename__ = "gold_sets"
    campaign_id: Mapped[str] = mapped_column(String(66), ForeignKey("campaigns.id"), primary_key=True)
    secret: Mapped[str] = mapped_column(String(66))


class GoldRow(Base):
    """The known answer (JSON) of one task, with the salt of its commitment.

    shown: to how many people the task was offered. retired: to too many for it to check anybody any more.
    """

    __tablename__ = "gold"
    campaign_id: Mapped[str] = mapped_column(String(66), primary_key=True)
    index: Mapped[int] = mapped_column("idx", primary_key=True)
    answer: Mapped[str] = mapped_column(Text)
    salt: Mapped[str] = mapped_column(String(66))
    shown: Mapped[int] = mapped_column(default=0)
    retired: Mapped[bool] = mapped_column(default=False)
    __table_args__ = (ForeignKeyConstraint(["campaign_id", "idx"], ["tasks.campaign_id", "tasks.idx"]),)


class GoldCheckRow(Base):
    """One hidden check of a worker, who gets each at most once per role. role: miner | verifier.

    answer_hash: of an own answer that was wrong, None otherwise.
    """

    __tablename__ = "gold_checks"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    worker: Mapped[str] = mapped_column(String(42), ForeignKey("accounts.address"))
    role: Mapped[str] = mapped_column(String(8))
    family: Mapped[str] = mapped_column(String(80))
    campaign_id: Mapped[str] = mapped_column(String(66))
    index: Mapped[int] = mapped_column("idx")
    attempt: Mapped[int]
    right: Mapped[bool] = mapped_column("is_right")
    at: Mapped[int]
    answer_hash: Mapped[str | None] = mapped_column(String(66))
    __table_args__ = (
        UniqueConstraint("worker", "role", "campaign_id", "idx"),
        Index("ix_gold_checks_task", "campaign_id", "idx"),
        Index("ix_gold_checks_worker", "worker", "family"),
    )


class PracticeRow(Base):
    """One task of a campaign's practice set; data and answer are JSON, hint is the author's."""

    __tablename__ = "practice_tasks"
    campaign_id: Mapped[str] = mapped_column(String(66), ForeignKey("campaigns.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    data: Mapped[str] = mapped_column(Text)
    answer: Mapped[str] = mapped_column(Text)
    hint: Mapped[str] = mapped_column(Text)


class PracticeTryRow(Base):
    """One try at a practice set; right: how many of `of`."""

    __tablename__ = "practice_tries"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    worker: Mapped[str] = mapped_column(String(42), ForeignKey("accounts.address"))
    campaign_id: Mapped[str] = mapped_column(String(66), ForeignKey("campaigns.id"))
    right: Mapped[int] = mapped_column("rights")
    of: Mapped[int] = mapped_column("tasks")
    passed: Mapped[bool]
    at: Mapped[int]
    __table_args__ = (Index("ix_practice_tries_worker", "worker", "campaign_id"),)
