# SPDX-License-Identifier: Apache-2.0
"""The disk is full during an operation of the store: it says so, what was saved stays, it goes on later."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from gems_desktop.adapters import store as store_module
from gems_desktop.adapters.store import SqliteStore
from gems_desktop.adapters.store_files import StoreFiles
from gems_desktop.services.errors import DiskFull
from gems_desktop.services.records import AnswerRecord, EditRecord, SealedRecord, SettingRecord
from tests.faults.recorded_story import empty_store
from tests.faults.story import BATCH, KEY, Told, lost, steps

TASKS = 2 * BATCH


class FullFiles(StoreFiles):
    """Runs out of room at one operation, after half of what was to be written, for as long as it is told."""

    def __init__(self, full_at: int) -> None:
        super().__init__()
        self.count, self._full_at, self.room = 0, full_at, False

    def _maybe(self) -> None:
        self.count += 1
        if self.count >= self._full_at and not self.room:
            raise OSError(errno.ENOSPC, "no space left on device")

    def write(self, path: Path, data: bytes) -> None:
        try:
            self._maybe()
        except OSError:
            super().write(path, data[: len(data) // 2])
            raise
        super().write(path, data)

    def sync(self, path: Path) -> None:
        self._maybe()
        super().sync(path)

    def replace(self, old: Path, new: Path) -> None:
        self._maybe()
        super().replace(old, new)

    def sync_folder(self, folder: Path) -> None:
        self._maybe()
        super().sync_folder(folder)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return empty_store(tmp_path_factory.mktemp("full") / "empty")


def live(folder: Path, files: FullFiles) -> tuple[Told, int]:
    """Live the story; each step that finds no room is done again when there is: what was told, and how many did."""
    store, told, refused = SqliteStore(folder, files=files), Told(), 0
    try:
        _until_room(lambda: _opened(store), files)
        _until_room(lambda: store._open_sealed(bytearray(KEY)), files)
        for do, tell in steps(TASKS):
            refused += _until_room(lambda do=do: do(store), files)  # type: ignore[misc]
            tell(told)
    finally:
        files.room = True
        store._close()
    return told, refused


def _opened(store: SqliteStore) -> None:
    try:
        store._open()
    except DiskFull:
        store._close()
        raise


def _until_room(do: Callable[[], object], files: FullFiles) -> int:
    try:
        do()
    except DiskFull as error:
        assert error.retryable and error.safe and error.action
        files.room = True
        do()
        return 1
    return 0


def test_no_room_at_each_operation_of_the_stores_files(
    empty: Path, in_memory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_module, "PART_BYTES", 4_000)
    counted = FullFiles(1 << 30)
    live(Path(shutil.copytree(empty, in_memory / "counted")), counted)
    assert counted.count > 60
    refusals = 0
    for place in range(1, counted.count + 1, 5):
        here = Path(shutil.copytree(empty, in_memory / str(place)))
        told, refused = live(here, FullFiles(place))
        refusals += refused
        assert lost(here, told, told) == [], place
        shutil.rmtree(here)
    assert refusals > 6


def test_no_room_for_the_database_itself(empty: Path, in_memory: Path) -> None:
    here = Path(shutil.copytree(empty, in_memory / "pages"))
    store, told, refused = SqliteStore(here), Told(), 0
    store._open()
    store._open_sealed(bytearray(KEY))
    for do, tell in steps(TASKS):
        _limit(store, 0)
        try:
            store._run(lambda tx: tx.put(SettingRecord("big", "x" * 100_000)))
        except DiskFull:
            refused += 1
            assert store._run(lambda tx: _seen(tx)) == _counts(told)
        try:
            do(store)
        except DiskFull:
            assert store._run(lambda tx: _seen(tx)) == _counts(told)
            _limit(store, 1 << 30)
            do(store)
        tell(told)
    store._close()
    assert refused > 20 and lost(here, told, told) == []


def _limit(store: SqliteStore, pages: int) -> None:
    """Let the database have no more than `pages`, or than it has."""
    assert store._engine is not None
    with store._engine.connect() as connection:
        connection.exec_driver_sql(f"PRAGMA max_page_count={max(pages, 1)}")


def _seen(tx: object) -> tuple[int, int, int]:
    return tuple(tx.count(kind) for kind in (EditRecord, AnswerRecord, SealedRecord))  # type: ignore[attr-defined, return-value]


def _counts(told: Told) -> tuple[int, int, int]:
    return len(told.edits), len(told.answers), len(told.sealed)


async def test_a_backup_without_room_leaves_the_old_ones_and_is_made_later(
    empty: Path, in_memory: Path
) -> None:
    here = Path(shutil.copytree(empty, in_memory / "backup"))
    files = FullFiles(1 << 30)
    store = SqliteStore(here, files=files)
    await store.open()
    await store.open_sealed(bytearray(KEY))
    await store.backup()
    before = (here / "gems.db.backup1").read_bytes()
    for do, _ in steps(1):
        do(store)
    files._full_at = 0
    await store.backup()
    assert (here / "gems.db.backup1").read_bytes() == before
    files.room = True
    await store.close()
    assert (here / "gems.db.backup1").read_bytes() != before
