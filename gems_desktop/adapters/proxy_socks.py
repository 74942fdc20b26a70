# SPDX-License-Identifier: Apache-2.0
"""A bridge from HTTP proxying to a SOCKS5 proxy (RFC 1928, 1929), inside this process and for it alone.

It listens on this computer's own address only and lets nobody in without the word that it made up itself. Names go
to the proxy as names, so that nothing is looked up here.
"""

from __future__ import annotations

import hmac
import ipaddress
import secrets
import socket
import threading
from base64 import b64encode
from contextlib import suppress
from socketserver import BaseRequestHandler, ThreadingTCPServer
from urllib.parse import unquote, urlsplit

_MOST_HEAD = 65_536  # bytes of a request's head
_CONNECT_S, _CHUNK = 30.0, 65_536
_WHO, _NONE, _REFUSED = 2, 0, 255


class SocksRefused(OSError):
    """The SOCKS proxy does not let us through."""


class Bridge(ThreadingTCPServer):
    """Serves from its making on, on threads of its own that end with the process."""

    daemon_threads = True

    def __init__(self, to: str) -> None:
        """to: socks5://[user:password@]host:port."""
        super().__init__(("127.0.0.1", 0), _Passing)
        self.to = to
        word = secrets.token_hex(16)
        self.word = "Basic " + b64encode(f"gems:{word}".encode()).decode()
        #: of this bridge, as an HTTP proxy
        self.address = f"http://gems:{word}@127.0.0.1:{self.server_address[1]}"
        threading.Thread(target=self.serve_forever, args=(0.5,), name="socks-bridge", daemon=True).start()


_bridges: dict[str, Bridge] = {}
_making = threading.Lock()


def bridge_to(url: str) -> Bridge:
    """The bridge to the SOCKS proxy at `url`: one for the whole process."""
    with _making:
        if url not in _bridges:
            _bridges[url] = Bridge(url)
        return _bridges[url]


class _Passing(BaseRequestHandler):
    server: Bridge

    def handle(self) -> None:
        self.request.settimeout(_CONNECT_S)
        with suppress(OSError, ValueError):
            self._pass_on()

    def _pass_on(self) -> None:
        head, rest = _head(self.request)
        method, target, _ = head[0].split(" ", 2)
        words = {line.partition(":")[0].lower(): line.partition(":")[2].strip() for line in head[1:]}
        if not hmac.compare_digest(words.get("proxy-authorization", ""), self.server.word):
            self.request.sendall(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
            return
        tunnel = method == "CONNECT"
        parts = urlsplit(f"//{target}" if tunnel else target)
        try:
            far = through(self.server.to, parts.hostname or "", parts.port or (443 if tunnel else 80))
        except OSError:
            self.request.sendall(
                b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            )
            return
        with far:
            if tunnel:
                self.request.sendall(b"HTTP/1.1 200 Connected\r\n\r\n")
                far.sendall(rest)
            else:
                far.sendall(_to_server(head, target) + rest)
            _both_ways(self.request, far)


def _head(near: socket.socket) -> tuple[list[str], bytes]:
    """The lines of a request's head, and what came after it."""
    got = b""
    while b"\r\n\r\n" not in got:
        piece = near.recv(_CHUNK)
        if not piece or len(got) > _MOST_HEAD:
            raise SocksRefused
        got += piece
    head, _, rest = got.partition(b"\r\n\r\n")
    return head.decode("latin-1").split("\r\n"), rest


def _to_server(head: list[str], target: str) -> bytes:
    """The head as the server itself gets it: its own path, our word left out, one request to a connection."""
    parts = urlsplit(target)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    method, _, version = head[0].split(" ", 2)
    left_out = ("proxy-authorization", "proxy-connection", "connection")
    kept = [line for line in head[1:] if line.partition(":")[0].lower() not in left_out]
    return "\r\n".join([f"{method} {path} {version}", *kept, "Connection: close", "", ""]).encode("latin-1")


def through(proxy: str, host: str, port: int) -> socket.socket:
    """A connection to `host` through the SOCKS5 proxy at `proxy`; raises OSError."""
    parts = urlsplit(proxy)
    far = socket.create_connection((parts.hostname or "", parts.port or 1080), _CONNECT_S)
    try:
        _let_in(far, unquote(parts.username or "").encode(), unquote(parts.password or "").encode())
        far.sendall(b"\5\1\0" + _place(host) + port.to_bytes(2, "big"))
        version, code, _, kind = _exactly(far, 4)
        if version != 5 or code != 0:
            raise SocksRefused
        length = {1: 4, 4: 16}.get(kind) or _exactly(far, 1)[0]
        _exactly(far, length + 2)
    except BaseException:
        far.close()
        raise
    return far


def _let_in(far: socket.socket, user: bytes, password: bytes) -> None:
    ways = bytes([_NONE, _WHO]) if user else bytes([_NONE])
    far.sendall(bytes([5, len(ways)]) + ways)
    version, way = _exactly(far, 2)
    if version != 5 or way not in ways or way == _REFUSED:
        raise SocksRefused
    if way == _WHO:
        if not 0 < len(user) < 256 or len(password) > 255:
            raise SocksRefused
        far.sendall(bytes([1, len(user)]) + user + bytes([len(password)]) + password)
        if _exactly(far, 2)[1] != 0:
            raise SocksRefused


def _place(host: str) -> bytes:
    """A host as SOCKS5 writes it; a name stays a name."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        name = host.encode("idna")
        if not 0 < len(name) < 256:
            raise SocksRefused from None
        return bytes([3, len(name)]) + name
    return bytes([1 if address.version == 4 else 4]) + address.packed


def _exactly(far: socket.socket, count: int) -> bytes:
    got = b""
    while len(got) < count:
        piece = far.recv(count - len(got))
        if not piece:
            raise SocksRefused
        got += piece
    return got


def _both_ways(near: socket.socket, far: socket.socket) -> None:
    """Carry bytes until both sides have ended."""
    near.settimeout(None)
    far.settimeout(None)
    back = threading.Thread(target=_carry, args=(far, near), daemon=True)
    back.start()
    _carry(near, far)
    back.join()


def _carry(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError):
        while piece := source.recv(_CHUNK):
            sink.sendall(piece)
    with suppress(OSError):
        sink.shutdown(socket.SHUT_WR)
