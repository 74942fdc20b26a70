# SPDX-License-Identifier: Apache-2.0
"""`gems watch`: a watch-tower that keeps vouchers and hands them in when a channel is closed with less."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import logging
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gems_desktop.commands import arguments, requester_key
from gems_protocol.errors import GemsError

if TYPE_CHECKING:
    from gems_desktop.commands.case_folder import CaseFolder
    from gems_platform.watching.tower_app import StandAlone

DONE, LEFT = 0, 1
_GWEI = 10**9


class CannotWatch(GemsError):
    """The tower cannot be started as it was asked for."""


def _cannot(what: str, action: str) -> CannotWatch:
    return CannotWatch(what, safe="Nothing was started.", action=action)


def add_parser(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "watch",
        help="run a watch-tower",
        description=__doc__,
        epilog="Exit status: 0 stopped, or nothing is left to do; 1 (with --once) a voucher could not be handed in; "
        "2 the tower could not start, or no chain node answers.",
    )
    parser.add_argument(
        "--rpc", action="append", metavar="URL", help="a chain node; give it again for a second one"
    )
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--network", type=Path, metavar="FILE", help="network.json")
    where.add_argument("--channels", type=arguments.address, metavar="ADDRESS", help="the channels' contract")
    parser.add_argument(
        "--chain-id", type=arguments.chain_id, metavar="N", help="with --channels: the chain's number"
    )
    parser.add_argument(
        "--store", type=Path, required=True, metavar="DIR", help="where the tower keeps what it has"
    )
    parser.add_argument(
        "--key-file",
        type=Path,
        metavar="FILE",
        help="64 hex digits: who pays the gas; without it, it only warns",
    )
    parser.add_argument("--listen", metavar="HOST:PORT", help="take vouchers and show them to whoever asks")
    parser.add_argument(
        "--hub", action="append", default=[], metavar="URL", help="a platform whose daily files are mirrored"
    )
    parser.add_argument(
        "--from-block", type=arguments.index, metavar="N", help="where a new tower begins; else 91 days ago"
    )
    parser.add_argument(
        "--max-gas-gwei",
        type=arguments.count,
        default=100,
        metavar="N",
        help="what a unit of gas may cost (default 100)",
    )
    parser.add_argument(
        "--every", type=arguments.count, default=12, metavar="SECONDS", help="between two looks (default 12)"
    )
    parser.add_argument(
        "--cases",
        type=Path,
        metavar="FOLDER",
        help="bring the workers' cases (*.gems-case) in this folder to the contracts; needs --key-file",
    )
    parser.add_argument("--once", action="store_true", help="look once, for a timer of the system")
    parser.set_defaults(handler=run)


def run(options: argparse.Namespace) -> int:
    """See `epilog`."""
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(asctime)s %(message)s")
    logging.getLogger("gems_platform").setLevel(logging.INFO)
    cases, tower = _cases(options), build(options)
    return asyncio.run(_once(tower, cases) if options.once else _watch(tower, options, cases))


def _cases(options: argparse.Namespace) -> CaseFolder | None:
    if options.cases is None:
        return None
    if options.key_file is None or not options.cases.is_dir():
        raise _cannot(
            "--cases needs --key-file and a folder that is there.", "Add it, or leave --cases away."
        )
    from gems_desktop.commands.case_folder import CaseFolder

    urls, chain_id = list(options.rpc or []), options.chain_id
    if options.network is not None:
        from gems_desktop.adapters.network_file import read_network

        network = read_network(options.network)
        urls, chain_id = urls or list(network.rpc_urls), network.chain_id
    return CaseFolder(options.cases, urls, chain_id, options.key_file, options.max_gas_gwei)


def build(options: argparse.Namespace) -> StandAlone:
    """The tower that the options describe; raises GemsError."""
    from gems_platform.watching.place import Lookout
    from gems_platform.watching.tower_app import stand_alone

    urls, hubs = list(options.rpc or []), list(options.hub)
    if options.network is not None:
        from gems_desktop.adapters.network_file import read_network

        network = read_network(options.network)
        chain_id, channels = network.chain_id, network.channels
        urls, hubs = urls or list(network.rpc_urls), hubs or [network.platform_url]
    else:
        chain_id, channels = options.chain_id, options.channels
        if chain_id is None:
            raise _cannot("--channels needs the chain's number.", "Add --chain-id.")
    if not urls:
        raise _cannot("No chain node is named.", "Add --rpc with the address of one, or of two.")
    for url in (*urls, *hubs):
        if not url.startswith(("http://", "https://")):
            raise _cannot("An address does not begin with http:// or https://.", "Mend --rpc or --hub.")
    key = b""
    if options.key_file is not None:
        key = requester_key.key_in_file(options.key_file, "key for gas")
    if not key:
        print("No --key-file: this tower only says what should be handed in.", file=sys.stderr, flush=True)
    place = Lookout(chain_id, channels, key, gas_price_cap=options.max_gas_gwei * _GWEI)
    try:
        return stand_alone(place, urls, options.store, hubs=hubs, start=options.from_block)
    except OSError as error:
        raise _cannot("The tower's folder cannot be used.", "Name another one with --store.") from error


async def _once(tower: StandAlone, cases: CaseFolder | None = None) -> int:
    try:
        found = await tower.turn()
        if cases is not None:
            print(f"Calls sent for cases: {await cases.turn()}.", flush=True)
    finally:
        await tower.close()
    print(f"Closes that run: {found.closing}. Handed in now: {found.sent}. Left: {found.left}.", flush=True)
    return LEFT if found.left else DONE


async def _watch(tower: StandAlone, options: argparse.Namespace, cases: CaseFolder | None = None) -> int:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):  # Windows: Ctrl-C raises KeyboardInterrupt
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
    try:
        if options.listen is not None:
            host, port = _listen(options.listen)
            try:
                print(await tower.serve(host, port), flush=True)
            except OSError as error:
                raise _cannot(f"It cannot listen on {options.listen}.", "Choose another --listen.") from error
        looking = asyncio.create_task(_look(tower, cases, options.every))
        waiting = asyncio.create_task(stop.wait())
        await asyncio.wait([looking, waiting], return_when=asyncio.FIRST_COMPLETED)
        if looking.done():
            looking.result()  # a bug: told whole
        looking.cancel()
        waiting.cancel()
        await asyncio.wait([looking, waiting])
    finally:
        await tower.close()
    return DONE


async def _look(tower: StandAlone, cases: CaseFolder | None, every_s: float) -> None:
    """Vouchers first; cases beside them, which meet the same account's next number and are tried again."""
    async with asyncio.TaskGroup() as both:
        both.create_task(tower.run(every_s))
        if cases is not None:
            both.create_task(cases.run(every_s))


def _listen(value: str) -> tuple[str, int]:
    host, _, port = value.rpartition(":")
    if not host or not port.isdecimal() or int(port) > 65_535:
        raise _cannot("--listen is not HOST:PORT.", "Write it as 127.0.0.1:8300.")
    return host.strip("[]"), int(port)
