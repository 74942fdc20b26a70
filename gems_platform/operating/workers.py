# SPDX-License-Identifier: Apache-2.0
"""Which processes do what is due, as the queue in PostgreSQL knows them."""

from __future__ import annotations

from sqlalchemy import text

from gems_platform.db import Database

_ALIVE_S = 15  # several of their heartbeats


def alive(db: Database) -> int | None:
    """How many processes do duties now; None where there is no queue: one process does everything on SQLite."""
    if db.dialect != "postgresql":
        return None
    with db.read() as session:
        if not session.scalar(text("SELECT to_regclass('procrastinate_workers') IS NOT NULL")):
            return 0
        query = "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - :s * interval '1 second'"
        return int(session.scalar(text(query), {"s": _ALIVE_S}) or 0)
