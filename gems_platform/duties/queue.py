# SPDX-License-Identifier: Apache-2.0
"""Duties as jobs in PostgreSQL, for any number of processes: procrastinate keeps the queue (ADR 0094).

Duties of one turn are one job: at most one of it waits and one is done at a time. A job whose process died is given
up after a while, and the next one of its turn does the work: whatever a duty does can be done twice.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Sequence
from contextlib import suppress

from procrastinate import App, PsycopgConnector, exceptions
from procrastinate.jobs import DeleteJobCondition, Status
from sqlalchemy import make_url, text
from sqlalchemy.exc import OperationalError

from gems_platform.db import Contended, Database
from gems_platform.duties.duty import Duty
from gems_platform.errors import ChainDown, MediaUnavailable
from gems_platform.observing.observed import Observed

LOG = logging.getLogger("gems_platform")
HEARTBEAT_S = 3.0
DEAD_S = 12.0  # without a heartbeat: its jobs are given up
KEPT_H = 7 * 24  # failed jobs are kept to be looked at
_WAKING = ("pay", "chain")  # turns that a request brings work for
_WAKE_S = 0.05  # between two looks at what requests brought
_QUEUE = "duties"


class DutyQueue:
    """One process's door to the queue. `wake` may be called from any thread."""

    def __init__(self, url: str, duties: Sequence[Duty], observed: Observed, working: bool) -> None:
        """url: the store's, as in `Settings.store_url`. working: whether this process does jobs, too."""
        self._observed, self._working = observed, working
        self._turns: dict[str, list[Duty]] = {}
        for duty in duties:
            self._turns.setdefault(duty.turn or duty.name, []).append(duty)
        place = make_url(url).set(drivername="postgresql")
        conninfo = place.render_as_string(hide_password=False)
        self._app = App(connector=PsycopgConnector(conninfo=conninfo, min_size=1, max_size=8, timeout=10))
        for turn in self._turns:
            self._app.task(name=turn, queue=_QUEUE, lock=turn, queueing_lock=turn, pass_context=False)(
                self._task(turn)
            )
        self._told: dict[str, str] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._woken = asyncio.Event()

    def _task(self, turn: str):  # type: ignore[no-untyped-def]  # procrastinate looks at the function itself
        async def run() -> None:
            await self._do(turn)

        run.__name__ = turn
        return run

    async def _do(self, turn: str) -> None:
        fault = ""
        for duty in self._turns[turn]:
            try:
                await duty.do(self._observed)
            except (ChainDown, MediaUnavailable) as error:  # one that cannot be done holds up no other
                fault = error.message
            except OperationalError as error:
                fault = f"the store refuses: {error.orig}"
            except Contended as error:
                fault = f"others were in the way: {error}"
        if fault and self._told.get(turn) != fault:
            LOG.warning("%s was not finished: %s", turn, fault)
        self._told[turn] = fault

    def wake(self) -> None:
        """Ask that what a request brought is looked at soon, by whichever process is free."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._woken.set)

    async def run(self) -> None:
        """Until cancelled: hand on what wakes, do jobs and see that they come again in time."""
        self._loop = asyncio.get_running_loop()
        while True:
            try:
                async with self._app.open_async(), asyncio.TaskGroup() as group:
                    group.create_task(self._hand_on())
                    if self._working:
                        group.create_task(self._beat())
                        group.create_task(self._bury())
                        group.create_task(self._work())
            except* (exceptions.ConnectorException, OSError) as found:
                LOG.warning(
                    "the queue cannot be reached: %s", found.exceptions[0].__cause__ or found.exceptions[0]
                )
            await asyncio.sleep(1)

    async def _work(self) -> None:
        await self._app.run_worker_async(
            queues=[_QUEUE],
            concurrency=len(self._turns),
            delete_jobs=DeleteJobCondition.SUCCESSFUL,
            install_signal_handlers=False,
            fetch_job_polling_interval=1,
            update_heartbeat_interval=HEARTBEAT_S,
            stalled_worker_timeout=DEAD_S,
            shutdown_graceful_timeout=5,
        )
        raise exceptions.ConnectorException("the worker stopped")

    async def _hand_on(self) -> None:
        while True:
            await self._woken.wait()
            self._woken.clear()
            for turn in _WAKING:
                await self._defer(turn)
            await asyncio.sleep(_WAKE_S)

    async def _beat(self) -> None:
        """Each turn's job comes as often as its most frequent duty; several processes that beat do no harm."""
        due = dict.fromkeys(self._turns, 0.0)
        while True:
            now = time.monotonic()
            for turn, duties in self._turns.items():
                if due[turn] <= now:
                    due[turn] = now + min(duty.every_s for duty in duties)
                    await self._defer(turn)
            await asyncio.sleep(0.25)

    async def _defer(self, turn: str) -> None:
        with suppress(exceptions.AlreadyEnqueued):
            await self._app.tasks[turn].defer_async()

    async def _bury(self) -> None:
        """Give up jobs whose process died, and forget old failures."""
        manager = self._app.job_manager
        while True:
            await manager.prune_stalled_workers(DEAD_S)
            for job in await manager.get_stalled_jobs(queue=_QUEUE, seconds_since_heartbeat=DEAD_S):
                LOG.warning("a process died while it did %s; it is done again", job.task_name)
                await manager.finish_job(job, Status.FAILED, delete_job=True)
            await manager.delete_old_jobs(KEPT_H, queue=_QUEUE, include_failed=True)
            await asyncio.sleep(HEARTBEAT_S)


def install(db: Database, url: str) -> None:
    """Make procrastinate's tables where there are none."""
    place = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with db.alone("queue schema"):
        with db.read() as session:
            if session.scalar(text("SELECT to_regclass('procrastinate_jobs') IS NOT NULL")):
                return
        app = App(connector=PsycopgConnector(conninfo=place, min_size=1, max_size=1))
        with app.open():
            app.schema_manager.apply_schema()
