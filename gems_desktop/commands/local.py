# SPDX-License-Identifier: Apache-2.0
"""`gems local`: the local network in the foreground, for trying things with other tools."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any


def add_parser(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "local",
        help="run a local practice network",
        description="Run a local practice network: a chain, the platform, requesters with funded campaigns and "
        "practice neighbours. Prints JSON lines; ends on Ctrl-C, or when its standard input ends.",
    )
    parser.add_argument(
        "--dir", type=Path, default=None, help="where the network is kept (default: in your profile)"
    )
    parser.add_argument("--fresh", action="store_true", help="begin anew; what was there is moved aside")
    parser.add_argument("--no-neighbours", action="store_true", help="without practice miners and verifiers")
    parser.set_defaults(handler=run)


def run(options: argparse.Namespace) -> int:
    """See `gems_desktop.local.__main__.main`."""
    from gems_desktop.adapters.profile import data_home
    from gems_desktop.local.__main__ import main

    folder = options.dir or data_home() / "local-network"
    arguments = ["--dir", str(folder)]
    arguments += ["--fresh"] * options.fresh + ["--no-neighbours"] * options.no_neighbours
    return main(arguments)
