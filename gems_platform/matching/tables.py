# SPDX-License-Identifier: Apache-2.0
"""Wishes for work and reviews, the rounds in which they were drawn, what is kept for whom, and running counts."""

from __future__ import annotations

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from gems_platform.db import Base, Units


class MatchingSecretRow(Base):
    """The 32 bytes from which the names of candidates and each miner's place in a campaign follow; one row."""

    __tablename__ = "matching_secret"
    id: Mapped[int] = mapped_column(primary_key=True)
    secret: Mapped[str] = mapped_column(String(66))


class PoolRow(Base):
    """Something that more people may ask for than there is: a campaign's tasks (its id), or "review".

    hot_until: until then everybody waits for a round. round: the number of the one that is asked for, 0 for none.
    """

    __tablename__ = "pools"
    pool: Mapped[str] = mapped_column(String(66), primary_key=True)
    hot_until: Mapped[int] = mapped_column(default=0)
    round: Mapped[int] = mapped_column(default=0)


class WishRow(Base):
    """What somebody asked for and did not get yet: one for each worker and pool, however often they ask.

    facts: JSON of what they could take when they asked (families, grade, stake). since: when it began to stand.
    seen_at: when they last asked. won: tasks of a campaign that are kept for them until `won_until`.
    """

    __tablename__ = "wishes"
    pool: Mapped[str] = mapped_column(String(66), primary_key=True)
    worker: Mapped[str] = mapped_column(String(42), ForeignKey("accounts.address"), primary_key=True)
    count: Mapped[int]
    request_id: Mapped[str] = mapped_column(String(66))
    facts: Mapped[str] = mapped_column(Text)
    since: Mapped[int]
    seen_at: Mapped[int]
    round: Mapped[int]
    won: Mapped[int] = mapped_column(default=0)
    won_until: Mapped[int] = mapped_column(default=0)
    __table_args__ = (Index("ix_wishes_order", "pool", "since", "worker"),)


class RoundRow(Base):
    """One round of a pool. secret: what a campaign's round is drawn by; its hash is told before, itself afterwards.

    candidates: JSON [[name, weight]] in order; requests, chosen: JSON, of a round of work. drawn_at: None before.
    """

    __tablename__ = "rounds"
    pool: Mapped[str] = mapped_column(String(66), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    secret: Mapped[str] = mapped_column(String(66))
    candidates: Mapped[str] = mapped_column(Text, default="[]")
    requests: Mapped[str] = mapped_column(Text, default="[]")
    chosen: Mapped[str] = mapped_column(Text, default="[]")
    supply: Mapped[int] = mapped_column(default=0)
    drawn_at: Mapped[int | None]


class PanelDrawRow(Base):
    """Who was drawn for free seats of a panel, out of the candidates (JSON) of that moment; see `DrawRecord`."""

    __tablename__ = "panel_draws"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    campaign_id: Mapped[str] = mapped_column(String(66))
    index: Mapped[int] = mapped_column("idx")
    attempt: Mapped[int]
    round: Mapped[int]
    at: Mapped[int]
    record: Mapped[str] = mapped_column(Text)
    __table_args__ = (
        ForeignKeyConstraint(["campaign_id", "idx"], ["tasks.campaign_id", "tasks.idx"]),
        Index("ix_panel_draws_task", "campaign_id", "idx", "attempt", "id"),
    )


class HoldRow(Base):
    """A seat of a task that is kept for whoever was drawn, until they come."""

    __tablename__ = "holds"
    campaign_id: Mapped[str] = mapped_column(String(66), primary_key=True)
    index: Mapped[int] = mapped_column("idx", primary_key=True)
    worker: Mapped[str] = mapped_column(String(42), ForeignKey("accounts.address"), primary_key=True)
    until: Mapped[int]
    __table_args__ = (
        ForeignKeyConstraint(["campaign_id", "idx"], ["tasks.campaign_id", "tasks.idx"]),
        Index("ix_holds_worker", "worker", "until"),
    )


class TallyRow(Base):
    """How many things of a kind a campaign has, summed over its parts, so that writers seldom meet.

    kind: a task's state, or "seats" for those that were taken and not left.
    """

    __tablename__ = "tallies"
    campaign_id: Mapped[str] = mapped_column(String(66), ForeignKey("campaigns.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(12), primary_key=True)
    part: Mapped[int] = mapped_column(primary_key=True)
    n: Mapped[int] = mapped_column(default=0)


class SpentRow(Base):
    """Base units that left a campaign's escrow for work less what came back, in parts; what was unspent apart."""

    __tablename__ = "spent"
    campaign_id: Mapped[str] = mapped_column(String(66), ForeignKey("campaigns.id"), primary_key=True)
    part: Mapped[int] = mapped_column(primary_key=True)
    units: Mapped[int] = mapped_column(Units, default=0)


class LinkedRow(Base):
    """Two accounts (in the order of their addresses) that were wrong alike on known answers too often for chance."""

    __tablename__ = "linked"
    one: Mapped[str] = mapped_column(String(42), ForeignKey("accounts.address"), primary_key=True)
    other: Mapped[str] = mapped_column(String(42), ForeignKey("accounts.address"), primary_key=True)
    both: Mapped[int]
    alike: Mapped[int]
    at: Mapped[int]
    __table_args__ = (UniqueConstraint("other", "one"),)
