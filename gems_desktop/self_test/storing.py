# SPDX-License-Identifier: Apache-2.0
"""A new profile's store: made with its migrations, written, closed, opened again, and found sound by SQLite itself."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

from gems_desktop.self_test.checks import Checks, Failed, Place

KEY = bytes(range(32))
_NAME, _VALUE = "selfTest", {"words": "ارقام ১২৩"}


def check(checks: Checks, place: Place) -> None:
    """One store."""
    checks.run("a profile's store keeps what is written", lambda: asyncio.run(_store(place.below("store"))))


async def _store(folder: Path) -> str:
    from gems_desktop.adapters.store import SqliteStore
    from gems_desktop.adapters.store_engine import HEAD
    from gems_desktop.services.cursor import get_value, set_value

    for write in (True, False):
        store = SqliteStore(folder)
        await store.open()
        try:
            await store.open_sealed(bytearray(KEY))
            if write:
                await store.run(lambda tx: set_value(tx, _NAME, _VALUE))
            elif await store.run(lambda tx: get_value(tx, _NAME)) != _VALUE:
                raise Failed("what was written is not there after opening it again")
        finally:
            await store.close()
        if store.notice is not None:
            raise Failed(f"it says of itself: {store.notice.message}")
    with closing(sqlite3.connect(folder / "gems.db")) as database:
        sound = database.execute("PRAGMA integrity_check").fetchone()[0]
        schema = database.execute("SELECT version_num FROM alembic_version").fetchone()[0]
    if sound != "ok" or schema != HEAD:
        raise Failed(f"SQLite says {sound}; schema {schema} instead of {HEAD}")
    return f"schema {schema}, SQLite {sqlite3.sqlite_version}"
