# SPDX-License-Identifier: Apache-2.0
"""Whether a profile's folder is in order: rights, room, database, backups, wallet. Reads only; needs no key."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from gems_desktop.adapters.profile import ProfileLock
from gems_desktop.adapters.store_backup import generations
from gems_desktop.adapters.store_engine import HEAD
from gems_desktop.diagnosing.finding import Finding, bad, good, note
from gems_desktop.diagnosing.starts import ended_badly
from gems_desktop.services.errors import ProfileInUse, StoreUnreadable, VaultDamaged
from gems_desktop.services.facts import ItemState
from gems_desktop.services.settings import OPTIONS, fits
from gems_desktop.signer.vault_file import VaultFile

LOW_SPACE_MB = 200  # a day of tasks with media, and room for a backup
_UNSENT = (ItemState.DRAFT.name, ItemState.FINISHED.name, ItemState.SEALED.name, ItemState.SENDING.name)


def examine(folder: Path, profile: str) -> Iterator[Finding]:
    """All findings about the profile in `folder`."""
    if not folder.is_dir():
        yield note("no_profile", profile=profile)
        return
    yield good("profile", profile=profile)
    yield from _rights(folder)
    yield _space(folder)
    in_use = _in_use(folder)
    if in_use:
        yield good("in_use")
    elif ended_badly(folder):
        yield note("ended_badly")
    yield _store(folder / "gems.db")
    yield _backups(folder / "gems.db")
    yield _wallet(folder)


def _rights(folder: Path) -> Iterator[Finding]:
    if not os.access(folder, os.W_OK | os.X_OK):
        yield bad("folder_readonly")
    if sys.platform != "win32":
        others = folder.stat().st_mode & 0o077
        yield bad("folder_open") if others else good("folder_closed")


def _space(folder: Path) -> Finding:
    free = shutil.disk_usage(folder).free // 1_000_000
    return bad("space_low", megabytes=free) if free < LOW_SPACE_MB else good("space", megabytes=free)


def _in_use(folder: Path) -> bool:
    try:
        ProfileLock(folder).release()
    except ProfileInUse:
        return True
    except StoreUnreadable:
        return False  # said by `folder_readonly`
    return False


def _store(path: Path) -> Finding:
    if not path.exists():
        return note("no_store")
    try:
        with closing(_opened(path)) as database:
            if database.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                return bad("store_damaged")
            version = database.execute("SELECT version_num FROM alembic_version").fetchone()
            if version is not None and version[0] > HEAD:
                return bad("store_newer")
            marks = ",".join("?" * len(_UNSENT))
            query = f"SELECT count(*) FROM items WHERE state IN ({marks})"  # noqa: S608 - question marks
            unsent = int(database.execute(query, _UNSENT).fetchone()[0])
            answers = int(database.execute("SELECT count(*) FROM answers").fetchone()[0])
    except sqlite3.DatabaseError as error:
        damaged = getattr(error, "sqlite_errorcode", 0) & 0xFF in (11, 26)  # corrupt, not a database
        return bad("store_damaged" if damaged else "store_unreadable")
    return good("store_sound", answers=answers, unsent=unsent)


def _backups(path: Path) -> Finding:
    found = generations(path)
    if not found:
        return note("no_backups")
    try:
        with closing(_opened(found[0])) as database:
            sound = database.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
    except sqlite3.DatabaseError:
        sound = False
    if not sound:
        return bad("backup_damaged")
    hours = max(0, int(time.time() - found[0].stat().st_mtime)) // 3600
    return good("backups", count=len(found), hours=hours)


def own_proxy(folder: Path) -> str:
    """The proxy that this profile's options name; "" for none, and while its database cannot be read."""
    try:
        with closing(_opened(folder / "gems.db")) as database:
            row = database.execute("SELECT value FROM settings WHERE name = ?", (OPTIONS,)).fetchone()
        found = json.loads(row[0]).get("proxy", "") if row is not None else ""
    except (sqlite3.DatabaseError, ValueError, AttributeError):
        return ""
    return found if fits("proxy", found) else ""


def _opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=5)


def _wallet(folder: Path) -> Finding:
    try:
        found = VaultFile(folder).read()
    except VaultDamaged:
        return bad("wallet_damaged")
    except StoreUnreadable:
        return bad("folder_readonly")
    if found is None:
        return note("no_wallet")
    return good("wallet") if found.backed_up else bad("wallet_words")
