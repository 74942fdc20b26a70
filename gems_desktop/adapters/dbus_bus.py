# SPDX-License-Identifier: Apache-2.0
"""The session bus of a Linux desktop: a socket on this computer over which the desktop's own services are asked."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from gems_desktop.adapters.dbus_wire import (
    CALL,
    ERROR,
    NO_REPLY,
    RETURN,
    SIGNAL,
    Malformed,
    Message,
    decode,
    encode,
    size_of,
)

log = logging.getLogger(__name__)

BUS = "org.freedesktop.DBus"
BUS_PATH = "/org/freedesktop/DBus"
REPLY_S = 5.0
Answer = tuple[str, tuple[Any, ...]]  # signature and values
Handler = Callable[[Message], Answer | None]


class NoBus(Exception):
    """There is no session bus, or it does not answer, or it says no."""


def session_address() -> str:
    """Where the session bus listens, as its socket's path; raises NoBus."""
    for address in os.environ.get("DBUS_SESSION_BUS_ADDRESS", "").split(";"):
        kind, _, rest = address.partition(":")
        for part in rest.split(","):
            key, _, value = part.partition("=")
            if kind == "unix" and key in ("path", "abstract"):
                return unquote(value) if key == "path" else "\0" + unquote(value)
    usual = Path(f"/run/user/{os.getuid()}/bus") if hasattr(os, "getuid") else None
    if usual is None or not usual.is_socket():
        raise NoBus
    return str(usual)


class SessionBus:
    """One connection. Objects are served by path; signals are heard by interface and member."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer
        self._serial = 0
        self._waiting: dict[int, asyncio.Future[Message]] = {}
        self._objects: dict[str, Handler] = {}
        self._signals: dict[tuple[str, str], Callable[[Message], None]] = {}
        self._task: asyncio.Task[None] | None = None
        self.name = ""

    @classmethod
    async def open(cls, address: str = "") -> SessionBus:
        """Connect; address: of its socket, by default the session's. Raises NoBus."""
        try:
            opening = asyncio.open_unix_connection(address or session_address())
            reader, writer = await asyncio.wait_for(opening, REPLY_S)
        except (OSError, ValueError, AttributeError, TimeoutError) as error:
            raise NoBus from error
        bus = cls(reader, writer)
        try:
            await asyncio.wait_for(bus._greet(), REPLY_S)
            bus._task = asyncio.get_running_loop().create_task(bus._read())
            bus.name = str((await bus.call(BUS, BUS_PATH, BUS, "Hello"))[0])
        except (OSError, TimeoutError, asyncio.IncompleteReadError, IndexError) as error:
            await bus.close()
            raise NoBus from error
        except NoBus:
            await bus.close()
            raise
        return bus

    async def _greet(self) -> None:
        """Say who we are: the bus believes the socket, not us."""
        self._writer.write(b"\0AUTH EXTERNAL " + str(os.getuid()).encode().hex().encode() + b"\r\n")
        line = await self._reader.readuntil(b"\r\n")
        if not line.startswith(b"OK "):
            raise NoBus
        self._writer.write(b"BEGIN\r\n")

    @property
    def is_open(self) -> bool:
        """Whether the bus still listens."""
        return self._task is not None and not self._task.done()

    def _send(self, message: Message) -> int:
        self._serial += 1
        self._writer.write(encode(replace(message, serial=self._serial)))
        return self._serial

    async def call(
        self, to: str, path: str, interface: str, member: str, signature: str = "", *values: Any
    ) -> tuple[Any, ...]:
        """What a method of a service answers; raises NoBus."""
        if not self.is_open:
            raise NoBus
        sent = Message(CALL, 0, path, interface, member, destination=to, signature=signature, body=values)
        future: asyncio.Future[Message] = asyncio.get_running_loop().create_future()
        serial = self._send(sent)
        self._waiting[serial] = future
        try:
            answer = await asyncio.wait_for(future, REPLY_S)
        except TimeoutError as error:
            raise NoBus from error
        finally:
            self._waiting.pop(serial, None)
        if answer.kind == ERROR:
            raise NoBus(answer.error)
        return answer.body

    async def hear(self, interface: str, member: str, heard: Callable[[Message], None]) -> None:
        """Call `heard` for each such signal from now on."""
        self._signals[interface, member] = heard
        rule = f"type='signal',interface='{interface}',member='{member}'"
        await self.call(BUS, BUS_PATH, BUS, "AddMatch", "s", rule)

    def serve(self, path: str, handler: Handler) -> None:
        """Answer calls to the object at `path`; a handler that gives None does not know the method."""
        self._objects[path] = handler

    def emit(self, path: str, interface: str, member: str, signature: str = "", *values: Any) -> None:
        """Tell all who listen."""
        if self.is_open:
            self._send(Message(SIGNAL, 0, path, interface, member, signature=signature, body=values))

    async def _read(self) -> None:
        try:
            while True:
                start = await self._reader.readexactly(16)
                rest = await self._reader.readexactly(size_of(start) - 16)
                self._take(decode(start + rest))
        except (OSError, asyncio.IncompleteReadError, Malformed):
            log.debug("the session bus is gone")
        finally:
            self._writer.close()
            for future in self._waiting.values():
                if not future.done():
                    future.set_exception(NoBus())

    def _take(self, message: Message) -> None:
        if message.kind in (RETURN, ERROR):
            future = self._waiting.get(message.reply_to)
            if future is not None and not future.done():
                future.set_result(message)
        elif message.kind == SIGNAL:
            heard = self._signals.get((message.interface, message.member))
            if heard is not None:
                heard(message)
        elif message.kind == CALL:
            self._answer(message)

    def _answer(self, message: Message) -> None:
        handler = self._objects.get(message.path)
        try:
            answer = handler(message) if handler is not None else None
        except (IndexError, KeyError, TypeError, ValueError):
            answer = None  # called with other values than the method has
        if message.flags & NO_REPLY:
            return
        to, about = message.sender, message.serial
        if answer is None:
            name = BUS + ".Error.UnknownMethod"
            self._send(Message(ERROR, reply_to=about, destination=to, error=name))
        else:
            signature, values = answer
            self._send(Message(RETURN, reply_to=about, destination=to, signature=signature, body=values))

    async def close(self) -> None:
        """Leave the bus."""
        task, self._task = self._task, None
        self._writer.close()
        if task is not None:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
