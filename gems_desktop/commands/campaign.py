# SPDX-License-Identifier: Apache-2.0
"""`gems campaign`: offer work from files, put its pay into escrow, look after it, take the results home."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING, Any

from gems_desktop.commands import (
    arguments,
    campaign_disputes,
    campaign_files,
    campaign_guard,
    campaign_launch,
    campaign_messages,
    campaign_objections,
    campaign_plan,
    campaign_preview,
    campaign_results,
    campaign_watch,
)
from gems_desktop.commands.as_requester import NotConfirmed, add_common, add_part, private_folder, says_yes
from gems_desktop.commands.campaign_guard import check_owner

if TYPE_CHECKING:
    from gems_platform.client.requesting.requester import Requester


def add_parser(commands: Any) -> None:
    """Add the command and its parts."""
    parser = commands.add_parser(
        "campaign",
        help="offer work: plan, preview, launch, watch, results, rate, appeal, pay, cancel, disputes, exit",
    )
    parts = parser.add_subparsers(dest="part", required=True, metavar="COMMAND")
    campaign_plan.add_parser(parts)
    campaign_preview.add_parser(parts)
    campaign_launch.add_parser(parts)
    campaign_watch.add_parsers(parts)
    create = parts.add_parser("create", help="offer a campaign from files; no money moves yet")
    campaign_files.add_files(create)
    create.add_argument(
        "--dry-run", action="store_true", help="only check the files and show what it would cost"
    )
    add_common(create, create_campaign)
    fund = add_part(parts, "fund", "put the pay of every task into escrow on chain", fund_campaign)
    fund.add_argument("--yes", action="store_true", help="do not ask before money moves")
    fund.add_argument("--tasks", type=arguments.count, metavar="N", help="only N more tasks; the rest later")
    add_part(parts, "status", "where its tasks and its money are", show_status)
    campaign_results.add_parsers(parts)
    campaign_objections.add_parsers(parts)
    campaign_messages.add_parser(parts)
    add_part(parts, "pay", "sign for the work that was judged", pay_campaign)
    stop = add_part(parts, "cancel", "no new leases; what was submitted is judged and paid", cancel_campaign)
    stop.add_argument("--yes", action="store_true", help="do not ask, at a terminal, whether to go on")
    campaign_disputes.add_parsers(parts)
    campaign_guard.add_parsers(parts)


async def create_campaign(options: argparse.Namespace, requester: Requester) -> int:
    """Check, preview, hand in; prints the campaign's id."""
    from gems_platform.client.requesting import kept_terms
    from gems_platform.client.requesting.preview import preview
    from gems_platform.client.requesting.private_file import Private, keep_private
    from gems_platform.client.requesting.sent_tasks import keep_sent, sent_of

    draft = campaign_files.read_files(options)
    floor = await campaign_files.floor_in(options, requester.platform)
    campaign_files.tell_cost(draft, preview(draft, floor, options.seconds_per_task))
    if options.dry_run:
        return 0
    terms = requester.terms_of(draft, await requester.now())
    campaign_id = "0x" + terms.campaign_id().hex()
    keep_sent(private_folder(options), campaign_id, sent_of(draft))
    kept_terms.keep(private_folder(options), terms)
    if draft.gold or draft.seeds is not None:
        private = Private(draft.gold, tuple(task.source for task in draft.tasks), draft.seeds)
        kept = keep_private(private_folder(options), campaign_id, private)
        print(f"What only you know of it is in {kept}: keep that file.", file=sys.stderr)
    await requester.hand_in(draft, terms)
    print(campaign_id)
    return 0


async def fund_campaign(options: argparse.Namespace, requester: Requester) -> int:
    """Pay for every task that is not funded yet; prints the transaction."""
    terms = await requester.terms(options.campaign_id)
    check_owner(terms, requester)
    total = int((await requester.show(options.campaign_id))["tasks_total"])
    funded = await requester.chain.campaign_funded(terms.campaign_id())
    missing = total - funded // terms.cost().units
    if missing <= 0:
        print("Every task is funded already.", file=sys.stderr)
        return 0
    missing = missing if options.tasks is None else min(missing, options.tasks)
    amount = terms.cost() * missing
    print(f"{amount.exact()} GEM go into escrow for {missing} tasks.", file=sys.stderr)
    if not options.yes and not says_yes():
        raise NotConfirmed("Nobody confirmed.", safe="No money moved.", action="Say yes, or give --yes.")
    if await requester.chain.gem_balance(requester.address) < amount.units:
        raise NotConfirmed(
            "The requester's account holds less GEM than that.",
            safe="No money moved.",
            action=f"Send GEM to {requester.address} first.",
        )
    transaction = await requester.fund(terms, missing)
    print(f"{missing} tasks are funded. The transaction on chain:", file=sys.stderr, flush=True)
    print("0x" + transaction.hex())
    return 0


async def show_status(options: argparse.Namespace, requester: Requester) -> int:
    """JSON with the platform's word and the chain's."""
    shown = await requester.show(options.campaign_id)
    rows = await requester.results(options.campaign_id)
    states: dict[str, int] = {}
    for row in rows:
        states[row["state"]] = states.get(row["state"], 0) + 1
    due = await requester.platform.get(f"/v1/campaigns/{options.campaign_id}/spend-due")
    value = {
        "campaign_id": options.campaign_id,
        "title": shown["manifest"]["title"],
        "state": shown["state"],
        "tasks": states,
        "tasks_total": shown["tasks_total"],
        "funded": str(await requester.chain.campaign_funded(bytes.fromhex(options.campaign_id[2:]))),
        "due": due["spent"],
        "signed": due["signed"],
        "redeemed": str(await requester.redeemed(options.campaign_id)),
        "exit_at": await requester.exit_at(options.campaign_id),
    }
    print(json.dumps(value, indent=1))
    return 0


async def pay_campaign(options: argparse.Namespace, requester: Requester) -> int:
    """Sign for everything that is due; prints base units signed for in all."""
    print(await requester.pay(options.campaign_id))
    return 0


async def cancel_campaign(options: argparse.Namespace, requester: Requester) -> int:
    """Stop the campaign; only at a terminal somebody is asked first, because no money moves."""
    if sys.stdin.isatty() and not options.yes:
        print("This cannot be undone, and accepted work cannot be commissioned after it.", file=sys.stderr)
        if not says_yes():
            raise NotConfirmed(
                "Nobody confirmed.", safe="The campaign goes on.", action="Say yes, or give --yes."
            )
    await requester.cancel(options.campaign_id)
    print("Cancelled: what was submitted is judged and paid, open leases run out.", file=sys.stderr)
    return 0
