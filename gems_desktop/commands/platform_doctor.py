# SPDX-License-Identifier: Apache-2.0
"""`gems platform doctor`: what is wrong with a platform's set-up, in words."""

from __future__ import annotations

import argparse
import asyncio
import json
import time
from pathlib import Path
from typing import Any

from gems_desktop.commands import platform_settings

FINE, WRONG = 0, 1
_MARKS = {"good": "ok  ", "note": "note", "bad": "BAD "}


def add_part(parts: Any) -> None:
    """Add the command to those of `gems platform`."""
    parser = parts.add_parser(
        "doctor",
        help="say what is wrong with this platform's set-up",
        description="Looks at settings, key files, store, chain, contracts, clock, disk, media, workers and backups. "
        "Nothing is changed. Exit status 1 when something is bad.",
    )
    platform_settings.add_option(parser)
    parser.add_argument("--backups", type=Path, metavar="DIR", help="where backups are kept")
    parser.add_argument("--json", action="store_true", help="one JSON object for each finding")
    parser.set_defaults(handler=run)


def run(options: argparse.Namespace) -> int:
    """0 when nothing is bad, 1 when something is; raises BadSettings."""
    from gems_platform.operating.examining.examining import examine

    settings = platform_settings.settings_of(options)
    found = asyncio.run(examine(settings, options.settings, options.backups, int(time.time())))
    for one in found:
        if options.json:
            print(json.dumps({"level": one.level.value, "what": one.what, "safe": one.safe, "do": one.do}))
            continue
        print(f"{_MARKS[one.level.value]} {one.what}")
        if one.do:
            print(f"      safe: {one.safe}\n      do:   {one.do}")
    wrong = sum(one.level.value == "bad" for one in found)
    if not options.json:
        print("Nothing is wrong." if not wrong else f"{wrong} of these need you.")
    return WRONG if wrong else FINE
