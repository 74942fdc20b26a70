# SPDX-License-Identifier: Apache-2.0
"""`gems platform migrate`: the store's tables to this version, or back to an older one."""

from __future__ import annotations

import argparse
from typing import Any

from gems_desktop.commands import platform_settings

BEHIND = 1


def add_part(parts: Any) -> None:
    """Add the command to those of `gems platform`."""
    migrate = parts.add_parser(
        "migrate",
        help="bring the store's tables to this version, or to another",
        description="Stop all processes of the platform first: those of another version cannot start again, and one "
        "that runs may fail. Take a backup before.",
    )
    platform_settings.add_option(migrate)
    migrate.add_argument("--to", default="head", metavar="VERSION", help="up, or down to 0005 at the lowest")
    migrate.add_argument("--check", action="store_true", help="only say; exit status 1 when it is needed")
    migrate.set_defaults(handler=run)


def run(options: argparse.Namespace) -> int:
    """0 when the tables are there; with --check 1 when they are not. Raises CannotOperate, then nothing was done."""
    from gems_platform.db import head
    from gems_platform.operating import moving
    from gems_platform.operating.opening import unchecked

    settings = platform_settings.settings_of(options)
    with unchecked(settings, new=not options.check) as db:
        if options.check:
            version = db.version()
            print(f"The store is of version {version or 'none'}, this program of {head()}.")
            return 0 if version == head() else BEHIND
        before, after = moving.move(db, settings, options.to)
    print(
        f"The store is of version {after}{'' if before == after else f', it was {before}' if before else ''}."
    )
    return 0
