# SPDX-License-Identifier: Apache-2.0
"""What the platform means to do on chain, and every transaction that it ever signed for it."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from gems_platform.db import Base, Units


class IntentRow(Base):
    """One call with one nonce of its sender; whichever of its transactions is mined, it happened once.

    state: sent, mined (in a block that may still be taken back), done, failed (it reverted), or lost (its nonce
    went to a transaction that is not one of these). tx_hash: the mined transaction, else the newest.
    """

    __tablename__ = "chain_intents"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    name: Mapped[str] = mapped_column(String(200), index=True)
    about: Mapped[str] = mapped_column(Text, default="")
    sender: Mapped[str] = mapped_column(String(42))
    nonce: Mapped[int]
    to: Mapped[str] = mapped_column("recipient", String(42))
    data: Mapped[str] = mapped_column(Text)
    gas: Mapped[int]
    tx_hash: Mapped[str] = mapped_column(String(66))
    state: Mapped[str] = mapped_column(String(10), index=True)
    at: Mapped[int]
    __table_args__ = (Index("ix_chain_intents_nonce", "sender", "nonce"),)


class AttemptRow(Base):
    """A signed transaction, stored before it is sent; fees in wei per gas, `height` is the newest block then."""

    __tablename__ = "chain_attempts"
    tx_hash: Mapped[str] = mapped_column(String(66), primary_key=True)
    intent: Mapped[int] = mapped_column(ForeignKey("chain_intents.id"), index=True)
    raw: Mapped[str] = mapped_column(Text)
    max_fee: Mapped[int] = mapped_column(Units)
    tip: Mapped[int] = mapped_column(Units)
    height: Mapped[int]
    at: Mapped[int]
