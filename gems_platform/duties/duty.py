# SPDX-License-Identifier: Apache-2.0
"""What a duty is, and how one is done."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from fastapi.concurrency import run_in_threadpool

from gems_platform.db import TRIES, Contended, tries
from gems_platform.observing.observed import Observed, timed


@dataclass(frozen=True)
class Duty:
    """Something that is due again and again; done twice, or cut off anywhere, it does no harm.

    every_s: how often it is looked at where each duty is a job of its own. turn: what only one process at a time
    does, "" for what several may do. last: done once more at a tick's end, for what the others brought.
    """

    name: str
    run: Callable[[], Awaitable[None]]
    every_s: float
    turn: str = ""
    last: bool = False

    async def do(self, observed: Observed) -> None:
        """Do it now; again where others were in its way. Raises what `run` raises, Contended at last."""
        with timed(observed, self.name):
            for count in range(1, TRIES + 1):
                tries.set(count)
                try:
                    await self.run()
                    return
                except Contended:
                    if count == TRIES:
                        raise
                finally:
                    tries.set(1)


def in_thread(work: Callable[[], object]) -> Callable[[], Awaitable[None]]:
    """Something that waits for the store, beside the event loop."""

    async def run() -> None:
        await run_in_threadpool(work)

    return run
