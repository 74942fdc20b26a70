# SPDX-License-Identifier: Apache-2.0
"""One process of a fleet: `python -m tests.helpers.fleet_member SETTINGS PORT work|serve`."""

from __future__ import annotations

import asyncio
import json
import logging
import signal
import sys
from pathlib import Path

from gems_platform.app import serve
from gems_platform.settings import Settings
from tests.faults.platform_life import back


async def main(path: str, port: str, kind: str) -> None:
    """Serve until SIGTERM."""
    logging.basicConfig(level=logging.INFO)
    logging.getLogger("gems_platform.request").setLevel(logging.WARNING)
    order = json.loads(Path(path).read_text())
    settings = Settings(**{name: back(value) for name, value in order.items()})
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    server = await serve(settings, port=int(port), working=kind == "work")
    await stop.wait()
    await server.close()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:4]))
