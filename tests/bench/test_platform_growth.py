# SPDX-License-Identifier: Apache-2.0
"""The growth benchmark sees what it is for: no hot query reads a growing table whole, and one that does shows."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bench.platform import filling, growth
from bench.platform.ground import Ground, settings
from gems_platform.db import Database


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    """A store of SQLite's with a few thousand tasks, and its present."""
    folder = tmp_path_factory.mktemp("growth")
    ground = Ground(settings(folder, allot_s=0))
    of = filling.pattern(ground)
    ground.close()
    path = folder / "platform" / "platform.sqlite3"
    filling.on_sqlite(path, 0, 6000, of)
    return path, of.now


def test_no_hot_query_reads_a_whole_table(filled: tuple[Path, int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(growth, "RUNS", 1)
    monkeypatch.setattr(growth, "WARM", 0)
    db = Database.unchecked(filled[0])
    found = growth.look(db, 6000, filled[1])
    db.close()
    assert {name: seen.scans for name, seen in found.items() if seen.scans} == {}
    assert all(seen.plans for seen in found.values())


def test_a_missing_index_shows(
    filled: tuple[Path, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(growth, "RUNS", 1)
    monkeypatch.setattr(growth, "WARM", 0)
    only = "duty: overdue work"
    monkeypatch.setattr(growth, "HOT", {only: growth.HOT[only]})
    db = Database.unchecked(Path(shutil.copy(filled[0], tmp_path)))
    with db.engine.begin() as connection:
        connection.exec_driver_sql("DROP INDEX ix_assignments_due")
    found = growth.look(db, 6000, filled[1])
    db.close()
    assert found[only].scans == {"assignments"}
