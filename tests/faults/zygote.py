# SPDX-License-Identifier: Apache-2.0
"""A warm process that has imported everything and forks: a life of the engine begins in milliseconds.

`python -m tests.faults.zygote FD` listens on a socket; each message is an order with the pipe to tell through.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import resource
import signal
import socket
import sys
import traceback
from typing import Any

import gems_desktop.session
from tests.faults.platform_life import serve_platform
from tests.faults.worker import Telling, Worker

ORDER_BYTES = 8_000_000


def _live(order: dict[str, Any], pipe: int) -> None:
    """What a fork does; it never comes back."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    tell = Telling(pipe)
    status = 0
    try:
        if "file_bytes" in order:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (order["file_bytes"], resource.RLIM_INFINITY))
        asyncio.run(serve_platform(order, tell) if order.get("mode") == "platform" else Worker(order, tell).run())
    except BaseException as error:  # noqa: BLE001 - told to the test, which fails
        tell(crash=f"{type(error).__name__}: {error}", trace=traceback.format_exc())
        status = 1
    os._exit(status)


def main(handle: int) -> None:
    """Fork for every order; the system reaps."""
    gems_desktop.session._load()
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
