# SPDX-License-Identifier: Apache-2.0
"""A process that does what is due and answers nobody but its operator."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.types import Receive, Scope, Send

from gems_platform.app import create_app
from gems_platform.edge.listening import bind, listen
from gems_platform.operating.faults import refused
from gems_platform.settings import Settings

WATCH_HOST = "127.0.0.1"


@asynccontextmanager
async def working(settings: Settings, watch_port: int | None = None) -> AsyncIterator[str]:
    """Do duties inside of this; gives where /health, /ready, /metrics and /status are, "" without `watch_port`.

    Raises CannotOperate on SQLite, StoreBehind, OSError when the port is taken.
    """
    if not settings.store_url:
        raise refused(
            "A worker beside the server needs a store that processes share.",
            "On SQLite `gems platform serve` does everything. Name a PostgreSQL as store_url to divide it.",
        )
    if watch_port is None:
        app = create_app(settings, ticking=True, working=True)
        async with app.router.lifespan_context(app):
            yield ""
        return
    place, url = bind(WATCH_HOST, watch_port)
    app = create_app(settings, ticking=True, working=True)
    pages = app.state.observation.pages

    async def watched(scope: Scope, receive: Receive, send: Send) -> None:
        """The application lives, and only its operator's pages are served."""
        await (app if scope["type"] == "lifespan" else pages)(scope, receive, send)

    listening = await listen(watched, place)
    try:
        yield url
    finally:
        await asyncio.shield(listening.close())
