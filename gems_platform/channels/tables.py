# SPDX-License-Identifier: Apache-2.0
"""Channels of workers, the lines they are owed, the vouchers that settled them, and relayed claims."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from gems_platform.db import Base, Units


class ChannelRow(Base):
    """One channel to one worker; deposit, claimed and closing are what the chain showed last."""

    __tablename__ = "channels"
    id: Mapped[str] = mapped_column(String(66), primary_key=True)
    worker: Mapped[str] = mapped_column(String(42), ForeignKey("accounts.address"), unique=True)
    payer: Mapped[str] = mapped_column(String(42))
    signer: Mapped[str] = mapped_column(String(42))
    delay: Mapped[int]
    salt: Mapped[int]
    deposit: Mapped[int] = mapped_column(Units, default=0)
    claimed: Mapped[int] = mapped_column(Units, default=0)
    closing: Mapped[bool] = mapped_column(default=False)
    ends_at: Mapped[int] = mapped_column(default=0, server_default="0")  # 0 while it is open, or ended
    # Who closes it, "hub" or "worker": from here on nothing more is signed in it.
    frozen: Mapped[str] = mapped_column(String(6), default="", server_default="")
    # When the store was restored, until its worker shows the newest voucher: nothing is signed in it (doubt.py).
    doubted_at: Mapped[int] = mapped_column(default=0, server_default="0")
    tx_hash: Mapped[str | None] = mapped_column(String(66))
    paid: Mapped[int] = mapped_column(Units, default=0)
    bonded: Mapped[int] = mapped_column(Units, default=0)
    from_rewards: Mapped[int] = mapped_column(Units, default=0)
    seq: Mapped[int] = mapped_column(default=0)
    voucher_signature: Mapped[str | None] = mapped_column(String(132))
    debited: Mapped[int] = mapped_column(Units, default=0)
    debit_signature: Mapped[str | None] = mapped_column(String(132))
    debit_hash: Mapped[str | None] = mapped_column(String(66))

    @property
    def stopped(self) -> bool:
        """Whether nothing may be signed or begun in it any more: it closes, or is about to."""
        return self.closing or self.frozen != ""

    @property
    def silent(self) -> bool:
        """Whether nothing may be signed in it now: it stopped, or newer vouchers of it may be about."""
        return self.stopped or self.doubted_at > 0


class LineRow(Base):
    """One amount that a worker is owed; `seq` is the voucher that settled it."""

    __tablename__ = "lines"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    worker: Mapped[str] = mapped_column(String(42))
    campaign_id: Mapped[str] = mapped_column(String(66))
    index: Mapped[int] = mapped_column("idx")
    attempt: Mapped[int]
    round: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    amount: Mapped[int] = mapped_column(Units)
    seq: Mapped[int | None]
    __table_args__ = (
        Index("ix_lines_worker", "worker", "seq"),
        Index("ix_lines_owed", "seq", "worker"),
        Index("ix_lines_key", "worker", "campaign_id", "idx", "attempt", "round", "kind", unique=True),
    )


class RelayedClaimRow(Base):
    """A claim that the relayer signed a transaction for; `raw` is sent again until it is in a block."""

    __tablename__ = "relayed_claims"
    id: Mapped[str] = mapped_column(String(66), primary_key=True)
    worker: Mapped[str] = mapped_column(String(42), ForeignKey("accounts.address"), index=True)
    request: Mapped[str] = mapped_column(Text)
    raw: Mapped[str] = mapped_column(Text)
    tx_hash: Mapped[str] = mapped_column(String(66))
    state: Mapped[str] = mapped_column(String(10), index=True)
    at: Mapped[int]
