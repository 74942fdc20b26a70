# SPDX-License-Identifier: Apache-2.0
"""`gems platform appeals` and `reinstate`: the operator's answer to workers who were removed."""

from __future__ import annotations

import argparse
import sys
import time
from typing import TYPE_CHECKING, Any

from gems_desktop.commands import arguments, platform_store
from gems_desktop.commands.printed import printed

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def add_parts(parts: Any) -> None:
    """Add both commands to those of `gems platform`."""
    listed = parts.add_parser("appeals", help="list the removed workers who wait for an answer")
    listed.set_defaults(handler=appeals)
    back = parts.add_parser("reinstate", help="let a removed worker back")
    back.add_argument("address", type=arguments.address, metavar="ADDRESS", help="the worker's address")
    back.set_defaults(handler=reinstate)
    for part in (listed, back):
        platform_store.add_options(part)


def appeals(options: argparse.Namespace) -> int:
    """0; prints one JSON object for each appeal, oldest first."""
    from gems_platform.trust import removal

    with platform_store.store_of(options) as db, db.read() as session:
        found = removal.waiting(session)
    for waiting in found:
        print(printed(waiting))
    if not found:
        print("Nobody waits for an answer.", file=sys.stderr)
    return 0


def reinstate(options: argparse.Namespace) -> int:
    """0 when the worker is back: only what is judged from now on counts for removal."""
    from gems_platform.audit import repository as audit
    from gems_platform.trust import removal

    address, now = options.address, int(time.time())

    def work(session: Session) -> None:
        removal.reinstate(session, address, now)
        audit.add(session, now, "operator", code="reinstate", subject=address)

    with platform_store.store_of(options) as db:
        db.run(work)
    print(f"{address} can work again.")
    return 0
