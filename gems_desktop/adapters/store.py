# SPDX-License-Identifier: Apache-2.0
"""The client's store: SQLite on one worker thread, checked at the start, backed up, never half-written.

What a screen was told is saved is on disk: WAL with synchronous=FULL, and a second journal for what earns money.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, insert, update
from sqlalchemy.dialects.sqlite import insert as upsert

from gems_desktop.adapters import store_rescue
from gems_desktop.adapters.profile import ProfileLock
from gems_desktop.adapters.store_engine import (
    Damaged,
    bring_up_to_date,
    check_sound,
    open_engine,
    translated,
)
from gems_desktop.adapters.store_journal import Journal
from gems_desktop.adapters.store_query import QueryTx, parts
from gems_desktop.adapters.store_tables import TABLES, RowDamaged, plain, to_row
from gems_desktop.services.errors import StoreUnreadable
from gems_desktop.services.facts import Problem
from gems_desktop.services.records import Record

T = TypeVar("T")
R = TypeVar("R", bound=Record)


class SqliteTx(QueryTx):
    """Implements Tx: reads and writes inside one transaction."""

    def __init__(self, connection: Connection, memos: dict[str, tuple[Any, Any]] | None = None) -> None:
        self._connection = connection
        self._memos = {} if memos is None else memos
        self.journalled: list[dict[str, Any]] = []

    def put(self, *records: Record) -> None:
        """Insert, or replace the row with the same key."""
        for record in records:
            row = to_row(record)
            if record.KEY in row:
                statement = upsert(TABLES[type(record)]).values(**row)
                rest = {name: value for name, value in row.items() if name != record.KEY}
                self._connection.execute(
                    statement.on_conflict_do_update(index_elements=[record.KEY], set_=rest)
                )
            else:
                self._connection.execute(insert(TABLES[type(record)]).values(**row))
            if record.JOURNALLED:
                self.journalled.append({"table": record.TABLE, "row": plain(record)})

    def change(self, kind: type[Record], key: str | int | tuple[str, ...], /, **values: Any) -> None:
        """Set columns of one unchecked row, or of each of several."""
        if kind.CHECKED:
            raise TypeError("checked rows are put whole")
        column = TABLES[kind].c[kind.KEY]
        for part in parts(key) if isinstance(key, tuple) else ((key,),):
            self._connection.execute(update(TABLES[kind]).where(column.in_(part)).values(**values))

    def remove(self, kind: type[Record], key: str | int, /) -> None:
        """Delete one row."""
        table = TABLES[kind]
        self._connection.execute(table.delete().where(table.c[kind.KEY] == key))

    def whole(self, work: Callable[[], T], /) -> T:
        """See Tx."""
        kept = len(self.journalled)
        try:
            with self._connection.begin_nested():
                return work()
        except BaseException:
            del self.journalled[kept:]
            self._memos.clear()  # what was derived from rows that are gone again
            raise


class SqliteStore:
    """Implements Store for one profile's folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="store")
        self._lock: ProfileLock | None = None
        self._engine: Engine | None = None
        self._journal: Journal | None = None
        self._memos: dict[str, tuple[Any, Any]] = {}
        #: What happened to the database at the start, to be shown once; None if nothing did.
        self.notice: Problem | None = None

    async def open(self) -> None:
        """Take the profile, check and if need be restore the database.

        Raises ProfileInUse, NewerDatabase, DiskFull or StoreUnreadable; the profile is then as it was.
        """
        try:
            await self._on_thread(self._open)
        except BaseException:
            await self._on_thread(self._close)
            self._worker.shutdown()
            raise

    async def run(self, work: Callable[[SqliteTx], T]) -> T:
        """Do `work` in one transaction on the store's thread: all of it is durable on return, or none is."""
        return await self._on_thread(lambda: self._run(work))

    async def backup(self) -> None:
        """Copy the database beside itself (three generations, never over a fuller one)."""
        await self._on_thread(self._backup)

    async def close(self) -> None:
        """Back up, let go of the file and the profile."""
        try:
            await self._on_thread(self._backup)
        finally:
            await self._on_thread(self._close)
            self._worker.shutdown()

    async def _on_thread(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._worker, work)

    @property
    def path(self) -> Path:
        """The database file."""
        return self._folder / "gems.db"

    def _open(self) -> None:
        self._lock = ProfileLock(self._folder)
        with translated():
            self._journal = Journal(self._folder / "journal.bin")
        try:
            self._engine = self._sound()
        except Damaged:
            self._rescue()

    def _sound(self) -> Engine:
        engine = open_engine(self.path)
        try:
            check_sound(engine)
            bring_up_to_date(engine)
            with translated(), engine.begin() as connection:
                tx = SqliteTx(connection)
                for kind in TABLES:
                    if kind.CHECKED:
                        tx.find(kind)
        except RowDamaged as error:
            engine.dispose()
            raise Damaged from error
        except BaseException:
            engine.dispose()
            raise
        return engine

    def _rescue(self) -> None:
        if self._journal is None:
            raise StoreUnreadable
        with translated():
            kept = store_rescue.set_aside(self.path)
            entries = self._journal.entries()
            for source in [*store_rescue.generations(self.path), None]:
                store_rescue.start_from(self.path, source)
                try:
                    self._engine = self._sound()
                except Damaged:
                    store_rescue.remove(self.path)
                    continue
                with self._engine.begin() as connection:
                    answers = store_rescue.replay(SqliteTx(connection), entries)
                self.notice = store_rescue.notice(kept.name, source is not None, answers)
                return
        raise StoreUnreadable

    def _run(self, work: Callable[[SqliteTx], T]) -> T:
        if self._engine is None or self._journal is None:
            raise StoreUnreadable
        try:
            with translated(), self._engine.begin() as connection:
                tx = SqliteTx(connection, self._memos)
                result = work(tx)
                if tx.journalled:
                    self._journal.append(tx.journalled)
        except BaseException as error:
            self._memos.clear()  # what was derived from rows that are gone again
            if isinstance(error, Damaged | RowDamaged):
                raise StoreUnreadable from error
            raise
        return result

    def _backup(self) -> None:
        if self._engine is None:
            return
        with translated(), closing(self._engine.raw_connection()) as connection:
            store_rescue.back_up(self.path, connection.cursor())

    def _close(self) -> None:
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None
        if self._journal is not None:
            self._journal.close()
            self._journal = None
        if self._lock is not None:
            self._lock.release()
            self._lock = None
