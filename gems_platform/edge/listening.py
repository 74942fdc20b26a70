# SPDX-License-Identifier: Apache-2.0
"""An application served at an address from the running event loop, which leaves signals to whoever owns the process."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp

from gems_platform.edge.patience import Patient


@dataclass(frozen=True, slots=True)
class Tls:
    """PEM files of a certificate (with its chain) and its key."""

    cert: Path
    key: Path

    @classmethod
    def of(cls, cert: Path | None, key: Path | None) -> Tls | None:
        """Both, or None; raises ValueError for one without the other."""
        if (cert is None) != (key is None):
            raise ValueError("tls_cert and tls_key belong together")
        return None if cert is None or key is None else cls(cert, key)


def bind(host: str, port: int, *, secure: bool = False) -> tuple[socket.socket, str]:
    """A listening place and its URL; port 0 takes a free one. Raises OSError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # With the protocol named asyncio sends each answer at once; else its second part waits 40 ms for the client.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":  # elsewhere it would let another process take the port over
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
    except OSError:
        listening.close()
        raise
    shown = f"[{host}]" if ":" in host else host
    return listening, f"{'https' if secure else 'http'}://{shown}:{listening.getsockname()[1]}"


class _Uvicorn(uvicorn.Server):
    """uvicorn that leaves signals alone: the process belongs to somebody else."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture none."""
        yield


@dataclass
class Listening:
    """An application that is being served."""

    _server: uvicorn.Server
    _task: asyncio.Task[None]
    _socket: socket.socket

    async def close(self) -> None:
        """Finish what runs, then stop."""
        self._server.should_exit = True
        with suppress(asyncio.CancelledError):
            await self._task
        self._socket.close()


async def listen(app: ASGIApp, place: socket.socket, tls: Tls | None = None) -> Listening:
    """Serve an application at a bound place; raises RuntimeError when it cannot start."""
    config = uvicorn.Config(
        app,
        http=Patient,
        ws="none",  # nothing here speaks WebSocket, and no limit would hold on such a line
        log_config=None,
        access_log=False,
        lifespan="on",
        server_header=False,
        proxy_headers=False,  # whom to believe about addresses is the operator's to say (edge/addresses.py)
        ssl_certfile=tls.cert if tls else None,
        ssl_keyfile=tls.key if tls else None,
        timeout_graceful_shutdown=5,
        timeout_keep_alive=75,
    )
    server = _Uvicorn(config)
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
    task = asyncio.create_task(server.serve(sockets=[place]))
    while not server.started and not task.done():
        await asyncio.sleep(0.01)
    if task.done():
        place.close()
        await task
        raise RuntimeError("it could not start")
    return Listening(server, task, place)
