# SPDX-License-Identifier: Apache-2.0
"""How much of requests' bodies is held in memory, and how long a request may take to come."""

from __future__ import annotations

import asyncio

from starlette.types import Message, Receive

from gems_platform.edge.limits import network_of
from gems_platform.errors import TooMany

IDLE_S = 60.0  # a line that brings nothing for so long is cut off; 32 kbit/s bring 240 kB in it
WHOLE_S = 1800.0  # one byte a minute is no request either
_OF_ALL = 512_000_000
_OF_ONE = 64_000_000  # of one network address: everybody in a school at once, or somebody who holds memory


class Bodies:
    """Bytes that unfinished requests hold, by network address and in all."""

    def __init__(self, of_all: int = _OF_ALL, of_one: int = _OF_ONE) -> None:
        self._of_all, self._of_one = of_all, of_one
        self._all = 0
        self._each: dict[str, int] = {}

    def add(self, address: str, size: int) -> None:
        """Count `size` bytes more; raises TooMany, and counts nothing then."""
        mine = self._each.get(address, 0) + size
        if mine > self._of_one or self._all + size > self._of_all:
            raise TooMany("Too much is being sent at once.", action="Wait a moment and try again.")
        self._all += size
        self._each[address] = mine

    def drop(self, address: str, size: int) -> None:
        """They are no longer held."""
        self._all -= size
        left = self._each.get(address, 0) - size
        if left > 0:
            self._each[address] = left
        else:
            self._each.pop(address, None)


class Coming:
    """One request's body on its way: use as a context, which drops what it held."""

    def __init__(self, bodies: Bodies, address: str, receive: Receive) -> None:
        self._bodies, self._address, self._receive = bodies, network_of(address), receive
        self._held = 0
        self._until = asyncio.get_running_loop().time() + WHOLE_S
        self._more = True

    def __enter__(self) -> Coming:
        return self

    def __exit__(self, *_: object) -> None:
        self._bodies.drop(self._address, self._held)

    def hold(self, size: int) -> None:
        """Count `size` bytes more until the request ends; raises TooMany."""
        self._bodies.add(self._address, size)
        self._held += size

    async def held(self) -> Message:
        """The next part, counted; raises TooMany."""
        message = await self.passing()
        self.hold(len(message.get("body", b"")))
        return message

    async def passing(self) -> Message:
        """The next part; a line on which nothing comes counts as cut off."""
        if not self._more:
            return await self._receive()
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout_at(min(loop.time() + IDLE_S, self._until)):
                message = await self._receive()
        except TimeoutError:
            return {"type": "http.disconnect"}
        self._more = bool(message.get("more_body", False))
        return message
