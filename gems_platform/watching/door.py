# SPDX-License-Identifier: Apache-2.0
"""Around every request of a stand-alone tower: rate, size and form are checked before anything is read."""

from __future__ import annotations

import json

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gems_platform.edge import problems
from gems_platform.edge.limits import Buckets
from gems_platform.edge.refusals import body_of
from gems_platform.errors import Malformed, TooLarge, TooMany
from gems_protocol import canonical
from gems_protocol.errors import GemsError

MOST_BODY = 16_384  # a voucher with its config has about 700 bytes
_RATE, _BURST = 20.0, 200  # requests a second of one address
_COSTLY_RATE, _COSTLY_BURST = 5.0, 50  # those that ask the chain or read a whole file
_HEADERS = [
    (b"content-type", problems.MEDIA_TYPE.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"cache-control", b"no-store"),
]


class Door:
    """ASGI middleware."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._buckets, self._costly = Buckets(_RATE, _BURST), Buckets(_COSTLY_RATE, _COSTLY_BURST)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            self._admit(scope)
            body = await _read(receive)
            if body:
                canonical.loads(body, MOST_BODY)
        except GemsError as error:
            status, answer = body_of(error)
            await send({"type": "http.response.start", "status": status, "headers": _HEADERS})
            await send({"type": "http.response.body", "body": json.dumps(answer).encode()})
            return
        await self._app(scope, _again(body, receive), send)

    def _admit(self, scope: Scope) -> None:
        client = scope.get("client")
        address = client[0] if client else ""
        costly = scope["method"] != "GET" or scope["path"].count("/") > 4
        if not self._buckets.take(address) or (costly and not self._costly.take(address)):
            raise TooMany("Too many requests came from your address.", action="Wait a moment and try again.")


async def _read(receive: Receive) -> bytes:
    body, more = bytearray(), True
    while more:
        message = await receive()
        if message["type"] != "http.request":
            raise Malformed("The request was cut off.")
        body += message.get("body", b"")
        if len(body) > MOST_BODY:
            raise TooLarge(f"A request has at most {MOST_BODY} bytes.")
        more = message.get("more_body", False)
    return bytes(body)


def _again(body: bytes, receive: Receive) -> Receive:
    given = False

    async def replay() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay
