# SPDX-License-Identifier: Apache-2.0
"""The store on a real SQLite file: kills, damage, a full disk, a newer file, a second instance."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from gems_desktop.adapters.store import SqliteStore
from gems_desktop.adapters.store_tables import SCHEMA
from gems_desktop.services.errors import DiskFull, NewerDatabase, ProfileInUse, StoreUnreadable
from gems_desktop.services.records import (
    AnswerRecord,
    EditRecord,
    ItemRecord,
    SealedRecord,
    SettingRecord,
)
from gems_protocol.amount import Amount

ITEM = ItemRecord(
    *("i1", "b1", "c1", "work", 1, 0, 0, 0, Amount(10**20), Amount(0), 99, "LEASED", 5),
    *("{}", "0x", "{}", "[]", "[]"),
)
ANSWER = AnswerRecord("i1", "[1]", "0xab", "0xcd", 7)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqliteStore]:
    made = SqliteStore(tmp_path)
    await made.open()
    await made.open_sealed(bytearray(32))
    yield made
    await made.close()


async def test_rows_come_back_as_they_were(store: SqliteStore) -> None:
    await store.run(lambda tx: tx.put(ITEM, ANSWER))
    assert await store.run(lambda tx: tx.get(ItemRecord, "i1")) == ITEM
    assert await store.run(lambda tx: tx.get(AnswerRecord, "i1")) == ANSWER
    await store.run(lambda tx: tx.put(replace(ITEM, state="DRAFT")))
    found = await store.run(lambda tx: tx.find(ItemRecord, state=("DRAFT", "LEASED"), batch_id="b1"))
    assert [item.state for item in found] == ["DRAFT"]


async def test_a_failed_transaction_leaves_nothing(store: SqliteStore) -> None:
    def work(tx: object) -> None:
        tx.put(ITEM)  # type: ignore[attr-defined]
        raise StoreUnreadable

    with pytest.raises(StoreUnreadable):
        await store.run(work)
    assert await store.run(lambda tx: tx.count(ItemRecord)) == 0


async def test_pragmas(store: SqliteStore) -> None:
    assert store._engine is not None
    with store._engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2


async def test_migrations_make_the_schema_of_the_records(store: SqliteStore) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    assert store._engine is not None
    with store._engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), SCHEMA) == []


async def test_a_second_instance_is_told(store: SqliteStore, tmp_path: Path) -> None:
    with pytest.raises(ProfileInUse) as caught:
        await SqliteStore(tmp_path).open()
    assert "already open" in caught.value.message
    await store.run(lambda tx: tx.put(ITEM))


async def test_a_newer_database_is_refused_unchanged(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path)
    await store.open()
    await store.open_sealed(bytearray(32))
    await store.run(lambda tx: tx.put(ITEM))
    await store.close()
    with closing(sqlite3.connect(tmp_path / "gems.db")) as database:
        database.execute("UPDATE alembic_version SET version_num='9999'")
        database.commit()
        before = list(database.iterdump())
    with pytest.raises(NewerDatabase):
        await SqliteStore(tmp_path).open()
    with closing(sqlite3.connect(tmp_path / "gems.db")) as database:
        assert list(database.iterdump()) == before


async def test_a_full_disk_loses_nothing_and_goes_on(store: SqliteStore) -> None:
    await store.run(lambda tx: tx.put(ITEM))
    assert store._engine is not None
    with store._engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
    with pytest.raises(DiskFull) as caught:
        await store.run(lambda tx: tx.put(SettingRecord("big", "x" * 500_000)))
    assert caught.value.retryable and caught.value.safe
    assert await store.run(lambda tx: tx.get(SettingRecord, "big")) is None
    assert await store.run(lambda tx: tx.get(ItemRecord, "i1")) == ITEM
    with store._engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count=1000000")
    await store.run(lambda tx: tx.put(SettingRecord("big", "x" * 500_000)))


def _smash(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[0:4096] = os.urandom(4096)
    path.write_bytes(raw)


async def test_a_damaged_database_is_kept_and_restored(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path)
    await store.open()
    await store.open_sealed(bytearray(32))
    await store.run(lambda tx: tx.put(ITEM))
    await store.backup()
    await store.run(lambda tx: tx.put(ANSWER, replace(ITEM, state="FINISHED")))
    sealed = SealedRecord("0xr", "work", 1, "{}", json.dumps(["i1"]), 9, 8)
    await store.run(lambda tx: tx.put(sealed, replace(ITEM, state="SEALED")))
    store._close()  # as after a crash: no backup at the end
    store._worker.shutdown()
    _smash(tmp_path / "gems.db")
    damaged = (tmp_path / "gems.db").read_bytes()
    again = SqliteStore(tmp_path)
    await again.open()
    await again.open_sealed(bytearray(32))
    assert again.notice is not None and "damaged" in again.notice.message
    kept = next(path for path in tmp_path.glob("gems.db.damaged-*") if path.suffix != ".db-wal")
    assert any(path.read_bytes() == damaged for path in tmp_path.glob("gems.db.damaged-*")), kept
    assert await again.run(lambda tx: tx.get(AnswerRecord, "i1")) == ANSWER
    assert await again.run(lambda tx: tx.get(SealedRecord, "0xr")) == sealed
    item = await again.run(lambda tx: tx.get(ItemRecord, "i1"))
    assert item is not None and item.state == "SEALED"
    await again.close()


async def test_a_changed_answer_row_is_noticed(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path)
    await store.open()
    await store.open_sealed(bytearray(32))
    await store.run(lambda tx: tx.put(ITEM, ANSWER))
    await store.close()
    with closing(sqlite3.connect(tmp_path / "gems.db")) as database:
        database.execute("UPDATE answers SET answer='[2]'")
        database.commit()
    again = SqliteStore(tmp_path)
    await again.open()
    await again.open_sealed(bytearray(32))
    assert again.notice is not None
    assert await again.run(lambda tx: tx.get(AnswerRecord, "i1")) == ANSWER
    await again.close()


async def test_backups_are_never_overwritten_by_emptier_ones(store: SqliteStore, tmp_path: Path) -> None:
    await store.run(lambda tx: tx.put(ITEM, ANSWER))
    await store.backup()
    full = (tmp_path / "gems.db.backup1").read_bytes()
    await store.run(lambda tx: (tx.remove(ItemRecord, "i1"), tx.remove(AnswerRecord, "i1")))
    await store.backup()
    assert (tmp_path / "gems.db.backup1").read_bytes() == full


async def test_a_torn_journal_is_cut_to_its_last_whole_entry(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path)
    await store.open()
    await store.open_sealed(bytearray(32))
    await store.run(lambda tx: tx.put(ANSWER))
    await store.close()
    path = tmp_path / "journal.bin"
    whole = path.read_bytes()
    path.write_bytes(whole + whole[:40])
    again = SqliteStore(tmp_path)
    await again.open()
    await again.open_sealed(bytearray(32))
    assert path.read_bytes() == whole
    await again.close()


async def test_a_full_disk_under_the_journal_changes_nothing(
    store: SqliteStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await store.run(lambda tx: tx.put(ITEM, ANSWER))
    before = (tmp_path / "journal.bin").read_bytes()
    real = os.fsync

    def full(handle: int) -> None:
        raise OSError(28, "no space left")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskFull):
        await store.run(lambda tx: tx.put(replace(ANSWER, answer="[2]")))
    monkeypatch.setattr(os, "fsync", real)
    assert (tmp_path / "journal.bin").read_bytes() == before
    assert await store.run(lambda tx: tx.get(AnswerRecord, "i1")) == ANSWER
    await store.run(lambda tx: tx.put(replace(ANSWER, answer="[3]")))


async def test_kills_lose_no_acknowledged_edit(tmp_path: Path) -> None:
    """Once after each number of edits; hundreds of kills are in tests/faults."""
    script = Path(__file__).with_name("kill_editing.py")
    acknowledged = 0
    for turn in range(20 if "GEMS_LONG" in os.environ else 7):
        with subprocess.Popen(
            [sys.executable, str(script), str(tmp_path)], stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout is not None
            for _ in range(1 + turn % 7):
                acknowledged = int(process.stdout.readline())
            process.send_signal(signal.SIGKILL)
            rest = process.stdout.read().split("\n")
            acknowledged = max([acknowledged, *(int(line) for line in rest[:-1] if line)])
    store = SqliteStore(tmp_path)
    await store.open()
    await store.open_sealed(bytearray(32))
    assert store.notice is None
    edits = await store.run(lambda tx: tx.find(EditRecord))
    answers = await store.run(lambda tx: tx.count(AnswerRecord))
    numbers = [json.loads(edit.edit)["n"] for edit in edits]
    assert numbers == list(range(1, len(numbers) + 1)) and len(numbers) in (acknowledged, acknowledged + 1)
    assert answers == len(numbers)
    await store.close()
