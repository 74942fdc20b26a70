# SPDX-License-Identifier: Apache-2.0
"""Which media files there are and who brought them."""

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
