# SPDX-License-Identifier: Apache-2.0
"""Backups of the store, and what to do with a damaged one: keep it aside, go back, and catch up from the journal."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy.engine.interfaces import DBAPICursor

from gems_desktop.adapters.store_tables import BY_NAME, CHECKSUM, checksum, to_record
from gems_desktop.services.facts import Problem
from gems_desktop.services.records import AnswerRecord, ItemRecord, SealedRecord

if TYPE_CHECKING:
    from gems_desktop.adapters.store import SqliteTx

GENERATIONS = 3
_PARTS = ("", "-wal", "-shm")
_COUNTED = ("items", "answers", "sealed", "events", "vouchers", "claims")


def generations(path: Path) -> list[Path]:
    """The backups that are there, newest first."""
    found = [path.with_name(f"{path.name}.backup{place}") for place in range(1, GENERATIONS + 1)]
    return [backup for backup in found if backup.exists()]


def back_up(path: Path, cursor: DBAPICursor) -> None:
    """Write a compact copy; the others move down one. A copy that holds less than the newest is not kept."""
    fresh = path.with_name(f"{path.name}.backup-new")
    fresh.unlink(missing_ok=True)
    cursor.execute("VACUUM INTO ?", (str(fresh),))
    with open(fresh, "rb+") as file:
        os.fsync(file.fileno())
    newest = path.with_name(f"{path.name}.backup1")
    if newest.exists() and _holds(fresh) < _holds(newest):
        fresh.unlink()
        return
    for place in range(GENERATIONS, 1, -1):
        older = path.with_name(f"{path.name}.backup{place - 1}")
        if older.exists():
            os.replace(older, path.with_name(f"{path.name}.backup{place}"))
    os.replace(fresh, newest)


def _holds(path: Path) -> int:
    """The number of rows that matter; -1 for a backup that cannot be read."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
            names = {row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type='table'")}
            counts = [database.execute(f"SELECT count(*) FROM {n}") for n in _COUNTED if n in names]  # noqa: S608 - our own names
            return sum(int(row.fetchone()[0]) for row in counts)
    except sqlite3.Error:
        return -1


def set_aside(path: Path) -> Path:
    """Rename the damaged database with the date; it is never deleted."""
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    kept = path.with_name(f"{path.name}.damaged-{stamp}")
    count = 1
    while kept.exists():
        count += 1
        kept = path.with_name(f"{path.name}.damaged-{stamp}-{count}")
    for part in _PARTS:
        old = path.with_name(path.name + part)
        if old.exists():
            os.replace(old, kept.with_name(kept.name + part))
    return kept


def start_from(path: Path, source: Path | None) -> None:
    """Put a copy of `source` (or nothing) in the database's place."""
    remove(path)
    if source is not None:
        shutil.copyfile(source, path)


def remove(path: Path) -> None:
    """Remove a copy that turned out to be unsound."""
    for part in _PARTS:
        path.with_name(path.name + part).unlink(missing_ok=True)


def replay(tx: SqliteTx, entries: list[dict[str, Any]]) -> int:
    """Bring a restored database up to date from the journal; the number of rows that were missing."""
    missing = 0
    for entry in entries:
        kind = BY_NAME[entry["table"]]
        row = dict(entry["row"])
        record = to_record(kind, row | {CHECKSUM: checksum(row)})
        there = tx.get(kind, row[kind.KEY])
        if there == record:
            continue
        if isinstance(record, SealedRecord) and isinstance(there, SealedRecord) and there.receipt:
            continue
        missing += 1
        tx.put(record)
        if isinstance(record, AnswerRecord):
            _advance(tx, record.item_id, ("LEASED", "DRAFT"), "FINISHED")
    for entry in entries:
        if entry["table"] == SealedRecord.TABLE:
            state = "DELIVERED" if entry["row"]["receipt"] else "SEALED"
            for item_id in json.loads(entry["row"]["item_ids"]):
                _advance(tx, item_id, ("LEASED", "DRAFT", "FINISHED", "SEALED"), state)
    return missing


def _advance(tx: SqliteTx, item_id: str, before: tuple[str, ...], state: str) -> None:
    item = tx.get(ItemRecord, item_id)
    if item is not None and item.state in before:
        tx.put(replace(item, state=state))


def notice(kept: str, from_backup: bool, caught_up: int) -> Problem:
    """What to tell the user after a rescue."""
    how = "the newest sound backup" if from_backup else "an empty database"
    return Problem(
        message="The database of this profile was damaged.",
        safe=f"It was restored from {how} and {caught_up} later entries of the journal; what the platform "
        f"and the chain hold is fetched again. The damaged file is kept as {kept}.",
        action="Check the disk. If something is missing, keep that file.",
        retryable=False,
        code="database_damaged",
    )
