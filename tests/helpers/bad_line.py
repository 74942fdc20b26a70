# SPDX-License-Identifier: Apache-2.0
"""A line that fails: a TCP proxy before a server which cuts, doubles, reorders, delays, corrupts and slows down.

Use: `async with BadLine() as line`, serve the platform with `public_url=line.url`, `line.aim(port)`, then
`line.next(Fault.CUT_AFTER, "/v1/submissions")`. One request is one decision. Asked by absolute form, as an HTTP proxy
is, it goes to the host that the request names.

Slow lines are simulated by accounting, not by sleeping: each byte of a request or an answer takes 1/speed seconds of
`line.time`; where that reaches a multiple of `cut_every_s` the connection is cut at exactly that byte. What was on
its way then (`in_flight` bytes before the cut) has crossed the sender's end and never arrives. A connection costs
`setup_s`. The server gets a few real milliseconds to read what arrived before it sees the end.
"""

from __future__ import annotations

import asyncio
import enum
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from urllib.parse import urlsplit

PORTAL = b"<html><body>Welcome to the hotel. <a href='http://login.example/'>Log in</a></body></html>"
_READ_S = 0.05  # real time for the server to take what has arrived before a cut
_HELD_S = 0.5  # real time that a held request waits for another at most


class Fault(enum.Enum):
    """What happens to one request."""

    NONE = "none"
    CUT_BEFORE = "cut before the server saw it"
    CUT_MIDDLE = "cut in the middle of the request"
    CUT_AFTER = "cut after the server acted, before its answer"
    CUT_ANSWER = "cut in the middle of the answer"
    DUPLICATE = "sent twice, one after the other"
    TWICE_AT_ONCE = "sent twice at the same time"
    REORDER = "held back until the next request was answered"
    DELAY = "held back for a moment"
    CORRUPT_REQUEST = "one byte of the request's body changed"
    CORRUPT_ANSWER = "one byte of the answer's body changed"
    PORTAL = "answered by a captive portal"


@dataclass
class Slow:
    """A line of so many bytes a second that drops every so many seconds, in simulated time."""

    bytes_per_s: float
    cut_every_s: float
    in_flight: int = 0
    setup_s: float = 0.5


@dataclass(frozen=True)
class Asked:
    """One request as the line sees it."""

    method: str
    target: str
    head: bytes
    body: bytes
    host: str  # of a request in absolute form, else ""

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]


class _Cut(Exception):
    """The line is cut here."""


@dataclass
class BadLine:
    """The line; `decide` may be replaced, otherwise the faults given by `next` happen, then none."""

    slow: Slow | None = None
    on_time: Callable[[float], None] | None = None  # told each simulated stretch, to move the client's clock
    time: float = 0.0
    cuts: int = 0
    up: Counter[str] = field(default_factory=Counter)  # bytes that left the client, by path
    body_up: Counter[str] = field(default_factory=Counter)  # the same, bodies alone
    down: Counter[str] = field(default_factory=Counter)
    seen: list[tuple[str, str, Fault]] = field(default_factory=list)
    _faults: list[tuple[str, str, deque[Fault]]] = field(default_factory=list)
    _port: int = 0
    _server: asyncio.Server | None = None
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _answered: asyncio.Event = field(default_factory=asyncio.Event)

    async def __aenter__(self) -> BadLine:
        self._server = await asyncio.start_server(self._client, "127.0.0.1", 0, limit=2**26)
        return self

    async def __aexit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        assert self._server is not None
        self._server.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    @property
    def url(self) -> str:
        assert self._server is not None
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    def aim(self, port: int | str) -> None:
        """Lead to the server at this port of loopback, or at this URL."""
        self._port = port if isinstance(port, int) else int(urlsplit(port).port or 80)

    def next(self, fault: Fault, path: str = "", times: int = 1, method: str = "") -> None:
        """The next `times` requests whose path begins with `path` meet this fault."""
        self._faults.append((method, path, deque([fault] * times)))

    def decide(self, asked: Asked) -> Fault:
        """The fault of this request."""
        for method, path, waiting in self._faults:
            if waiting and asked.path.startswith(path) and method in ("", asked.method):
                return waiting.popleft()
        return Fault.NONE

    async def _client(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        try:
            await self._one(await _read(reader), writer)
        except (_Cut, asyncio.IncompleteReadError, ConnectionError):
            self._pass(0)
        except asyncio.CancelledError:
            pass
        finally:
            writer.close()

    async def _one(self, asked: Asked, writer: asyncio.StreamWriter) -> None:
        fault = self.decide(asked)
        self.seen.append((asked.method, asked.path, fault))
        self.up[asked.path] += len(asked.head) + len(asked.body)
        self.body_up[asked.path] += len(asked.body)
        if self.slow is not None:
            answer = await self._slowly(asked, self.slow, writer)
        else:
            answer = await self._answer(asked, fault)
        self.down[asked.path] += len(answer)
        if fault is Fault.CUT_ANSWER:
            answer = answer[: len(answer) // 2]
        writer.write(answer)
        await writer.drain()
        self._answered.set()

    async def _answer(self, asked: Asked, fault: Fault) -> bytes:
        if fault is Fault.CUT_BEFORE:
            raise _Cut
        if fault is Fault.PORTAL:
            told = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(PORTAL)}\r\n"
            return (told + "Connection: close\r\n\r\n").encode() + PORTAL
        if fault is Fault.CUT_MIDDLE:
            await self._forward(asked, asked.head + asked.body[: len(asked.body) // 2], cut=True)
            raise _Cut
        if fault is Fault.REORDER:
            self._answered.clear()
            await asyncio.wait([asyncio.ensure_future(self._answered.wait())], timeout=_HELD_S)
        if fault is Fault.DELAY:
            await asyncio.sleep(0.05)
        if fault is Fault.DUPLICATE:
            await self._forward(asked, asked.head + asked.body)
        body = _changed(asked.body) if fault is Fault.CORRUPT_REQUEST else asked.body
        sending = [self._forward(asked, asked.head + body)]
        if fault is Fault.TWICE_AT_ONCE:
            sending.append(self._forward(asked, asked.head + body))
        answer = (await asyncio.gather(*sending))[-1]
        if fault is Fault.CUT_AFTER:
            raise _Cut
        if fault is Fault.CORRUPT_ANSWER:
            head, mark, content = answer.partition(b"\r\n\r\n")
            return head + mark + _changed(content)
        return answer

    async def _slowly(self, asked: Asked, slow: Slow, writer: asyncio.StreamWriter) -> bytes:
        """Cut where the line's time says so; what crossed is counted to the byte."""
        self._pass(slow.setup_s)
        request = asked.head + asked.body
        crossed = self._cross(len(request), slow)
        if crossed < len(request):
            left = len(request) - crossed
            self.up[asked.path] -= left
            self.body_up[asked.path] -= min(left, len(asked.body))
            arrived = max(0, crossed - slow.in_flight)
            if arrived > 0:
                await self._forward(asked, request[:arrived], cut=True)
            raise _Cut
        answer = await self._forward(asked, request)
        crossed = self._cross(len(answer), slow)
        if crossed < len(answer):
            self.down[asked.path] += crossed
            writer.write(answer[: max(0, crossed - slow.in_flight)])
            await writer.drain()
            raise _Cut
        return answer

    def _cross(self, length: int, slow: Slow) -> int:
        """How many of so many bytes cross before the next cut; the time that it takes passes."""
        next_cut = (self.time // slow.cut_every_s + 1) * slow.cut_every_s
        most = int((next_cut - self.time) * slow.bytes_per_s)
        if length < most:
            self._pass(length / slow.bytes_per_s)
            return length
        self._pass(next_cut - self.time)
        self.cuts += 1
        return most if length > most else length - 1

    def _pass(self, seconds: float) -> None:
        self.time += seconds
        if self.on_time is not None and seconds:
            self.on_time(seconds)

    async def _forward(self, asked: Asked, request: bytes, *, cut: bool = False) -> bytes:
        """The server's whole answer; with `cut` the connection ends after the request's bytes."""
        host, port = "127.0.0.1", self._port
        if asked.host:
            named = urlsplit("//" + asked.host)
            host, port = named.hostname or host, named.port or 80
        reader, writer = await asyncio.open_connection(host, port, limit=2**26)
        try:
            writer.write(request)
            await writer.drain()
            if cut:
                await asyncio.sleep(_READ_S)
                return b""
            return await reader.read(-1)
        finally:
            writer.close()


async def _read(reader: asyncio.StreamReader) -> Asked:
    """One whole request; the server is asked to close, so that its answer ends where the connection does."""
    head = await reader.readuntil(b"\r\n\r\n")
    lines = head[:-4].decode("latin-1").split("\r\n")
    method, target, version = lines[0].split(" ")
    fields = [line for line in lines[1:] if not line.lower().startswith(("connection:", "proxy-"))]
    length = next(
        (int(line.split(":")[1]) for line in fields if line.lower().startswith("content-length:")), 0
    )
    body = await reader.readexactly(length)
    parts = urlsplit(target)
    if parts.netloc:
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    head = "\r\n".join([f"{method} {target} {version}", *fields, "Connection: close", "", ""]).encode(
        "latin-1"
    )
    return Asked(method, target, head, body, parts.netloc)


def _changed(content: bytes) -> bytes:
    """The same with one bit in the middle turned over."""
    if not content:
        return content
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]
