# SPDX-License-Identifier: Apache-2.0
"""An old version meets the profile of a newer one: it says so, and every file is the same to the last byte."""

from __future__ import annotations

import hashlib
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from gems_desktop.adapters.store import SqliteStore
from gems_desktop.services.errors import NewerDatabase
from gems_desktop.services.records import SettingRecord

FOLDER_OF_ANOTHER = ("vault.json", "policy.json", "profile.json", "media/ab", "log.txt")


def bytes_of(folder: Path) -> dict[str, tuple[int, str]]:
    """Every file below: its mode and its hash. The lock and the log's index hold nothing."""
    return {
        str(path.relative_to(folder)): (
            stat.S_IMODE(path.stat().st_mode),
            hashlib.sha256(path.read_bytes()).hexdigest(),
        )
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "lock" and not path.name.endswith("-shm")
    }


async def _profile(folder: Path) -> None:
    store = SqliteStore(folder)
    await store.open()
    await store.run(lambda tx: tx.put(SettingRecord("a", "1")))
    await store.backup()
    await store.close()
    for name in FOLDER_OF_ANOTHER:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(name)
        (folder / name).chmod(0o600)  # as they are made: an opening makes others private


def _newer(folder: Path, *, killed: bool) -> None:
    """The same profile after a later version; killed: with the log that it left behind."""
    with closing(sqlite3.connect(folder / "gems.db")) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("UPDATE alembic_version SET version_num='9999'")
        database.execute("CREATE TABLE of_a_later_version (id INTEGER)")
        database.commit()
        kept = {path: path.read_bytes() for path in folder.glob("gems.db*") if not path.name.endswith("-shm")}
    if killed:
        for path, content in kept.items():
            path.write_bytes(content)
            path.chmod(0o600)


@pytest.mark.parametrize("killed", [False, True])
async def test_nothing_is_changed_in_a_profile_of_a_later_version(tmp_path: Path, killed: bool) -> None:
    await _profile(tmp_path)
    _newer(tmp_path, killed=killed)
    assert (tmp_path / "gems.db-wal").exists() is killed
    before = bytes_of(tmp_path)
    for _ in range(2):
        with pytest.raises(NewerDatabase) as caught:
            await SqliteStore(tmp_path).open()
        assert caught.value.message and caught.value.safe and caught.value.action
        assert bytes_of(tmp_path) == before


async def test_the_comparison_sees_what_an_opening_changes(tmp_path: Path) -> None:
    await _profile(tmp_path)
    before = bytes_of(tmp_path)
    store = SqliteStore(tmp_path)
    await store.open()
    await store.run(lambda tx: tx.put(SettingRecord("b", "2")))
    await store.close()
    assert bytes_of(tmp_path) != before
