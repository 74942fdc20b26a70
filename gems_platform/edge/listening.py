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

import uvicorn
from starlette.types import ASGIApp


def bind(host: str, port: int) -> tuple[socket.socket, str]:
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
    return listening, f"http://{shown}:{listening.getsockname()[1]}"


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


async def listen(app: ASGIApp, place: socket.socket) -> Listening:
    """Serve an application at a bound place; raises RuntimeError when it cannot start."""
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        lifespan="on",
        server_header=False,
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
