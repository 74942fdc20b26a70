# SPDX-License-Identifier: Apache-2.0
"""All queries about receipts."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy.orm import Session

from gems_platform.errors import Conflict
from gems_platform.submissions.tables import ReceiptRow


def find(session: Session, worker: str, root: str) -> ReceiptRow | None:
    """The receipt of a worker's batch with this root."""
    return session.get(ReceiptRow, (worker, root))


def repeated(session: Session, root: str, kind: str, worker: str, message: Any) -> dict[str, Any] | None:
    """The receipt that this very batch got before; raises Conflict when the root came with something else."""
    row = find(session, worker, root)
    if row is None:
        return None
    if row.kind != kind or json.loads(row.batch)["message"] != message:
        raise Conflict("A batch with this root came before, with something else in it.")
    return {"receipt": json.loads(row.receipt)}
