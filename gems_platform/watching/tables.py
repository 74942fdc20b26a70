# SPDX-License-Identifier: Apache-2.0
"""What a watch-tower remembers: how far it read, closes that run, days it mirrors."""

from __future__ import annotations

from sqlalchemy import LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from gems_platform.db import Base


class WatchMarkRow(Base):
    """The next block to read at a node; `name` says which node and contract."""

    __tablename__ = "watch_marks"
    name: Mapped[str] = mapped_column(String(200), primary_key=True)
    block: Mapped[int]


class WatchedCloseRow(Base):
    """A close that was seen; `over`: nothing more can come of it. `config` is JSON once it was looked up on chain."""

    __tablename__ = "watched_closes"
    id: Mapped[str] = mapped_column(String(66), primary_key=True)
    block: Mapped[int]
    over: Mapped[bool] = mapped_column(default=False, index=True)
    config: Mapped[str | None] = mapped_column(Text)


class MirrorDayRow(Base):
    """A hub's daily voucher file as it was read: only rows that `signer` signed, sorted, 133 bytes each."""

    __tablename__ = "mirror_days"
    hub: Mapped[str] = mapped_column(String(200), primary_key=True)
    day: Mapped[str] = mapped_column(String(10), primary_key=True)
    at: Mapped[int]
    signer: Mapped[str] = mapped_column(String(42))
    rows: Mapped[bytes] = mapped_column(LargeBinary)
