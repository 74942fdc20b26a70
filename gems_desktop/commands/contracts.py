# SPDX-License-Identifier: Apache-2.0
"""`gems contracts`: put the contracts on a chain, and prove that they are what was compiled."""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gems_desktop.commands import arguments, requester_key

if TYPE_CHECKING:
    from gems_desktop.deploying.cost import Cost
    from gems_desktop.deploying.plan import Step

DONE, WRONG = 0, 1


def add_parser(commands: Any) -> None:
    """Add the command and its parts."""
    parser = commands.add_parser("contracts", help="put the contracts on a chain; verify them")
    parts = parser.add_subparsers(dest="part", required=True, metavar="COMMAND")
    deploy = parts.add_parser(
        "deploy",
        help="deploy Gem, Channels, Campaigns and Judge; goes on where it was cut off",
        description="Deploy the contracts, wait until they are deep enough in the chain, and write an address book. "
        "What it costs at most is said first. Given again after a cut, it goes on where it stopped.",
    )
    deploy.add_argument("--rpc", required=True, metavar="URL", help="a node of the chain")
    requester_key.add_options(deploy)
    deploy.add_argument("--chain-id", type=arguments.chain_id, metavar="N", help="refuse any other chain")
    deploy.add_argument("--holder", type=arguments.address, metavar="ADDR", help="who gets all GEM (you)")
    deploy.add_argument("--gem", type=arguments.address, metavar="ADDR", help="a GEM that exists already")
    deploy.add_argument("--book", type=Path, metavar="FILE", help="the address book to write")
    deploy.add_argument("--first-nonce", type=arguments.index, metavar="N", help="of the first contract")
    deploy.add_argument("--confirmations", type=arguments.count, metavar="N", help="blocks to wait for (12)")
    deploy.add_argument("--wait", type=arguments.count, default=600, metavar="SECONDS", help="for each (600)")
    deploy.add_argument("--yes", action="store_true", help="do not ask")
    deploy.set_defaults(handler=run_deploy)
    verify = parts.add_parser(
        "verify",
        help="compare the contracts of an address book with what was compiled",
        description="Compare every byte of the contracts of an address book with what was compiled. Exit status 1 "
        "when something differs; with two nodes, both have to show the same.",
    )
    verify.add_argument(
        "--rpc", required=True, action="append", metavar="URL", help="a node; may be repeated"
    )
    verify.add_argument(
        "--book", type=Path, metavar="FILE", help="default: the one kept for the node's chain"
    )
    verify.set_defaults(handler=run_verify)


def run_deploy(options: argparse.Namespace) -> int:
    """0 when the book was written, 1 when nobody agreed."""
    from gems_desktop.deploying.running import Wish, deploy, summary

    def agree(chain_id: int, price: Cost, plan: tuple[Step, ...]) -> bool:
        print(summary(chain_id, price, plan), flush=True)
        if options.yes:
            return True
        if not sys.stdin.isatty():
            print("Nothing was sent: say --yes to go on.", file=sys.stderr)
            return False
        return input("Go on? [y/N] ").strip().lower() in ("y", "yes")

    wish = Wish(
        rpc=options.rpc,
        key=requester_key.read_key(options, "deployer's key"),
        chain_id=options.chain_id,
        holder=options.holder,
        gem=options.gem,
        book=options.book,
        first_nonce=options.first_nonce,
        confirmations=options.confirmations,
        wait_s=options.wait,
    )
    path = asyncio.run(deploy(wish, agree, lambda text: print(text, flush=True)))
    if path is None:
        return WRONG
    print(f"Written to {path}. Check it from another node: gems contracts verify --rpc URL --book {path}")
    return DONE


def run_verify(options: argparse.Namespace) -> int:
    """0 when every byte is right at every node, 1 otherwise."""
    return asyncio.run(_verify(options.rpc, options.book))


async def _verify(urls: list[str], path: Path | None) -> int:
    from gems_desktop.deploying.book import read_book, usual_path
    from gems_desktop.deploying.running import chain_id_of
    from gems_desktop.deploying.verifying import of_book, of_node

    book = read_book(path or usual_path(await chain_id_of(urls[0])))
    found = of_book(book)
    for place, url in enumerate(urls, 1):
        found += await of_node(url, book, place)
    for one in found:
        print(f"{'BAD ' if one.wrong else 'ok  '}  {one.what}")
    if any(one.wrong for one in found):
        print("These are not the contracts of this version: do not use this book.")
        return WRONG
    print("The contracts are those of this version.")
    return DONE
