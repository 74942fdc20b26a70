# SPDX-License-Identifier: Apache-2.0
"""One start at a time: the next one ends the one before, and begins when that has closed what it had opened."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any


class Latest:
    """Whoever runs something here ends what another task is running here."""

    def __init__(self) -> None:
        self._task: asyncio.Task[Any] | None = None

    async def run(self, work: Callable[[], Awaitable[None]]) -> None:
        """Do `work`; cancelled when this is called again meanwhile."""
        before, self._task = self._task, asyncio.current_task()
        if before is not None and before is not self._task and not before.done():
            before.cancel()
            await asyncio.wait([before])
        await work()
