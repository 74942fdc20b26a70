# SPDX-License-Identifier: Apache-2.0
"""One row for each currency that the operator gives a rate for."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from gems_platform.db import Base


class RateRow(Base):
    """What one GEM is worth: `per_gem` is a plain decimal number as text, `source` what the operator goes by."""

    __tablename__ = "rates"
    code: Mapped[str] = mapped_column(String(3), primary_key=True)
    per_gem: Mapped[str] = mapped_column(String(24))
    source: Mapped[str] = mapped_column(String(80))
    at: Mapped[int]
