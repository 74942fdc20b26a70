# SPDX-License-Identifier: Apache-2.0
"""Batches of answers and of votes as they were signed, with the receipts they got."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from gems_platform.db import Base


class ReceiptRow(Base):
    """A batch that is here for good: the sender's signed message, its leaves in order, our signed receipt.

    Two verifiers who judge the same submissions alike send the same root, so the sender is part of the key.
    """

    __tablename__ = "receipts"
    worker: Mapped[str] = mapped_column(String(42), ForeignKey("accounts.address"), primary_key=True)
    root: Mapped[str] = mapped_column(String(66), primary_key=True)
    kind: Mapped[str] = mapped_column(String(12))
    batch: Mapped[str] = mapped_column(Text)
    leaves: Mapped[str] = mapped_column(Text)
    receipt: Mapped[str] = mapped_column(Text)
    received_at: Mapped[int]
