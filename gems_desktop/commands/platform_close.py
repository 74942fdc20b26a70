# SPDX-License-Identifier: Apache-2.0
"""`gems platform close`: the operator ends a worker's channel. It freezes signing; the platform does the rest."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import Any

from gems_desktop.commands import arguments


def add_part(parts: Any) -> None:
    """Add the command to those of `gems platform`."""
    close = parts.add_parser(
        "close",
        help="close a worker's channel: nothing more is signed in it, the worker gets what is due, the rest comes back",
    )
    close.add_argument("address", type=arguments.address, metavar="ADDRESS", help="the worker's address")
    close.add_argument("--settings", type=Path, required=True, metavar="FILE", help="the platform's settings")
    close.add_argument(
        "--whatever-waits",
        action="store_true",
        help="close though work waits for its verdict: it cannot be paid through this channel any more",
    )
    close.set_defaults(handler=close_channel)


def close_channel(options: argparse.Namespace) -> int:
    """0 when the channel is frozen, or was; raises NotFound, Conflict while work of the worker waits."""
    from gems_desktop.commands.platform import read_settings
    from gems_platform.channels.closing import freeze
    from gems_platform.operating.opening import opened

    settings = read_settings(options.settings)
    with opened(settings) as db:
        frozen = db.run(
            lambda session: freeze(
                session, settings, options.address, int(time.time()), whatever=options.whatever_waits
            )
        )
    print(f"{frozen.channel_id}: nothing more is signed in it. Its newest voucher is number {frozen.seq}.")
    if frozen.batches:
        print(f"{frozen.batches} batches of the worker were not settled.", file=sys.stderr)
    print(
        "The running platform starts the close, brings the debit and ends it; so does one that is started later."
    )
    return 0
