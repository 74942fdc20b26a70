# SPDX-License-Identifier: Apache-2.0
"""What the operator's commands share: the settings option, and waiting for the end of the process."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import signal
from pathlib import Path
from typing import Any


def add_option(parser: Any) -> None:
    """`--settings FILE`."""
    parser.add_argument(
        "--settings", type=Path, required=True, metavar="FILE", help="the platform's settings, TOML or JSON"
    )


def stop_event() -> asyncio.Event:
    """Set by SIGINT and SIGTERM from now on."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):  # Windows: Ctrl-C raises KeyboardInterrupt
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return stop


def settings_of(options: argparse.Namespace) -> Any:
    """The settings that the command was given; raises BadSettings."""
    from gems_desktop.commands.platform import read_settings

    return read_settings(options.settings)
