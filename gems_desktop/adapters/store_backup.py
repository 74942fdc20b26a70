# SPDX-License-Identifier: Apache-2.0
"""Backups of the store: three generations of different ages, none over a fuller one; what the journal may let go."""

from __future__ import annotations

import json
import sqlite3
import time
from contextlib import closing, suppress
from pathlib import Path

from sqlalchemy.engine.interfaces import DBAPICursor

from gems_desktop.adapters.store_check import sound_copy
from gems_desktop.adapters.store_files import StoreFiles
from gems_desktop.adapters.store_journal import parts_of

#: the second generation is at least an hour older than the one after it was, the third a day
AGES_S = (0, 3_600, 86_400)
GENERATIONS = len(AGES_S)
JOURNAL_PART = "journal_part"  # setting: the number of the part of the journal that is written on
PARTS = ("", "-wal", "-shm")
_COUNTED = ("items", "edits", "answers", "events", "vouchers", "claims")  # what never gets fewer


def generation(path: Path, place: int) -> Path:
    """Where the backup number `place` (1: the newest) of the database at `path` is."""
    return path.with_name(f"{path.name}.backup{place}")


def generations(path: Path) -> list[Path]:
    """The backups that are there, newest first."""
    found = [generation(path, place) for place in range(1, GENERATIONS + 1)]
    return [backup for backup in found if backup.exists()]


def copy_into(path: Path, cursor: DBAPICursor | sqlite3.Cursor, files: StoreFiles) -> Path:
    """A compact durable copy beside the database, not a generation yet."""
    fresh = path.with_name(f"{path.name}.backup-new")
    files.unlink(fresh)
    files.create(fresh)  # so that it is its owner's from the first byte
    cursor.execute("VACUUM INTO ?", (str(fresh),))
    files.sync(fresh)
    files.release(fresh)
    return fresh


def keep(path: Path, fresh: Path, files: StoreFiles) -> bool:
    """Make a copy the newest generation, unless it holds less than the newest; whether it was kept."""
    newest = generation(path, 1)
    if newest.exists() and holds(fresh) < holds(newest):
        files.unlink(fresh)
        return False
    for place in range(GENERATIONS, 1, -1):
        older, younger = generation(path, place), generation(path, place - 1)
        if younger.exists() and (not older.exists() or _age(older) >= AGES_S[place - 1]):
            files.replace(younger, older)
    files.replace(fresh, newest)
    files.sync_folder(path.parent)
    return True


def _age(path: Path) -> float:
    """Seconds since it was written; a clock that was set back counts as time that passed."""
    return abs(time.time() - path.stat().st_mtime)


def holds(path: Path) -> int:
    """The number of rows that matter; -1 for a backup that cannot be read."""
    try:
        with closing(_read_only(path)) as database:
            names = {row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type='table'")}
            counts = [database.execute(f"SELECT count(*) FROM {n}") for n in _COUNTED if n in names]  # noqa: S608 - our own names
            return sum(int(row.fetchone()[0]) for row in counts)
    except sqlite3.Error:
        return -1


def setting(path: Path, name: str) -> object:
    """A setting of a database file that nobody has open, None if it cannot be read."""
    with suppress(sqlite3.Error, ValueError), closing(_read_only(path)) as database:
        found = database.execute("SELECT value FROM settings WHERE name=?", (name,)).fetchone()
        return None if found is None else json.loads(found[0])
    return None


def _read_only(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)


def let_go(path: Path, files: StoreFiles) -> int:
    """Remove the parts of the journal of which two sound backups hold all; how many went."""
    parts = parts_of(path.parent)
    if not parts:
        return 0
    held = [(_part(backup), backup) for backup in generations(path)]
    gone = 0
    for number, part in parts:
        holding = [backup for reached, backup in held if reached > number]
        if len(holding) < 2 or not all(sound_copy(backup) for backup in holding[:2]):
            break
        files.unlink(part)
        gone += 1
    if gone:
        files.sync_folder(path.parent)
    return gone


def _part(backup: Path) -> int:
    found = setting(backup, JOURNAL_PART)
    return found if isinstance(found, int) else 0


def is_empty(path: Path) -> bool:
    """Whether there is no database: SQLite writes the first page before anything else."""
    return not path.exists() or path.stat().st_size == 0


def remove(path: Path, files: StoreFiles) -> None:
    """Remove a database with what SQLite keeps beside it."""
    for part in PARTS:
        files.unlink(path.with_name(path.name + part))
