# SPDX-License-Identifier: Apache-2.0
"""Nothing of an answer, a note, a task or an event can be read in the files of a profile, without or with its key."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import stat
from contextlib import closing
from dataclasses import MISSING, fields, replace
from pathlib import Path

import pytest

from gems_desktop.adapters.store import SqliteStore
from gems_desktop.adapters.store_files import StoreFiles
from gems_desktop.adapters.store_journal import Journal
from gems_desktop.adapters.store_seal import PREFIX, RowDamaged, Sealer
from gems_desktop.adapters.store_tables import BY_NAME, CHECKSUM, TABLES, checksum, plain, stored
from gems_desktop.services.errors import StoreRestored, StoreUnreadable, WalletLocked
from gems_desktop.services.records import (
    AnswerRecord,
    AppealRecord,
    CarryRecord,
    EditRecord,
    EventRecord,
    ItemRecord,
    Record,
    SealedRecord,
    SettingRecord,
)
from tests.faults.story import KEY, answer, edit, item, sealed

WORD = "Qx7private"


def made(kind: type[Record]) -> Record:
    """One of a kind with nothing but plain columns, the word in each that is sealed."""
    hidden = {name: f'{{"text":"{WORD} {name}"}}' for name in kind.SEALED}
    blank: dict[str, object] = {"str": "a", "int": 5, "bool": False}
    bare = {part.name: blank[str(part.type)] for part in fields(kind) if part.default is MISSING}
    return kind(**(bare | hidden))


SECRET = [
    replace(item(1), data=f'{{"text":"{WORD} datum"}}', start=f'["{WORD}"]', note=f"{WORD} note",
            answered=f'["{WORD}"]', appeal_reason=f"~1{WORD} reason"),
    replace(edit(1, 1), edit=f'{{"typed":"{WORD}"}}'),
    replace(answer(1), answer=f'["{WORD}"]'),
    replace(sealed(4), body=json.dumps({"answers": [WORD] * 50})),
    AppealRecord("item1", "0x", "{}", "0x", f"{WORD} because", "", 5),
    EventRecord(1, 5, "verdict", f'{{"note":"{WORD}"}}'),
    CarryRecord("c1", 5, "[]", WORD, "made"),
]  # fmt: skip
SECRET += [made(kind) for kind in TABLES if kind.SEALED and kind not in {type(record) for record in SECRET}]


def found_in(folder: Path) -> list[str]:
    """Files that hold the word."""
    return [p.name for p in folder.rglob("*") if p.is_file() and WORD.encode() in p.read_bytes()]


def sealed_kinds() -> set[type[Record]]:
    return {kind for kind in TABLES if kind.SEALED}


async def test_nothing_is_readable_while_open_locked_or_closed(tmp_path: Path) -> None:
    assert {type(record) for record in SECRET} == sealed_kinds()
    store = SqliteStore(tmp_path)
    await store.open()
    await store.open_sealed(bytearray(KEY))
    await store.run(lambda tx: tx.put(*SECRET))
    await store.run(lambda tx: tx.change(ItemRecord, ("item1",), note=f"{WORD} again"))
    assert found_in(tmp_path) == []
    await store.backup()
    await store.close_sealed()
    assert found_in(tmp_path) == []
    await store.close()
    assert found_in(tmp_path) == [] and (tmp_path / "gems.db.backup1").exists()


async def test_what_is_sealed_comes_back_and_is_closed_without_the_key(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path)
    await store.open()
    for record in SECRET:
        with pytest.raises(WalletLocked):
            await store.run(lambda tx, record=record: tx.put(record))  # type: ignore[misc]
    await store.run(lambda tx: tx.put(SettingRecord("a", "1")))  # what is not sealed is there for everybody
    await store.open_sealed(bytearray(KEY))
    await store.run(lambda tx: tx.put(*SECRET))
    for record in SECRET:
        [there] = await store.run(lambda tx, record=record: tx.find(type(record)))  # type: ignore[misc]
        assert there == (replace(record, seq=1) if isinstance(record, EditRecord) else record)
    await store.close_sealed()
    for kind in sealed_kinds():
        with pytest.raises(WalletLocked):
            await store.run(lambda tx, kind=kind: tx.find(kind))  # type: ignore[misc]
        assert await store.run(lambda tx, kind=kind: tx.count(kind)) == 1  # type: ignore[misc]
    shown = await store.run(lambda tx: tx.rows(ItemRecord, ("item_id", "state")))
    assert shown == [("item1", "LEASED")]
    await store.close()


async def test_another_wallets_store_is_refused_at_once(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path)
    await store.open()
    await store.open_sealed(bytearray(b"a" * 32))
    await store.open_sealed(bytearray(KEY))  # nothing was sealed yet: the wallet may still change
    await store.run(lambda tx: tx.put(*SECRET))
    key = bytearray(b"b" * 32)
    with pytest.raises(StoreUnreadable):
        await store.open_sealed(key)
    assert key == bytes(32)
    assert await store.run(lambda tx: tx.find(EventRecord))
    await store.run(lambda tx: tx.remove(SettingRecord, "sealed_by"))  # as after a rescue from nothing
    with pytest.raises(StoreUnreadable):
        await store.open_sealed(bytearray(b"b" * 32))
    await store.open_sealed(bytearray(KEY))
    await store.close()


async def test_a_value_in_anothers_place_is_refused(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path)
    await store.open()
    await store.open_sealed(bytearray(KEY))
    await store.run(lambda tx: tx.put(*SECRET, item(2)))
    await store.close()
    with closing(sqlite3.connect(tmp_path / "gems.db")) as database:
        database.execute("UPDATE items SET data=(SELECT data FROM items WHERE item_id='item1')")
        database.commit()
    again = SqliteStore(tmp_path)
    await again.open()
    await again.open_sealed(bytearray(KEY))
    with pytest.raises(StoreRestored):
        await again.run(lambda tx: tx.get(ItemRecord, "item2"))
    await again.close()


def test_a_sealed_value_is_whole_or_refused() -> None:
    sealer = Sealer(bytearray(KEY))
    for text in ("", "a", "é" * 10, "long " * 1000):
        kept = sealer.seal("place", text)
        assert sealer.unseal("place", kept) == text and (not text or kept.startswith(PREFIX))
        if text:
            assert kept != sealer.seal("place", text)  # the same answer twice does not look the same
    assert len(sealer.seal("place", "long " * 1000)) < 200
    for bad in ("plain", "~1", "~1AAAA", "~1!!!", sealer.seal("another", "a")):
        with pytest.raises(RowDamaged):
            sealer.unseal("place", bad)


@pytest.mark.skipif(os.name == "nt", reason="no file modes")
async def test_everything_is_its_owners_only(tmp_path: Path) -> None:
    folder = tmp_path / "profile"
    (folder / "media").mkdir(parents=True, mode=0o777)
    (folder / "network.json").write_text("{}")
    folder.chmod(0o755)
    (folder / "network.json").chmod(0o644)
    old = os.umask(0o022)
    try:
        store = SqliteStore(folder)
        await store.open()
        await store.open_sealed(bytearray(KEY))
        await store.run(lambda tx: tx.put(*SECRET))
        await store.backup()
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (folder, *folder.rglob("*"))}
        await store.close()
    finally:
        os.umask(old)
    wrong = {name: mode for name, mode in modes.items() if mode not in (0o600, 0o700)}
    assert wrong == {} and {"gems.db-wal", "gems.db.backup1", "journal.bin"} <= modes.keys()


# --- a profile of before ------------------------------------------------------------------------------------
def plain_profile(folder: Path) -> None:
    """A profile as issue 4 left it: plain rows, a plain journal, plain backups, a damaged file kept aside."""
    folder.mkdir()
    store = SqliteStore(folder)
    store._open()
    store._close()
    files = StoreFiles()
    journal = Journal(folder, files)
    with closing(sqlite3.connect(folder / "gems.db")) as database:
        for record in SECRET:
            row = plain(record) | ({"seq": 1} if isinstance(record, EditRecord) else {})
            whole = stored(type(record), row)
            columns = ", ".join(f'"{name}"' for name in whole)
            marks = ", ".join("?" * len(whole))
            database.execute(
                f"INSERT INTO {record.TABLE} ({columns}) VALUES ({marks})",  # noqa: S608
                tuple(whole.values()),
            )
            if isinstance(record, AnswerRecord | SealedRecord):
                journal.append([{"table": record.TABLE, "row": row}])
        database.commit()
    files.close()
    for name in ("gems.db.backup1", "gems.db.backup2", "gems.db.damaged-20260101-000000"):
        shutil.copyfile(folder / "gems.db", folder / name)
    (folder / "gems.db.damaged-20260101-000000-wal").write_text(WORD)


def whole(folder: Path) -> None:
    """The profile holds everything, and none of it in plain text."""
    store = SqliteStore(folder)
    store._open()
    store._open_sealed(bytearray(KEY))
    assert store.notice is None
    for record in SECRET:
        [there] = store._run(lambda tx, record=record: tx.find(type(record)))  # type: ignore[misc]
        assert there == (replace(record, seq=1) if isinstance(record, EditRecord) else record)
    store._close()
    assert found_in(folder) == []
    assert (folder / "gems.db.damaged-20260101-000000.sealed").exists()


def test_a_plain_profile_is_sealed_when_it_is_first_opened(tmp_path: Path) -> None:
    plain_profile(tmp_path / "old")
    assert set(found_in(tmp_path / "old")) >= {"gems.db", "journal.bin", "gems.db.backup1", "gems.db.backup2"}
    whole(tmp_path / "old")
    (tmp_path / "old" / "gems.db").write_bytes(b"damaged" * 1000)
    store = SqliteStore(tmp_path / "old")
    store._open()
    store._open_sealed(bytearray(KEY))
    assert store.notice is not None and store._run(lambda tx: tx.get(AnswerRecord, "item1")) == SECRET[2]
    store._close()
    assert found_in(tmp_path / "old") == []


class Ended(BaseException):
    """The process is killed here."""


class EndingFiles(StoreFiles):
    """Ends before one operation."""

    def __init__(self, at: int) -> None:
        super().__init__()
        self.left = at

    def _maybe(self) -> None:
        self.left -= 1
        if self.left == 0:
            raise Ended

    def write(self, path: Path, data: bytes) -> None:
        self._maybe()
        super().write(path, data)

    def sync(self, path: Path) -> None:
        self._maybe()
        super().sync(path)

    def replace(self, old: Path, new: Path) -> None:
        self._maybe()
        super().replace(old, new)

    def unlink(self, path: Path) -> None:
        self._maybe()
        super().unlink(path)


def test_sealing_a_profile_may_end_at_any_point(tmp_path: Path, in_memory: Path) -> None:
    plain_profile(tmp_path / "old")
    ended, place = True, 0
    while ended:
        place += 1
        here = Path(shutil.copytree(tmp_path / "old", in_memory / str(place)))
        store, ended = SqliteStore(here), False
        store._open()
        store._files = EndingFiles(place)
        store._journal = Journal(here, store._files) if place > 99 else store._journal
        assert store._journal is not None
        store._journal._files = store._files
        try:
            store._open_sealed(bytearray(KEY))
        except Ended:
            ended = True
        store._files = StoreFiles()
        store._close()
        whole(here)
        shutil.rmtree(here)
    assert place > 15


def test_checksums_are_over_what_is_stored(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path)
    store._open()
    store._open_sealed(bytearray(KEY))
    store._run(lambda tx: tx.put(SECRET[2]))
    row = store._run(lambda tx: tx.stored(BY_NAME["answers"], "item1"))
    assert row is not None and row["answer"].startswith(PREFIX)
    store._close()
    with closing(sqlite3.connect(tmp_path / "gems.db")) as database:
        kept = database.execute(f"SELECT {CHECKSUM} FROM answers").fetchone()[0]  # noqa: S608
    assert kept == checksum(row)
