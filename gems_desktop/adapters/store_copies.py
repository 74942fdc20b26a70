# SPDX-License-Identifier: Apache-2.0
"""When the database is copied and checked: at once while it is small, beside the work when it is large.

A copy beside the work reads over a connection of its own: WAL lets the store's thread write on meanwhile.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

from sqlalchemy.engine.interfaces import DBAPICursor

from gems_desktop.adapters.store_backup import copy_into, generation, keep, let_go
from gems_desktop.adapters.store_check import EVERY_S, sound_copy
from gems_desktop.adapters.store_engine import Damaged, translated
from gems_desktop.adapters.store_files import StoreFiles
from gems_desktop.services.errors import DiskFull, StoreUnreadable

BY_TIME_S = 1_800  # after this long with changes there is a copy, whatever happens
AT_SEAL_S = 600  # a large database is not copied at each sealing
AT_END_S = 86_400  # nor at each end
_CHECKED = "gems.db.checked"  # its time is that of the last whole check of a large database
log = logging.getLogger(__name__)


class Copies:
    """Makes backups and whole checks of one database; `busy` is held while files are exchanged."""

    def __init__(self, path: Path, files: StoreFiles, *, alone: bool) -> None:
        """alone: nobody else may reach the database (tests); then nothing is done beside the work."""
        self._path, self._files, self._alone = path, files, alone
        self._thread: ThreadPoolExecutor | None = None
        self._running: Future[None] | None = None
        self._stopping = False
        self._last = time.monotonic()
        self.busy = threading.Lock()
        #: whether there is something that no copy holds
        self.changed = False

    def due(self) -> bool:
        """Whether it is time for a copy because of the time."""
        return self.changed and time.monotonic() - self._last > BY_TIME_S

    def due_at_seal(self) -> bool:
        """Whether a large database is copied now that something was sealed."""
        return self.changed and time.monotonic() - self._last > AT_SEAL_S

    def due_at_end(self) -> bool:
        """Whether a large database is copied at the end."""
        newest = generation(self._path, 1)
        return not newest.exists() or abs(time.time() - newest.stat().st_mtime) > AT_END_S

    def make(self, cursor: DBAPICursor | sqlite3.Cursor) -> None:
        """Make a copy through `cursor`; raises OSError and SQLite's faults."""
        with self.busy:
            self._last, self.changed = time.monotonic(), False
            try:
                if keep(self._path, copy_into(self._path, cursor, self._files), self._files):
                    let_go(self._path, self._files)
            except BaseException:
                self.changed = True
                raise

    def begin(self, damaged: Callable[[], None]) -> None:
        """Make a copy beside the work, unless one is being made; `damaged` is called when the database is."""
        self._beside(lambda: self._make_beside(damaged))

    def check_behind(self, unclean: bool, damaged: Callable[[], None]) -> None:
        """Check all of the database beside the work when it is due; `damaged` is called when it is."""
        mark = self._path.with_name(_CHECKED)
        if unclean or not mark.exists() or abs(time.time() - mark.stat().st_mtime) > EVERY_S:
            self._beside(lambda: self._check_beside(mark, damaged))

    def stop(self) -> None:
        """Wait for what is being made; a check is broken off."""
        self._stopping = True
        if self._thread is not None:
            self._thread.shutdown(wait=True)

    def _beside(self, work: Callable[[], None]) -> None:
        if self._alone or self._stopping or (self._running is not None and not self._running.done()):
            return
        if self._thread is None:
            self._thread = ThreadPoolExecutor(1, thread_name_prefix="store-copies")
        self._running = self._thread.submit(work)

    def _make_beside(self, damaged: Callable[[], None]) -> None:
        try:
            with translated(), closing(sqlite3.connect(self._path, isolation_level=None)) as database:
                self.make(database.cursor())
        except Damaged:
            damaged()
        except (DiskFull, StoreUnreadable):
            log.warning("the database could not be copied now; it will be tried again")

    def _check_beside(self, mark: Path, damaged: Callable[[], None]) -> None:
        if not sound_copy(self._path, lambda: not self._stopping):
            damaged()
        elif not self._stopping:
            with translated():
                self._files.unlink(mark)
                self._files.create(mark)
