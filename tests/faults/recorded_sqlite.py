# SPDX-License-Identifier: Apache-2.0
"""SQLite over an APSW VFS that writes every write, sync and truncation of it down, as a DBAPI connection.

Files of a VFS in Python have no shared memory, so the log is used under an exclusive lock.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import apsw

from tests.faults.disk import Log

_CREATED = apsw.SQLITE_OPEN_CREATE
_LOGS = apsw.SQLITE_OPEN_WAL | apsw.SQLITE_OPEN_MAIN_JOURNAL | apsw.SQLITE_OPEN_SUPER_JOURNAL
NAME = "recorded"


class _File(apsw.VFSFile):
    def __init__(self, base: str, name: Any, flags: list[int], log: Log) -> None:
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        self._name = os.path.basename(path) if path else ""
        made = bool(path) and not os.path.exists(path)
        super().__init__(base, name, flags)
        self._log = log
        self._new_log = made and bool(flags[0] & _LOGS)
        if made:
            log.add("create", self._name)

    def xWrite(self, data: Any, offset: int) -> None:
        super().xWrite(data, offset)
        if self._name:
            self._log.add("write", self._name, offset, bytes(data))

    def xTruncate(self, size: int) -> None:
        super().xTruncate(size)
        if self._name:
            self._log.add("truncate", self._name, size)

    def xSync(self, flags: int) -> None:
        super().xSync(flags)
        if self._name:
            self._log.add("sync", self._name)
            if self._new_log:  # SQLite's own VFS syncs the folder with a new log's first sync
                self._new_log = False
                self._log.add("folder")


class _Vfs(apsw.VFS):
    def __init__(self, log: Log) -> None:
        self._log = log
        super().__init__(NAME, "")

    def xOpen(self, name: Any, flags: list[int]) -> Any:
        return _File("", name, flags, self._log)

    def xDelete(self, filename: str, syncdir: bool) -> None:
        super().xDelete(filename, syncdir)
        self._log.add("unlink", os.path.basename(filename))
        if syncdir:
            self._log.add("folder")


@contextlib.contextmanager
def recorded(log: Log, synchronous: str = "") -> Iterator[Callable[[Path], _Connection]]:
    """The way to connect to a database of which `log` tells; synchronous: quietly another value of the pragma."""
    vfs = _Vfs(log)
    try:
        yield lambda path: _Connection(path, synchronous)
    finally:
        vfs.unregister()


@contextlib.contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except apsw.Error as error:
        told = sqlite3.OperationalError(str(error))
        told.sqlite_errorcode = getattr(error, "result", 0)
        raise told from error


class _Connection:
    """What SQLAlchemy uses of a sqlite3.Connection."""

    isolation_level = None

    def __init__(self, path: Path, synchronous: str) -> None:
        self._lax = synchronous
        self._db = apsw.Connection(str(path), vfs=NAME)
        self._db.execute("PRAGMA locking_mode=EXCLUSIVE")

    def cursor(self) -> _Cursor:
        return _Cursor(self._db, self._lax)

    def execute(self, sql: str) -> _Cursor:
        return self.cursor().execute(sql)

    def create_function(self, *_about: Any, **_more: Any) -> None:
        """SQLAlchemy adds a regexp that nothing here uses."""

    def commit(self) -> None:
        if self._db.in_transaction:
            with _translated():
                self._db.execute("COMMIT")

    def rollback(self) -> None:
        if self._db.in_transaction:
            self._db.execute("ROLLBACK")

    def close(self) -> None:
        self._db.close(True)


class _Cursor:
    """What SQLAlchemy uses of a sqlite3.Cursor."""

    arraysize = 1

    def __init__(self, db: apsw.Connection, lax: str) -> None:
        self._db, self._lax = db, lax
        self._rows: list[tuple[Any, ...]] = []
        self.description: tuple[tuple[Any, ...], ...] | None = None
        self.lastrowid = 0
        self.rowcount = -1

    def execute(self, sql: str, values: Sequence[Any] = ()) -> _Cursor:
        if self._lax and sql == "PRAGMA synchronous=2":
            sql = f"PRAGMA synchronous={self._lax}"
        with _translated():
            cursor, names = self._db.cursor(), []
            cursor.exec_trace = lambda one, _sql, _values: (
                names.extend(column[0] for column in one.get_description()) or True
            )  # asked for later it does not know the columns of what has no rows
            self._rows = list(cursor.execute(sql, tuple(values)))
        if self._lax and sql == "PRAGMA synchronous":
            self._rows = [(2,)]
        self.description = tuple((name, None, None, None, None, None, None) for name in names) or None
        self.lastrowid, self.rowcount = self._db.last_insert_rowid(), self._db.changes()
        return self

    def executemany(self, sql: str, many: Sequence[Sequence[Any]]) -> _Cursor:
        for values in many:
            self.execute(sql, values)
        return self

    def fetchone(self) -> tuple[Any, ...] | None:
        return self._rows.pop(0) if self._rows else None

    def fetchmany(self, count: int = 1) -> list[tuple[Any, ...]]:
        found, self._rows = self._rows[:count], self._rows[count:]
        return found

    def fetchall(self) -> list[tuple[Any, ...]]:
        found, self._rows = self._rows, []
        return found

    def close(self) -> None:
        self._rows = []
