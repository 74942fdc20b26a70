# SPDX-License-Identifier: Apache-2.0
"""How each engine is opened so that it keeps the store's promises: durable commits, one order of transactions."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url

_PRAGMAS = (("journal_mode", "WAL", "wal"), ("synchronous", "FULL", 2), ("foreign_keys", "ON", 1))
_WRITERS = 2  # transactions of one process on PostgreSQL: while one waits for its commit, others compute


def open_store(place: Path | str) -> tuple[Engine, Engine, Engine, int]:
    """The engine that reads, the one that writes, the one for what stands apart (`Database.write`), and how many may
    write at once in this process."""
    if isinstance(place, str) and make_url(place).get_backend_name() == "postgresql":
        return _postgresql(place)
    return _sqlite(Path(place))


def _sqlite(path: Path) -> tuple[Engine, Engine, Engine, int]:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    engine = create_engine(f"sqlite:///{path}", pool_size=8, max_overflow=40, hide_parameters=True)
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    writer = engine.execution_options(writes=True)
    return engine, writer, writer, 1


def _postgresql(url: str) -> tuple[Engine, Engine, Engine, int]:
    # A transaction that lost against others is done again; its half-sent pipeline is no news.
    logging.getLogger("psycopg").setLevel(logging.ERROR)
    engine = create_engine(
        make_url(url).set(drivername="postgresql+psycopg"),
        pool_size=8,
        hide_parameters=True,  # answers and tokens are parameters, and errors are logged
        max_overflow=24,
        pool_pre_ping=True,  # PostgreSQL was restarted: old connections are replaced before they are used
        pool_timeout=15,
        connect_args={"connect_timeout": 10, "application_name": "gems"},
    )
    event.listen(engine, "connect", _on_connect_postgresql)
    reader = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    writer = engine.execution_options(isolation_level="SERIALIZABLE")
    return reader, writer, engine.execution_options(isolation_level="READ COMMITTED"), _WRITERS


def _on_connect(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # BEGIN is ours, see `_on_begin`
    for name, wanted, read_back in _PRAGMAS:
        connection.execute(f"PRAGMA {name}={wanted}")
        found = connection.execute(f"PRAGMA {name}").fetchone()[0]
        if found != read_back:
            raise RuntimeError(f"the store cannot promise durability: {name} is {found}")
    connection.execute("PRAGMA busy_timeout=15000")


def _on_connect_postgresql(connection: Any, _record: Any) -> None:
    """fsync and synchronous_commit are what a commit's promise rests on; a server without them is refused."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('fsync'), current_setting('synchronous_commit')")
        fsync, commit = cursor.fetchone()
    connection.rollback()
    if fsync != "on" or commit == "off":
        raise RuntimeError(
            f"the store cannot promise durability: fsync is {fsync}, synchronous_commit is {commit}"
        )


def _on_begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
