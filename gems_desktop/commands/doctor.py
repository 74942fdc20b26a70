# SPDX-License-Identifier: Apache-2.0
"""`gems doctor`: what is wrong with this computer, profile and network, in words. It reads and changes nothing."""

from __future__ import annotations

import argparse
import asyncio
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gems_protocol.errors import GemsError

if TYPE_CHECKING:
    from gems_desktop.diagnosing.finding import Finding
    from gems_desktop.services.network import Network

FINE, WRONG = 0, 1
_MARKS = {"good": "ok  ", "note": "note", "bad": "BAD "}


def add_parser(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "doctor",
        help="say what is wrong with this set-up",
        description="Check this computer, a profile and its network, and say in words what is wrong and what to do. "
        "Nothing is changed, nothing is signed, no secret is read. Exit status 1 when something is bad.",
    )
    parser.add_argument("--profile", default="default", metavar="NAME")
    parser.add_argument("--home", type=Path, metavar="DIR", help="where profiles are kept (or GEMS_HOME)")
    parser.add_argument(
        "--network",
        type=Path,
        metavar="FILE",
        help="the network.json to check; default: the practice network's",
    )
    parser.add_argument("--offline", action="store_true", help="ask nothing of any network")
    parser.add_argument("--json", action="store_true", help="one JSON object for each finding")
    parser.set_defaults(handler=run)


def run(options: argparse.Namespace) -> int:
    """0 when nothing is bad, 1 when something is."""
    from gems_desktop.adapters.profile import data_home

    home = options.home or data_home()
    root = home if options.network is not None else home / "practice"
    file = options.network or root / "network" / "network.json"
    found = asyncio.run(_examine(root / "profiles" / options.profile, options, file))
    for finding in found:
        print(_json(finding) if options.json else _line(finding))
    wrong = sum(finding.level.value == "bad" for finding in found)
    if not options.json:
        print("Nothing is wrong." if not wrong else f"{wrong} of these need you.")
    return WRONG if wrong else FINE


async def _examine(folder: Path, options: argparse.Namespace, file: Path) -> list[Finding]:
    from gems_desktop.adapters.vault import SignerClient
    from gems_desktop.diagnosing.examining import examine
    from gems_desktop.session import signer_config

    network = _network(file, given=options.network is not None)
    if network is None:
        return await _without_network(folder, options, given=options.network is not None)
    signer = SignerClient(signer_config(folder, network))  # started only if something were to be signed
    try:
        return await examine(folder, options.profile, network, signer, online=not options.offline)
    finally:
        await signer.close()


async def _without_network(folder: Path, options: argparse.Namespace, *, given: bool) -> list[Finding]:
    """A practice network that was never started is nothing bad."""
    from gems_desktop.diagnosing import disk, machine
    from gems_desktop.diagnosing.finding import bad

    found = [*machine.examine(), *disk.examine(folder, options.profile)]
    return [*found, bad("network_bad")] if given else found


def _network(file: Path, *, given: bool) -> Network | None:
    from gems_desktop.adapters.network_file import read_network

    if not given and not file.exists():
        return None
    try:
        return read_network(file)
    except GemsError:
        return None


def _line(finding: Finding) -> str:
    todo = f"\n       -> {finding.todo}" if finding.todo and finding.level.value != "good" else ""
    return f"{_MARKS[finding.level.value]}  {finding.what}{todo}"


def _json(finding: Finding) -> str:
    return json.dumps(
        {"level": finding.level.value, "code": finding.code, "what": finding.what, "todo": finding.todo}
    )
