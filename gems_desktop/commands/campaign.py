# SPDX-License-Identifier: Apache-2.0
"""`gems campaign`: offer work from files, put its pay into escrow, look after it, take the results home."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gems_desktop.commands import (
    arguments,
    campaign_disputes,
    campaign_guard,
    campaign_objections,
    campaign_plan,
    campaign_results,
)
from gems_desktop.commands.as_requester import NotConfirmed, add_common, add_part, private_folder, says_yes
from gems_desktop.commands.campaign_guard import check_owner
from gems_protocol.errors import GemsError, MalformedMessage

if TYPE_CHECKING:
    from gems_desktop.requesting.draft import Draft
    from gems_desktop.requesting.requester import Requester
    from gems_protocol.modules.tree import Module

HOURLY_FLOOR = "8.00"  # GEM; what the preview calls too little for an hour


class DoesNotFit(GemsError):
    """Tasks do not fit their labelling config."""


def add_parser(commands: Any) -> None:
    """Add the command and its parts."""
    parser = commands.add_parser(
        "campaign",
        help="offer work: plan, create, fund, status, results, appeal, pay, cancel, disputes, exit",
    )
    parts = parser.add_subparsers(dest="part", required=True, metavar="COMMAND")
    campaign_plan.add_parser(parts)
    create = parts.add_parser("create", help="offer a campaign from files; no money moves yet")
    create.add_argument("campaign", type=Path, help="campaign.json, or the folder that holds it")
    create.add_argument(
        "--tasks", type=Path, help="CSV, TSV, JSON or JSON Lines (also of Label Studio) instead of its tasks"
    )
    create.add_argument("--config", type=Path, help="a labelling config (XML) instead of the one it names")
    create.add_argument(
        "--hourly-floor", default=HOURLY_FLOOR, metavar="GEM", help=f"warn below (default {HOURLY_FLOOR})"
    )
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
    add_part(parts, "pay", "sign for the work that was judged", pay_campaign)
    stop = add_part(parts, "cancel", "no new leases; what was submitted is judged and paid", cancel_campaign)
    stop.add_argument("--yes", action="store_true", help="do not ask, at a terminal, whether to go on")
    campaign_disputes.add_parsers(parts)
    campaign_guard.add_parsers(parts)


async def create_campaign(options: argparse.Namespace, requester: Requester) -> int:
    """Check, preview, hand in; prints the campaign's id."""
    from gems_desktop.requesting import kept_terms
    from gems_desktop.requesting.draft import read_draft
    from gems_desktop.requesting.preview import preview
    from gems_desktop.requesting.private_file import Private, keep_private
    from gems_desktop.requesting.sent_tasks import keep_sent, sent_of
    from gems_protocol.amount import Amount

    draft = read_draft(options.campaign, options.tasks, options.config)
    check_fit(draft)
    shown = preview(draft, Amount.gem(options.hourly_floor))
    rows = (
        ("Tasks", str(shown.tasks)),
        ("Reward", f"{shown.reward.exact()} GEM"),
        ("A verifier's pay", f"{shown.review_reward.exact()} GEM"),
        ("Policy", draft.manifest.policy.name),
        ("Miner's stake", f"{shown.stake.exact()} GEM"),
        ("Verifier's stake", f"{draft.pay.vs.exact()} GEM"),
        ("Pay for an hour", f"{shown.hourly.text()} GEM"),
        ("Escrow for a task", f"{shown.escrow_each.exact()} GEM"),
        ("Escrow in all", f"{shown.escrow.exact()} GEM (what is not spent returns)"),
        ("Files", f"{len(draft.media)}, {shown.media_bytes} bytes"),
        ("Known answers", f"{len(draft.gold)} hidden, {len(draft.practice)} to practise with"),
    )
    for name, value in rows:
        print(f"{name:<20}{value}", file=sys.stderr)
    for note in draft.notes:
        print(f"Note: {note}", file=sys.stderr)
    for warning in shown.warnings:
        print(f"Warning: {warning}", file=sys.stderr)
    if options.dry_run:
        return 0
    terms = requester.terms_of(draft, requester.platform.time())
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


def check_fit(draft: Draft) -> None:
    """Raise ConfigRefused, or DoesNotFit naming the first tasks that lack what the config shows."""
    from gems_protocol import modules

    module = modules.parse(draft.manifest.module.config)
    found = []
    for number, task in enumerate(draft.tasks, 1):
        name = task.source if draft.gold else f"task {number}"
        found += [f"{name}: {problem}" for problem in modules.task_problems(module, task.data)]
        found += _answer_problems(name, module, task.data, task.reference) if task.gold else []
    for number, item in enumerate(draft.practice, 1):
        name = f"practice:{number}"
        found += [f"{name}: {problem}" for problem in modules.task_problems(module, item.data)]
        found += _answer_problems(name, module, item.data, item.answer)
    if found:
        rest = f" ({len(found) - 5} more)" if len(found) > 5 else ""
        raise DoesNotFit(
            f"The tasks do not fit the labelling config: {'; '.join(found[:5])}{rest}",
            safe="Nothing was sent and nothing was paid.",
            action="Mend the tasks or the config.",
        )


def _answer_problems(name: str, module: Module, data: dict[str, Any], answer: Any) -> list[str]:
    from gems_protocol import modules

    try:
        modules.parse_answer(answer, modules.bind(module, data))
    except MalformedMessage as error:
        return [f"{name}: {error.message}"]
    except ValueError:
        return []  # the task itself does not fit, which is told already
    return []


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
