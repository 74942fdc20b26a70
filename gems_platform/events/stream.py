# SPDX-License-Identifier: Apache-2.0
"""Wake-ups for clients that wait: one look at the store each second, whatever the number of listeners.

A wake-up says that there is something newer, and nothing else: what it is, a client asks `/v1/events`, whose answer
is signed. Each process looks by itself, so that it does not matter which one stored the event.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from fastapi.concurrency import run_in_threadpool
from sqlalchemy.exc import OperationalError

from gems_platform.accounts import repository as accounts
from gems_platform.clock import Clock
from gems_platform.db import Database
from gems_platform.edge.limits import network_of
from gems_platform.errors import TooMany
from gems_platform.events import repository
from gems_platform.settings import Settings

LOG = logging.getLogger("gems_platform")
LOOK_S = 1.0
BEAT_S = 15.0  # between two signs of life; also how soon a token that was given up ends its streams
LATE_S = 30  # how much later than its time an event may be committed and still wake somebody
_BEAT = b": here\n\n"


@dataclass(eq=False)
class Listener:
    """One stream: whose it is, by which token, and the number of the newest event that it was told of."""

    account: str
    token: str
    network: str
    told: int
    newest: int
    over: bool = False
    woken: asyncio.Event = field(default_factory=asyncio.Event)


class Streams:
    """The event streams of one process."""

    def __init__(self, settings: Settings, db: Database, clock: Clock) -> None:
        self._settings, self._db, self._clock = settings, db, clock
        self._listeners: set[Listener] = set()
        self._looking: asyncio.Task[None] | None = None
        self._closed = False

    @property
    def count(self) -> int:
        """How many streams are open."""
        return len(self._listeners)

    def open(self, account: str, token: str, address: str, told: int, newest: int) -> Listener:
        """A stream for an account; raises TooMany.

        token: the hash of the token that it ends with. told, newest: the numbers of the last event that the
        client knows and of the account's newest.
        """
        network, limits = network_of(address), self._settings
        mine = Counter(one.account for one in self._listeners)[account]
        near = Counter(one.network for one in self._listeners)[network]
        if (
            self._closed
            or mine >= limits.streams_of_account
            or near >= limits.streams_of_address
            or len(self._listeners) >= limits.streams_most
        ):
            raise TooMany(
                "Too many event streams are open.",
                action="Close one, or ask /v1/events now and then.",
                retry_after=int(BEAT_S),
            )
        found = Listener(account, token, network, told, newest)
        self._listeners.add(found)
        if self._looking is None:
            self._looking = asyncio.create_task(self._look())
            self._looking.add_done_callback(_tell_of_bug)
        return found

    async def wakes(self, listener: Listener, beat_s: float = BEAT_S) -> AsyncIterator[bytes]:
        """What is sent to a listener until its token, the client or the platform ends."""
        try:
            yield b"retry: 5000\n\n"
            while not listener.over:
                if listener.newest > listener.told:
                    listener.told = listener.newest
                    yield f"id: {listener.told}\nevent: changed\ndata: {listener.told}\n\n".encode()
                listener.woken.clear()
                try:
                    async with asyncio.timeout(beat_s):
                        await listener.woken.wait()
                except TimeoutError:
                    yield _BEAT
        finally:
            self._listeners.discard(listener)

    async def close(self) -> None:
        """End every stream and open no other."""
        self._closed = True
        for listener in self._listeners:
            listener.over = True
            listener.woken.set()
        if self._looking is not None:
            self._looking.cancel()
            await asyncio.wait([self._looking])

    async def _look(self) -> None:
        looks = 0
        while True:
            await asyncio.sleep(LOOK_S)
            if not self._listeners:
                continue
            looks += 1
            try:
                await self.look(tokens=looks % int(BEAT_S / LOOK_S) == 0)
            except OperationalError as error:
                LOG.warning("the newest events could not be looked up: %s", error.orig)

    async def look(self, *, tokens: bool) -> None:
        """Wake whom something happened to. tokens: also end the streams whose token works no more."""
        listeners, now = list(self._listeners), self._clock.now()
        newest = await run_in_threadpool(self._newest, now)
        for listener in listeners:
            if newest.get(listener.account, 0) > listener.newest:
                listener.newest = newest[listener.account]
                listener.woken.set()
        if tokens:
            good = await run_in_threadpool(self._good, sorted({one.token for one in listeners}), now)
            for listener in listeners:
                if listener.token not in good:
                    listener.over = True
                    listener.woken.set()

    def _newest(self, now: int) -> dict[str, int]:
        with self._db.read() as session:
            return repository.newest_since(session, now - LATE_S)

    def _good(self, tokens: list[str], now: int) -> set[str]:
        with self._db.read() as session:
            return accounts.good_tokens(session, tokens, now)


def _tell_of_bug(ended: asyncio.Task[None]) -> None:
    if not ended.cancelled() and ended.exception() is not None:
        LOG.error("the look for new events met a bug and stopped", exc_info=ended.exception())
