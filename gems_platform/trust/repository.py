# SPDX-License-Identifier: Apache-2.0
"""All queries about outcomes."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from gems_platform.trust.tables import OutcomeRow


def of_worker(session: Session, worker: str) -> Sequence[OutcomeRow]:
    """A worker's outcomes, oldest first."""
    return session.scalars(
        select(OutcomeRow).where(OutcomeRow.worker == worker).order_by(OutcomeRow.id)
    ).all()
