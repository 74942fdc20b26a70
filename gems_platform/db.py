# SPDX-License-Identifier: Apache-2.0
"""The store: one SQLite file whose transactions survive a power cut.

Only the pragmas and the two kinds of BEGIN are particular to SQLite, so that PostgreSQL can follow.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, String, TypeDecorator, create_engine, event
from sqlalchemy.orm import DeclarativeBase, Session

_MIGRATIONS = Path(__file__).parent / "migrations"
_PRAGMAS = (("journal_mode", "WAL", "wal"), ("synchronous", "FULL", 2), ("foreign_keys", "ON", 1))


class Base(DeclarativeBase):
    """All tables of the platform."""


class Units(TypeDecorator[int]):
    """Base units as decimal text: SQLite's integers have 64 bits, amounts have 128."""

    impl = String(40)
    cache_ok = True

    def process_bind_param(self, value: int | None, dialect: Any) -> str | None:
        """From Python to the store."""
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Any) -> int | None:
        """From the store to Python."""
        return None if value is None else int(value)


def _on_connect(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # BEGIN is ours, see `_on_begin`
    for name, wanted, read_back in _PRAGMAS:
        connection.execute(f"PRAGMA {name}={wanted}")
        found = connection.execute(f"PRAGMA {name}").fetchone()[0]
        if found != read_back:
            raise RuntimeError(f"the store cannot promise durability: {name} is {found}")
    connection.execute("PRAGMA busy_timeout=15000")


def _on_begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


class Database:
    """Sessions on one file; `write` holds the only writer's place from its begin to its commit."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._engine = create_engine(f"sqlite:///{path}", pool_size=8, max_overflow=40)
        event.listen(self._engine, "connect", _on_connect)
        event.listen(self._engine, "begin", _on_begin)
        self._writer = self._engine.execution_options(writes=True)
        self._turn = threading.Lock()
        self._migrate()

    def _migrate(self) -> None:
        config = Config()
        config.set_main_option("script_location", str(_MIGRATIONS))
        with self._writer.connect() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            connection.commit()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one moment of the store and changes nothing."""
        with Session(self._engine) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session that commits at its end, or changes nothing when an error leaves it."""
        with self._turn, Session(self._writer, expire_on_commit=False) as session, session.begin():
            yield session

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()
