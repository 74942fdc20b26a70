# SPDX-License-Identifier: Apache-2.0
"""`gems local`: the local network in the foreground, for trying things with other tools."""

from __future__ import annotations

import argparse
from typing import Any

from gems_desktop.adapters.profile import data_home
from gems_desktop.local.options import add_options


def add_parser(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "local",
        help="run a local practice network",
        description="Run a local practice network: a chain, the platform, requesters with funded campaigns and "
        "practice neighbours. Prints JSON lines; ends on Ctrl-C, or when its standard input ends.",
    )
    add_options(parser, data_home() / "local-network")
    parser.set_defaults(handler=run)


def run(options: argparse.Namespace) -> int:
    """0 when it was stopped, 2 when it could not start."""
    from gems_desktop.local.__main__ import run as run_network

    return run_network(options)
