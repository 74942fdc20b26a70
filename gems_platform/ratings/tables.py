# SPDX-License-Identifier: Apache-2.0
"""Ratings, one for each worker and campaign."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from gems_platform.db import Base


class RatingRow(Base):
    """How a worker rates a campaign: pay, clarity, speed and fairness from 1 to 5."""

    __tablename__ = "ratings"
    worker: Mapped[str] = mapped_column(String(42), ForeignKey("accounts.address"), primary_key=True)
    campaign_id: Mapped[str] = mapped_column(
        String(66), ForeignKey("campaigns.id"), primary_key=True, index=True
    )
    pay: Mapped[int]
    clarity: Mapped[int]
    speed: Mapped[int]
    fairness: Mapped[int]
    at: Mapped[int]
