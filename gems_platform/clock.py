# SPDX-License-Identifier: Apache-2.0
"""Time as a port, so that tests decide what the time is."""

from __future__ import annotations

import time
from typing import Protocol


class Clock(Protocol):
    """Where Unix seconds come from."""

    def now(self) -> int:
        """Unix seconds, whole."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> int:
        """Unix seconds, whole."""
        return int(time.time())
