# SPDX-License-Identifier: Apache-2.0
"""One platform process of a measurement: `python -m bench.platform.member SETTINGS PORT serve|work`."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
from pathlib import Path

from bench.platform.settings_file import read
from gems_platform import engines
from gems_platform.app import serve


async def main(path: str, port: str, kind: str) -> None:
    """Serve until SIGTERM. work: also do what is due, where a PostgreSQL is shared; on SQLite everybody does."""
    logging.basicConfig(level=logging.WARNING)
    engines._WRITERS = int(
        os.environ.get("GEMS_BENCH_WRITERS", engines._WRITERS)
    )  # to see what more would do
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    server = await serve(read(Path(path)), port=int(port), working=kind == "work")
    await stop.wait()
    await server.close()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:4]))
