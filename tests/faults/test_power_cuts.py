# SPDX-License-Identifier: Apache-2.0
"""The power goes at any point: what was acknowledged is there, by the real store on what the disk was left with.

One run is recorded, SQLite through an APSW VFS and the store's own files through their seam; then the power is cut
at many points of the recording, with what was not synced kept or lost by chance.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from gems_desktop.adapters import store as store_module
from tests.faults.disk import Disk, Log
from tests.faults.recorded_story import empty_store, record
from tests.faults.story import Told, lost


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return empty_store(tmp_path_factory.mktemp("power") / "empty")


@pytest.fixture(scope="module")
def lived(empty: Path) -> Log:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store_module, "PART_BYTES", 8_000)
        return record(Path(shutil.copytree(empty, empty.parent / "lived")))


def cut_at(
    log: Log, empty: Path, tmp: Path, count: int, seed: int, then: Callable[[Path], object] = lambda _: None
) -> list[str]:
    """Cut the power at `count` points, do `then` to what is left, and collect what was lost."""
    luck = random.Random(seed)
    places = sorted(luck.randrange(1, len(log.operations)) for _ in range(count))
    disk, done, before, found = Disk(empty), 0, Told(), []
    tellings = [(at, op[1]) for at, op in enumerate(log.operations) if op[0] == "told"]
    for place in places:
        for operation in log.operations[done:place]:
            disk.do(operation)
            if operation[0] == "told":
                before = operation[1]
        done = place
        after = next((told for at, told in tellings if at >= place), before)
        left = tmp / "left"
        shutil.rmtree(left, ignore_errors=True)
        left.mkdir()
        disk.cut(luck, left)
        then(left)
        found += [f"cut {place}: {what}" for what in lost(left, before, after)]
    return found


def smash(folder: Path) -> None:
    """The database itself did not survive either."""
    path = folder / "gems.db"
    if path.exists():
        path.write_bytes(random.Random(1).randbytes(4096) + path.read_bytes()[4096:])


def test_five_hundred_cuts_lose_nothing(lived: Log, empty: Path, in_memory: Path) -> None:
    assert cut_at(lived, empty, in_memory, 500, seed=1) == []


def test_cuts_that_damage_the_database_too_lose_nothing(lived: Log, empty: Path, in_memory: Path) -> None:
    assert cut_at(lived, empty, in_memory, 50, seed=2, then=smash) == []


def test_control_a_database_that_is_not_synced_is_noticed(
    empty: Path, tmp_path: Path, in_memory: Path
) -> None:
    log = record(Path(shutil.copytree(empty, tmp_path / "lax")), synchronous="OFF")
    assert cut_at(log, empty, in_memory, 25, seed=3)


def test_control_a_log_that_is_not_synced_at_each_commit_is_noticed(
    empty: Path, tmp_path: Path, in_memory: Path
) -> None:
    log = record(Path(shutil.copytree(empty, tmp_path / "lax")), synchronous="NORMAL")
    assert cut_at(log, empty, in_memory, 25, seed=4)


def test_control_a_journal_that_is_not_synced_is_noticed(
    empty: Path, tmp_path: Path, in_memory: Path
) -> None:
    log = record(Path(shutil.copytree(empty, tmp_path / "lax")), lazy=("journal.bin",))
    assert cut_at(log, empty, in_memory, 25, seed=5, then=smash)


@pytest.mark.long
def test_twenty_thousand_cuts_lose_nothing(lived: Log, empty: Path, in_memory: Path) -> None:
    assert cut_at(lived, empty, in_memory, 20_000, seed=6) == []
    assert cut_at(lived, empty, in_memory, 2_000, seed=7, then=smash) == []


def test_cuts_while_a_store_is_made_leave_one_that_opens(in_memory: Path) -> None:
    nothing, made = in_memory / "nothing", in_memory / "made"
    nothing.mkdir()
    made.mkdir()
    log = record(made, tasks=1)
    assert cut_at(log, nothing, in_memory, 6, seed=8) == []
