# SPDX-License-Identifier: Apache-2.0
"""One submission (finish, seal, backup, receipt) is ended at each write, sync, truncation and rename of it.

By a kill, after which the system still writes what it was given, and by a power cut that keeps only what was synced.
What a sync leaves after a kill is what was there before it, and so for a write and a cut: each is looked at once.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.disk import Disk, Log
from tests.faults.recorded_story import empty_store, record
from tests.faults.story import BATCH, Told, lost


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return empty_store(tmp_path_factory.mktemp("operations") / "empty")


@pytest.fixture(scope="module")
def submitted(empty: Path) -> Log:
    return record(Path(shutil.copytree(empty, empty.parent / "submitted")), tasks=2 * BATCH)


def every_end(log: Log, empty: Path) -> Iterator[tuple[int, Disk, Told, Told]]:
    """Before each operation of the second batch, from its last answer on: the disk, what was told, what is next."""
    disk, before = Disk(empty), Told()
    tellings = [(at, op[1]) for at, op in enumerate(log.operations) if op[0] == "told"]
    for place, operation in enumerate(log.operations):
        if operation[0] == "told":
            before = operation[1]
        elif len(before.answers) >= 2 * BATCH - 1:
            yield place, disk, before, next((told for at, told in tellings if at >= place), before)
        disk.do(operation)


@pytest.mark.parametrize(
    ("end", "alike"), [(Disk.kill, {"sync", "folder"}), (Disk.lose_all, {"write", "truncate", "create"})]
)
def test_an_end_at_each_operation_of_a_submission_loses_nothing(
    submitted: Log, empty: Path, in_memory: Path, end: Callable[[Disk, Path], None], alike: set[str]
) -> None:
    left, seen, found = in_memory / "left", 0, []
    last, told = "", None
    for place, disk, before, after in every_end(submitted, empty):
        last, operation = submitted.operations[place][0], last
        if operation in alike and before is told:
            continue  # nothing more than before it
        told = before
        shutil.rmtree(left, ignore_errors=True)
        left.mkdir()
        end(disk, left)
        found += [f"{place}: {what}" for what in lost(left, before, after)]
        seen += 1
    assert seen > 30 and found == []


def test_the_operations_are_those_of_a_submission(submitted: Log, empty: Path) -> None:
    places = [place for place, *_ in every_end(submitted, empty)]
    done = {submitted.operations[place][0] for place in places}
    assert {"write", "sync", "rename", "create", "folder"} <= done
