# SPDX-License-Identifier: Apache-2.0
"""`gems`: for requesters, module authors and operators, and the demo. Only the command that is used is imported."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence

from gems_protocol.errors import GemsError

#: command -> what it is for; `gems_desktop.commands.<command>` holds `add_parser(commands)`, which sets `handler`
COMMANDS = {
    "demo": "play the main job on a fresh local network and check every sum",
    "local": "run a local practice network",
    "campaign": "offer work: plan, preview, launch, watch, results, rate, appeal, pay, cancel, disputes, exit",
    "audit": "check a verdict from its evidence, for anybody",
    "module": "check a labelling config, or render it as workers see it",
    "platform": "run a platform",
    "contracts": "put the contracts on a chain: deploy, verify",
    "watch": "run a watch-tower, which hands vouchers in when a channel is closed with less",
    "case": "bring a worker's case to the contracts: show, status, submit, finish",
    "doctor": "say what is wrong with this set-up",
    "carry": "bring somebody's carry file to the platform: send, show",
    "trust": "carry checked work elsewhere: export, verify, import",
}


def parser(chosen: str | None) -> argparse.ArgumentParser:
    """The command line with the options of the chosen command; the others are only named."""
    found = argparse.ArgumentParser(
        prog="gems", description="Gems from the command line: play the demo, offer work, run networks."
    )
    commands = found.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, text in COMMANDS.items():
        if name == chosen:
            importlib.import_module(f"gems_desktop.commands.{name}").add_parser(commands)
        else:
            commands.add_parser(name, help=text)
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status: 0 done, 1 something is off, 2 the world's fault (why is on stderr), 130 interrupted."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    chosen = given[0] if given and given[0] in COMMANDS else None
    options = parser(chosen).parse_args(given)
    try:
        return int(options.handler(options))
    except GemsError as error:
        print("\n".join(part for part in (error.message, error.safe, error.action) if part), file=sys.stderr)
        return 2
    except BrokenPipeError:
        # whoever read it has seen enough (`| head`); what is left must not be tried again at the end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
