# SPDX-License-Identifier: Apache-2.0
"""The stage's platform in a process of its own, which a test kills; and its store as an operator's backup holds it."""

from __future__ import annotations

import asyncio
import random
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from gems_platform.app import serve
from gems_platform.db import Database
from gems_platform.operating import restoring
from gems_platform.settings import Settings
from tests.e2e.flows import Stage
from tests.faults.harness import Warm
from tests.faults.platform_life import told

STORE = "platform.sqlite3"


def settings_of(stage: Stage) -> Settings:
    """Of the platform that runs, with the address that clients sign in to."""
    found: Settings = stage.running.platform.app.state.context.settings
    return found


@asynccontextmanager
async def killed_again_and_again(stage: Stage, warm: Warm, chance: random.Random) -> AsyncIterator[list[int]]:
    """Meanwhile the platform is a process that is killed every now and then; afterwards it is in this one again."""
    settings, port = settings_of(stage), port_of(stage)
    await stage.running.platform.close()
    pids: list[int] = []

    async def run() -> None:
        while True:
            at = stage.clock.at
            life = await warm.begin(
                mode="platform", settings=told(replace(settings, tick_s=0.2)), port=port, at=at
            )
            try:
                await life.until("did", "open")
                pids.append(life.pid)
                await asyncio.sleep(0.3 + chance.random())
            finally:
                await life.kill()
            await asyncio.sleep(chance.random() * 0.2)

    task = asyncio.create_task(run())
    try:
        yield pids
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        stage.running.platform = await serve(settings, port=port, clock=stage.clock, ticking=False)


def port_of(stage: Stage) -> int:
    """Where the platform listens."""
    port = urlsplit(stage.running.network.platform_url).port
    assert port is not None
    return port


def back_up(stage: Stage, to: Path) -> None:
    """A whole copy of the platform's store while it runs, as SQLite makes one."""
    source = settings_of(stage).data_dir / STORE
    with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(to)) as copy:
        live.backup(copy)


async def restore(stage: Stage, backup: Path) -> None:
    """Stop the platform, put the backup in the place of its store as operators do, and start it again."""
    settings, port = settings_of(stage), port_of(stage)
    await stage.running.platform.close()
    for part in ("", "-wal", "-shm"):
        (settings.data_dir / (STORE + part)).unlink(missing_ok=True)
    (settings.data_dir / STORE).write_bytes(backup.read_bytes())
    with closing(Database(settings.data_dir / STORE)) as db:  # `gems platform restore --in-place`
        restoring.mark(db, stage.clock.at, stage.clock.at - 60)
    stage.running.platform = await serve(settings, port=port, clock=stage.clock, ticking=False)
