# SPDX-License-Identifier: Apache-2.0
"""How each worker's judged tasks ended, what those are worth, and who was removed."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from gems_platform.db import Base, Units


class OutcomeRow(Base):
    """One task of one worker that verifiers have judged for good, redo included.

    accepted: right, that is accepted and not found poor afterwards. redone: it took a second try. poor: accepted,
    commissioned, and rejected by the strangers. commission, mr: base units of the commission and of the task's
    Mr, by which a poor task lowers N.
    """

    __tablename__ = "outcomes"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    worker: Mapped[str] = mapped_column(String(42), ForeignKey("accounts.address"), index=True)
    campaign_id: Mapped[str] = mapped_column(String(66))
    index: Mapped[int] = mapped_column("idx")
    attempt: Mapped[int]
    assignment_hash: Mapped[str] = mapped_column(String(66), unique=True)
    requester: Mapped[str] = mapped_column(String(42))
    family: Mapped[str] = mapped_column(String(80))
    difficulty: Mapped[str] = mapped_column(String(80), default="", server_default="")
    accepted: Mapped[bool]
    first_try: Mapped[bool]
    redone: Mapped[bool] = mapped_column(default=False, server_default=false())
    poor: Mapped[bool] = mapped_column(default=False, server_default=false())
    commission: Mapped[int] = mapped_column(Units, default=0, server_default="0")
    mr: Mapped[int] = mapped_column(Units, default=0, server_default="0")
    judged_at: Mapped[int]
    __table_args__ = (Index("ix_outcomes_campaign", "campaign_id", "worker"),)


class WeightRunRow(Base):
    """The last computation of the weights (one row, id 1): when, over how many outcomes.

    unknown: the weight of a requester that was not in it.
    """

    __tablename__ = "weight_runs"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[int]
    last_outcome: Mapped[int]
    unknown: Mapped[float]


class RequesterWeightRow(Base):
    """u_r, 0..1: how much a task judged for this requester counts."""

    __tablename__ = "requester_weights"
    requester: Mapped[str] = mapped_column(String(42), primary_key=True)
    weight: Mapped[float]


class KindWeightRow(Base):
    """w_m, 0..1: how much a task of this kind says about a worker."""

    __tablename__ = "kind_weights"
    family: Mapped[str] = mapped_column(String(80), primary_key=True)
    difficulty: Mapped[str] = mapped_column(String(80), primary_key=True)
    weight: Mapped[float]


class RemovalAppealRow(Base):
    """What a removed worker says to the operator; answered_at when the worker was let back."""

    __tablename__ = "removal_appeals"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    worker: Mapped[str] = mapped_column(String(42), ForeignKey("accounts.address"), index=True)
    reason: Mapped[str] = mapped_column(Text)
    made_at: Mapped[int]
    answered_at: Mapped[int | None]


class ReinstatedRow(Base):
    """A worker whom the operator let back: only outcomes after number `after` count for removal."""

    __tablename__ = "reinstatements"
    worker: Mapped[str] = mapped_column(String(42), ForeignKey("accounts.address"), primary_key=True)
    after: Mapped[int]
    at: Mapped[int]
