# SPDX-License-Identifier: Apache-2.0
"""`gems demo`: the whole main job on a fresh local network, with a ledger at the end."""

from __future__ import annotations

import argparse
import json
import logging
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gems_protocol.errors import GemsError

if TYPE_CHECKING:
    from gems_desktop.local.sums import Check

_UNIT_DIGITS = 18


class BadCall(GemsError):
    """An option cannot have this value."""


def add_parser(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "demo", help="play the main job on a fresh local network and check every sum", description=__doc__
    )
    parser.add_argument(
        "--json", type=Path, metavar="FILE", help="also write the result here (- for standard output)"
    )
    parser.add_argument(
        "--tasks",
        type=int,
        default=20,
        help="tasks that the newcomer does, up to 60 (default 20; at least 17 are played)",
    )
    parser.set_defaults(handler=run)


def run(options: argparse.Namespace) -> int:
    """0 when every sum is right to the last unit, 1 when one is not."""
    from gems_desktop.local.demo import MOST_TASKS, play_in

    if not 1 <= options.tasks <= MOST_TASKS:
        raise BadCall(
            f"The demo plays at most {MOST_TASKS} tasks.",
            safe="Nothing was started.",
            action="Choose another number for --tasks.",
        )
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    out = sys.stderr if str(options.json) == "-" else sys.stdout
    with tempfile.TemporaryDirectory(prefix="gems-demo-", ignore_cleanup_errors=True) as folder:
        outcome, seconds = play_in(
            Path(folder), options.tasks, lambda text: print(text, file=out, flush=True)
        )
    for line in ledger(outcome.report, outcome.checks):
        print(line, file=out)
    print(
        f"\n{'Every sum is right' if outcome.conserved else 'A SUM IS OFF'}; {seconds:.0f} seconds.", file=out
    )
    if options.json is not None:
        text = json.dumps(outcome.report, indent=1) + "\n"
        if out is sys.stderr:
            sys.stdout.write(text)
        else:
            options.json.write_text(text, encoding="utf-8")
    return 0 if outcome.conserved else 1


def ledger(report: dict[str, Any], checks: tuple[Check, ...]) -> list[str]:
    """The ledger for people."""
    worker = report["worker"]
    rows = [
        ("Requesters put into escrow", report["requester_escrowed"]),
        ("  of this paid out for work and reviews", report["paid_out"]),
        ("  of this returned to the requesters", report["requester_returned"]),
        ("The newcomer's free pocket (vouchered)", worker["paid"]),
        ("  of this claimed on chain", worker["claimed_on_chain"]),
        ("  of this the relayer's fee", report["relayer_fees"]),
        ("The newcomer's bond pocket, all in", worker["bonded"]),
        ("  of this put up as stakes so far", worker["debited"]),
    ]
    counts = (
        f"{report['tasks_done']} answers by all miners: {report['accepted']} accepted, {report['rejected']} rejected, "
        f"{report['redone']} redone, {report['adopted']} answered by its verifiers, "
        f"{report['appeals_won']} accepted on appeal; {report['reviews_done']} reviews."
    )
    lines = [
        "",
        "Ledger (GEM)",
        *(f"  {name:<44}{_gem(units):>28}" for name, units in rows),
        "",
        counts,
        "",
        "Sums",
    ]
    for check in checks:
        lines.append(f"  {'right' if check.holds else 'OFF  '}  {check.what}")
        if not check.holds:
            lines.append(f"         {check.left} is not {check.right}")
    return lines


def _gem(units: str) -> str:
    from gems_protocol.amount import Amount

    whole, _, part = Amount(int(units)).exact().partition(".")
    return f"{whole}.{part:<{_UNIT_DIGITS}}"
