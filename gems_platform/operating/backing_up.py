# SPDX-License-Identifier: Apache-2.0
"""Copies a platform while it serves: one moment of its store, and its media files if they are asked for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import func, make_url, select, text
from sqlalchemy.orm import Session

from gems_platform.db import Database
from gems_platform.media.opening import open_stores
from gems_platform.media.tables import MediaRow
from gems_platform.operating import archive, portable
from gems_platform.settings import Settings

KEYS = ("hub_signer_key", "hub_payer_key", "relayer_key")
_PAGE = 1_000


@dataclass(frozen=True, slots=True)
class BackedUp:
    """What was written; `missing` are media files that the media store did not have any more."""

    manifest: archive.Manifest
    rows: int
    missing: tuple[str, ...]


def back_up(db: Database, settings: Settings, target: Path, now: int, *, media: bool = False) -> BackedUp:
    """Write a backup to a new file; raises CannotOperate, BadBackup when it cannot be read again."""
    missing: list[str] = []
    with archive.Writer(target) as writer:
        with db.read() as session:
            connection = session.connection()
            for table in portable.tables_of(connection):
                writer.add(f"tables/{table.name}.jsonl", portable.lines(connection, table))
            count, size = _media(session)
            version = str(session.scalar(text("SELECT version_num FROM alembic_version")))
        writer.add("settings.json", [json.dumps(shown(settings), indent=1).encode()], rows=0)
        if media:
            _add_media(db, settings, writer, missing)
        manifest = archive.Manifest(
            taken_at=now,
            version=version,
            engine=db.dialect,
            chain_id=settings.chain_id,
            channels=settings.channels,
            campaigns=settings.campaigns,
            hub=settings.hub,
            hub_payer=settings.hub_payer,
            media=count,
            media_bytes=size,
            with_media=media,
            parts=writer.parts,
        )
        writer.finish(manifest)
    rows = sum(part.rows for part in manifest.parts.values())
    return BackedUp(manifest, rows, tuple(missing))


def shown(settings: Settings) -> dict[str, Any]:
    """The settings without what is secret: keys, passwords, and what may be one in the node's address."""
    told = {name: value for name, value in asdict(settings).items() if name not in KEYS}
    node = urlsplit(settings.rpc_url)
    told["rpc_url"] = f"{node.scheme}://{node.hostname}" + (f":{node.port}" if node.port else "")
    if settings.store_url:
        told["store_url"] = make_url(settings.store_url).set(password=None).render_as_string()
    return json.loads(json.dumps(told, default=str))  # type: ignore[no-any-return]


def _media(session: Session) -> tuple[int, int]:
    found = session.execute(select(func.count(), func.coalesce(func.sum(MediaRow.size), 0))).one()
    return int(found[0]), int(found[1])


def _add_media(db: Database, settings: Settings, writer: archive.Writer, missing: list[str]) -> None:
    """Files are never changed under their name, so those that came since do no harm."""
    store, _ = open_stores(settings)
    try:
        for name, size in media_names(db):
            if store.size(name) != size:
                missing.append(name)
                continue
            writer.add(f"media/{name}", store.open(name, 0, size), rows=0)
    finally:
        store.close()


def media_names(db: Database) -> Iterator[tuple[str, int]]:
    """Every media file that the store names, and its size in bytes."""
    after = ""
    while True:
        with db.read() as session:
            query = select(MediaRow.sha256, MediaRow.size).where(MediaRow.sha256 > after)
            page = session.execute(query.order_by(MediaRow.sha256).limit(_PAGE)).all()
        yield from ((name, size) for name, size in page)
        if len(page) < _PAGE:
            return
        after = page[-1][0]
