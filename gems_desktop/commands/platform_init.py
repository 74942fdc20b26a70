# SPDX-License-Identifier: Apache-2.0
"""`gems platform init`: a folder with settings, keys and a store, and what to do next."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gems_platform.operating.setting_up import Made, Place


def add_part(parts: Any) -> None:
    """Add the command to those of `gems platform`."""
    init = parts.add_parser(
        "init",
        help="set up a new platform: settings, keys, store",
        description="Write settings and keys that only you can read, and make the store. Nothing is written over.",
    )
    init.add_argument("folder", type=Path, metavar="FOLDER")
    init.add_argument("--store", default="", metavar="URL", help="a PostgreSQL (default: an SQLite file)")
    where = init.add_mutually_exclusive_group(required=True)
    where.add_argument(
        "--network", type=Path, metavar="FILE", help="a network.json that names chain and contracts"
    )
    where.add_argument("--address-book", type=Path, metavar="FILE", help="what `gems contracts deploy` wrote")
    init.add_argument("--rpc", default="", metavar="URL", help="a node of the chain, with --address-book")
    init.add_argument("--public-url", default="", metavar="URL", help="what people will reach it as")
    init.add_argument(
        "--keys", type=Path, metavar="DIR", help="use hub_signer.key, hub_payer.key, relayer.key in it"
    )
    init.set_defaults(handler=run)


def run(options: argparse.Namespace) -> int:
    """0 when it was set up; raises CannotOperate, BadNetworkFile, BadBook."""
    from gems_desktop.commands.platform import read_settings
    from gems_platform.operating import moving
    from gems_platform.operating.opening import unchecked
    from gems_platform.operating.setting_up import set_up

    made = set_up(options.folder, _place(options), options.store, options.keys)
    settings = read_settings(made.settings)
    with unchecked(settings, new=True) as db:
        _, version = moving.move(db, settings)
    print(
        f"Settings: {made.settings}\nStore: version {version}, {'PostgreSQL' if options.store else 'SQLite'}"
    )
    print(_next(made))
    return 0


def _place(options: argparse.Namespace) -> Place:
    import json
    from dataclasses import replace

    from gems_desktop.deploying.book import read_book
    from gems_platform.operating.faults import refused
    from gems_platform.operating.setting_up import Place
    from gems_protocol.network import network_of

    if options.network is not None:
        try:
            told = json.loads(options.network.read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise refused(f"{options.network} cannot be read.", "Name a network.json.") from error
        place = Place.of_network(network_of(told))
        place = replace(place, rpc_url=options.rpc or place.rpc_url)
    else:
        book = read_book(options.address_book)
        if not options.rpc:
            raise refused("An address book names no node.", "Add --rpc URL.")
        where = book.addresses
        place = Place(book.chain_id, options.rpc, where.gem, where.channels, where.campaigns)
    return replace(place, public_url=options.public_url or place.public_url)


def _next(made: Made) -> str:
    keys = "\n".join(f"  {name:<11} {address}" for name, address in made.addresses.items())
    new = "New keys lie in keys/: copy them to a safe place now.\n" if made.generated else ""
    return (
        f"Addresses:\n{keys}\n{new}"
        "Next:\n"
        "  1. Send GEM and coin for gas to hub_payer, coin for gas to relayer.\n"
        f"  2. gems platform doctor --settings {made.settings}\n"
        f"  3. gems platform serve --settings {made.settings} --port 8080\n"
        f"     (on PostgreSQL also: gems platform worker --settings {made.settings})\n"
        f"  4. Every hour, and before each new version: gems platform backup FILE --settings {made.settings}"
    )
