# SPDX-License-Identifier: Apache-2.0
"""A session bus of a test's own: names, calls and signals between its connections, for where no dbus-daemon is."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

from gems_desktop.adapters.dbus_bus import BUS
from gems_desktop.adapters.dbus_wire import CALL, ERROR, RETURN, SIGNAL, Message, decode, encode, size_of


class FakeBus:
    """Listens at a socket; `names` says who owns what, `seen` every message that came."""

    def __init__(self, path: Path) -> None:
        self.path = str(path)
        self.names: dict[str, asyncio.StreamWriter] = {}
        self.seen: list[Message] = []
        self._peers: list[asyncio.StreamWriter] = []
        self._server: asyncio.Server | None = None

    async def start(self) -> None:
        self._server = await asyncio.start_unix_server(self._peer, self.path)

    async def stop(self) -> None:
        for writer in self._peers:
            writer.close()
        assert self._server is not None
        self._server.close()

    async def _peer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            line = await reader.readuntil(b"\r\n")
            assert line.startswith(b"\0AUTH EXTERNAL ")
            writer.write(b"OK 1234\r\n")
            assert await reader.readuntil(b"\r\n") == b"BEGIN\r\n"
            self._peers.append(writer)
            name = f":1.{len(self._peers)}"
            self.names[name] = writer
            while True:
                start = await reader.readexactly(16)
                message = decode(start + await reader.readexactly(size_of(start) - 16))
                self._route(replace(message, sender=name), writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            return
        finally:
            writer.close()

    def _route(self, message: Message, writer: asyncio.StreamWriter) -> None:
        self.seen.append(message)
        if message.kind == SIGNAL:
            for peer in self._peers:
                peer.write(encode(message))
        elif message.destination != BUS:
            to = self.names.get(message.destination)
            if to is not None:
                to.write(encode(message))
            elif message.kind == CALL:
                self._refuse(message, writer)
        elif message.member == "Hello":
            self._reply(message, writer, "s", message.sender)
        elif message.member == "RequestName":
            self.names[message.body[0]] = writer
            self._reply(message, writer, "u", 1)
        elif message.member == "ReleaseName":
            self.names.pop(message.body[0], None)
            self._reply(message, writer, "u", 1)
        else:
            self._reply(message, writer, "")

    def _reply(self, to: Message, writer: asyncio.StreamWriter, signature: str, *values: object) -> None:
        answer = Message(RETURN, 1, reply_to=to.serial, sender=BUS, signature=signature, body=values)
        writer.write(encode(answer))

    def _refuse(self, to: Message, writer: asyncio.StreamWriter) -> None:
        name = BUS + ".Error.ServiceUnknown"
        writer.write(encode(Message(ERROR, 1, reply_to=to.serial, sender=BUS, error=name)))
