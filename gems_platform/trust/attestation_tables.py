# SPDX-License-Identifier: Apache-2.0
"""Attestations that this platform issued, and outcomes that workers brought from other platforms."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from gems_platform.db import Base


class IssuedRow(Base):
    """An outcome's attestation, signed once and given out unchanged ever after; package: JSON."""

    __tablename__ = "issued_attestations"
    outcome_id: Mapped[int] = mapped_column(ForeignKey("outcomes.id"), primary_key=True)
    worker: Mapped[str] = mapped_column(String(42), index=True)
    issuer: Mapped[str] = mapped_column(String(42))
    uid: Mapped[str] = mapped_column(String(66))
    package: Mapped[str] = mapped_column(Text)


class ImportedRow(Base):
    """One outcome of a worker that another platform attested; package: the JSON that proves it."""

    __tablename__ = "imported_outcomes"
    uid: Mapped[str] = mapped_column(String(66), primary_key=True)
    worker: Mapped[str] = mapped_column(String(42), ForeignKey("accounts.address"), index=True)
    issuer: Mapped[str] = mapped_column(String(42))
    chain_id: Mapped[int]
    campaign_id: Mapped[str] = mapped_column(String(66))
    index: Mapped[int] = mapped_column("idx")
    attempt: Mapped[int]
    requester: Mapped[str] = mapped_column(String(42))
    family: Mapped[str] = mapped_column(String(80))
    difficulty: Mapped[str] = mapped_column(String(80))
    accepted: Mapped[bool]
    first_try: Mapped[bool]
    gold: Mapped[bool]
    judged_at: Mapped[int]
    imported_at: Mapped[int]
    package: Mapped[str] = mapped_column(Text)
    __table_args__ = (UniqueConstraint("issuer", "chain_id", "campaign_id", "idx", "attempt"),)
