# SPDX-License-Identifier: Apache-2.0
"""Events as their account sees them."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy.orm import Session

from gems_platform.events import repository


def show(session: Session, account: str, after: int, limit: int) -> dict[str, Any]:
    """An account's own events after `after`, in order, and the number to go on from."""
    found = [
        {"seq": row.seq, "at": row.at, "kind": row.kind, **json.loads(row.body)}
        for row in repository.after(session, account, after, limit)
    ]
    return {"events": found, "last": found[-1]["seq"] if found else after}
