# SPDX-License-Identifier: Apache-2.0
"""Runs steps one after the other, in the order in which they were asked for, and loses none that can be done later."""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any

from gems_protocol.errors import GemsError

Step = Callable[[], Awaitable[Any]]


class Pump:
    """Steps in line; a step put with `keep` that fails for now waits at the head for the next `run`."""

    def __init__(self) -> None:
        self._steps: deque[tuple[Step, bool]] = deque()
        self._running = False

    def put(self, step: Step, *, keep: bool = False) -> None:
        """Put a step at the end of the line."""
        self._steps.append((step, keep))

    @property
    def idle(self) -> bool:
        """Whether nothing is in line."""
        return not self._steps

    @property
    def running(self) -> bool:
        """Whether a step is under way."""
        return self._running

    async def run(self) -> None:
        """Do everything in line, raising what a step raises; returns at once while another `run` is doing so."""
        if self._running:
            return
        self._running = True
        try:
            while self._steps:
                step, keep = self._steps[0]
                try:
                    await step()
                except GemsError as error:
                    if not (keep and error.retryable):
                        # it will never succeed, and what follows was meant for after it
                        self._steps.clear()
                    raise
                self._steps.popleft()
        finally:
            self._running = False
