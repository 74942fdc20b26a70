# SPDX-License-Identifier: Apache-2.0
"""All duties in one process, one after the other: the platform on a laptop."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence

from sqlalchemy.exc import OperationalError

from gems_platform.clock import Clock
from gems_platform.db import Contended
from gems_platform.duties.duty import Duty
from gems_platform.errors import ChainDown, MediaUnavailable
from gems_platform.observing.observed import Observed, Unobserved

LOG = logging.getLogger("gems_platform")
_SELDOM_S = 60  # duties that are due less often are left out of the ticks between


class Ticker:
    """Runs `tick` every second or as soon as it is woken; tests call `tick` themselves."""

    observed: Observed = Unobserved()

    def __init__(self, duties: Sequence[Duty], clock: Clock, tick_s: float) -> None:
        self._duties, self._clock, self._tick_s = tuple(duties), clock, tick_s
        self._done: dict[str, int] = {}
        self._one = asyncio.Lock()
        self._woken = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._fault = ""

    def wake(self) -> None:
        """Ask for a tick soon; may be called from any thread."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._woken.set)

    async def run(self) -> None:
        """Tick until cancelled; a chain that is down or a full disk is tried again, a bug ends this."""
        self._loop = asyncio.get_running_loop()
        while True:
            fault = ""
            try:
                await self.tick()
            except (ChainDown, MediaUnavailable) as error:
                fault = error.message
            except OperationalError as error:
                fault = f"the store refuses: {error.orig}"
            except Contended as error:
                fault = f"others were in the way: {error}"
            if fault and fault != self._fault:
                LOG.warning("a tick was not finished: %s", fault)
            self._fault = fault
            try:
                async with asyncio.timeout(self._tick_s):
                    await self._woken.wait()
            except TimeoutError:
                pass
            self._woken.clear()

    async def tick(self) -> None:
        """Everything that is due now, once. What needs no chain happens even when there is none."""
        async with self._one:
            fault: ChainDown | MediaUnavailable | None = None
            now = self._clock.now()
            for duty in (*self._duties, *(duty for duty in self._duties if duty.last)):
                if duty.every_s >= _SELDOM_S and now - self._done.get(duty.name, 0) < duty.every_s:
                    continue
                self._done[duty.name] = now
                try:
                    await duty.do(self.observed)
                except (ChainDown, MediaUnavailable) as error:  # one that cannot be done holds up no other
                    fault = error
            if fault is not None:
                raise fault
