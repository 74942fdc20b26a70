# SPDX-License-Identifier: Apache-2.0
"""`gems module`: check a labelling config, see it as workers do, and pack, verify and start from modules."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from gems_desktop.commands import module_check, module_packages, module_render
from gems_desktop.commands.module_source import BadCall

BAD_CALL = 2


def add_parser(subparsers: Any) -> None:
    """Add `module` with its verbs to `gems`' parser."""
    parser = subparsers.add_parser(
        "module", help="check, render, list, show, new, pack, verify: modules from labelling configs"
    )
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="COMMAND")
    module_check.add_parser(verbs)
    module_render.add_parser(verbs)
    module_packages.add_parsers(verbs)
    parser.set_defaults(handler=run)


def run(args: argparse.Namespace) -> int:
    """Do what the verb says; 2 for files that cannot be read."""
    try:
        return int(args.verb_handler(args))
    except BadCall as error:
        print(error, file=sys.stderr)
        return BAD_CALL
