# SPDX-License-Identifier: Apache-2.0
"""`gems campaign guard` and `exit`: keep a campaign's escrow from being taken twice, and take back what is left."""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gems_desktop.commands import arguments
from gems_desktop.commands.as_requester import NotConfirmed, add_part, private_folder
from gems_desktop.commands.campaign_disputes import desk_of, gem
from gems_desktop.commands.moment import utc

if TYPE_CHECKING:
    from gems_platform.client.requesting.guarding import Guard, Look
    from gems_platform.client.requesting.requester import Requester
    from gems_protocol.campaign import Terms

QUIET, LEFT = 0, 1
_WHAT = {
    "bill": "showed the bill: a Spend has paid for it",
    "redeem": "handed in your Spend, so that its bill can be shown",
    "redo": "proved that it is a second try of the same miner",
    "equivocation": "proved that the platform gave it twice",
    "final": "its window is over: what stands was paid",
}


def add_parsers(parts: Any) -> None:
    """Add both commands."""
    guard = add_part(parts, "guard", "watch its verdicts on chain and prove what is wrong", guard_campaign)
    guard.epilog = (
        "Exit status with --once: 0 nothing is left to you, 1 look at what was printed, 2 it failed."
    )
    guard.add_argument("--once", action="store_true", help="look once, for a timer of the system")
    guard.add_argument(
        "--every",
        type=arguments.count,
        default=600,
        metavar="SECONDS",
        help="between two looks (default 600)",
    )
    guard.add_argument(
        "--evidence",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="evidence (gems audit fetch) or a worker's case of this campaign; may be given again",
    )
    add_part(parts, "exit", "after the end: take back what was not spent, in two steps", exit_campaign)


async def guard_campaign(options: argparse.Namespace, requester: Requester) -> int:
    """Look once, or for ever; see `epilog`."""
    from gems_platform.client.requesting.given import in_file
    from gems_platform.client.requesting.guarding import Guard

    desk, terms = desk_of(requester), await requester.terms(options.campaign_id)
    check_owner(terms, requester)
    domain = requester.network.campaigns_domain
    shown = tuple(in_file(path, terms, domain) for path in options.evidence)
    guard = Guard(desk, terms, private_folder(options), shown)
    if options.once:
        return _tell(await guard.look(), await desk.now())
    await _for_ever(guard, options.every)
    return QUIET


async def _for_ever(guard: Guard, every: int) -> None:
    from gems_protocol.errors import GemsError

    while True:
        try:
            _tell(await guard.look(), await guard.desk.now())
        except GemsError as error:
            if not error.retryable:
                raise
            print(f"{error.message} It is tried again.", file=sys.stderr, flush=True)
        await asyncio.sleep(every)


def _tell(look: Look, now: int) -> int:
    for act in look.acts:
        print(f"Task {act.index}, attempt {act.attempt}: {_WHAT[act.what]}. 0x{act.transaction.hex()}")
    for warned in look.warned:
        hours = max(0, warned.until - now) // 3_600
        print(
            f"Task {warned.index}, attempt {warned.attempt}: {warned.text}, within {hours} hours, until "
            f"{utc(warned.until)}."
        )
    for text in look.failed:
        print(f"The contracts refused: {text}")
    if not look.waiting:
        print("Nothing waits on the chain.", flush=True)
    else:
        print(f"Verdicts that wait: {look.waiting}.", flush=True)
    return QUIET if look.is_quiet else LEFT


async def exit_campaign(options: argparse.Namespace, requester: Requester) -> int:
    """Start the exit, or finish it when its time has come; says what holds it up."""
    desk, terms = desk_of(requester), await requester.terms(options.campaign_id)
    check_owner(terms, requester)
    now = await desk.now()
    if terms.ends > now:
        raise NotConfirmed(
            f"The campaign runs until {utc(terms.ends)}: before that nothing can be taken out of its escrow.",
            safe="Nothing was sent.",
            action="gems campaign cancel keeps new work from starting.",
        )
    pool = await desk.pool(terms, now)
    if pool.exit_at == 0:
        print("0x" + (await requester.start_exit(terms)).hex())
        at = await requester.exit_at(options.campaign_id)
        print(
            f"The exit was started; finish it with the same command from {utc(at)} on. Until then verdicts can be "
            "brought to the chain: let gems campaign guard run.",
            file=sys.stderr,
        )
        return 0
    if pool.exit_at == 2**256 - 1:
        raise NotConfirmed(
            "The exit is finished.", safe="Nothing was sent.", action="There is nothing to do."
        )
    tasks = await desk.pending(terms)
    if pool.exit_at > now or tasks:
        raise _held_up(pool.exit_at, [(task.index, task.word.until) for task in tasks], now)
    print("0x" + (await requester.finish_exit(terms)).hex())
    print(f"{gem(pool.left)} GEM came back.", file=sys.stderr)
    return 0


def _held_up(at: int, waiting: list[tuple[int, int]], now: int) -> NotConfirmed:
    """Why the exit cannot be finished now, and from when on it can."""
    texts = [f"it can be finished from {utc(at)} on"] if at > now else []
    if waiting:
        names = ", ".join(f"task {index} until {utc(until)}" for index, until in waiting[:5])
        more = f" and {len(waiting) - 5} more" if len(waiting) > 5 else ""
        texts.append(f"a verdict is pending on the chain: {names}{more}")
    over = any(until <= now for _, until in waiting)
    latest = utc(max([at, *(until for _, until in waiting)]))
    return NotConfirmed(
        f"The exit cannot be finished yet: {'; '.join(texts)}.",
        safe="Nothing was sent. What is in escrow stays there.",
        action="Run gems campaign guard --once: it pays what is over. Then try again."
        if over
        else f"Run gems campaign guard meanwhile, and give the same command from {latest} on.",
    )


def check_owner(terms: Terms, requester: Requester) -> None:
    """Raise NotConfirmed for the key of somebody else."""
    if terms.requester != requester.address:
        raise NotConfirmed(
            f"This campaign belongs to {terms.requester}, not to the account of this key.",
            safe="No money moved.",
            action="Give the key that created it.",
        )
