# SPDX-License-Identifier: Apache-2.0
"""An older program goes on with the copy from before an update; the newer database is put aside, never deleted.

What the journal holds in a form that this version reads is brought along; what was signed since then is fetched from
the platform before anything is signed in a channel, as after a repair (`restore_state`).
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, fields
from pathlib import Path

from gems_desktop.adapters import store_rescue
from gems_desktop.adapters.profile import ProfileLock
from gems_desktop.adapters.store_backup import generations, holds, remove
from gems_desktop.adapters.store_before import copies, is_sound
from gems_desktop.adapters.store_engine import HEAD, bring_up_to_date, open_engine, refuse_newer, translated
from gems_desktop.adapters.store_files import StoreFiles
from gems_desktop.adapters.store_journal import Entry, Journal, parts_of
from gems_desktop.adapters.store_sum import forget_sum
from gems_desktop.adapters.store_tables import BY_NAME
from gems_desktop.adapters.store_tx import SqliteTx
from gems_desktop.services.errors import NewerDatabase, NothingToDo, StoreUnreadable

ASIDE = "newer-"


@dataclass(frozen=True, slots=True)
class WayBack:
    """The copy that an older program can go on with. made_at: unix seconds; missing: rows that only the newer has."""

    copy: Path
    version: str
    made_at: int
    missing: int


def way_back(folder: Path) -> WayBack | None:
    """What the profile in `folder` can go back to; None where its database is not newer or no sound copy is there."""
    path = folder / "gems.db"
    try:
        refuse_newer(path)
        return None
    except NewerDatabase:
        for version, copy in copies(path):
            if int(version) <= int(HEAD) and is_sound(copy, version):
                missing = max(0, holds(path) - holds(copy))
                return WayBack(copy, version, int(copy.stat().st_mtime), missing)
    return None


def go_back(folder: Path, files: StoreFiles | None = None) -> Path:
    """Put the newer database aside and take the copy; where the newer one is now.

    Raises ProfileInUse, DiskFull, StoreUnreadable or NothingToDo; the profile is then as it was. An end at any point
    leaves the newer database or the copy in its place.
    """
    files, path = files or StoreFiles(), folder / "gems.db"
    lock = ProfileLock(folder)
    try:
        found = way_back(folder)
        if found is None:
            raise NothingToDo("There is no copy from before an update here.", safe="Nothing was changed.")
        with translated():
            _fold_log(path)
            kept = _link_aside(folder, path, files)
            made = _made(path, found, Journal(folder, files), files)
            for one in (*generations(path), folder / "journal.bin", *(part for _, part in parts_of(folder))):
                files.unlink(one)
            forget_sum(path, files)
            files.replace(made, path)
            files.sync_folder(folder)
        return kept
    finally:
        files.close()
        lock.release()


def _fold_log(path: Path) -> None:
    """Let SQLite put the log of a program that was killed into its database: no version is needed for that."""
    if path.with_name(f"{path.name}-wal").exists():
        with closing(sqlite3.connect(path)) as database:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    if path.with_name(f"{path.name}-wal").exists():
        raise StoreUnreadable  # somebody has it open


def _link_aside(folder: Path, path: Path, files: StoreFiles) -> Path:
    """A folder with the newer database, its backups and its journal, durable; a second name costs no room."""
    kept = folder / f"{ASIDE}{time.strftime('%Y%m%d-%H%M%S', time.gmtime())}-{time.time_ns() % 1_000_000}"
    kept.mkdir(mode=0o700)
    for one in (path, *generations(path), folder / "journal.bin", *(part for _, part in parts_of(folder))):
        if one.exists():
            try:
                os.link(one, kept / one.name)
            except OSError:  # a file system without links
                files.copy(one, kept / one.name)
    files.sync_folder(kept)
    files.sync_folder(folder)
    return kept


def _made(path: Path, found: WayBack, journal: Journal, files: StoreFiles) -> Path:
    """The copy, brought to this version and up to date with what the journal holds; not in its place yet."""
    made = store_rescue.start_from(path, found.copy, files)
    try:
        engine = open_engine(made)
        try:
            bring_up_to_date(engine)
            with engine.begin() as connection:
                store_rescue.replay(SqliteTx(connection, None), _readable(journal.entries()))
        finally:
            engine.dispose()
    except BaseException:
        remove(made, files)
        raise
    return made


def _readable(entries: Iterable[Entry]) -> list[Entry]:
    """The entries of a newer version's journal that are of a form of this version."""
    known = {name: {field.name for field in fields(kind)} for name, kind in BY_NAME.items()}
    found = [entry for entry in entries if entry.get("table", "") in known]
    return [entry for entry in found if "row" not in entry or set(entry["row"]) == known[entry["table"]]]
