# SPDX-License-Identifier: Apache-2.0
"""Puts a backup into an empty store, of the same engine or the other, in one transaction that ends in doubt.

In doubt: nothing is signed in a channel before its worker has shown what the hub signed last (channels/doubt.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, func, select
from sqlalchemy.orm import Session

from gems_platform.channels import doubt
from gems_platform.db import Database, move_tables
from gems_platform.duties.jobs import migrate
from gems_platform.media.opening import open_stores
from gems_platform.media.store import MediaStore
from gems_platform.operating import archive, moving, portable
from gems_platform.operating.backing_up import media_names
from gems_platform.operating.faults import bad_backup, refused
from gems_platform.settings import Settings

_FILLED = frozenset({"matching_secret"})  # a new store has a row in it: the backup's takes its place
_TABLE, _MEDIA = "tables/", "media/"
_PIECE = 1 << 18


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back. doubted: channels in which nothing is signed yet; missing: media files that are not there."""

    manifest: archive.Manifest
    rows: int
    doubted: int
    media: int
    missing: tuple[str, ...]


def restore(db: Database, settings: Settings, source: Path, now: int) -> Restored:
    """Put a backup back; raises BadBackup, CannotOperate: then the store is as empty as before."""
    manifest = archive.check(source)
    _check_fits(manifest, settings)
    _check_empty(db)
    db.migrate(manifest.version)
    try:
        with db.engine.begin() as connection:
            rows = _load(connection, manifest, source)
            move_tables(connection)
            with Session(connection, join_transaction_mode="rollback_only") as session:
                doubted = doubt.begin(session, now, manifest.taken_at)
                session.commit()  # of the session alone: the connection commits all of it at once
    finally:
        migrate(db, settings.store_url)
    media, missing = _media(db, settings, source, manifest)
    return Restored(manifest, rows, doubted, media, missing)


def mark(db: Database, now: int, taken_at: int) -> int:
    """The store was put back by its engine's own tools, or as a file: every channel is in doubt; how many."""
    return db.run(lambda session: doubt.begin(session, now, taken_at))


def _check_fits(manifest: archive.Manifest, settings: Settings) -> None:
    if manifest.version not in moving.versions():
        raise bad_backup(
            f"The backup is of version {manifest.version}, which this program does not know.",
            "Use the program that made it, or a newer one.",
        )
    for what in ("chain_id", "channels", "campaigns", "hub", "hub_payer"):
        here, there = getattr(settings, what), getattr(manifest, what)
        if here != there:
            raise bad_backup(
                f"The backup is of another platform: its {what} is {there}, the settings say {here}.",
                "Use the settings and the keys of the platform that was backed up.",
            )


def _check_empty(db: Database) -> None:
    if not db.version():
        return
    with db.engine.begin() as connection:
        for table in portable.tables_of(connection):
            if table.name not in _FILLED and connection.scalar(select(func.count()).select_from(table)):
                raise refused(
                    f"The store is not empty: there are rows in {table.name}.",
                    "Name settings with an empty store. To go back, move the present store aside first.",
                )


def _load(connection: Connection, manifest: archive.Manifest, source: Path) -> int:
    """The rows of every table, each table after those that it refers to: the order in which they were written."""
    tables = {table.name: table for table in portable.tables_of(connection)}
    rows, loaded = 0, []
    for name in _FILLED & tables.keys():
        connection.execute(tables[name].delete())
    with archive.parts_of(source) as parts:
        for part, content in parts:
            if not part.startswith(_TABLE):
                continue
            name = part.removeprefix(_TABLE).removesuffix(".jsonl")
            if name not in tables:
                raise bad_backup(f"The version {manifest.version} has no table {name}.")
            count = portable.put(connection, tables[name], portable.rows_in(content))
            if count != manifest.parts[part].rows:
                raise bad_backup(f"The table {name} has another number of rows than was written.")
            rows += count
            loaded.append(tables[name])
    if len(loaded) != len(tables):
        raise bad_backup("A table is missing.")
    portable.number_on(connection, loaded)
    return rows


def _media(
    db: Database, settings: Settings, source: Path, manifest: archive.Manifest
) -> tuple[int, tuple[str, ...]]:
    store, _ = open_stores(settings)
    try:
        brought = _bring(store, source) if manifest.with_media else 0
        return brought, _missing(db, store)
    finally:
        store.close()


def _bring(store: MediaStore, source: Path) -> int:
    count = 0
    with archive.parts_of(source) as parts:
        for part, content in parts:
            if not part.startswith(_MEDIA):
                continue
            with store.begin(part.removeprefix(_MEDIA)) as incoming:
                while piece := content.read(_PIECE):
                    incoming.write(piece)
                incoming.finish()
                store.keep(incoming)
            count += 1
    return count


def _missing(db: Database, store: MediaStore) -> tuple[str, ...]:
    names: Sequence[tuple[str, int]] = list(media_names(db))
    return tuple(name for name, size in names if store.size(name) != size)
