# SPDX-License-Identifier: Apache-2.0
"""Events as their account sees them."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy.orm import Session

from gems_platform.events import repository

MAX_PAGE = 2_000_000  # characters: clients refuse answers above 32 MB, and would then never see what follows


def show(session: Session, account: str, after: int, limit: int) -> dict[str, Any]:
    """An account's own events after `after`, in order, and the number to go on from.

    A page ends early where it gets large, after its first event.
    """
    found: list[dict[str, Any]] = []
    size = 0
    for row in repository.after(session, account, after, limit):
        size += len(row.body)
        if found and size > MAX_PAGE:
            break
        found.append({"seq": row.seq, "at": row.at, "kind": row.kind, **json.loads(row.body)})
    return {"events": found, "last": found[-1]["seq"] if found else after}
