# SPDX-License-Identifier: Apache-2.0
"""All queries of carry files."""

from __future__ import annotations

from sqlalchemy.orm import Session

from gems_platform.accounts.tables import AccountRow


def is_known(session: Session, worker: str) -> bool:
    """Whether somebody ever signed in: only those can have anything to carry."""
    return session.get(AccountRow, worker) is not None
