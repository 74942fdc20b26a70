# SPDX-License-Identifier: Apache-2.0
"""What is said of rates: all of it to whoever asks."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from gems_platform.rates import repository


def show(session: Session) -> dict[str, Any]:
    """Every rate by its currency's code."""
    return {"rates": [rate.to_json() for rate in repository.rates(session)]}
