# SPDX-License-Identifier: Apache-2.0
"""`gems platform collateral`: what the hub has put down for its promises; leaving with it, which the platform does."""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gems_desktop.commands.moment import utc

if TYPE_CHECKING:
    from gems_platform.settings import Settings

_ASKED = {
    "leave": "The running platform announces that it leaves with the collateral; so does one that is started later.",
    "finish": "The platform takes back what no claim has reserved, as soon as the delay is over.",
    "fill": "The platform fills the collateral up again to what its settings say.",
}


def add_part(parts: Any) -> None:
    """Add the command to those of `gems platform`."""
    parser = parts.add_parser(
        "collateral", help="show the hub's collateral on chain, or leave with it: that takes 30 days"
    )
    parser.add_argument(
        "--settings", type=Path, required=True, metavar="FILE", help="the platform's settings"
    )
    what = parser.add_mutually_exclusive_group()
    for name, text in (
        ("leave", "announce that the collateral is taken back; workers see it"),
        ("finish", "take it back when the delay is over"),
        ("fill", "fill it up again to what the settings say"),
    ):
        what.add_argument(f"--{name}", dest="order", action="store_const", const=name, help=text)
    parser.set_defaults(handler=collateral)


def collateral(options: argparse.Namespace) -> int:
    """0 when it was shown, and what was asked is stored; raises CannotOperate, ChainDown."""
    from gems_desktop.commands.platform import read_settings
    from gems_platform.disputes.setup import order
    from gems_platform.operating.opening import opened

    settings = read_settings(options.settings)
    if options.order is not None:
        with opened(settings) as db:
            db.run(lambda session: order(session, options.order))
        print(_ASKED[options.order])
    print(asyncio.run(_shown(settings)))
    return 0


async def _shown(settings: Settings) -> str:
    from gems_platform.channels.chain import Chain
    from gems_platform.disputes.reading import OnChain
    from gems_protocol.amount import Amount

    where = (settings.gem, settings.channels, settings.campaigns)
    chain = Chain(settings.rpc_url, settings.chain_id, *where, depth=settings.depth)
    try:
        total, reserved, leaves_at = await OnChain(chain, settings.hub_payer).collateral()
    finally:
        await chain.close()
    exit_ = utc(leaves_at) if leaves_at else "not announced"
    return (
        f"Collateral: {Amount(total).exact()} GEM, of that reserved by claims: {Amount(reserved).exact()} GEM. "
        f"Exit: {exit_}."
    )
