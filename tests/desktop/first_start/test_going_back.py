# SPDX-License-Identifier: Apache-2.0
"""An older program on a newer store: it says which version is needed, touches nothing, and may take the copy."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from gems_desktop.adapters.profile import ProfileLock
from gems_desktop.adapters.store import SqliteStore
from gems_desktop.adapters.store_before import copy_of
from gems_desktop.adapters.store_engine import HEAD
from gems_desktop.adapters.store_files import StoreFiles
from gems_desktop.adapters.store_going_back import ASIDE, go_back, way_back
from gems_desktop.services.errors import NewerDatabase, NothingToDo, ProfileInUse
from gems_desktop.services.records import REPAIRED, AnswerRecord, SettingRecord
from tests.desktop.first_start.old_stores import contents

OLD, NEW = AnswerRecord("old", "{}", "", "0x01", 1), AnswerRecord("new", "{}", "", "0x02", 2)


async def _opened(folder: Path) -> SqliteStore:
    store = SqliteStore(folder)
    await store.open()
    await store.open_sealed(bytearray(32))
    return store


async def _profile(folder: Path, *, copy: bool = True) -> Path:
    """A profile that a later version has: one answer before its update, one after it."""
    store = await _opened(folder)
    await store.run(lambda tx: tx.put(OLD))
    await store.close()
    path = folder / "gems.db"
    if copy:
        shutil.copy(path, copy_of(path, HEAD))
    store = await _opened(folder)
    await store.run(lambda tx: tx.put(NEW))
    await store.close()
    with closing(sqlite3.connect(path)) as database:
        database.execute("UPDATE alembic_version SET version_num='9999'")
        database.execute("UPDATE settings SET value='\"7.8.9\"' WHERE name='written_by'")
        database.execute("CREATE TABLE of_a_later_version (id INTEGER)")
        database.commit()
    return path


async def test_the_version_that_is_needed_is_said(tmp_path: Path) -> None:
    path = await _profile(tmp_path, copy=False)
    with pytest.raises(NewerDatabase) as caught:
        await SqliteStore(tmp_path).open()
    assert "7.8.9" in caught.value.message and caught.value.safe == "Nothing in it was changed."
    assert not caught.value.way_back and way_back(tmp_path) is None
    with pytest.raises(NothingToDo):
        go_back(tmp_path)
    assert contents(path)[0] == "9999"


async def test_no_text_of_the_store_is_shown_as_a_version(tmp_path: Path) -> None:
    path = await _profile(tmp_path, copy=False)
    with closing(sqlite3.connect(path)) as database:
        database.execute("UPDATE settings SET value='\"<b>call 555</b>\"' WHERE name='written_by'")
        database.commit()
    with pytest.raises(NewerDatabase) as caught:
        await SqliteStore(tmp_path).open()
    assert caught.value.version == "" and "555" not in caught.value.message


async def test_going_back_keeps_everything(tmp_path: Path) -> None:
    path = await _profile(tmp_path)
    newer = contents(path)
    with pytest.raises(NewerDatabase) as caught:
        await SqliteStore(tmp_path).open()
    assert caught.value.way_back
    found = way_back(tmp_path)
    assert found is not None and (found.version, found.missing) == (HEAD, 1)
    kept = go_back(tmp_path)
    assert kept.name.startswith(ASIDE) and contents(kept / "gems.db") == newer
    assert (kept / "journal.bin").stat().st_size > 0
    store = await _opened(tmp_path)
    answers = await store.run(lambda tx: tx.find(AnswerRecord, order="item_id"))
    repaired = await store.run(lambda tx: tx.get(SettingRecord, REPAIRED))
    await store.close()
    assert answers == [NEW, OLD], "what the journal holds is brought along"
    assert repaired is not None and json.loads(repaired.value) is True, (
        "what was signed since is asked for first"
    )
    assert way_back(tmp_path) is None


async def test_an_open_profile_is_left_alone(tmp_path: Path) -> None:
    await _profile(tmp_path)
    lock = ProfileLock(tmp_path)
    try:
        with pytest.raises(ProfileInUse):
            go_back(tmp_path)
    finally:
        lock.release()
    assert not list(tmp_path.glob(f"{ASIDE}*"))


class Breaking(StoreFiles):
    """Stops at the operation number `last`."""

    def __init__(self, last: int) -> None:
        super().__init__()
        self.left = last

    def _count(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise KeyboardInterrupt

    def unlink(self, path: Path) -> None:
        self._count()
        super().unlink(path)

    def replace(self, old: Path, new: Path) -> None:
        self._count()
        super().replace(old, new)

    def sync_folder(self, folder: Path) -> None:
        self._count()
        super().sync_folder(folder)

    def write(self, path: Path, data: bytes) -> None:
        self._count()
        super().write(path, data)


async def test_broken_off_anywhere_one_of_both_is_whole(tmp_path: Path) -> None:
    made = tmp_path / "made"
    made.mkdir()
    newer = contents(await _profile(made))
    seen: set[str] = set()
    for last in range(60):
        folder = tmp_path / str(last)
        shutil.copytree(made, folder)
        whole = _broken(folder, last)
        version, rows = contents(folder / "gems.db")
        seen.add(version)
        if version == "9999":
            assert (version, rows) == newer
            go_back(folder)
        store = await _opened(folder)
        answers: list[Any] = await store.run(lambda tx: tx.find(AnswerRecord, order="item_id"))
        await store.close()
        assert OLD in answers
        aside = list(folder.glob(f"{ASIDE}*/gems.db"))
        assert any(contents(one) == newer for one in aside)
        if whole:
            break
    assert seen == {"9999", HEAD} and whole


def _broken(folder: Path, last: int) -> bool:
    try:
        go_back(folder, Breaking(last))
    except KeyboardInterrupt:
        return False
    return True
