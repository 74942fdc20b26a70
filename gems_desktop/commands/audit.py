# SPDX-License-Identifier: Apache-2.0
"""`gems audit`: check a verdict from its evidence, without believing anybody; or get that evidence."""

from __future__ import annotations

import argparse
import asyncio
import json
import secrets
from pathlib import Path
from typing import Any

from gems_desktop.commands import arguments
from gems_desktop.commands.printed import printed
from gems_protocol.errors import GemsError

FAIR, UNFAIR = 0, 1


class NoVerdict(GemsError):
    """There is nothing to fetch."""


class CannotWrite(GemsError):
    """The evidence cannot be written to its file."""


def add_parser(commands: Any) -> None:
    """Add the command and its parts."""
    parser = commands.add_parser("audit", help="check a verdict from its evidence: verify, fetch")
    parts = parser.add_subparsers(dest="part", required=True, metavar="COMMAND")
    verify = parts.add_parser("verify", help="recompute a verdict, without any network")
    verify.add_argument("file", type=Path, metavar="FILE", help="evidence, as fetch or the window wrote it")
    verify.add_argument(
        "--network", type=Path, metavar="FILE", help="also check that it is of this network's platform"
    )
    verify.add_argument("--json", action="store_true", help="print JSON")
    verify.set_defaults(handler=verify_file)
    fetch = parts.add_parser("fetch", help="get the evidence of a verdict that stands")
    fetch.add_argument("campaign_id", type=arguments.campaign_id, help="0x and 64 hex digits")
    fetch.add_argument("index", type=arguments.index, help="the task, counted from 0")
    fetch.add_argument(
        "attempt", type=arguments.index, nargs="?", default=0, help="which attempt at it (default 0)"
    )
    fetch.add_argument("--network", type=Path, required=True, metavar="FILE", help="network.json")
    fetch.add_argument("--out", type=Path, required=True, metavar="FILE", help="the file to write")
    fetch.set_defaults(handler=lambda options: asyncio.run(fetch_file(options)))


def verify_file(options: argparse.Namespace) -> int:
    """0 when the verdict follows from its evidence, 1 when it does not."""
    from gems_platform.client.requesting.audit_file import look, read_audit_file

    file = read_audit_file(options.file)
    found = look(file)
    lines, fair = list(found.lines), found.verdict is not None
    if options.network is None:
        lines.append(f"Signed for the platform by {file.hub}: compare that with your network.json.")
    else:
        from gems_desktop.adapters.network_file import read_network

        network = read_network(options.network)
        same = (file.hub, file.domain) == (network.platform_signer, network.campaigns_domain)
        lines.append(
            "It is of this network's platform."
            if same
            else "NOT FAIR: it is signed by another platform, or for another chain, than this network's."
        )
        fair = fair and same
    if found.verdict is not None and not fair:
        lines.append("Nothing follows for your platform: this verdict is another's.")
    else:
        lines.append("The verdict is fair." if fair else "The verdict does not hold.")
    if options.json:
        verdict = found.verdict
        value = {
            "fair": fair,
            "accepted": None if verdict is None else verdict.accepted,
            "basis": None if verdict is None else verdict.basis.value,
            "answer": None if verdict is None else verdict.answer,
            "checked": lines,
        }
        print(printed(value, indent=1))
    else:
        print("\n".join(lines))
    return FAIR if fair else UNFAIR


async def fetch_file(options: argparse.Namespace) -> int:
    """Write the evidence, with the requester's signature over the campaign."""
    from gems_desktop.adapters.clock import SystemClock
    from gems_desktop.adapters.network_file import read_network
    from gems_desktop.adapters.platform_http import PlatformHttp
    from gems_desktop.commands.requester_faults import for_requesters
    from gems_desktop.services.errors import Offline, PlatformRefused
    from gems_desktop.session import signer_config
    from gems_desktop.signer.inprocess import InProcessSigner
    from gems_platform.client.requesting.audit_file import audit_file_of

    network = read_network(options.network)
    # what is read here is for anybody: the key signs nothing
    signer = InProcessSigner(signer_config(options.network.parent, network), secrets.token_bytes(32))
    platform = PlatformHttp(network, signer, SystemClock())
    name = f"/v1/campaigns/{options.campaign_id}"
    try:
        value = await platform.get(f"{name}/evidence/{options.index}/{options.attempt}", token=False)
        shown = await platform.get(name, token=False)
    except (Offline, PlatformRefused) as error:
        if isinstance(error, PlatformRefused) and error.code == "not_found":
            raise NoVerdict(
                f"The platform shows no verdict on attempt {options.attempt} at task {options.index} of this campaign.",
                safe="Nothing was written.",
                action="It may not be judged yet. Look at the campaign, the task (from 0) and the attempt.",
            ) from error
        raise for_requesters(error) from error
    finally:
        await platform.close()
        await signer.close()
    value["offer_signature"] = shown.get("offer_signature")
    audit_file_of(value)
    try:
        options.out.write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n", "utf-8")
    except OSError as error:
        raise CannotWrite(
            f"{options.out} cannot be written: {error.strerror or error}.",
            safe="The evidence is still at the platform.",
            action="Choose another place for the file.",
        ) from error
    return FAIR
