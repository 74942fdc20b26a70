# SPDX-License-Identifier: Apache-2.0
"""`gems campaign launch`: create, fund and open in one act that can be cut off anywhere and given again."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any

from gems_desktop.commands import campaign_files
from gems_desktop.commands.as_requester import NotConfirmed, add_common, private_folder, says_yes

if TYPE_CHECKING:
    from gems_platform.client.requesting.launching import Step
    from gems_platform.client.requesting.requester import Requester


def add_parser(parts: Any) -> None:
    """Add the command."""
    launch = parts.add_parser(
        "launch",
        help="create, fund and open a campaign; given again after a cut it goes on, and pays nothing twice",
    )
    campaign_files.add_files(launch)
    launch.add_argument("--yes", action="store_true", help="do not ask before money moves")
    launch.add_argument(
        "--again", default="", metavar="WORD", help="another campaign of files that were launched before"
    )
    add_common(launch, launch_campaign)


async def launch_campaign(options: argparse.Namespace, requester: Requester) -> int:
    """Show the whole cost, ask, and go on until it is open; prints the campaign's id."""
    from gems_platform.client.client import draft_bytes, launch_name
    from gems_platform.client.requesting import launch_file, launching
    from gems_platform.client.requesting.preview import preview

    draft = campaign_files.read_files(options)
    floor = await campaign_files.floor_in(options, requester.platform)
    campaign_files.tell_cost(draft, preview(draft, floor, options.seconds_per_task))
    folder = private_folder(options)
    name = launch_name(requester, [draft_bytes(draft), options.again.encode()])
    with launch_file.alone(folder, name):
        await _agree(options, requester, name)
        launch = await launching.prepare(requester, draft, name, folder)
        print(f"What belongs to {launch.campaign_id} is kept in {folder}: keep that folder.", file=sys.stderr)
        print(await launching.run(requester, launch, folder, _say))
    return 0


async def _agree(options: argparse.Namespace, requester: Requester, name: str) -> None:
    """Ask for a yes where money is still to move; raises NotConfirmed."""
    from gems_platform.client.requesting import launch_file, launching
    from gems_protocol.amount import Amount

    kept = launch_file.read(private_folder(options), name)
    if kept is not None and kept.done:
        print("These files were launched before; --again makes another campaign of them.", file=sys.stderr)
        return
    balance = Amount(await requester.chain.gem_balance(requester.address))
    print(f"The account {requester.address} holds {balance.text()} GEM.", file=sys.stderr)
    if kept is not None:
        left = await launching.left_to_pay(requester, kept)
        print(f"Going on with {kept.campaign_id}; {left.exact()} GEM are still to be paid.", file=sys.stderr)
        if not left:
            return
    if not options.yes and not says_yes():
        raise NotConfirmed("Nobody confirmed.", safe="No money moved.", action="Say yes, or give --yes.")


def _say(step: Step) -> None:
    """A line for each step; of files about ten, whatever their number."""
    files = step.upload
    if files is None or files.files == files.of_files or files.files % max(1, files.of_files // 10) == 0:
        print(step.text, file=sys.stderr, flush=True)
