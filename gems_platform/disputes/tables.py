# SPDX-License-Identifier: Apache-2.0
"""What the chain said about attempts of this hub's campaigns: every verdict that ever stood, and what is watched."""

from __future__ import annotations

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from gems_platform.db import Base


class DisputeMarkRow(Base):
    """The next block to read of a contract."""

    __tablename__ = "dispute_marks"
    contract: Mapped[str] = mapped_column(String(42), primary_key=True)
    block: Mapped[int]


class DisputeRow(Base):
    """An attempt that came up in Campaigns (kind "verdict") or Judge (kind "silent"); by its task key, 0x-hex.

    state: what the chain showed at the last look, in words. over_at: the block in which nothing more could come of
    it, 0 before; over: it is so deep that it is not looked at again.
    """

    __tablename__ = "disputes"
    task_key: Mapped[str] = mapped_column(String(66), primary_key=True)
    kind: Mapped[str] = mapped_column(String(8), primary_key=True)
    campaign_id: Mapped[str] = mapped_column(String(66), index=True)
    index: Mapped[int] = mapped_column("idx")
    attempt: Mapped[int]
    state: Mapped[str] = mapped_column(String(20), default="")
    over_at: Mapped[int] = mapped_column(default=0)
    over: Mapped[bool] = mapped_column(default=False, index=True)


class StandingRow(Base):
    """A standing that an event showed, JSON, by its digest in the task's word: a reorganisation takes none away."""

    __tablename__ = "dispute_standings"
    task_key: Mapped[str] = mapped_column(String(66), primary_key=True)
    digest: Mapped[str] = mapped_column(String(48), primary_key=True)
    standing: Mapped[str] = mapped_column(Text)


class CollateralOrderRow(Base):
    """What the operator wants of the collateral. name: leave | finish; while there is one nothing is filled up."""

    __tablename__ = "collateral_orders"
    name: Mapped[str] = mapped_column(String(6), primary_key=True)
