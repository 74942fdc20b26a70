# SPDX-License-Identifier: Apache-2.0
"""Looks at store, chain and disk, seldom enough that looking never becomes the load.

Whether they answer is asked once a second at most. What the store holds is read in a thread of its own, and after a
reading that took t seconds not again for 20 t: a twentieth of one core at most, at any size; meanwhile the newest
reading is shown with its time. So a store that hangs, or is large, holds up no probe.
"""

from __future__ import annotations

import asyncio
import logging
import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError

from gems_platform.channels.chain import Chain
from gems_platform.clock import Clock
from gems_platform.db import Contended, Database
from gems_platform.errors import ChainDown
from gems_platform.observing import reading
from gems_platform.observing.figures import Figures, StoreFigures
from gems_platform.settings import Settings

LOG = logging.getLogger("gems_platform")
_SHARE = 20.0
_KEPT_S = 1.0  # an answer about what answers
_PROBE_S = 3.0  # that store and node have to answer
_FIRST_S = 10.0  # that the first reading is waited for,
_LATER_S = 2.0  # and later ones, before what is known is shown


@dataclass(frozen=True)
class Quick:
    """version: of the store's tables, None without an answer; head: the newest block, None without one."""

    version: str | None
    head: int | None
    disk_free: int


class Looking:
    """`quick` for readiness; `figures` for pages and metrics; `latest` is what was read last."""

    def __init__(self, settings: Settings, db: Database, chain: Chain, clock: Clock) -> None:
        self._settings, self._db, self._chain, self._clock = settings, db, chain, clock
        self._titles: reading.Titles = {}
        self._thread = ThreadPoolExecutor(1, "gems-observing")
        self._probe = ThreadPoolExecutor(1, "gems-readiness")
        self._lock = asyncio.Lock()
        self._quick: Quick | None = None
        self._quick_until = self._until = 0.0
        self._store: StoreFigures | None = None
        self._reading: asyncio.Task[None] | None = None

    async def close(self) -> None:
        """Look no more."""
        for thread in (self._thread, self._probe):
            await asyncio.to_thread(thread.shutdown, wait=True, cancel_futures=True)
        if self._reading is not None:
            await asyncio.wait({self._reading})

    def forget(self) -> None:
        """Look anew when asked next."""
        self._quick_until = self._until = 0.0

    async def quick(self) -> Quick:
        """What answers now, or did a second ago."""
        async with self._lock:
            if self._quick is None or time.monotonic() >= self._quick_until:
                version, head = await asyncio.gather(self._version(), self._head())
                free = shutil.disk_usage(self._settings.data_dir).free
                self._quick = Quick(version, head, free)
                self._quick_until = time.monotonic() + _KEPT_S
            return self._quick

    async def figures(self) -> Figures:
        """Everything; without what the store holds while it does not answer."""
        quick = await self.quick()
        if quick.version is not None:
            patience = _LATER_S if self._store is not None else _FIRST_S
            await asyncio.wait({self._begin()}, timeout=patience)
        store = self._store if quick.version is not None else None
        return Figures(store, quick.version is not None, quick.head, quick.disk_free)

    def latest(self) -> StoreFigures | None:
        """What was read last, at once; asks for a new reading if it is time for one."""
        self._begin()
        return self._store

    def _begin(self) -> asyncio.Task[None]:
        """The reading that is under way or was the last one; a new one if it is time."""
        if self._reading is None or (self._reading.done() and time.monotonic() >= self._until):
            self._reading = asyncio.create_task(self._read())
            self._reading.add_done_callback(_tell_of_bug)
        return self._reading

    async def _read(self) -> None:
        began = time.monotonic()
        try:
            self._store = await asyncio.get_running_loop().run_in_executor(self._thread, self._read_store)
        except (SQLAlchemyError, Contended) as error:
            LOG.warning("the store could not be read to show it: %s", type(error).__name__)
        ended = time.monotonic()
        self._until = ended + max(self._settings.figures_s, _SHARE * (ended - began))

    def _read_store(self) -> StoreFigures:
        version = self._db.version()
        with self._db.read() as session:
            return reading.read(session, self._settings, self._titles, version, self._clock.now())

    async def _version(self) -> str | None:
        work = asyncio.get_running_loop().run_in_executor(self._probe, self._db.version)
        try:
            async with asyncio.timeout(_PROBE_S):
                return await work
        except (SQLAlchemyError, Contended, TimeoutError) as error:
            LOG.warning("the store does not answer: %s", type(error).__name__)
            return None

    async def _head(self) -> int | None:
        try:
            async with asyncio.timeout(_PROBE_S):
                return await self._chain.block_number()
        except (ChainDown, TimeoutError):
            return None


def _tell_of_bug(ended: asyncio.Task[None]) -> None:
    if not ended.cancelled() and ended.exception() is not None:
        LOG.error("reading what is shown met a bug", exc_info=ended.exception())
