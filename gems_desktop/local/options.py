# SPDX-License-Identifier: Apache-2.0
"""The options of a local network, shared by its own process and by `gems local`."""

from __future__ import annotations

import argparse
from pathlib import Path


def add_options(parser: argparse.ArgumentParser, default_dir: Path | None = None) -> None:
    """Where it is kept and what is in it; without `default_dir` the folder must be given."""
    parser.add_argument(
        "--dir",
        type=Path,
        default=default_dir,
        required=default_dir is None,
        help="where the network is kept; made when it is not there",
    )
    parser.add_argument("--fresh", action="store_true", help="begin anew; what was there is moved aside")
    parser.add_argument(
        "--samples", type=Path, help="folder of campaigns to offer instead of the three samples"
    )
    parser.add_argument("--no-neighbours", action="store_true", help="without practice miners and verifiers")
