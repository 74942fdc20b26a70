# SPDX-License-Identifier: Apache-2.0
"""Duties as jobs of several processes on one PostgreSQL: each is done, once at a time, also after a process died."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing

import pytest

from gems_platform.db import Database
from gems_platform.duties import queue
from gems_platform.duties.duty import Duty
from gems_platform.duties.jobs import migrate
from gems_platform.duties.queue import DutyQueue
from gems_platform.observing.observed import Unobserved
from tests.helpers.postgres import Postgres

#: A process that takes the job of the turn "slow" and never ends it.
HOLDS = """
import asyncio, sys
from gems_platform.duties.duty import Duty
from gems_platform.duties.queue import DutyQueue
from gems_platform.observing.observed import Unobserved

async def hold():
    print("holding", flush=True)
    await asyncio.sleep(600)

asyncio.run(DutyQueue(sys.argv[1], [Duty("slow", hold, 1)], Unobserved(), True).run())
"""


@pytest.fixture
def place(postgres: Postgres, migrated: str) -> str:
    url = postgres.database(migrated)
    with closing(Database(url)) as db:
        migrate(db, url)
        migrate(db, url)  # again does no harm
    return url


@asynccontextmanager
async def running(*queues: DutyQueue) -> AsyncIterator[None]:
    tasks = [asyncio.create_task(one.run()) for one in queues]
    yield
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)


async def until(condition: Callable[[], bool], seconds: float = 30) -> None:
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.02)


class Work:
    """Counts how often it was done, and by how many at once."""

    def __init__(self) -> None:
        self.done = self.now = self.most = 0

    async def run(self) -> None:
        self.now += 1
        self.most = max(self.most, self.now)
        await asyncio.sleep(0.05)
        self.now -= 1
        self.done += 1


async def test_two_processes_share_each_turn(place: str) -> None:
    work, other = Work(), Work()
    duties = [Duty("a", work.run, 0.1, turn="pay"), Duty("b", other.run, 0.1, turn="time")]
    queues = [DutyQueue(place, duties, Unobserved(), True) for _ in range(2)]
    async with running(*queues):
        await until(lambda: work.done >= 5 and other.done >= 5)
    assert (work.most, other.most) == (1, 1)


async def test_a_process_that_serves_wakes_one_that_works(place: str) -> None:
    work = Work()
    duties = [Duty("a", work.run, 3_600, turn="pay"), Duty("b", Work().run, 3_600, turn="chain")]
    serves = DutyQueue(place, duties, Unobserved(), False)
    async with running(serves, DutyQueue(place, duties, Unobserved(), True)):
        await until(lambda: work.done == 1)
        serves.wake()
        await until(lambda: work.done == 2)


async def test_what_a_killed_process_held_is_done_by_another(
    place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "DEAD_S", 1.0)
    monkeypatch.setattr(queue, "HEARTBEAT_S", 0.3)
    with subprocess.Popen([sys.executable, "-c", HOLDS, place], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert await asyncio.to_thread(process.stdout.readline) == "holding\n"
        process.send_signal(signal.SIGKILL)
    work = Work()
    async with running(DutyQueue(place, [Duty("slow", work.run, 0.2)], Unobserved(), True)):
        await until(lambda: work.done >= 2)
    assert work.most == 1


async def test_a_queue_that_was_restarted_is_found_again(place: str, postgres: Postgres) -> None:
    work = Work()
    async with running(DutyQueue(place, [Duty("a", work.run, 0.1)], Unobserved(), True)):
        await until(lambda: work.done >= 1)
        await asyncio.to_thread(postgres.stop)
        await asyncio.to_thread(postgres.start)
        before = work.done
        await until(lambda: work.done > before + 1)
