# SPDX-License-Identifier: Apache-2.0
"""Which wallet a store belongs to, and how a store of plain text is sealed when its wallet first opens it.

The rows are rewritten in one transaction; then everything that may still hold plain text is replaced, and only when
all of it was is that written down, so that an end at any point is made up for at the next start.
"""

from __future__ import annotations

import json
import re
from dataclasses import fields
from pathlib import Path
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.engine.interfaces import DBAPICursor

from gems_desktop.adapters.store_backup import copy_into, generations, keep, setting
from gems_desktop.adapters.store_before import copies
from gems_desktop.adapters.store_files import StoreFiles
from gems_desktop.adapters.store_journal import Entry, Journal
from gems_desktop.adapters.store_seal import PREFIX, RowDamaged, Sealer, place_of, unseal_row
from gems_desktop.adapters.store_tables import BY_NAME, TABLES
from gems_desktop.adapters.store_tx import SqliteTx
from gems_desktop.services.errors import StoreUnreadable
from gems_desktop.services.records import (
    AnswerRecord,
    EditRecord,
    ItemRecord,
    Record,
    SealedRecord,
    SettingRecord,
)

SEALED_BY = "sealed_by"
_PLACE = "settings value sealed_by"
_WORD = "gems"
_AT_ONCE = 2_000
#: columns of JSON, which never looks as if it were sealed
_JSON = ((AnswerRecord, "answer"), (SealedRecord, "body"), (EditRecord, "edit"), (ItemRecord, "data"))
_DAMAGED = re.compile(r"\.damaged-[0-9-]+(-wal|-shm)?", re.ASCII)


def bind(tx: SqliteTx, sealer: Sealer, fresh: bool) -> bool:
    """Check that the key is this store's, or make it so; whether nothing plain can be left in the profile.

    fresh: nothing was ever journalled or copied. Raises StoreUnreadable for another wallet's store; in a store without
    a key all rows are sealed.
    """
    found = tx.get(SettingRecord, SEALED_BY)
    check, whole = _read(found)
    if check and _opens(sealer, _PLACE, check):
        return whole
    mine = _is_mine(tx, sealer)
    if mine is False or (mine is None and found is not None and not (fresh and _holds_nothing(tx))):
        raise StoreUnreadable
    rewritten = sum(_seal_table(tx, kind, sealer) for kind in TABLES if kind.SEALED)
    whole = fresh and not rewritten
    write_down(tx, sealer, whole)
    return whole


def write_down(tx: SqliteTx, sealer: Sealer, whole: bool) -> None:
    """Keep what tells this key from others, and whether all of the profile is sealed."""
    value = {"check": sealer.seal(_PLACE, _WORD), "whole": whole}
    tx.put(SettingRecord(SEALED_BY, json.dumps(value)))


def replace_plain(
    path: Path, cursor: DBAPICursor, journal: Journal, sealer: Sealer, files: StoreFiles
) -> None:
    """Replace what may hold plain text besides the rows: free pages, the journal, backups, files kept aside."""
    cursor.execute("VACUUM")
    cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    journal.rewrite(lambda entry: _sealed_entry(entry, sealer))
    keep(path, copy_into(path, cursor, files), files)
    for backup in [*generations(path), *(before for _, before in copies(path))]:
        if setting(backup, SEALED_BY) is None:  # a fuller one of plain text is kept, out of everybody's sight
            sealer.seal_file(backup, files)
    for kept in sorted(path.parent.glob(f"{path.name}.damaged-*")):
        if _DAMAGED.fullmatch(kept.name.removeprefix(path.name)):
            sealer.seal_file(kept, files)
    files.sync_folder(path.parent)


def _opens(sealer: Sealer, place: str, value: str) -> bool:
    try:
        sealer.unseal(place, value)
    except RowDamaged:
        return False
    return True


def _read(found: SettingRecord | None) -> tuple[str, bool]:
    """(check value, whether all is sealed) of the setting; ("", False) for none or a damaged one."""
    try:
        value = json.loads(found.value) if found is not None else {}
        return str(value["check"]), bool(value["whole"])
    except (ValueError, KeyError, TypeError):
        return "", False


def _is_mine(tx: SqliteTx, sealer: Sealer) -> bool | None:
    """Whether a sealed value opens, for a store that lost its check; None when nothing is sealed."""
    for kind, name in _JSON:
        for row in _holding(tx, kind, _AT_ONCE):
            if row[name].startswith(PREFIX):
                return _opens(sealer, place_of(kind, name, row), row[name])
    return None


def _holds_nothing(tx: SqliteTx) -> bool:
    return not any(_holding(tx, kind, 1) for kind in TABLES if kind.SEALED)


def check_sealed(tx: SqliteTx, sealer: Sealer) -> None:
    """Raise RowDamaged unless everything that is sealed opens."""
    for kind in TABLES:
        after = None
        while kind.SEALED and (rows := _holding(tx, kind, _AT_ONCE, after)):
            after = rows[-1][kind.KEY]
            for row in rows:
                unseal_row(kind, row, sealer)


def _holding(tx: SqliteTx, kind: type[Record], limit: int, after: Any = None) -> list[dict[str, Any]]:
    """Rows in stored form that have something in a column that is sealed, by key."""
    table = TABLES[kind]
    query = select(*(table.c[field.name] for field in fields(kind)))
    query = query.where(or_(*(table.c[name] != "" for name in kind.SEALED)))
    if after is not None:
        query = query.where(table.c[kind.KEY] > after)
    return [dict(row) for row in tx.select(query.order_by(table.c[kind.KEY]).limit(limit))]


def _seal_table(tx: SqliteTx, kind: type[Record], sealer: Sealer) -> int:
    rewritten, after = 0, None
    while rows := _holding(tx, kind, _AT_ONCE, after):
        after = rows[-1][kind.KEY]
        for row in rows:
            sealed = _sealed(kind, row, sealer)
            if sealed != row:
                tx.write(kind, sealed)
                rewritten += 1
    return rewritten


def _sealed(kind: type[Record], row: dict[str, Any], sealer: Sealer) -> dict[str, Any]:
    """The row with what is plain in it sealed; free text may look as if it were."""
    found = dict(row)
    for name in kind.SEALED:
        place = place_of(kind, name, row)
        if row[name] and not (row[name].startswith(PREFIX) and _opens(sealer, place, row[name])):
            found[name] = sealer.seal(place, row[name])
    return found


def _sealed_entry(entry: Entry, sealer: Sealer) -> Entry:
    if "row" not in entry:
        return entry
    return {**entry, "row": _sealed(BY_NAME[entry["table"]], entry["row"], sealer)}
