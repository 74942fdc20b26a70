# SPDX-License-Identifier: Apache-2.0
"""Whether a database is sound: all of a small one at every start, a large one beside the work, now and then.

Every figure that is read later is checked then anyhow: rows by their SHA-256, sealed columns by their cipher.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import fields
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from gems_desktop.adapters.store_seal import RowDamaged
from gems_desktop.adapters.store_tables import CHECKSUM, TABLES, checked
from gems_desktop.services.records import Record

#: a database up to this size is checked wholly at each start: 0.3 s on the reference machine
SMALL = 24_000_000
#: a larger one is checked wholly beside the work after an end that was none, and when this long has passed
EVERY_S = 7 * 86_400
_AT_ONCE, _PAUSE_S = 200, 0.001


def is_small(path: Path) -> bool:
    """Whether the whole database is checked at each start, and copied while somebody waits."""
    return not path.exists() or path.stat().st_size <= SMALL


def check_all(connection: Connection) -> None:
    """Raise RowDamaged unless SQLite finds no fault in the file and its indexes, and all checksums fit."""
    if connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar() != "ok":
        raise RowDamaged("database")
    for kind in TABLES:
        if kind.CHECKED:
            _check_rows(connection.exec_driver_sql, kind)


def check_briefly(connection: Connection) -> None:
    """Raise RowDamaged for a file whose schema or newest rows cannot be read; in bounded time."""
    for kind in TABLES:
        _check_rows(connection.exec_driver_sql, kind, f" ORDER BY {kind.KEY} DESC LIMIT 100")


def sound_copy(path: Path, go_on: Callable[[], bool] = lambda: True) -> bool:
    """Check a database file over a connection of one's own; True too when `go_on` says to stop early."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
            database.set_progress_handler(lambda: 0 if go_on() else 1, 100_000)
            if database.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                return False
            known = {row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type='table'")}
            return all(_rows_fit(database, kind) for kind in TABLES if kind.CHECKED and kind.TABLE in known)
    except sqlite3.OperationalError as error:
        return getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_INTERRUPT
    except sqlite3.DatabaseError:
        return False


def _rows_fit(database: sqlite3.Connection, kind: type[Record]) -> bool:
    try:
        _check_rows(lambda sql: _unhurried(database.execute(sql)), kind)
    except RowDamaged:
        return False
    return True


def _unhurried(rows: Iterable[Any]) -> Iterator[Any]:
    """The same, leaving Python's lock to the window between a few rows and the next."""
    for count, row in enumerate(rows):
        if count % _AT_ONCE == 0:
            time.sleep(_PAUSE_S)
        yield row


def _check_rows(execute: Callable[[str], Iterable[Any]], kind: type[Record], then: str = "") -> None:
    """Raise RowDamaged unless the checksums of the rows fit, if they have some; in SQL, which costs no compiling."""
    names = [field.name for field in fields(kind)]
    flags = [field.name for field in fields(kind) if str(field.type) == "bool"]
    names += [CHECKSUM] if kind.CHECKED else []
    columns = ", ".join(f'"{name}"' for name in names)
    for values in execute(f"SELECT {columns} FROM {kind.TABLE}{then}"):  # noqa: S608 - our own names
        row = dict(zip(names, values, strict=True))
        checked(kind, row | {name: bool(row[name]) for name in flags})
