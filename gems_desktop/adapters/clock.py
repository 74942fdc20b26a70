# SPDX-License-Identifier: Apache-2.0
"""The system's clocks and randomness behind the port, so that tests can hold the time."""

from __future__ import annotations

import asyncio
import os
import time


class SystemClock:
    """Implements ClockPort with this computer's clock."""

    def now(self) -> int:
        """Unix seconds by this computer."""
        return int(time.time())

    def monotonic(self) -> float:
        """Seconds that only grow, for durations."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Wait without blocking the loop."""
        await asyncio.sleep(seconds)

    def random_bytes(self, count: int) -> bytes:
        """Unpredictable bytes for ids, salts and jitter."""
        return os.urandom(count)
