# SPDX-License-Identifier: Apache-2.0
"""`python -m gems_desktop.local --dir STATE`: the local network as a process of its own.

Prints JSON lines: {"progress": text} while it starts, {"ready": network.json} at the end; ends on the end of
its standard input, on SIGTERM and on Ctrl-C.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import logging
import signal
import sys
import threading
from pathlib import Path

from gems_protocol.errors import GemsError


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options that `gems local` shares."""
    parser.add_argument(
        "--dir", type=Path, required=True, help="where the network is kept; made when it is not there"
    )
    parser.add_argument("--fresh", action="store_true", help="begin anew; what was there is moved aside")
    parser.add_argument("--no-neighbours", action="store_true", help="without practice miners and verifiers")


def main(arguments: list[str] | None = None) -> int:
    """Exit status: 0 stopped, 2 could not start (why is on stderr and, as JSON, on stdout)."""
    parser = argparse.ArgumentParser(prog="python -m gems_desktop.local", description=__doc__)
    add_options(parser)
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    try:
        return asyncio.run(run(options.dir, fresh=options.fresh, neighbours=not options.no_neighbours))
    except KeyboardInterrupt:
        return 0


def _tell(**line: str) -> None:
    print(json.dumps(line), flush=True)


async def run(folder: Path, *, fresh: bool, neighbours: bool) -> int:
    """Run the network until it is told to stop."""
    from gems_desktop.local.keys import NEIGHBOURS
    from gems_desktop.local.neighbours import Habits, Neighbourhood
    from gems_desktop.local.network import start
    from gems_desktop.local.waiting import Needs

    stop = asyncio.Event()
    _stop_on_signals(stop)
    try:
        running = await start(folder, fresh=fresh, say=lambda text: _tell(progress=text))
    except GemsError as error:
        _tell(error=error.message, safe=error.safe, action=error.action)
        print(f"{error.message} {error.safe} {error.action}".strip(), file=sys.stderr)
        return 2
    neighbourhood = Neighbourhood(running)
    try:
        if neighbours:
            _tell(progress="Waking the practice neighbours")
            needs = Needs(running, running.keys.addresses(NEIGHBOURS))
            await neighbourhood.open(Habits(), needs)
            neighbourhood.run()
        _tell(ready=str(running.network_file))
        _stop_on_end_of_input(stop)
        while not stop.is_set():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), 1.0)
            for bug in neighbourhood.failures():
                raise bug
    finally:
        await neighbourhood.close()
        await running.close()
    return 0


def _stop_on_signals(stop: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):  # Windows: Ctrl-C still raises KeyboardInterrupt
            loop.add_signal_handler(number, stop.set)


def _stop_on_end_of_input(stop: asyncio.Event) -> None:
    """Whoever started this holds its standard input open; a thread waits, since files cannot be polled everywhere."""
    loop = asyncio.get_running_loop()

    def wait() -> None:
        with contextlib.suppress(OSError, ValueError):
            while sys.stdin.buffer.read(4096):
                pass
        with contextlib.suppress(RuntimeError):  # the loop has ended already
            loop.call_soon_threadsafe(stop.set)

    threading.Thread(target=wait, name="end-of-input", daemon=True).start()


if __name__ == "__main__":
    sys.exit(main())
