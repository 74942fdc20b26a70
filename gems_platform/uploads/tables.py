# SPDX-License-Identifier: Apache-2.0
"""Which uploads are under way, and what came of those that were used."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from gems_platform.db import Base


class UploadRow(Base):
    """One upload of one account, named by the SHA-256 that its whole content will have.

    `offset` bytes are on disk; the first `sure` of them were covered by checksums, the rest is what was left of a
    request that was cut off. `answer` is what the request that used the content was answered, "" until then.
    `parts` is where the bytes lie, as the store of uploads writes it down, "" on disk.
    """

    __tablename__ = "uploads"
    owner: Mapped[str] = mapped_column(String(42), ForeignKey("accounts.address"), primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    size: Mapped[int]
    offset: Mapped[int]
    sure: Mapped[int]
    expires_at: Mapped[int] = mapped_column(index=True)
    answer: Mapped[str] = mapped_column(Text)
    parts: Mapped[str] = mapped_column(Text, default="", server_default="")
