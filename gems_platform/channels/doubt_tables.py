# SPDX-License-Identifier: Apache-2.0
"""When the store was put back from a backup."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from gems_platform.db import Base


class RestoreRow(Base):
    """One restore: when it was, and when its backup was taken; Unix seconds."""

    __tablename__ = "restores"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    at: Mapped[int]
    taken_at: Mapped[int]
