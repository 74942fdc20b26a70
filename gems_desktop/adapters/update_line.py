# SPDX-License-Identifier: Apache-2.0
"""Connections to a server that may drip: libraries bound each single wait, so that a byte now and then never ends."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection

_POLL_S = 0.2


class Line:
    """The connections of one source, used by one thread at a time; it hangs up late ones from another."""

    def __init__(self, unwanted: Callable[[], bool]) -> None:
        """unwanted: asked now and then while something is awaited."""
        self._unwanted = unwanted
        self._socket: socket.socket | None = None
        self._until = 0.0
        self._cut = False

    def pool(self, through: str | None, headers: dict[str, str]) -> urllib3.PoolManager:
        """Connections that this line can hang up; through: the proxy, headers: what it is told."""
        line = self

        class Plain(HTTPConnection):
            def _new_conn(self) -> socket.socket:
                return line._begun(super()._new_conn())

            def connect(self) -> None:
                with line._standing(self):
                    super().connect()

        class Secure(HTTPSConnection):
            def _new_conn(self) -> socket.socket:
                return line._begun(super()._new_conn())

            def connect(self) -> None:
                with line._standing(self):
                    super().connect()

        class PlainPool(urllib3.HTTPConnectionPool):
            ConnectionCls = Plain

        class SecurePool(urllib3.HTTPSConnectionPool):
            ConnectionCls = Secure

        found = urllib3.ProxyManager(through, proxy_headers=headers) if through else urllib3.PoolManager()
        found.pool_classes_by_scheme = {"http": PlainPool, "https": SecurePool}
        return found

    def more_time(self, seconds: float) -> None:
        """What is awaited now may take so long."""
        self._until = time.monotonic() + seconds

    @contextmanager
    def watched(self, seconds: float) -> Iterator[None]:
        """Hang up after `seconds`, or after what `more_time` gave since, or when nobody wants it any more.

        Whoever reads then sees the end of the connection: it raises TimeoutError here when all else went well.
        """
        self.more_time(seconds)
        self._cut, over = False, threading.Event()
        watch = threading.Thread(target=self._watch, args=(over,), daemon=True)
        watch.start()
        try:
            yield
            if self._cut:
                raise TimeoutError
        finally:
            over.set()
            watch.join()

    def _watch(self, over: threading.Event) -> None:
        while not over.wait(_POLL_S):
            if time.monotonic() > self._until or self._unwanted():
                self._cut = True
                if self._socket is not None:
                    with suppress(OSError):  # of the plain socket: TLS is read by the other thread
                        socket.socket.shutdown(self._socket, socket.SHUT_RDWR)

    def _begun(self, fresh: socket.socket) -> socket.socket:
        """A connection before its first byte; TLS takes it over, so that another handle of it is held."""
        self._socket = fresh.dup()
        return fresh

    @contextmanager
    def _standing(self, connection: HTTPConnection) -> Iterator[None]:
        """Hold the connection itself, once it stands."""
        try:
            yield
        finally:
            before, self._socket = self._socket, connection.sock
            if before is not None and before is not connection.sock:
                before.close()
