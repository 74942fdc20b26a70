# SPDX-License-Identifier: Apache-2.0
"""A hundred damages to the database: it opens, the damaged file is kept aside, no sealed answer is lost or wrong."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from gems_desktop.adapters import store as store_module
from gems_desktop.adapters.store import SqliteStore
from gems_desktop.adapters.store_backup import generations
from gems_desktop.adapters.store_journal import parts_of
from gems_desktop.services.errors import StoreRestored, StoreUnreadable
from gems_desktop.services.records import EventRecord, ItemRecord
from tests.faults.story import KEY, Told, lost, steps

TASKS = 32
PAGE = 4096


def live(folder: Path, backups: bool = True) -> Told:
    """A profile that somebody worked in, as it is after a kill: with its last backup a while ago."""
    folder.mkdir()
    store = SqliteStore(folder)
    store._open()
    store._open_sealed(bytearray(KEY))
    if not backups:
        store._backup = lambda: None  # type: ignore[method-assign]
    told = Told()
    for do, tell in steps(TASKS):
        do(store)
        tell(told)
    store._close()
    return told


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Told]:
    folder = tmp_path_factory.mktemp("damage") / "profile"
    return folder, live(folder)


def damage(path: Path, luck: random.Random) -> None:
    """Do one of the things that broken disks do."""
    raw = bytearray(path.read_bytes())
    page = luck.randrange(len(raw) // PAGE) * PAGE
    match luck.randrange(4):
        case 0:
            for _ in range(luck.choice((1, 8, 64))):
                raw[luck.randrange(len(raw))] ^= 1 << luck.randrange(8)
        case 1:
            del raw[luck.randrange(len(raw)) :]
        case 2:
            raw[page : page + PAGE] = bytes(PAGE)
        case _:
            raw[page : page + PAGE] = luck.randbytes(PAGE)
    if raw == path.read_bytes():
        damage(path, luck)  # a page of zeros was zeroed
        return
    times = path.stat()
    path.write_bytes(raw)
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))  # a disk that forgets tells nobody


def test_fifty_damages_at_rest_lose_nothing(profile: tuple[Path, Told], in_memory: Path) -> None:
    folder, told = profile
    luck = random.Random(11)
    for turn in range(50):
        here = in_memory / str(turn)
        shutil.copytree(folder, here)
        damage(here / "gems.db", luck)
        damaged = (here / "gems.db").read_bytes()
        assert lost(here, told, told) == [], turn
        kept = [path.read_bytes() for path in here.glob("gems.db.damaged-*")]
        assert damaged in kept or not damaged, turn
        shutil.rmtree(here)


def test_fifty_damages_after_a_kill_lose_no_sealed_answer(
    profile: tuple[Path, Told], in_memory: Path
) -> None:
    folder, told = profile
    luck, restored = random.Random(13), 0
    for turn in range(50):
        here = in_memory / str(turn)
        shutil.copytree(folder, here)
        (here / "gems.db.sum").unlink()
        damage(here / "gems.db", luck)
        assert [what for what in opened(here, told) if not what.startswith("half")] == [], turn
        restored += bool(list(here.glob("gems.db.damaged-*")))
        shutil.rmtree(here)
    assert restored > 30


def opened(folder: Path, told: Told) -> list[str]:
    """What is lost; damage of what only the key can read comes to light when it is read, and is mended then."""
    try:
        return lost(folder, told, told)
    except StoreRestored:
        return lost(folder, told, told)


def test_the_backups_are_damaged_too(profile: tuple[Path, Told], tmp_path: Path) -> None:
    folder, told = profile
    luck = random.Random(12)
    here = Path(shutil.copytree(folder, tmp_path / "all"))
    for path in (here / "gems.db", *generations(here / "gems.db")):
        path.write_bytes(luck.randbytes(PAGE) + path.read_bytes()[PAGE:])
    assert lost(here, told, told) == []


def test_a_restoring_that_is_cut_off_begins_again(profile: tuple[Path, Told], tmp_path: Path) -> None:
    folder, told = profile
    here = Path(shutil.copytree(folder, tmp_path / "cut"))
    (here / "gems.db").unlink()
    (here / "gems.db.restoring").write_bytes(b"half of a database")
    assert lost(here, told, told) == []
    assert not (here / "gems.db.restoring").exists()


def test_control_without_the_journal_answers_are_lost(profile: tuple[Path, Told], tmp_path: Path) -> None:
    folder, told = profile
    here = Path(shutil.copytree(folder, tmp_path / "control"))
    (here / "gems.db").write_bytes(b"nothing of it is left" * 1000)
    (here / "journal.bin").write_bytes(b"")
    assert lost(here, told, told)


def test_a_damaged_entry_of_the_journal_costs_only_itself(profile: tuple[Path, Told], tmp_path: Path) -> None:
    folder, told = profile
    here = Path(shutil.copytree(folder, tmp_path / "entry"))
    raw = bytearray((here / "journal.bin").read_bytes())
    raw[len(raw) // 2] ^= 1
    (here / "journal.bin").write_bytes(raw)
    (here / "gems.db").unlink()
    for backup in generations(here / "gems.db"):
        backup.unlink()
    missing = lost(here, told, told)
    assert 1 <= len([what for what in missing if not what.startswith("edits")]) <= 2 or missing == [
        missing[0]
    ]


def test_parts_of_the_journal_go_when_two_backups_hold_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_module, "PART_BYTES", 8_000)
    folder = tmp_path / "parts"
    told = live(folder)
    numbers = [number for number, _ in parts_of(folder)]
    assert (
        numbers[0] == 1 and len(numbers) > 1
    )  # the second backup is younger than an hour: only one holds them
    path = folder / "gems.db"
    for _ in range(3):
        for backup in generations(path):
            os.utime(backup, (time.time() - 90_000,) * 2)
        store = SqliteStore(folder)
        store._open()
        store._backup()
        store._close()
    assert parts_of(folder) == []
    path.write_bytes(b"damaged" * 1000)
    assert lost(folder, told, told) == []


def test_a_damaged_sealed_value_is_mended_when_it_is_read(profile: tuple[Path, Told], tmp_path: Path) -> None:
    folder, told = profile
    here = Path(shutil.copytree(folder, tmp_path / "value"))
    with closing(sqlite3.connect(here / "gems.db")) as database:
        database.execute("UPDATE items SET data='~1AAAA' WHERE item_id='item3'")
        database.commit()
    store = SqliteStore(here)
    store._open()
    store._open_sealed(bytearray(KEY))
    assert store.notice is None
    with pytest.raises(StoreRestored) as caught:
        store._run(lambda tx: tx.get(ItemRecord, "item3"))
    assert "damaged" in caught.value.message and caught.value.retryable
    assert store._run(lambda tx: tx.get(ItemRecord, "item3")) is not None
    store._close()
    assert lost(here, told, told) == []


def test_a_backup_that_holds_the_same_damage_is_passed_over(
    profile: tuple[Path, Told], tmp_path: Path
) -> None:
    folder, told = profile
    here = Path(shutil.copytree(folder, tmp_path / "same"))
    for path in (here / "gems.db", here / "gems.db.backup1"):
        with closing(sqlite3.connect(path)) as database:
            database.execute("UPDATE events SET body='~1AAAA'")
            database.commit()
    store = SqliteStore(here)
    store._open()
    store._open_sealed(bytearray(KEY))
    with pytest.raises(StoreRestored):
        store._run(lambda tx: tx.find(EventRecord))
    assert store._run(lambda tx: tx.find(EventRecord))
    store._close()
    assert lost(here, told, told) == []


def test_a_damaged_check_of_the_key_does_not_lock_anybody_out(
    profile: tuple[Path, Told], tmp_path: Path
) -> None:
    folder, told = profile
    for turn, value in enumerate(('{"check":"~1AAAA","whole":true}', "not JSON")):
        here = Path(shutil.copytree(folder, tmp_path / str(turn)))
        with closing(sqlite3.connect(here / "gems.db")) as database:
            database.execute("UPDATE settings SET value=? WHERE name='sealed_by'", (value,))
            database.commit()
        assert lost(here, told, told) == []
        with pytest.raises(StoreUnreadable):
            _opened_with(here, bytearray(b"b" * 32))


def _opened_with(folder: Path, key: bytearray) -> None:
    store = SqliteStore(folder)
    try:
        store._open()
        store._open_sealed(key)
    finally:
        store._close()
