# SPDX-License-Identifier: Apache-2.0
"""What every command of a requester shares: its options, its connections, its private folder, and the last question."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gems_desktop.commands import arguments, requester_key
from gems_desktop.commands.requester_faults import for_requesters
from gems_protocol.errors import GemsError

if TYPE_CHECKING:
    from gems_platform.client.requesting.requester import Requester

Work = Callable[[argparse.Namespace, "Requester"], Awaitable[int]]
_PRIVATE = "campaigns"


class NotConfirmed(GemsError):
    """Money would have moved, and nobody said yes."""


def add_part(parts: Any, name: str, text: str, work: Work) -> argparse.ArgumentParser:
    """A command about one campaign."""
    found: argparse.ArgumentParser = parts.add_parser(name, help=text)
    found.add_argument(
        "campaign_id", type=arguments.campaign_id, help="0x and 64 hex digits, as create printed it"
    )
    add_common(found, work)
    return found


def add_common(parser: argparse.ArgumentParser, work: Work) -> None:
    """The options that say who the requester is and on which network."""
    parser.add_argument("--network", type=Path, required=True, metavar="FILE", help="network.json")
    parser.add_argument(
        "--private",
        type=Path,
        metavar="FOLDER",
        help=f'where known answers, seeds and bills are kept (default: "{_PRIVATE}" beside the key)',
    )
    requester_key.add_options(parser)
    parser.set_defaults(handler=lambda options: asyncio.run(_with_requester(options, work)))


def private_folder(options: argparse.Namespace) -> Path:
    """Where what only the requester knows is kept."""
    if options.private is not None:
        return Path(options.private)
    key = options.key_file or options.keystore
    return (Path(key).parent if key is not None else Path(options.vault)) / _PRIVATE


def says_yes() -> bool:
    """Whether somebody at the terminal agrees."""
    if not sys.stdin.isatty():
        return False
    return input("Go on? [y/N] ").strip().lower() in ("y", "yes")


async def _with_requester(options: argparse.Namespace, work: Work) -> int:
    from gems_desktop.adapters.chain_rpc import ChainRpc
    from gems_desktop.adapters.network_file import read_network
    from gems_platform.client.http import PlatformLine
    from gems_platform.client.requesting.requester import Requester

    network = read_network(options.network)
    key = requester_key.read_key(options)
    chain = ChainRpc(network.rpc_urls, network.chain_id, network.gem, network.channels, network.campaigns)
    platform = PlatformLine(network, key)
    try:
        return await work(options, Requester(network, platform, chain, key, private_folder(options)))
    except GemsError as error:
        fault = for_requesters(error)
        if fault is error:
            raise
        raise fault from error
    finally:
        await platform.close()
        await chain.close()
