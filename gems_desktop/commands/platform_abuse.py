# SPDX-License-Identifier: Apache-2.0
"""`gems platform abuse`: what people reported, and the operator's answer."""

from __future__ import annotations

import argparse
import json
import sys
import time
from typing import Any

from gems_desktop.commands import platform_settings, platform_store
from gems_desktop.commands.printed import printed

OPERATOR = "command line"  # who resolved it, where no address did


def add_part(parts: Any) -> None:
    """Add the command to those of `gems platform`."""
    parser = parts.add_parser("abuse", help="list, show and resolve reports of abuse")
    ways = parser.add_subparsers(dest="way", required=True, metavar="COMMAND")
    listed = ways.add_parser("list", help="list reports, and the campaigns that several workers reported")
    listed.add_argument("--state", choices=("open", "upheld", "dismissed"), default="open")
    listed.set_defaults(handler=list_reports)
    show = ways.add_parser("show", help="show one report with what it is about")
    show.set_defaults(handler=show_report)
    resolve = ways.add_parser("resolve", help="say what came of a report; its reporter reads the answer")
    resolve.add_argument("--answer", default="", metavar="TEXT", help="what the reporter is told")
    resolve.set_defaults(handler=resolve_report)
    for way in (show, resolve):
        way.add_argument("report", metavar="REPORT", help="the report's id")
    resolve.add_argument("outcome", choices=("upheld", "dismissed"))
    for way in (listed, show, resolve):
        platform_store.add_options(way)
        way.add_argument(
            "--threshold",
            type=int,
            metavar="N",
            help="workers whose reports put a campaign under review: else what the settings say "
            "(abuse_threshold)",
        )


def list_reports(options: argparse.Namespace) -> int:
    """0; one JSON object for each report, oldest first, and one for each campaign under review."""
    from gems_platform.abuse import service

    least, count, after = _threshold(options), 0, ""
    with platform_store.store_of(options) as db:
        while True:
            with db.read() as session:
                page = service.listed(session, least, options.state, after, 100)
            for report in page["reports"]:
                print(printed(report))
            count, after = count + len(page["reports"]), page["next"] or ""
            if not after:
                break
    for campaign in page["under_review"]:
        print(json.dumps({"under_review": campaign}))
    if not count:
        print("There is no such report.", file=sys.stderr)
    return 0


def show_report(options: argparse.Namespace) -> int:
    """0; prints the report as one JSON object. Raises NotFound."""
    from gems_platform.abuse import service

    least, now = _threshold(options), int(time.time())
    with platform_store.store_of(options) as db:
        found = db.run(lambda session: service.show(session, least, options.report, OPERATOR, now))
    print(printed(found, indent=2))
    return 0


def resolve_report(options: argparse.Namespace) -> int:
    """0 when it is resolved. Raises NotFound, and Conflict for one that was resolved otherwise."""
    from gems_platform.abuse import service

    now = int(time.time())
    with platform_store.store_of(options) as db:
        db.run(
            lambda session: service.resolve(
                session, OPERATOR, options.report, options.outcome, options.answer, now
            )
        )
    print(f"{options.report}: {options.outcome}")
    return 0


def _threshold(options: argparse.Namespace) -> int:
    from gems_platform.settings import Settings

    if options.threshold is not None:
        return int(options.threshold)
    if options.settings is None:
        return Settings.abuse_threshold
    return int(platform_settings.settings_of(options).abuse_threshold)
