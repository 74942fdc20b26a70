# SPDX-License-Identifier: Apache-2.0
"""Tasks, the assignments that were signed for them, and the batches they were given in."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from gems_platform.db import Base, Units

PLACE_BITS = 31


def _only(where: str) -> dict[str, Any]:
    """An index over some rows; a query uses it when it says the same without parameters."""
    return {"sqlite_where": text(where), "postgresql_where": text(where)}


class TaskRow(Base):
    """One task. `record` is the protocol's Task as JSON; `state` and `seats_wanted` are drawn from it for queries.

    since, judge_by: when the present round of judging began, and when it is judged as it is.
    seats_wanted: verifiers that the round still needs. settle_at: when a verdict that waits for an objection stands.
    place: a random number by which the campaign's tasks are scattered. known: has a known answer that may check
    somebody; nobody is told.
    """

    __tablename__ = "tasks"
    campaign_id: Mapped[str] = mapped_column(String(66), ForeignKey("campaigns.id"), primary_key=True)
    index: Mapped[int] = mapped_column("idx", primary_key=True)
    data: Mapped[str] = mapped_column(Text)
    input_hash: Mapped[str] = mapped_column(String(66))
    proof: Mapped[str] = mapped_column(Text)
    record: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(12))
    seats_wanted: Mapped[int] = mapped_column(default=0)
    since: Mapped[int] = mapped_column(default=0)
    judge_by: Mapped[int] = mapped_column(default=0)
    settle_at: Mapped[int | None] = mapped_column(index=True)
    place: Mapped[int] = mapped_column(default=0)
    known: Mapped[bool] = mapped_column(default=False)
    __table_args__ = (
        Index("ix_tasks_order", "campaign_id", "known", "place", "idx", **_only("state = 'open'")),
        Index("ix_tasks_judge_by", "state", "judge_by"),
        Index("ix_tasks_wanting", "since", "campaign_id", "idx", **_only("seats_wanted > 0")),
        Index("ix_tasks_wanting_place", "place", **_only("seats_wanted > 0")),
        Index("ix_tasks_held", "campaign_id", "idx", **_only("settle_at IS NOT NULL")),
    )


class BatchRow(Base):
    """Assignments given together. kind: work | review. state: offered | confirmed | void.

    released: everything of it is judged and vouchered, returned or over.
    """

    __tablename__ = "batches"
    id: Mapped[str] = mapped_column(String(66), primary_key=True)
    kind: Mapped[str] = mapped_column(String(6))
    worker: Mapped[str] = mapped_column(String(42), ForeignKey("accounts.address"))
    campaign_id: Mapped[str | None] = mapped_column(String(66), ForeignKey("campaigns.id"))
    root: Mapped[str] = mapped_column(String(66))
    stake_total: Mapped[int] = mapped_column(Units)
    state: Mapped[str] = mapped_column(String(10))
    created_at: Mapped[int]
    confirm_by: Mapped[int]
    due_at: Mapped[int]
    released: Mapped[bool] = mapped_column(default=False)
    __table_args__ = (
        Index("ix_batches_open", "worker", "released", "created_at"),
        Index("ix_batches_due", "state", "confirm_by"),
        Index("ix_batches_over", "released", "state"),
    )


class AssignmentRow(Base):
    """One signed assignment of work.

    state: offered | leased | submitted | accepted | rejected | expired | returned | void.
    message: JSON of the Assignment; note: of the signed standing by which it was offered. The submission's fields
    are filled when it arrives. waits_for_day: the Unix day whose seed its audit draw waits for; day, seed: those it
    was drawn with. final: whether nothing more can happen to a verdict. adopted: the verifiers' answer instead.
    """

    __tablename__ = "assignments"
    hash: Mapped[str] = mapped_column(String(66), primary_key=True)
    batch_id: Mapped[str] = mapped_column(String(66), ForeignKey("batches.id"), index=True)
    place: Mapped[int]
    campaign_id: Mapped[str] = mapped_column(String(66))
    index: Mapped[int] = mapped_column("idx")
    attempt: Mapped[int]
    miner: Mapped[str] = mapped_column(String(42))
    message: Mapped[str] = mapped_column(Text)
    signature: Mapped[str] = mapped_column(String(132))
    secret: Mapped[str] = mapped_column(String(66))
    is_redo: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(String(10))
    leased_at: Mapped[int]
    due_at: Mapped[int]
    answer: Mapped[str | None] = mapped_column(Text)
    result_hash: Mapped[str | None] = mapped_column(String(66))
    salt: Mapped[str | None] = mapped_column(String(66))
    submission_root: Mapped[str | None] = mapped_column(String(66))
    submission_place: Mapped[int | None]
    submitted_at: Mapped[int | None]
    judged_at: Mapped[int | None]
    evidence: Mapped[str | None] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(Text)
    final: Mapped[bool] = mapped_column(default=False)
    waits_for_day: Mapped[int | None]
    day: Mapped[int] = mapped_column(default=0)
    seed: Mapped[str | None] = mapped_column(String(66))
    adopted: Mapped[str | None] = mapped_column(Text)
    __table_args__ = (
        ForeignKeyConstraint(["campaign_id", "idx"], ["tasks.campaign_id", "tasks.idx"]),
        ForeignKeyConstraint(["miner", "submission_root"], ["receipts.worker", "receipts.root"]),
        UniqueConstraint("campaign_id", "idx", "attempt"),
        Index("ix_assignments_waits", "waits_for_day"),
        Index("ix_assignments_due", "state", "due_at"),
        Index("ix_assignments_times", "campaign_id", "submitted_at", **_only("submitted_at IS NOT NULL")),
        Index("ix_assignments_of", "miner", "campaign_id", "state"),
        Index("ix_assignments_history", "miner", "leased_at", "hash"),
    )


class TransferRow(Base):
    """Every movement of money that a task's rules named, in order: the platform's ledger."""

    __tablename__ = "transfers"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    campaign_id: Mapped[str] = mapped_column(String(66), index=True)
    index: Mapped[int] = mapped_column("idx")
    attempt: Mapped[int]
    round: Mapped[int]
    source: Mapped[str] = mapped_column(String(80))
    target: Mapped[str] = mapped_column(String(80))
    amount: Mapped[int] = mapped_column(Units)
    why: Mapped[str] = mapped_column(String(20))
    at: Mapped[int]
