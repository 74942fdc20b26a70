# SPDX-License-Identifier: Apache-2.0
"""An update keeps a checked copy first, loses nothing whenever it is killed, and refuses politely without room."""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from gems_desktop import __version__
from gems_desktop.adapters import store_before
from gems_desktop.adapters.store import SqliteStore
from gems_desktop.adapters.store_before import KEPT, copies, copy_of, is_sound
from gems_desktop.adapters.store_engine import HEAD
from gems_desktop.adapters.store_files import StoreFiles
from gems_desktop.services.errors import NoRoomToUpdate, StoreUnreadable
from tests.desktop.first_start.old_stores import contents, heads, holds_all, make

ROOT = Path(__file__).resolve().parents[3]
OLD = heads()[:-1]


async def _open(folder: Path, **how: Any) -> None:
    store = SqliteStore(folder, **how)
    await store.open()
    await store.close()


@pytest.mark.parametrize("version", OLD)
async def test_every_earlier_version_comes_up_to_date_with_a_copy(tmp_path: Path, version: str) -> None:
    path = make(tmp_path, version, rows=3)
    before = contents(path)
    await _open(tmp_path)
    assert heads()[-1] == HEAD
    assert contents(path)[0] == HEAD
    assert holds_all(contents(path)[1], before[1])
    kept = copy_of(path, version)
    assert contents(kept) == before
    assert is_sound(kept, version)
    assert kept.stat().st_mode & 0o077 == 0
    with closing(sqlite3.connect(path)) as database:
        [written] = database.execute("SELECT value FROM settings WHERE name='written_by'").fetchone()
    assert json.loads(written) == __version__
    was = kept.stat().st_mtime_ns
    await _open(tmp_path)
    assert (copies(path), kept.stat().st_mtime_ns) == ([(version, kept)], was), (
        "a start without an update makes none"
    )


async def test_a_new_profile_needs_no_copy(tmp_path: Path) -> None:
    await _open(tmp_path)
    assert copies(tmp_path / "gems.db") == []


async def test_only_so_many_copies_are_kept_and_none_over_a_fuller_one(tmp_path: Path) -> None:
    path = make(tmp_path, "0005", rows=2)
    for version in ("0001", "0002", "0003", "0004"):
        shutil.copy(path, copy_of(path, version))
    fuller = make(tmp_path / "other", "0005", rows=9)
    shutil.copy(fuller, copy_of(path, "0005"))
    await _open(tmp_path)
    assert [version for version, _ in copies(path)] == ["0005", "0004", "0003"][:KEPT]
    assert contents(copy_of(path, "0005")) == contents(fuller)


class FullDisk(StoreFiles):
    """A disk that has no room when the copy is to be made durable."""

    def sync(self, path: Path) -> None:
        if path.name.endswith(".backup-new"):
            raise OSError(28, "full")
        super().sync(path)


async def test_without_room_for_the_copy_nothing_is_changed(tmp_path: Path) -> None:
    path = make(tmp_path, "0003", rows=3)
    before = contents(path)
    with pytest.raises(NoRoomToUpdate) as caught:
        await _open(tmp_path, files=FullDisk())
    assert "Nothing in it was changed" in caught.value.safe and caught.value.retryable
    assert contents(path) == before
    assert copies(path) == [] and not list(tmp_path.glob("*backup-new*"))
    await _open(tmp_path)
    assert contents(path)[0] == HEAD


async def test_without_a_sound_copy_no_update_begins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = make(tmp_path, "0003", rows=3)
    before = contents(path)
    monkeypatch.setattr(store_before, "is_sound", lambda _copy, _version: False)
    with pytest.raises(StoreUnreadable):
        await _open(tmp_path)
    assert contents(path) == before and copies(path) == []


def test_a_damaged_copy_is_seen(tmp_path: Path) -> None:
    path = make(tmp_path, "0003", rows=200)
    assert is_sound(path, "0003")
    assert not is_sound(path, "0004")
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(size // 2)
        file.write(b"\xff" * 4096)
    assert not is_sound(path, "0003")


def _kill(folders: list[tuple[Path, float]]) -> list[float]:
    arguments = [str(part) for pair in folders for part in pair]
    done = subprocess.run(
        [sys.executable, "-m", "tests.desktop.first_start.kill_update", *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        timeout=300,
        check=True,
    )
    lived: list[float] = json.loads(done.stdout)
    return lived


def _old_or_new(folder: Path, before: dict[str, Any]) -> tuple[str, bool]:
    """(version, whether all data are there) after a kill, read as any program would."""
    version, found = contents(folder / "gems.db")
    return version, holds_all(found, before)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks")
@pytest.mark.parametrize("times", [24, pytest.param(100, marks=pytest.mark.long)])
async def test_a_kill_at_any_point_leaves_the_old_or_the_new(tmp_path: Path, times: int) -> None:
    path = make(tmp_path / "made", "0001", rows=60)
    version, before = contents(path)
    folders = [tmp_path / str(number) for number in range(times + 1)]
    for folder in folders:
        shutil.copytree(tmp_path / "made", folder)
    [whole] = _kill([(folders[0], 0)])
    chance = random.Random(9)
    _kill([(folder, chance.uniform(0.01, whole)) for folder in folders[1:]])
    ends = [_old_or_new(folder, before) for folder in folders]
    assert {found for found, _ in ends} <= {version, HEAD}
    assert all(whole for _, whole in ends)
    for folder in folders if times > 24 else folders[::6]:
        await _open(folder)
        assert _old_or_new(folder, before) == (HEAD, True)
        assert contents(copy_of(folder / "gems.db", version)) == (version, before)


def test_the_comparison_sees_a_row_that_is_gone(tmp_path: Path) -> None:
    path = make(tmp_path, "0001", rows=3)
    _, before = contents(path)
    with closing(sqlite3.connect(path)) as database:
        database.execute("DELETE FROM vouchers WHERE rowid = 1")
        database.commit()
    assert _old_or_new(tmp_path, before) == ("0001", False)
