# SPDX-License-Identifier: Apache-2.0
"""Around everything else: each request gets an id, a line in the log and its place in the metrics."""

from __future__ import annotations

import logging
import re
import secrets
import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gems_platform.observing import noted
from gems_platform.observing.metrics import Metrics
from gems_platform.observing.noted import Noted
from gems_platform.observing.pages import Pages

LOG = logging.getLogger("gems_platform.requests")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", re.ASCII)
NO_ROUTE = "none"  # nothing was found under the path, or the edge refused before it looked
_CUT_OFF = 499  # nobody was left to be answered


class Observing:
    """ASGI middleware, the outermost one; what an operator asks is answered by `pages` and goes no further."""

    def __init__(self, app: ASGIApp, metrics: Metrics, pages: Pages) -> None:
        self._app, self._metrics, self._pages = app, metrics, pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        notes = noted.begin(request_id_of(scope))
        began, status = time.perf_counter(), _CUT_OFF

        async def stamped(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                named = (b"x-request-id", notes.request_id.encode())
                message = {**message, "headers": [*message["headers"], named]}
            await send(message)

        page = self._pages.route(scope["path"])
        self._metrics.running.inc()
        try:
            await (self._pages if page else self._app)(scope, receive, stamped)
        finally:
            self._metrics.running.dec()
            route = page or notes.route or NO_ROUTE
            self._tell(scope, route, status, time.perf_counter() - began, notes, bool(page))

    def _tell(
        self, scope: Scope, route: str, status: int, seconds: float, notes: Noted, is_page: bool
    ) -> None:
        if status >= 500 and not notes.code:
            notes.code = "internal"
        self._metrics.answered(scope["method"], route, status, seconds, notes)
        facts = {
            "request": notes.request_id,
            "method": scope["method"][:10],
            "route": route,
            "status": status,
            "ms": round(seconds * 1000, 1),
        }
        if notes.account:
            facts["account"] = notes.account[:10]
        if notes.code and status >= 400:
            facts["code"] = notes.code
        LOG.log(logging.DEBUG if is_page else logging.INFO, "request", extra={"facts": facts})


def request_id_of(scope: Scope) -> str:
    """The id that a proxy or client gave, if it is one, else a new one."""
    for name, value in scope["headers"]:
        if name == b"x-request-id":
            given = value.decode("latin-1")
            if _ID.fullmatch(given):
                return str(given)
            break
    return secrets.token_hex(8)


class Routed:
    """ASGI middleware, the innermost one: notes the template of the route that was found, never the path itself."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        try:
            await self._app(scope, receive, send)
        finally:
            found = getattr(scope.get("route"), "path", None)
            if isinstance(found, str):
                noted.route(found)
