# SPDX-License-Identifier: Apache-2.0
"""`gems platform rate`: what the operator says that one GEM is worth in a currency."""

from __future__ import annotations

import argparse
import sys
import time
from typing import TYPE_CHECKING, Any

from gems_desktop.commands import platform_store
from gems_desktop.commands.moment import utc

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def add_part(parts: Any) -> None:
    """Add the command to those of `gems platform`."""
    parser = parts.add_parser(
        "rate", help="say what one GEM is worth in a currency; workers see it beside GEM"
    )
    ways = parser.add_subparsers(dest="way", required=True, metavar="COMMAND")
    put = ways.add_parser("set", help="say it, in the place of what was said before")
    put.add_argument("code", metavar="CODE", help="the currency's three letters (ISO 4217), such as KES")
    put.add_argument("per_gem", metavar="PER_GEM", help="what one GEM is worth in it, such as 12.50")
    put.add_argument(
        "--source", required=True, metavar="TEXT", help="what you go by, in 80 characters; workers read it"
    )
    put.set_defaults(handler=say_rate)
    listed = ways.add_parser("list", help="list what is said")
    listed.set_defaults(handler=list_rates)
    drop = ways.add_parser("drop", help="say nothing of a currency any more")
    drop.add_argument("code", metavar="CODE")
    drop.set_defaults(handler=drop_rate)
    for way in (put, listed, drop):
        platform_store.add_options(way)


def say_rate(options: argparse.Namespace) -> int:
    """0 when it is said from now on; raises MalformedRate, and what `store_of` raises."""
    from gems_platform.audit import repository as audit
    from gems_platform.rates import repository
    from gems_protocol.rate import Rate, checked_code, checked_source, parse

    rate = Rate(
        checked_code(options.code.upper()),
        parse(options.per_gem),
        checked_source(options.source),
        int(time.time()),
    )

    def work(session: Session) -> None:
        repository.put(session, rate)
        audit.add(session, rate.at, "operator", code="rate", subject=rate.code)

    with platform_store.store_of(options) as db:
        db.run(work)
    print(f"1 GEM = {rate.per_gem()} {rate.code} ({rate.source})")
    return 0


def list_rates(options: argparse.Namespace) -> int:
    """0; prints one line for each currency."""
    from gems_platform.rates import repository

    with platform_store.store_of(options) as db, db.read() as session:
        found = repository.rates(session)
    for rate in found:
        print(f"1 GEM = {rate.per_gem()} {rate.code} ({rate.source}), {utc(rate.at)}")
    if not found:
        print("No rate is said.", file=sys.stderr)
    return 0


def drop_rate(options: argparse.Namespace) -> int:
    """0 when there was a rate, 1 when there was none."""
    from gems_platform.rates import repository

    with platform_store.store_of(options) as db:
        found = db.run(lambda session: repository.drop(session, options.code.upper()))
    print(f"Nothing is said of {options.code} any more." if found else "There was no such rate.")
    return 0 if found else 1
