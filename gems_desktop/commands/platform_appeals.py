# SPDX-License-Identifier: Apache-2.0
"""`gems platform appeals` and `reinstate`: the operator's answer to workers who were removed."""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gems_desktop.commands import arguments
from gems_protocol.errors import GemsError

if TYPE_CHECKING:
    from gems_platform.db import Database

STORE = "platform.sqlite3"


class NoPlatform(GemsError):
    """There is no platform in the folder."""


def add_parts(parts: Any) -> None:
    """Add both commands to those of `gems platform`."""
    listed = parts.add_parser("appeals", help="list the removed workers who wait for an answer")
    listed.set_defaults(handler=appeals)
    back = parts.add_parser("reinstate", help="let a removed worker back")
    back.add_argument("address", type=arguments.address, metavar="ADDRESS", help="the worker's address")
    back.set_defaults(handler=reinstate)
    for part in (listed, back):
        part.add_argument("--data", type=Path, required=True, metavar="DIR", help="the platform's data_dir")


def appeals(options: argparse.Namespace) -> int:
    """0; prints one JSON object for each appeal, oldest first."""
    from gems_platform.trust import removal

    db = open_store(options.data)
    try:
        with db.read() as session:
            found = removal.waiting(session)
    finally:
        db.close()
    for waiting in found:
        print(json.dumps(waiting, ensure_ascii=False))
    if not found:
        print("Nobody waits for an answer.", file=sys.stderr)
    return 0


def reinstate(options: argparse.Namespace) -> int:
    """0 when the worker is back: only what is judged from now on counts for removal."""
    from gems_platform.trust import removal

    address = options.address
    db = open_store(options.data)
    try:
        with db.write() as session:
            removal.reinstate(session, address, int(time.time()))
    finally:
        db.close()
    print(f"{address} can work again.")
    return 0


def open_store(folder: Path) -> Database:
    """The store of a platform that was run before; raises NoPlatform."""
    from gems_platform.db import Database

    if not (folder / STORE).is_file():
        raise NoPlatform(
            "There is no platform in this folder.",
            safe="Nothing was changed.",
            action="Name the folder that the platform's settings call data_dir.",
        )
    return Database(folder / STORE)
