# SPDX-License-Identifier: Apache-2.0
"""Does a request again whose transaction lost against others': they add up to one order, and it comes after them."""

from __future__ import annotations

import asyncio
import random

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gems_platform.db import TRIES, tries

AGAIN = b"gems-again"  # the header of an answer that is not to be sent
_WAIT_S = 0.004  # before the second time, on average; twice as long before each one after it
_LONGEST_S = 0.25


class Again:
    """Wraps an application whose answers carry `gems-again` when nothing of the request happened.

    A request whose body is still coming is not done again: its sender does that.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        first = await receive()
        last = TRIES if not first.get("more_body", False) else 1
        for count in range(1, last + 1):
            answer = _Answer(send, final=count == last)
            tries.set(count)
            await self._app(dict(scope), _replay(first, receive), answer.take)
            if not answer.dropped:
                return
            await asyncio.sleep(random.random() * min(_LONGEST_S, 2**count * _WAIT_S))  # noqa: S311


class _Answer:
    """Passes an answer on, unless it begins by saying that the request is to be done again."""

    def __init__(self, send: Send, *, final: bool) -> None:
        self._send, self._final = send, final
        self.dropped = False

    async def take(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = message["headers"]
            kept = [(name, value) for name, value in headers if name != AGAIN]
            self.dropped = len(kept) < len(headers) and not self._final
            message = {**message, "headers": kept}
        if not self.dropped:
            await self._send(message)


def _replay(first: Message, receive: Receive) -> Receive:
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return first

    return again
