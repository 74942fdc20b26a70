# SPDX-License-Identifier: Apache-2.0
"""The copy that is made before an update changes the database: checked, named by its version, and kept.

Without a sound copy on the medium no migration begins, so that an update that fails or a program that is put back
finds the data as they were.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from sqlalchemy import Engine

from gems_desktop.adapters.store_backup import copy_into, holds
from gems_desktop.adapters.store_engine import HEAD, Damaged, translated
from gems_desktop.adapters.store_files import StoreFiles
from gems_desktop.services.errors import DiskFull, NoRoomToUpdate, StoreUnreadable

#: copies from before so many updates are kept; older ones go when a newer one is whole
KEPT = 3
_NAME = re.compile(r"\.before-update-([0-9]{4})", re.ASCII)


def copy_of(path: Path, version: str) -> Path:
    """Where the copy of the database at `path` from before it left `version` (four digits) is."""
    return path.with_name(f"{path.name}.before-update-{version}")


def copies(path: Path) -> list[tuple[str, Path]]:
    """(version, file) of the copies from before updates, the newest version first."""
    found = []
    for one in path.parent.glob(f"{path.name}.before-update-*"):
        named = _NAME.fullmatch(one.name.removeprefix(path.name))
        if named is not None:
            found.append((named.group(1), one))
    return sorted(found, reverse=True)


def keep_before_update(path: Path, engine: Engine, files: StoreFiles) -> Path | None:
    """Copy the database before it is brought up to date; the copy, None where nothing will change.

    Raises NoRoomToUpdate and, where no copy is sound, StoreUnreadable (nothing was changed); Damaged for a database
    that is.
    """
    with translated(), engine.connect() as connection:
        made = connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name='alembic_version'").first()
        found = (
            connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() if made else None
        )
    if found is None or found == HEAD or not re.fullmatch("[0-9]{4}", found):
        return None
    fresh = path.with_name(f"{path.name}.backup-new")
    try:
        with translated(), closing(engine.raw_connection()) as raw:
            fresh = copy_into(path, raw.cursor(), files)
            if not is_sound(fresh, found):
                files.unlink(fresh)
                fault = raw.cursor().execute("PRAGMA integrity_check(1)").fetchone()[0]
                raise StoreUnreadable if fault == "ok" else Damaged
            return _keep(path, fresh, copy_of(path, found), files)
    except DiskFull as error:
        with suppress(OSError):
            files.unlink(fresh)
        raise NoRoomToUpdate from error


def _keep(path: Path, fresh: Path, kept: Path, files: StoreFiles) -> Path:
    """Give the copy its name, unless a fuller one of this version has it; then let the oldest ones go."""
    if kept.exists() and holds(kept) > holds(fresh):
        files.unlink(fresh)
    else:
        files.replace(fresh, kept)
    files.sync_folder(path.parent)
    old = [one for _, one in copies(path)[KEPT:]]
    for one in old:
        files.unlink(one)
    if old:
        files.sync_folder(path.parent)
    return kept


def is_sound(copy: Path, version: str) -> bool:
    """Whether a copy opens, is of this version, and SQLite finds no fault in it."""
    try:
        with closing(
            sqlite3.connect(f"{copy.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
        ) as database:
            if database.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
                return False
            return bool(database.execute("SELECT version_num FROM alembic_version").fetchone() == (version,))
    except sqlite3.Error:
        return False
