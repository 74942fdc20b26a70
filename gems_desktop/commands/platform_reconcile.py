# SPDX-License-Identifier: Apache-2.0
"""`gems platform reconcile`: database, vouchers and chain held against each other, exact to the unit."""

from __future__ import annotations

import argparse
import asyncio
import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from gems_desktop.commands import platform_settings

if TYPE_CHECKING:
    from gems_platform.operating.reconcile.facts import Found
    from gems_platform.settings import Settings

EXACT, DIFFERS = 0, 1


def add_part(parts: Any) -> None:
    """Add the command to those of `gems platform`."""
    parser = parts.add_parser(
        "reconcile",
        help="compare database, vouchers and chain, exact to the unit",
        description="Reads one moment of the store and one block, and changes nothing; the platform may serve. Exit "
        "status 0 only when everything agrees.",
    )
    platform_settings.add_option(parser)
    parser.add_argument(
        "--json", action="store_true", help="everything as one JSON object, amounts in base units"
    )
    parser.set_defaults(handler=run)


def run(options: argparse.Namespace) -> int:
    """0 when everything agrees, 1 when not; raises ChainDown, CannotOperate, StoreBehind."""
    found = asyncio.run(_found(platform_settings.settings_of(options)))
    print(as_json(found) if options.json else as_table(found))
    return EXACT if found.exact else DIFFERS


async def _found(settings: Settings) -> Found:
    from gems_platform.channels.chain import Chain
    from gems_platform.operating.opening import opened
    from gems_platform.operating.reconcile.reconciling import reconcile

    where = (settings.gem, settings.channels, settings.campaigns)
    chain = Chain(settings.rpc_url, settings.chain_id, *where, depth=settings.depth)
    try:
        with opened(settings) as db:
            return await reconcile(db, settings, chain)
    finally:
        await chain.close()


def as_json(found: Found) -> str:
    """Everything; amounts are decimal text, since other languages' numbers are too small for them."""
    told = {"exact": found.exact, **asdict(found)}
    return json.dumps(_texts(told), indent=1)


def _texts(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _texts(one) for key, one in value.items()}
    if isinstance(value, list | tuple | frozenset):
        return [_texts(one) for one in value]
    return str(value) if type(value) is int else value


def as_table(found: Found) -> str:
    """Sums, then each difference."""
    from gems_protocol.amount import Amount

    channels, campaigns, chain = found.books.channels, found.books.campaigns, found.chain
    rows = (
        ("channels", "", str(len(channels))),
        ("  deposited", "chain", _gem(sum(one.deposit for one in chain.channels.values()))),
        ("  claimed", "chain", _gem(sum(one.claimed for one in chain.channels.values()))),
        ("  vouchered", "store", _gem(sum(one.paid + one.bonded for one in channels))),
        ("  waiting for a voucher", "store", _gem(sum(one.waiting for one in channels))),
        ("  debited", "store", _gem(sum(one.debited for one in channels))),
        ("campaigns", "", str(len(campaigns))),
        ("  in escrow", "chain", _gem(sum(chain.funded.values()))),
        ("  redeemed", "chain", _gem(sum(chain.redeemed.values()))),
        ("  signed by requesters", "store", _gem(sum(one.spend for one in campaigns))),
        ("  spent by the ledger", "store", _gem(sum(one.spent for one in campaigns))),
        ("treasury", "chain", _gem(chain.treasury)),
        ("collateral", "chain", f"{_gem(chain.collateral)}, reserved {Amount(chain.reserved).exact()}"),
    )
    lines = [f"Block {chain.block}"]
    lines += [f"{name:<26}{where:<7}{figure}" for name, where, figure in rows]
    for one in found.differences:
        lines.append(f"DIFFERS {one.about}\n  {one.what}\n  probably: {one.cause}\n  do: {one.do}")
    many = len(found.differences)
    lines.append("Everything agrees to the unit." if not many else f"{many} differences.")
    return "\n".join(lines)


def _gem(units: int) -> str:
    from gems_protocol.amount import Amount

    return f"{Amount(units).exact()} GEM"
