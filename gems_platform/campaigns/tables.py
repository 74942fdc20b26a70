# SPDX-License-Identifier: Apache-2.0
"""Campaigns as their requesters signed them, and what the chain and the requester said since."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from gems_platform.db import Base, Units


class CampaignRow(Base):
    """One campaign. `terms` and `manifest` are JSON; funded, spend_* and redeemed are base units.

    state: draft (no escrow seen yet), open, cancelled.
    """

    __tablename__ = "campaigns"
    id: Mapped[str] = mapped_column(String(66), primary_key=True)
    requester: Mapped[str] = mapped_column(String(42), index=True)
    terms: Mapped[str] = mapped_column(Text)
    manifest: Mapped[str] = mapped_column(Text)
    offer_signature: Mapped[str] = mapped_column(String(132))
    state: Mapped[str] = mapped_column(String(12), index=True)
    tasks_total: Mapped[int]
    media_bytes_per_task: Mapped[int]
    created_at: Mapped[int]
    funded: Mapped[int] = mapped_column(Units, default=0)
    spend_signed: Mapped[int] = mapped_column(Units, default=0)
    spend_seq: Mapped[int] = mapped_column(default=0)
    spend_signature: Mapped[str | None] = mapped_column(String(132))
    redeemed: Mapped[int] = mapped_column(Units, default=0)
    __table_args__ = (Index("ix_campaigns_listed", "created_at", "id"),)


class SeedRow(Base):
    """The requester's seed of one Unix day, once it is revealed."""

    __tablename__ = "seeds"
    campaign_id: Mapped[str] = mapped_column(String(66), ForeignKey("campaigns.id"), primary_key=True)
    day: Mapped[int] = mapped_column(primary_key=True)
    seed: Mapped[str] = mapped_column(String(66))
    revealed_at: Mapped[int]


class BillRow(Base):
    """What the hub said that a campaign's Spend of `spent` pays, in order; the newest one counts."""

    __tablename__ = "bills"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    campaign_id: Mapped[str] = mapped_column(String(66), ForeignKey("campaigns.id"), index=True)
    spent: Mapped[int] = mapped_column(Units)
    root: Mapped[str] = mapped_column(String(66))
    count: Mapped[int]
    signature: Mapped[str] = mapped_column(String(132))
    at: Mapped[int]
