# SPDX-License-Identifier: Apache-2.0
"""The store that an operator's command works on, beside the platform or without it: named by settings or a folder."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gems_desktop.commands import platform_settings
from gems_protocol.errors import GemsError

if TYPE_CHECKING:
    from gems_platform.db import Database

STORE = "platform.sqlite3"


class NoPlatform(GemsError):
    """There is no platform in the folder."""


def add_options(parser: Any) -> None:
    """`--settings FILE`, or `--data DIR` for a store on SQLite."""
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--settings", type=Path, metavar="FILE", help="the platform's settings, TOML or JSON")
    which.add_argument("--data", type=Path, metavar="DIR", help="its data_dir, where the store is SQLite")


@contextmanager
def store_of(options: argparse.Namespace) -> Iterator[Database]:
    """The store of a platform that was run before; raises NoPlatform, BadSettings, CannotOperate, StoreBehind."""
    if options.settings is not None:
        from gems_platform.operating.opening import opened

        with opened(platform_settings.settings_of(options)) as db:
            yield db
        return
    from gems_platform.db import Database

    if not (options.data / STORE).is_file():
        raise NoPlatform(
            "There is no platform in this folder.",
            safe="Nothing was changed.",
            action="Name the folder that the platform's settings call data_dir.",
        )
    db = Database(options.data / STORE)
    try:
        yield db
    finally:
        db.close()
