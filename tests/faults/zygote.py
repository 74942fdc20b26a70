# SPDX-License-Identifier: Apache-2.0
"""A warm process that has imported everything and forks: a life of the engine begins in milliseconds.

`python -m tests.faults.zygote FD` listens on a socket; each message is an order with the pipe to tell through.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import signal
import socket
import sys
import traceback
from pathlib import Path
from typing import Any

import coincurve  # noqa: F401 - loaded here, once, as all that a life would load lazily

import gems_desktop.adapters.clock
import gems_desktop.adapters.media
import gems_desktop.adapters.vault
import gems_desktop.session
from gems_protocol.signature import address_of
from tests.faults.platform_life import serve_platform
from tests.faults.worker import Telling, Worker

ORDER_BYTES = 8_000_000


def _live(order: dict[str, Any], pipe: int) -> None:
    """What a fork does; it never comes back."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    tell = Telling(pipe)
    status = 0
    try:
        match order.get("mode"):
            case "platform":
                asyncio.run(serve_platform(order, tell))
            case "fill":
                tell(did="fill", left=fill(Path(order["disk"]), order["leave"]))
            case _:
                asyncio.run(Worker(order, tell).run())
    except BaseException as error:  # noqa: BLE001 - told to the test, which fails
        tell(crash=f"{type(error).__name__}: {error}", trace=traceback.format_exc())
        status = 1
    os._exit(status)


def fill(disk: Path, leave: int) -> int:
    """Let a file of no use take all room but `leave` bytes; the room that is left."""
    path = disk / "filler"
    path.unlink(missing_ok=True)
    there = os.statvfs(disk)
    room = there.f_bavail * there.f_frsize
    with open(path, "wb") as file:
        if room - leave >= 4096:
            os.posix_fallocate(file.fileno(), 0, (room - leave) // 4096 * 4096)
    there = os.statvfs(disk)
    return there.f_bavail * there.f_frsize


def main(handle: int) -> None:
    """Fork for every order; the system reaps."""
    gems_desktop.session._load()
    address_of(bytes([1]) * 32)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    gc.freeze()
    orders = socket.socket(fileno=handle)
    while True:
        head, handles, _, _ = socket.recv_fds(orders, ORDER_BYTES, 1)
        if not head:
            return
        pid = os.fork()
        if pid == 0:
            orders.close()
            _live(json.loads(head), handles[0])
        os.close(handles[0])
        orders.send(str(pid).encode())


if __name__ == "__main__":
    main(int(sys.argv[1]))
