# SPDX-License-Identifier: Apache-2.0
"""A large body on its way in chunks as long as the line likes them, from where the platform says it has all before."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from gems_desktop.services.backoff import wait_s
from gems_desktop.services.context import Context
from gems_desktop.services.errors import CaptivePortal, Offline, PlatformLied, PlatformRefused

FIRST, SMALLEST, LARGEST = 16_384, 8_192, 524_288  # bytes of a chunk
_CHUNK_S = 8.0  # seconds that a chunk should take: what a cut line can lose at most
_FAILS = 6  # in a row, without a byte of progress: then the batch waits for its next time
_SHORT = ("conflict", "checksum", "not_found")  # what going on from where the platform is mends


@dataclass(frozen=True, slots=True)
class Content:
    """What is uploaded, under its SHA-256."""

    sha256: str
    data: bytes


def next_chunk(now: int, took_s: float) -> int:
    """The size of the next chunk, from how long one of `now` bytes took: what 8 seconds carry, at most twice it."""
    wanted = LARGEST if took_s <= 0 else int(now / took_s * _CHUNK_S)
    return max(SMALLEST, min(LARGEST, now * 2, wanted))


class Uploading:
    """Uploads of one profile."""

    def __init__(self, context: Context) -> None:
        self._c = context

    async def send(
        self, content: Content, begun: bool, until: float, told: Callable[[int], Awaitable[None]]
    ) -> bool:
        """Whether all of it is there; False: the time `until` (monotonic) came first, and it goes on later.

        begun: whether an earlier try began it. told: awaited with each new number of acknowledged bytes.
        Raises Offline and the like once there is no progress in several tries.
        """
        offset = best = await (self._where(content) if begun else self._begin(content))
        size, chunk, fails = len(content.data), FIRST, 0
        while offset < size:
            if self._c.clock.monotonic() >= until:
                return False
            try:
                offset, chunk = await self._append(content, offset, chunk)
            except CaptivePortal:
                raise
            except (Offline, PlatformRefused) as error:
                fails += 1
                if fails > _FAILS or (isinstance(error, PlatformRefused) and error.code not in _SHORT):
                    raise
                await self._c.clock.sleep(wait_s(fails, self._c.clock.random_bytes(2)))
                offset, chunk = await self._where(content), max(SMALLEST, chunk // 2)
            if offset > best:
                best, fails = offset, 0
                await told(offset)
        return True

    async def _append(self, content: Content, offset: int, chunk: int) -> tuple[int, int]:
        part = content.data[offset : offset + chunk]
        before = self._c.clock.monotonic()
        reached = await self._c.platform.append_upload(content.sha256, offset, part, len(content.data))
        if reached != offset + len(part):
            raise PlatformLied("an upload does not go on where the last part of it ended.")
        return reached, next_chunk(len(part), self._c.clock.monotonic() - before)

    async def _begin(self, content: Content) -> int:
        reached = await self._c.platform.begin_upload(content.sha256, len(content.data))
        return reached if reached in (0, len(content.data)) else await self._where(content)

    async def _where(self, content: Content) -> int:
        """Where to go on: behind the bytes of a request that was cut off, if they are mine, else before them."""
        try:
            told = await self._c.platform.get(f"/v1/uploads/{content.sha256}")
        except PlatformRefused as error:
            if error.code != "not_found":
                raise
            return await self._c.platform.begin_upload(content.sha256, len(content.data))
        sure, offset = _place(told, "sure", content), _place(told, "offset", content)
        mine = hashlib.sha256(content.data[sure:offset]).hexdigest()
        return offset if mine == told.get("tail") else sure


async def named(data: bytes) -> Content:
    """The content with its digest, taken off the loop."""
    digest = await asyncio.to_thread(lambda: hashlib.sha256(data).hexdigest())
    return Content(digest, data)


def _place(told: dict[str, Any], name: str, content: Content) -> int:
    value = told.get(name)
    if type(value) is not int or not 0 <= value <= len(content.data):
        raise PlatformLied("an upload goes on nowhere.")
    return value
