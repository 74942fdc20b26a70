# SPDX-License-Identifier: Apache-2.0
"""Watches the store's transactions from outside, so that the store knows nothing of metrics."""

from __future__ import annotations

import time
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import ExceptionContext

from gems_platform.db import Database
from gems_platform.observing.metrics import Metrics

_BEGAN = "gems_platform.observing.began"
_CONTENDED = frozenset({"40001", "40P01", "23505"})  # serialization, deadlock, somebody was first
_BUSY = ("SQLITE_BUSY", "SQLITE_LOCKED")


def watch(db: Database, metrics: Metrics) -> None:
    """Count every transaction of this store from now on."""
    with db.read() as session:
        bind = session.get_bind()
    reader = bind if isinstance(bind, Engine) else bind.engine
    # SQLite's writer is made out of its reader and tells what it is told; PostgreSQL's two stand side by side.
    engines = (reader,) if db.dialect == "sqlite" else (reader, db.engine)

    def began(connection: Connection) -> None:
        connection.info[_BEGAN] = time.perf_counter()

    def ended(connection: Connection, end: str) -> None:
        if connection.invalidated:
            return  # it was cut, and what was known of it went with it
        at = connection.info.pop(_BEGAN, None)
        if at is None:
            return
        options = connection.get_execution_options()
        writes = bool(options.get("writes", False)) or options.get("isolation_level") == "SERIALIZABLE"
        kind = "write" if writes else "read"
        metrics.transaction(kind, end if writes else "read", time.perf_counter() - at)

    def committed(connection: Connection) -> None:
        ended(connection, "committed")

    def rolled_back(connection: Connection) -> None:
        ended(connection, "rolled_back")

    def failed(context: ExceptionContext) -> None:
        if is_contended(context.original_exception):
            metrics.contended()

    for engine in engines:
        event.listen(engine, "begin", began)
        event.listen(engine, "commit", committed)
        event.listen(engine, "rollback", rolled_back)
    event.listen(reader, "handle_error", failed)  # of the dialect, which both have in common


def is_contended(error: Any) -> bool:
    """Whether a driver's error says "not now" (PostgreSQL's SQLSTATE, SQLite's error name)."""
    name = getattr(error, "sqlite_errorname", "") or ""
    return getattr(error, "sqlstate", None) in _CONTENDED or name.startswith(_BUSY)
