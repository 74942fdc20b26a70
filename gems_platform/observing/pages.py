# SPDX-License-Identifier: Apache-2.0
"""/health, /ready, /metrics and /status: neither signed nor signed in, and two of them for the operator alone.

A request is the operator's when it comes straight from an allowed network, not through a proxy, and asks for a name
that no stranger's page can make a browser ask for (a number, localhost or a name without dots).
"""

from __future__ import annotations

import asyncio
import ipaddress
import json
from urllib.parse import parse_qs

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from gems_platform.clock import Clock
from gems_platform.observing import page
from gems_platform.observing.gauges import Gauges
from gems_platform.observing.looking import Looking
from gems_platform.observing.metrics import Metrics
from gems_platform.observing.probing import Probing
from gems_platform.observing.style import CSS
from gems_platform.settings import Settings

PATHS = frozenset({"/health", "/ready", "/metrics", "/status", page.STYLE})
_GUARDED = frozenset({"/metrics", "/status"})
_PROXIED = frozenset({b"forwarded", b"x-forwarded-for", b"x-forwarded-host", b"x-real-ip", b"via"})
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class Pages:
    """An ASGI application of these paths; a worker without an interface of its own can serve it too."""

    def __init__(
        self,
        settings: Settings,
        clock: Clock,
        metrics: Metrics,
        looking: Looking,
        probing: Probing,
        about: page.About,
    ) -> None:
        self._settings, self._clock, self._metrics = settings, clock, metrics
        self._looking, self._probing, self._about = looking, probing, about
        self._networks = tuple(ipaddress.ip_network(text) for text in settings.metrics_networks)
        self._gauges = Gauges(about.version, about.store, about.practice)
        metrics.registry.register(self._gauges)

    def route(self, path: str) -> str:
        """The path if it is one of these, else ""."""
        return path if path in PATHS else ""

    def forget(self) -> None:
        """Look anew when asked next."""
        self._looking.forget()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; its body is not read."""
        if scope["type"] == "lifespan":
            await _live(receive, send)
            return
        answer = await self._answer(scope)
        answer.headers.update(_HEADERS)
        await answer(scope, receive, send)

    async def _answer(self, scope: Scope) -> Response:
        path = scope["path"]
        if path not in PATHS:
            return _plain(404, "There is nothing here.")
        if scope["method"] not in ("GET", "HEAD"):
            return Response(status_code=405, headers={"Allow": "GET, HEAD"})
        if path == "/health":
            return _json(200, {"alive": True})
        if path == "/ready":
            ready, parts = await self._probing.look()
            return _json(200 if ready else 503, {"ready": ready, "parts": parts})
        if path == page.STYLE:
            return Response(CSS, media_type="text/css")
        if not (path == "/status" and self._settings.status_public) and not self._is_operators(scope):
            return _plain(404, "There is nothing here.")  # not 403: a stranger need not know
        return await (self._scrape() if path == "/metrics" else self._status(scope))

    def _is_operators(self, scope: Scope) -> bool:
        client, headers = scope.get("client"), scope["headers"]
        if client is None or any(name in _PROXIED for name, _ in headers):
            return False
        hosts = [value.decode("latin-1") for name, value in headers if name == b"host"]
        return len(hosts) == 1 and is_own_name(hosts[0]) and self._is_allowed(client[0])

    def _is_allowed(self, address: str) -> bool:
        try:
            found = ipaddress.ip_address(address.partition("%")[0])
        except ValueError:
            return False
        if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped is not None:
            found = found.ipv4_mapped
        return any(found in network for network in self._networks)

    async def _scrape(self) -> Response:
        self._gauges.figures = await self._looking.figures()
        text = await asyncio.to_thread(generate_latest, self._metrics)
        return Response(text, headers={"Content-Type": CONTENT_TYPE_LATEST})

    async def _status(self, scope: Scope) -> Response:
        figures = await self._looking.figures()
        text = page.render(self._about, figures, _page_of(scope), self._clock.now())
        return Response(text, 200 if figures.store_answers else 503, media_type="text/html")


async def _live(receive: Receive, send: Send) -> None:
    """Nothing is to be opened or closed here when a server begins and ends."""
    while True:
        kind = (await receive())["type"]
        await send({"type": f"{kind}.complete"})
        if kind == "lifespan.shutdown":
            return


def is_own_name(host: str) -> bool:
    """Whether a Host header names a number, localhost or a name without dots, which nobody can rebind."""
    name, colon, _ = host[1:].partition("]") if host.startswith("[") else host.partition(":")
    if host.startswith("[") and not colon:
        return False
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return name != "" and name.replace("-", "").isalnum() and name.isascii()
    return True


def _page_of(scope: Scope) -> int:
    asked = parse_qs(scope["query_string"].decode("latin-1")[:100]).get("page", ["0"])[0]
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 0


def _json(status: int, value: dict[str, object]) -> Response:
    return Response(json.dumps(value), status, media_type="application/json")


def _plain(status: int, text: str) -> Response:
    return Response(text, status, media_type="text/plain")
