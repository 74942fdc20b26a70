# SPDX-License-Identifier: Apache-2.0
"""Lines on which nothing comes, or nobody reads: each has its time, and one network address only so many of them.

The server underneath waits for ever for the head of a request and for whoever reads no answer. A line costs its
other end nothing and this process a file handle; without handles it takes in nobody.
"""

from __future__ import annotations

import asyncio
import ipaddress
from collections import Counter
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from gems_platform.edge.limits import network_of

HEAD_S = 30.0  # from a line's opening, or a head's first byte, until the head is whole
READ_S = 300.0  # without some 64 KB being read: less than 2 kbit/s
MOST = (
    1_000  # lines of one address on the internet; those of proxies and of one's own network are not counted
)


class Patient(H11Protocol):
    """HTTP/1.1 as uvicorn speaks it, with an end to waiting."""

    lines: Counter[str] = Counter()  # noqa: RUF012  # of the whole process: by network address
    _head: asyncio.TimerHandle | None = None
    _read: asyncio.TimerHandle | None = None
    _network = ""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take a line in, or cut it off when its address has as many as it may."""
        super().connection_made(transport)
        name = self.client[0] if self.client else ""
        if counts(name):
            self._network = network_of(name)
            self.lines[self._network] += 1
            if self.lines[self._network] > MOST:
                transport.abort()
                return
        self._expect()

    def connection_lost(self, exc: Exception | None) -> None:
        """The line is over."""
        if self._network:
            self.lines[self._network] -= 1
            if not self.lines[self._network]:
                del self.lines[self._network]
            self._network = ""
        for timer in (self._head, self._read):
            if timer is not None:
                timer.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Something came; what is no whole head does not gain time by that."""
        super().data_received(data)
        self._expect()

    def pause_writing(self) -> None:
        """What was sent is not read."""
        super().pause_writing()
        if self._read is None:
            self._read = self.loop.call_later(READ_S, self.transport.abort)

    def resume_writing(self) -> None:
        """It was read."""
        super().resume_writing()
        if self._read is not None:
            self._read.cancel()
            self._read = None

    def _expect(self) -> None:
        if self.conn.their_state is not h11.IDLE:
            if self._head is not None:
                self._head.cancel()
                self._head = None
        elif self._head is None:
            self._head = self.loop.call_later(HEAD_S, self._give_up)

    def _give_up(self) -> None:
        self._head = None
        if self.conn.their_state is h11.IDLE and not self.transport.is_closing():
            self.transport.close()


def counts(address: Any) -> bool:
    """Whether lines of an address are counted: one on the internet."""
    try:
        return ipaddress.ip_address(str(address).partition("%")[0]).is_global
    except ValueError:
        return False
