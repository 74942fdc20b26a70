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
import os
import signal
import sys
import threading
from typing import TYPE_CHECKING

from gems_desktop.local.options import add_options
from gems_protocol.errors import GemsError

if TYPE_CHECKING:
    from gems_desktop.local.neighbours import Neighbourhood
    from gems_desktop.local.network import LocalNetwork

LOG = logging.getLogger("gems_desktop.local")
_PAYDAY_S = 30.0


def main(arguments: list[str] | None = None) -> int:
    """Exit status: 0 stopped, 2 could not start (why is on stderr and, as JSON, on stdout)."""
    parser = argparse.ArgumentParser(prog="python -m gems_desktop.local", description=__doc__)
    add_options(parser)
    options = parser.parse_args(arguments)
    return run(options)


def run(options: argparse.Namespace) -> int:
    """Run the network that the options describe until it is told to stop."""
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    try:
        return asyncio.run(_run(options))
    except KeyboardInterrupt:
        return 0


def _tell(**line: str) -> None:
    print(json.dumps(line), flush=True)


async def _run(options: argparse.Namespace) -> int:
    from gems_desktop.local.keys import NEIGHBOURS
    from gems_desktop.local.neighbours import Habits, Neighbourhood
    from gems_desktop.local.network import start
    from gems_desktop.local.samples import FOLDER
    from gems_desktop.local.waiting import Needs

    stop = asyncio.Event()
    _stop_on_signals(stop)
    try:
        running = await start(
            options.dir,
            fresh=options.fresh,
            say=lambda text: _tell(progress=text),
            samples=options.samples or FOLDER,
        )
    except GemsError as error:
        _tell(error=error.message, safe=error.safe, action=error.action)
        print(f"{error.message} {error.safe} {error.action}".strip(), file=sys.stderr)
        return 2
    neighbourhood = Neighbourhood(running)
    try:
        if not options.no_neighbours:
            _tell(progress="Waking the practice neighbours")
            needs = Needs(running, running.keys.addresses(NEIGHBOURS))
            await neighbourhood.open(Habits(), needs)
            neighbourhood.run()
        _tell(ready=str(running.network_file))
        _stop_on_end_of_input(stop)
        await _look_after(running, neighbourhood, stop)
    finally:
        await neighbourhood.close()
        await running.close()
    return 0


async def _look_after(running: LocalNetwork, neighbourhood: Neighbourhood, stop: asyncio.Event) -> None:
    """Until the end: requesters sign for what was judged, and a neighbour that a bug has ended is told of once."""
    told = 0
    while not stop.is_set():
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), _PAYDAY_S)
            return
        try:
            await running.pay()
        except GemsError as error:
            LOG.warning("requesters could not pay: %s", error.message)
        for bug in neighbourhood.failures()[told:]:
            LOG.error("a neighbour met a bug and has stopped", exc_info=bug)
            told += 1


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
            # not through the buffer: its lock would still be held when the program ends by Ctrl-C
            while os.read(sys.stdin.fileno(), 4096):
                pass
        with contextlib.suppress(RuntimeError):  # the loop has ended already
            loop.call_soon_threadsafe(stop.set)

    threading.Thread(target=wait, name="end-of-input", daemon=True).start()


if __name__ == "__main__":
    sys.exit(main())
