# SPDX-License-Identifier: Apache-2.0
"""Turns that only one task of all processes of a platform has at a time."""

from __future__ import annotations

import asyncio
from contextlib import AbstractContextManager

from fastapi.concurrency import run_in_threadpool

from gems_platform.db import Database


class Turn:
    """`async with` it: first among this process's tasks, then among the processes on one store."""

    def __init__(self, db: Database, name: str, lock: asyncio.Lock | None = None) -> None:
        """lock: the one among this process's tasks, when somebody else takes it too."""
        self._db, self._name = db, name
        self._lock = lock or asyncio.Lock()
        self._held: AbstractContextManager[None] | None = None

    async def __aenter__(self) -> None:
        await self._lock.acquire()
        held = self._db.alone(self._name)
        try:
            await run_in_threadpool(held.__enter__)
        except BaseException:
            self._lock.release()
            raise
        self._held = held

    async def __aexit__(self, *error: object) -> None:
        held, self._held = self._held, None
        try:
            if held is not None:
                await run_in_threadpool(held.__exit__, None, None, None)
        finally:
            self._lock.release()
