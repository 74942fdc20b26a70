# SPDX-License-Identifier: Apache-2.0
"""The story of `story.py` lived once on a store all of whose file operations are written down."""

from __future__ import annotations

from pathlib import Path

from gems_desktop.adapters.store import SqliteStore
from tests.faults.disk import Log, LoggedFiles
from tests.faults.recorded_sqlite import recorded
from tests.faults.story import KEY, Told, steps

TASKS = 40


def record(folder: Path, synchronous: str = "", lazy: tuple[str, ...] = (), tasks: int = TASKS) -> Log:
    """Live the story in `folder`, which holds an empty store; what happened to its files.

    synchronous, lazy: controls that must lose something (recorded_sqlite, LoggedFiles).
    """
    log = Log()
    with recorded(log, synchronous) as connect:
        store = SqliteStore(folder, files=LoggedFiles(log, lazy), connect=connect)
        try:
            _live(store, log, tasks)
        finally:
            store._close()
    return log


def _live(store: SqliteStore, log: Log, tasks: int) -> None:
    store._open()
    store._open_sealed(bytearray(KEY))
    told = Told()
    log.add("told", told.copy())
    for do, tell in steps(tasks):
        do(store)
        tell(told)
        log.add("told", told.copy())


def empty_store(folder: Path) -> Path:
    """A store of nobody yet in `folder`."""
    folder.mkdir()
    store = SqliteStore(folder)
    store._open()
    store._close()
    return folder
