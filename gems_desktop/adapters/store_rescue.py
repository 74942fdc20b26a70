# SPDX-License-Identifier: Apache-2.0
"""What to do with a damaged store: keep it aside, go back to a backup, and catch up from the journal."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from gems_desktop.adapters.store_backup import PARTS, is_empty, remove
from gems_desktop.adapters.store_files import StoreFiles
from gems_desktop.adapters.store_journal import Entry
from gems_desktop.adapters.store_tables import BY_NAME
from gems_desktop.adapters.store_tx import REOPENED, SqliteTx
from gems_desktop.services.facts import Problem
from gems_desktop.services.records import (
    REPAIRED,
    AnswerRecord,
    EditRecord,
    ItemRecord,
    SealedRecord,
    SettingRecord,
)

#: settings that say that the platform's copies are here: they are asked for again
_ASK_AGAIN = ("open_leases_adopted",)
#: what an item may have been when the journal says that it came to a state
_BEFORE = {
    "DRAFT": ("LEASED", "FINISHED", "SEALED"),
    "FINISHED": ("LEASED", "DRAFT", "SEALED"),
    "SEALED": ("LEASED", "DRAFT", "FINISHED"),
    "DELIVERED": ("LEASED", "DRAFT", "FINISHED", "SEALED", "SENDING"),
}


def set_aside(path: Path, files: StoreFiles) -> str:
    """Rename the damaged database with the date, it is never deleted; its name, or the last one's if it is gone."""
    if is_empty(path):
        remove(path, files)
        return max((kept.name for kept in path.parent.glob(f"{path.name}.damaged-*")), default="-")
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    kept = path.with_name(f"{path.name}.damaged-{stamp}")
    count = 1
    while kept.exists():
        count += 1
        kept = path.with_name(f"{path.name}.damaged-{stamp}-{count}")
    for part in PARTS:
        old = path.with_name(path.name + part)
        if old.exists():
            files.replace(old, kept.with_name(kept.name + part))
    files.sync_folder(path.parent)
    return kept.name


def restoring(path: Path) -> Path:
    """Where a database is made that is to take the place of the one at `path`."""
    return path.with_name(f"{path.name}.restoring")


def start_from(path: Path, source: Path | None, files: StoreFiles) -> Path:
    """A copy of `source` (or an empty file) beside the database, to be brought up to date; where it is."""
    made = restoring(path)
    remove(made, files)
    if source is None:
        files.create(made)
    else:
        files.copy(source, made)
    return made


def take_place(made: Path, path: Path, files: StoreFiles) -> None:
    """Let what was restored be the database: until then the next start would restore it again."""
    remove(path, files)
    files.replace(made, path)
    files.sync_folder(path.parent)


def replay(tx: SqliteTx, entries: Iterable[Entry]) -> int:
    """Bring a restored database up to date from the journal; the number of rows that were missing."""
    rows: dict[tuple[str, Any], dict[str, Any] | None] = {}
    states: dict[str, str] = {}
    for entry in entries:
        table = entry["table"]
        if "reopened" in entry:
            states[entry["reopened"]] = REOPENED
            continue
        kind, row = BY_NAME[table], entry.get("row")
        key = (table, row[kind.KEY] if row is not None else entry["gone"])
        if kind is SealedRecord:
            _sealed_states(states, rows.get(key), row)
        elif kind is AnswerRecord and row is not None:
            states[row["item_id"]] = "FINISHED"
        elif kind is EditRecord and row is not None:
            states[row["item_id"]] = REOPENED
        rows[key] = row
    missing = sum(_catch_up(tx, table, key, row) for (table, key), row in _current(rows).items())
    for item_id, state in states.items():
        item = tx.stored(ItemRecord, item_id)
        if item is not None and item["state"] in _BEFORE[state]:
            tx.change(ItemRecord, item_id, state=state)
    for name in _ASK_AGAIN:
        tx.remove(SettingRecord, name)
    tx.put(
        SettingRecord(REPAIRED, "true")
    )  # what came after the backup and is not in the journal is asked for too
    tx.journalled.clear()  # it is where all this came from
    return missing


def _sealed_states(states: dict[str, str], before: dict[str, Any] | None, row: dict[str, Any] | None) -> None:
    """A sealed batch came, changed or was taken back: its items with it."""
    found = row or before
    if found is not None:
        state = "FINISHED" if row is None else "DELIVERED" if row["receipt"] else "SEALED"
        states.update(dict.fromkeys(json.loads(found["item_ids"]), state))


def _current(
    rows: dict[tuple[str, Any], dict[str, Any] | None],
) -> dict[tuple[str, Any], dict[str, Any] | None]:
    """Without sealed batches that were never sent and whose tasks were sealed anew."""
    newest: dict[str, Any] = {}
    for (table, key), row in rows.items():
        if table == SealedRecord.TABLE and row is not None:
            newest.update(dict.fromkeys(json.loads(row["item_ids"]), key))
    return {
        (table, key): None if row is not None and _sealed_anew(table, key, row, newest) else row
        for (table, key), row in rows.items()
    }


def _sealed_anew(table: str, key: Any, row: dict[str, Any], newest: dict[str, Any]) -> bool:
    if table != SealedRecord.TABLE or row["attempted"] or row["receipt"]:
        return False
    return any(newest[item_id] != key for item_id in json.loads(row["item_ids"]))


def _catch_up(tx: SqliteTx, table: str, key: Any, row: dict[str, Any] | None) -> int:
    kind = BY_NAME[table]
    there = tx.stored(kind, key)
    if there == row or (
        kind is SealedRecord and there is not None and row is not None and _further(there, row)
    ):
        return 0
    if row is None:
        tx.remove(kind, key)
        return 0
    tx.write(kind, row)
    return 1


def _further(there: dict[str, Any], row: dict[str, Any]) -> bool:
    return bool(there["receipt"]) and not row["receipt"]


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
