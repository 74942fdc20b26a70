# SPDX-License-Identifier: Apache-2.0
"""Proxies of a test's own, on this computer: they note who was asked for, and answer in the far end's place."""

from __future__ import annotations

import threading
from base64 import b64encode
from contextlib import suppress
from socketserver import BaseRequestHandler, ThreadingTCPServer

_ANSWER = (
    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"
)


class Station(ThreadingTCPServer):
    """A proxy; `asked` has host:port of each request that it let through, `refused` counts the others."""

    daemon_threads = True
    kind: type[BaseRequestHandler]

    def __init__(self, user: str = "", password: str = "", answer: bytes = _ANSWER) -> None:
        super().__init__(("127.0.0.1", 0), self.kind)
        self.user, self.password, self.answer = user, password, answer
        self.asked: list[str] = []
        self.refused = 0
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def place(self) -> str:
        """host:port, with the name and the password where it wants them."""
        who = f"{self.user}:{self.password}@" if self.user else ""
        return f"{who}127.0.0.1:{self.server_address[1]}"

    def end(self) -> None:
        self.shutdown()
        self.server_close()


class _Http(BaseRequestHandler):
    server: Station

    def handle(self) -> None:
        got = b""
        while b"\r\n\r\n" not in got:
            piece = self.request.recv(65_536)
            if not piece:
                return
            got += piece
        lines = got.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
        words = {line.partition(":")[0].lower(): line.partition(":")[2].strip() for line in lines[1:]}
        wanted = "Basic " + b64encode(f"{self.server.user}:{self.server.password}".encode()).decode()
        if self.server.user and words.get("proxy-authorization") != wanted:
            self.server.refused += 1
            self.request.sendall(
                b"HTTP/1.1 407 Who are you\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            )
            return
        method, target, _ = lines[0].split(" ", 2)
        if method == "CONNECT":  # there is no far end that speaks TLS: that it was asked for is all
            self.server.asked.append(target)
            return
        self.server.asked.append(target.partition("://")[2].partition("/")[0])
        self.request.sendall(self.server.answer)


class _Socks(BaseRequestHandler):
    server: Station

    def handle(self) -> None:
        with suppress(OSError, IndexError):
            self._serve()

    def _serve(self) -> None:
        wants = 2 if self.server.user else 0
        _, count = self._take(2)
        ways = self._take(count)
        if wants not in ways:
            self.server.refused += 1
            self.request.sendall(b"\5\xff")
            return
        self.request.sendall(bytes([5, wants]))
        if wants:
            self._take(1)
            user, password = self._take(self._take(1)[0]), self._take(self._take(1)[0])
            sound = (user, password) == (self.server.user.encode(), self.server.password.encode())
            self.server.refused += not sound
            self.request.sendall(b"\1\0" if sound else b"\1\1")
            if not sound:
                return
        kind = self._take(4)[3]
        host = (
            self._take(self._take(1)[0]).decode() if kind == 3 else self._take(4 if kind == 1 else 16).hex()
        )
        port = int.from_bytes(self._take(2), "big")
        self.server.asked.append(f"{host}:{port}")
        self.request.sendall(b"\5\0\0\1" + bytes(6))
        self.request.recv(65_536)
        self.request.sendall(self.server.answer)

    def _take(self, count: int) -> bytes:
        got = b""
        while len(got) < count:
            piece = self.request.recv(count - len(got))
            if not piece:
                raise OSError
            got += piece
        return got


class HttpProxy(Station):
    """An HTTP proxy."""

    kind = _Http
    scheme = "http"


class SocksProxy(Station):
    """A SOCKS5 proxy."""

    kind = _Socks
    scheme = "socks5"
