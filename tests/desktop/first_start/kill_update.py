# SPDX-License-Identifier: Apache-2.0
"""Brings stores up to date in children that are killed at the moments given: FOLDER SECONDS, FOLDER SECONDS, ...

Seconds of 0 mean: not killed. One line of JSON tells how long each child lived. Forking spares the imports.
"""

from __future__ import annotations

import asyncio
import json
import os
import select
import signal
import sys
import time
from pathlib import Path

import alembic.command
import alembic.config
import alembic.script  # noqa: F401 - once, not in each child

from gems_desktop.adapters.store import SqliteStore


async def _open(folder: Path) -> None:
    store = SqliteStore(folder)
    await store.open()
    await store.close()


def _live(folder: Path, seconds: float) -> float:
    started = time.monotonic()
    child = os.fork()
    if child == 0:
        asyncio.run(_open(folder))
        os._exit(0)
    if seconds:
        select.select([], [], [], seconds)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if not seconds and status:
        raise SystemExit(f"the update itself failed: {status}")
    return time.monotonic() - started


def main(arguments: list[str]) -> None:
    """See the module."""
    pairs = zip(arguments[::2], arguments[1::2], strict=True)
    lived = [_live(Path(folder), float(seconds)) for folder, seconds in pairs]
    sys.stdout.write(json.dumps(lived) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
