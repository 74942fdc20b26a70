# SPDX-License-Identifier: Apache-2.0
"""Reports of abuse."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from gems_platform.db import Base


class AbuseRow(Base):
    """One report; one for each reporter and thing. kind: campaign | task | message. state: open | upheld | dismissed.

    thing: what names it uniquely: the campaign, campaign/index, thread/number. reason: one of service.REASONS.
    """

    __tablename__ = "abuse_reports"
    id: Mapped[str] = mapped_column(String(66), primary_key=True)
    reporter: Mapped[str] = mapped_column(String(42), ForeignKey("accounts.address"))
    kind: Mapped[str] = mapped_column(String(10))
    thing: Mapped[str] = mapped_column(String(80))
    campaign_id: Mapped[str] = mapped_column(String(66), ForeignKey("campaigns.id"))
    index: Mapped[int | None] = mapped_column("idx")
    thread_id: Mapped[str | None] = mapped_column(String(66), ForeignKey("threads.id"))
    seq: Mapped[int | None]
    reason: Mapped[str] = mapped_column(String(32))
    note: Mapped[str] = mapped_column(Text)
    at: Mapped[int]
    state: Mapped[str] = mapped_column(String(10), default="open")
    resolved_at: Mapped[int | None]
    resolved_by: Mapped[str | None] = mapped_column(String(42))
    answer: Mapped[str | None] = mapped_column(Text)
    __table_args__ = (
        UniqueConstraint("reporter", "thing"),
        Index("ix_abuse_state", "state", "at", "id"),
        Index("ix_abuse_campaign", "campaign_id", "state"),
        Index("ix_abuse_reporter", "reporter", "at"),
    )
