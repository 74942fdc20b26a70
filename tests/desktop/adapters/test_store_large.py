# SPDX-License-Identifier: Apache-2.0
"""A store too large to be checked at the start or copied while somebody waits: both happen beside the work."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from gems_desktop.adapters import store_check, store_copies
from gems_desktop.adapters.store import SqliteStore
from gems_desktop.services.errors import StoreRestored
from gems_desktop.services.records import AnswerRecord, EditRecord
from tests.faults.story import KEY, answer, edit


@pytest.fixture
async def large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[SqliteStore]:
    monkeypatch.setattr(store_check, "SMALL", 0)
    store = SqliteStore(tmp_path)
    await store.open()
    await store.open_sealed(bytearray(KEY))
    await store.run(lambda tx: tx.put(answer(1)))
    yield store
    await store.close()


async def test_a_copy_is_made_beside_the_work_and_not_at_each_sealing(
    large: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    newest = large.path.with_name("gems.db.backup1")
    await large.backup()
    assert large._copies._running is not None
    large._copies._running.result()  # that of the check at the start, or none yet
    monkeypatch.setattr(store_copies, "AT_SEAL_S", -1)
    await large.backup()
    large._copies._running.result()
    with closing(sqlite3.connect(newest)) as copy:
        assert copy.execute("SELECT count(*) FROM answers").fetchone() == (1,)
    made = newest.stat().st_mtime_ns
    monkeypatch.setattr(store_copies, "AT_SEAL_S", 600)
    await large.run(lambda tx: tx.put(edit(1, 1)))
    await large.backup()
    large._copies._running.result()
    assert newest.stat().st_mtime_ns == made


async def test_a_copy_is_made_when_it_is_time(large: SqliteStore, monkeypatch: pytest.MonkeyPatch) -> None:
    assert large._copies._running is not None
    large._copies._running.result()
    monkeypatch.setattr(store_copies, "BY_TIME_S", -1)
    await large.run(lambda tx: tx.put(edit(1, 1)))
    large._copies._running.result()
    assert large.path.with_name("gems.db.backup1").exists() and not large._copies.changed


async def test_damage_that_a_check_beside_the_work_finds_is_mended_and_told_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = SqliteStore(tmp_path)
    await store.open()
    await store.open_sealed(bytearray(KEY))
    await store.run(lambda tx: tx.put(*(answer(number) for number in range(300))))
    await store.close()
    with closing(sqlite3.connect(tmp_path / "gems.db")) as database:
        database.execute("UPDATE answers SET result_hash='0xff' WHERE item_id='item1'")
        database.commit()
    monkeypatch.setattr(store_check, "SMALL", 0)
    again = SqliteStore(tmp_path)
    await again.open()
    assert again.notice is None
    await again.open_sealed(bytearray(KEY))
    assert again._copies._running is not None
    again._copies._running.result()
    with pytest.raises(StoreRestored):
        await again.run(lambda tx: tx.count(EditRecord))
    assert await again.run(lambda tx: tx.get(AnswerRecord, "item1")) == answer(1)
    await again.close()
    assert list(tmp_path.glob("gems.db.damaged-*"))


async def test_a_check_is_due_after_an_end_that_was_none_and_once_a_week(large: SqliteStore) -> None:
    assert large._copies._running is not None
    large._copies._running.result()
    mark = large.path.with_name("gems.db.checked")
    assert mark.exists()
    large._copies._running = None
    large._copies.check_behind(False, lambda: None)
    assert large._copies._running is None
    large._copies.check_behind(True, lambda: None)
    assert large._copies._running is not None
