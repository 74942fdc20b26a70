# SPDX-License-Identifier: Apache-2.0
"""A world whose people talk to a platform of several processes, on the computer's own clock."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from tests.helpers.fleet import Fleet, fleet
from tests.platform.world import World, world

_CALM = {
    "requests_per_s": 1e6, "request_burst": 10**6, "costly_per_s": 1e6, "costly_burst": 10**6,
    "account_per_s": 1e6, "account_burst": 10**6,
}  # fmt: skip


class RealClock:
    """The computer's; `at` is for what a world's people sign."""

    @property
    def at(self) -> int:
        """Unix seconds."""
        return int(time.time())

    def now(self) -> int:
        """Unix seconds."""
        return self.at


@asynccontextmanager
async def scaled(
    folder: Path, serving: int = 2, working: int = 1, **changes: Any
) -> AsyncIterator[tuple[World, Fleet]]:
    """`serving` processes behind nginx and `working` ones behind them; no limits of rate. changes: settings."""
    async with fleet(folder / "fleet") as many:
        wanted = {**_CALM, "public_url": many.url, "trusted_proxies": ("127.0.0.1/32",), **changes}
        async with world(folder, RealClock(), **wanted) as live:  # type: ignore[arg-type]
            await many.start(live.settings, serving, working)
            live.server.url = many.url
            yield live, many
