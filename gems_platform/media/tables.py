# SPDX-License-Identifier: Apache-2.0
"""Which media files there are, who brought them, and which are on their way in."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from gems_platform.db import Base


class MediaRow(Base):
    """One file; `owner` is whoever brought it first and whose quota it counts for."""

    __tablename__ = "media"
    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    size: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    owner: Mapped[str] = mapped_column(String(42), ForeignKey("accounts.address"), index=True)
    at: Mapped[int]


class MediaHoldRow(Base):
    """A name that somebody is at: a file on its way in, whose `size` counts for its owner's quota, or, with the
    owner "", a file without a row that is being dropped. What its process left behind is over at `until`."""

    __tablename__ = "media_holds"
    token: Mapped[str] = mapped_column(String(32), primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    owner: Mapped[str] = mapped_column(String(42), index=True)
    size: Mapped[int]
    until: Mapped[int] = mapped_column(index=True)
