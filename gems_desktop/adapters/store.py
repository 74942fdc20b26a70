# SPDX-License-Identifier: Apache-2.0
"""The client's store: SQLite on one worker thread, checked, backed up, sealed at rest, never half-written.

What a screen was told is saved is on disk: WAL with synchronous=FULL, and a second journal for what earns money.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Engine

from gems_desktop.adapters import store_rescue, store_upgrade
from gems_desktop.adapters.profile import ProfileLock
from gems_desktop.adapters.store_backup import JOURNAL_PART, generations, is_empty, remove
from gems_desktop.adapters.store_before import keep_before_update
from gems_desktop.adapters.store_check import check_all, check_briefly, is_small
from gems_desktop.adapters.store_copies import Copies
from gems_desktop.adapters.store_engine import (
    Connect,
    Damaged,
    bring_up_to_date,
    open_engine,
    refuse_newer,
    translated,
)
from gems_desktop.adapters.store_files import StoreFiles, owners_only
from gems_desktop.adapters.store_journal import PART_BYTES, Entry, Journal, parts_of
from gems_desktop.adapters.store_seal import RowDamaged, Sealer
from gems_desktop.adapters.store_sum import fits_sum, forget_sum, write_sum
from gems_desktop.adapters.store_tx import SqliteTx, in_range
from gems_desktop.services.errors import DiskFull, StoreRestored, StoreUnreadable
from gems_desktop.services.facts import Problem
from gems_desktop.services.records import SettingRecord

T = TypeVar("T")
log = logging.getLogger(__name__)


class SqliteStore:
    """Implements Store for one profile's folder."""

    def __init__(
        self, folder: Path, *, files: StoreFiles | None = None, connect: Connect | None = None
    ) -> None:
        """files and connect: how files are written and SQLite is reached, for tests."""
        self._folder = folder
        self._files = files or StoreFiles()
        self._connect = connect
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="store")
        self._copies = Copies(self.path, self._files, alone=connect is not None)
        self._lock: ProfileLock | None = None
        self._engine: Engine | None = None
        self._journal: Journal | None = None
        self._sealer: Sealer | None = None
        self._memos: dict[str, tuple[Any, Any]] = {}
        self._untold: Problem | None = None
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
        found = await self._on_thread(lambda: self._run(work))
        if self._copies.due():
            await self._on_thread(self._begin_copy)
        return found

    async def open_sealed(self, key: bytearray) -> None:
        """See Store; a store of plain text is sealed first."""
        await self._on_thread(lambda: self._open_sealed(key))

    async def close_sealed(self) -> None:
        """See Store."""
        await self._on_thread(self._close_sealed)

    async def backup(self) -> None:
        """Copy the database beside itself; a large one meanwhile, at most every few minutes.

        What cannot be copied now (no room) is copied later: everything is in the database and its journal.
        """
        if is_small(self.path):
            await self._on_thread(self._backup)
        elif self._copies.due_at_seal():
            await self._on_thread(self._begin_copy)

    async def close(self) -> None:
        """Back up, let go of the file and the profile."""
        try:
            if is_small(self.path) or self._copies.due_at_end():
                await self._on_thread(self._backup)
        finally:
            await asyncio.to_thread(self._copies.stop)
            await self._on_thread(self._close)
            self._worker.shutdown()

    async def _on_thread(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._worker, work)

    @property
    def path(self) -> Path:
        """The database file."""
        return self._folder / "gems.db"

    @property
    def _used(self) -> bool:
        """Whether this profile has anything beside its database that says that something was in it."""
        journal = self._journal is not None and self._journal.size > 0
        return journal or bool(parts_of(self._folder) or generations(self.path))

    # --- opening and closing -----------------------------------------------------------------------------
    def _open(self) -> None:
        self._lock = ProfileLock(self._folder)
        refuse_newer(self.path)
        with translated():
            owners_only(self._folder)
            unclean = self.path.with_name("gems.db-wal").exists()
            if is_empty(self.path):
                remove(self.path, self._files)  # a log without its database says nothing
            remove(store_rescue.restoring(self.path), self._files)
            self._files.create(self.path)
            self._journal = Journal(self._folder, self._files)
            changed = is_small(self.path) and not unclean and not fits_sum(self.path)
            forget_sum(self.path, self._files)
        try:
            if changed:
                raise Damaged
            self._engine = self._sound(self.path)
        except Damaged:
            self._rescue()
        if not is_small(self.path):
            self._copies.check_behind(unclean, self._damaged_behind)

    def _sound(self, path: Path) -> Engine:
        engine = open_engine(path, self._connect)
        try:
            with translated(), engine.begin() as connection:
                known = connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar()
            if not known and path == self.path and self._used:
                raise Damaged  # what was there is gone
            if known and path == self.path:
                keep_before_update(path, engine, self._files)
            bring_up_to_date(engine)
            if known:
                with translated(), engine.begin() as connection:
                    (check_all if is_small(path) else check_briefly)(connection)
        except RowDamaged as error:
            engine.dispose()
            raise Damaged from error
        except BaseException:
            engine.dispose()
            raise
        return engine

    def _close(self) -> None:
        self._close_sealed()
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None
            if is_small(self.path) and not self.path.with_name("gems.db-wal").exists():
                with suppress(OSError):  # no room: the next start does without
                    write_sum(self.path, self._files)
        self._journal = None
        self._files.close()
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    # --- what is sealed at rest ---------------------------------------------------------------------------
    def _open_sealed(self, key: bytearray) -> None:
        engine, journal = self._there()
        sealer = Sealer(key)
        try:
            with translated(), engine.begin() as connection:
                whole = store_upgrade.bind(SqliteTx(connection, sealer), sealer, not self._used)
            if not whole:
                self._replace_plain(engine, journal, sealer)
        except Damaged as error:
            raise StoreUnreadable from error
        self._sealer = sealer

    def _replace_plain(self, engine: Engine, journal: Journal, sealer: Sealer) -> None:
        try:
            with translated(), self._copies.busy, closing(engine.raw_connection()) as connection:
                store_upgrade.replace_plain(self.path, connection.cursor(), journal, sealer, self._files)
            with translated(), engine.begin() as connection:
                store_upgrade.write_down(SqliteTx(connection, sealer), sealer, whole=True)
        except DiskFull:
            log.warning("no room to replace what is not sealed yet; the next start tries again")

    def _close_sealed(self) -> None:
        self._sealer = None
        self._memos.clear()

    # --- transactions -------------------------------------------------------------------------------------
    def _there(self) -> tuple[Engine, Journal]:
        if self._engine is None or self._journal is None:
            raise StoreUnreadable
        return self._engine, self._journal

    def _run(self, work: Callable[[SqliteTx], T]) -> T:
        engine, journal = self._there()
        if self._untold is not None:
            problem, self._untold = self._untold, None
            raise StoreRestored(problem)
        before = journal.size
        try:
            with translated(), in_range(), engine.begin() as connection:
                tx = SqliteTx(connection, self._sealer, self._memos)
                result = work(tx)
                if tx.journalled:
                    journal.append(tx.journalled)
        except BaseException as error:
            self._memos.clear()  # what was derived from rows that are gone again
            if isinstance(error, DiskFull) and journal.size > before:
                with translated():
                    journal.cut(before)
            if isinstance(error, Damaged | RowDamaged):
                raise StoreRestored(self._restore()) from error
            raise
        self._copies.changed |= tx.wrote
        return result

    # --- damage -------------------------------------------------------------------------------------------
    def _restore(self) -> Problem:
        """Go back to a backup while somebody works: what was asked for has to be asked for again."""
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None
        self._memos.clear()
        self._rescue()
        if self.notice is None:
            raise StoreUnreadable
        return self.notice

    def _damaged_behind(self) -> None:
        """A check or a copy beside the work found damage: restore, and let the next caller know."""
        self._worker.submit(self._restore_untold)

    def _restore_untold(self) -> None:
        if self._engine is not None:
            self._untold = self._restore()

    def _rescue(self) -> None:
        if self._journal is None:
            raise StoreUnreadable
        with translated(), self._copies.busy:
            kept = store_rescue.set_aside(self.path, self._files)
            entries = self._journal.entries()
            for source in [*generations(self.path), None]:
                try:
                    caught_up = self._restore_from(source, entries)
                except Damaged:
                    continue
                self._engine = self._sound(self.path)
                self.notice = store_rescue.notice(kept, source is not None, caught_up)
                return
        raise StoreUnreadable

    def _restore_from(self, source: Path | None, entries: list[Entry]) -> int:
        """Make a database from a backup and the journal aside, and rename it when it is whole."""
        made = store_rescue.start_from(self.path, source, self._files)
        try:
            engine = self._sound(made)
            try:
                with translated(), engine.begin() as connection:
                    tx = SqliteTx(connection, None)
                    caught_up = store_rescue.replay(tx, entries)
                    if self._sealer is not None:
                        store_upgrade.check_sealed(tx, self._sealer)
            finally:
                engine.dispose()
            store_rescue.take_place(made, self.path, self._files)
            return caught_up
        except BaseException as error:
            remove(made, self._files)
            if isinstance(error, RowDamaged):
                raise Damaged from error
            raise

    # --- copies -------------------------------------------------------------------------------------------
    def _backup(self) -> None:
        if self._engine is None or self._journal is None:
            return
        try:
            self._next_part()
            with translated(), closing(self._engine.raw_connection()) as connection:
                self._copies.make(connection.cursor())
        except Damaged:
            self._untold = self._restore()
        except (DiskFull, StoreUnreadable):
            log.warning("the database could not be copied now; it will be tried again")

    def _begin_copy(self) -> None:
        try:
            self._next_part()
        except (DiskFull, StoreUnreadable):
            log.warning("the journal could not be put aside now; it will be tried again")
        self._copies.begin(self._damaged_behind)

    def _next_part(self) -> None:
        """Put a full part of the journal aside, under a number that the next backup's own setting is above."""
        engine, journal = self._there()
        if journal.size <= PART_BYTES:
            return
        number = 1 + max((number for number, _ in parts_of(self._folder)), default=0)
        with translated(), engine.begin() as connection:
            tx = SqliteTx(connection, None)
            found = tx.get(SettingRecord, JOURNAL_PART)
            number = max(number, int(found.value) if found is not None else 1)
            journal.put_aside(number)
            tx.put(SettingRecord(JOURNAL_PART, str(number + 1)))
