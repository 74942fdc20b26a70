# SPDX-License-Identifier: Apache-2.0
"""`gems campaign held`, `appeal`, `commission` and `seeds`: what a requester does between acceptance and pay."""

from __future__ import annotations

import argparse
import sys
import time
from typing import TYPE_CHECKING, Any

from gems_desktop.commands import arguments
from gems_desktop.commands.as_requester import NotConfirmed, add_part, private_folder, says_yes
from gems_desktop.commands.moment import utc
from gems_desktop.commands.printed import printed

if TYPE_CHECKING:
    from gems_platform.client.requesting.requester import Requester


def add_parsers(parts: Any) -> None:
    """Add the commands."""
    add_part(parts, "held", "accepted work that you can still appeal against or have judged", show_held)
    appeal = add_part(parts, "appeal", "have accepted work judged again by others, with a bond", appeal_task)
    _of_task(appeal)
    appeal.add_argument("--reason", required=True, metavar="TEXT", help="what is wrong with it")
    ask = add_part(parts, "commission", "pay two strangers for judging accepted work", commission_task)
    _of_task(ask)
    ask.add_argument("--fee", required=True, metavar="GEM", help="what both share, whatever they find")
    add_part(parts, "seeds", "show the seeds of days that are over, for the audit draws", show_seeds)


def _of_task(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("index", type=arguments.index, metavar="INDEX", help="the task, as held lists it")
    parser.add_argument("--yes", action="store_true", help="do not ask before money is bound")


async def show_held(options: argparse.Namespace, requester: Requester) -> int:
    """JSON: what can still be objected to, until when, and what that binds."""
    from gems_platform.client.requesting.objections import held

    rows = [
        {
            "index": item.index,
            "attempt": item.attempt,
            "until": item.until,
            "answer": item.answer,
            "bond": None if item.bond is None else str(item.bond),
            "seats": item.seats,
            "max_fee": str(item.max_fee),
        }
        for item in await held(requester, options.campaign_id)
    ]
    print(printed(rows, indent=1))
    return 0


async def appeal_task(options: argparse.Namespace, requester: Requester) -> int:
    """Object to an acceptance."""
    from gems_platform.client.requesting.objections import LONGEST_REASON, appeal, find_held

    if not 0 < len(options.reason.strip()) <= len(options.reason) <= LONGEST_REASON:
        raise NotConfirmed(
            f"An appeal needs a reason of at most {LONGEST_REASON} characters.",
            safe="Nothing was signed.",
            action="Say with --reason what is wrong.",
        )
    item = await find_held(requester, options.campaign_id, options.index)
    if item.bond is not None:
        _confirm(
            options,
            f"{item.seats} others judge again. {item.bond.exact()} GEM of the task's escrow pay them, and the work "
            "is not paid before they have.",
        )
    by = await appeal(requester, options.campaign_id, item, options.reason)
    print(f"Appealed; they judge by {utc(by)}.", file=sys.stderr)
    return 0


async def commission_task(options: argparse.Namespace, requester: Requester) -> int:
    """Have accepted work judged by two strangers."""
    from gems_platform.client.requesting.objections import check_fee, commission, find_held
    from gems_protocol.amount import Amount

    fee = Amount.gem(options.fee)
    item = await find_held(requester, options.campaign_id, options.index)
    check_fee(item, fee)
    _confirm(
        options,
        f"Two strangers share {fee.exact()} GEM whatever they find. If both reject, {(fee + fee).exact()} GEM of the "
        "reward come back; the answer stays as it is.",
    )
    by = await commission(requester, options.campaign_id, item, fee)
    print(f"Commissioned; they judge by {utc(by)}.", file=sys.stderr)
    return 0


def _confirm(options: argparse.Namespace, text: str) -> None:
    print(text, file=sys.stderr)
    if not options.yes and not says_yes():
        raise NotConfirmed("Nobody confirmed.", safe="No money moved.", action="Say yes, or give --yes.")


async def show_seeds(options: argparse.Namespace, requester: Requester) -> int:
    """Show what is due; prints a line for each day."""
    from gems_platform.client.requesting import objections
    from gems_platform.client.requesting.private_file import Private, keep_private, read_private

    folder, name = private_folder(options), options.campaign_id
    private = read_private(folder, name) or Private()
    now = min(requester.platform.time(), int(time.time()))
    shown = await objections.show_seeds(
        requester, name, private, now, lambda kept: keep_private(folder, name, kept)
    )
    days = await objections.days_of(requester, name)
    if not days:
        print("No day to show a seed for: no work was handed in yet.", file=sys.stderr)
    for day in days:
        if day.day in shown:
            state = "seed shown now"
        elif day.seed is not None:
            state = "seed shown"
        elif not day.is_over(now):
            state = "not over yet"
        else:
            state = "too late: drawn with a zero seed"
        print(f"{time.strftime('%Y-%m-%d', time.gmtime(day.day * 86_400))}  {day.count} submissions  {state}")
    return 0
