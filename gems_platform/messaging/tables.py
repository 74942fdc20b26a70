# SPDX-License-Identifier: Apache-2.0
"""Threads about tasks, their messages, and the names that workers have in a campaign."""

from __future__ import annotations

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from gems_platform.db import Base


class AliasRow(Base):
    """The name that a requester knows a worker by in one campaign; drawn by lot, so that it says nothing."""

    __tablename__ = "worker_aliases"
    campaign_id: Mapped[str] = mapped_column(String(66), ForeignKey("campaigns.id"), primary_key=True)
    worker: Mapped[str] = mapped_column(String(42), ForeignKey("accounts.address"), primary_key=True)
    alias: Mapped[str] = mapped_column(String(16))
    __table_args__ = (UniqueConstraint("campaign_id", "alias"),)


class ThreadRow(Base):
    """What a requester and one worker say about one task. last: the number of the newest message.

    muted: whether the worker wants to be woken no more. The id is drawn by lot: it can not be reckoned from a worker.
    """

    __tablename__ = "threads"
    id: Mapped[str] = mapped_column(String(66), primary_key=True)
    campaign_id: Mapped[str] = mapped_column(String(66))
    index: Mapped[int] = mapped_column("idx")
    worker: Mapped[str] = mapped_column(String(42), ForeignKey("accounts.address"))
    last: Mapped[int] = mapped_column(default=0)
    last_at: Mapped[int]
    muted: Mapped[bool] = mapped_column(default=False)
    __table_args__ = (
        ForeignKeyConstraint(["campaign_id", "idx"], ["tasks.campaign_id", "tasks.idx"]),
        UniqueConstraint("campaign_id", "idx", "worker"),
        Index("ix_threads_worker", "worker", "last_at", "id"),
        Index("ix_threads_campaign", "campaign_id", "last_at", "id"),
    )


class MessageRow(Base):
    """One message: cleaned plain text, the number `seq` in its thread counted from 1."""

    __tablename__ = "messages"
    thread_id: Mapped[str] = mapped_column(String(66), ForeignKey("threads.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    author: Mapped[str] = mapped_column(String(42), ForeignKey("accounts.address"))
    at: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    __table_args__ = (Index("ix_messages_author", "author", "at"),)
