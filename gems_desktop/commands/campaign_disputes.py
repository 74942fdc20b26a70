# SPDX-License-Identifier: Apache-2.0
"""`gems campaign disputes`, `contest` and `rule`: what waits on chain, and how to decide it otherwise."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING, Any

from gems_desktop.commands import arguments
from gems_desktop.commands.as_requester import NotConfirmed, add_part, says_yes
from gems_desktop.commands.moment import utc

if TYPE_CHECKING:
    from gems_platform.client.requesting.desk import Desk
    from gems_platform.client.requesting.on_chain import Pool
    from gems_platform.client.requesting.ports import PendingTask
    from gems_platform.client.requesting.requester import Requester
    from gems_protocol.amount import Amount
    from gems_protocol.campaign import Terms


def add_parsers(parts: Any) -> None:
    """Add the commands."""
    shown = add_part(parts, "disputes", "verdicts that wait on the chain, and what you can do", show_disputes)
    shown.add_argument("--json", action="store_true", help="print JSON, amounts in base units")
    contest = add_part(parts, "contest", "appeal on chain against a verdict, with a bond", contest_task)
    _of_task(contest)
    rule = add_part(parts, "rule", "decide a verdict for good, with the key of the arbiter", rule_task)
    _of_task(rule)
    rule.add_argument("verdict", choices=("accept", "reject"), help="the arbiter's ruling")


def _of_task(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("index", type=arguments.index, metavar="INDEX", help="the task, as disputes lists it")
    parser.add_argument("--attempt", type=arguments.index, metavar="N", help="where several attempts wait")
    parser.add_argument("--yes", action="store_true", help="do not ask before anything is sent")


def desk_of(requester: Requester) -> Desk:
    """The requester at the contracts."""
    from gems_desktop.adapters.chain_disputes import ChainDisputes
    from gems_desktop.adapters.chain_rpc import ChainRpc
    from gems_platform.client.requesting.desk import Desk

    if not isinstance(requester.chain, ChainRpc):
        raise TypeError("disputes are read through a ChainRpc")
    return Desk(requester, ChainDisputes(requester.chain))


async def show_disputes(options: argparse.Namespace, requester: Requester) -> int:
    """What waits, the pool, and the exit."""
    from gems_platform.client.requesting import on_chain

    desk, terms = desk_of(requester), await requester.terms(options.campaign_id)
    now = await desk.now()
    pool, tasks = await desk.pool(terms, now), await desk.pending(terms)
    redeemed = pool.redeemed
    rows = [_row(task, terms, requester, redeemed, now) for task in tasks]
    value = {"now": now, "pool": _pool(pool), "pending": rows}
    value["exit"] = {
        "started": pool.exit_at != 0,
        "earliest": on_chain.exit_from(terms, pool, tasks, now),
        "held_up_by": [{"index": task.index, "attempt": task.attempt} for task in tasks],
    }
    if options.json:
        print(json.dumps(value, indent=1))
        return 0
    print("\n".join(_in_words(value)))
    return 0


def _pool(pool: Pool) -> dict[str, Any]:
    return {
        "funded": str(pool.funded),
        "redeemed": str(pool.redeemed),
        "judged": str(pool.judged),
        "left": str(pool.left),
        "claimed_today": str(pool.today),
        "cap_of_day": str(pool.cap),
    }


def _row(task: PendingTask, terms: Terms, requester: Requester, redeemed: int, now: int) -> dict[str, Any]:
    from gems_platform.client.requesting import on_chain
    from gems_protocol.dispute import ARBITER_ROUND
    from gems_protocol.messages import task_key

    bond = on_chain.bond(task, terms, requester.address, now)
    parts = on_chain.parts(task, terms)
    name, key = "0x" + terms.campaign_id().hex(), task_key(terms.campaign_id(), task.index, task.attempt)
    bill = None
    if task.standing.billed:
        bill = "shown"
    elif requester.bill_proof(name, key, redeemed) is not None:
        bill = "can be shown"
    elif requester.bill_proof(name, key) is not None:
        bill = "not redeemed"
    return {
        "index": task.index,
        "attempt": task.attempt,
        "verdict": "accepted" if on_chain.accepts(task) else "rejected",
        "appealed": on_chain.is_appealed(task),
        "round": "arbiter" if task.word.round == ARBITER_ROUND else task.word.round,
        "until": task.word.until,
        "pays": [
            {"to": part.address, "amount": str(part.amount), "released": part.released} for part in parts
        ],
        "to_hub": str(on_chain.to_hub(task, terms)),
        "bill": bill,
        "more_than_a_redo": on_chain.is_above_redo(task, terms),
        "bond": None if bond is None else str(bond),
        "can": _can(task, terms, bond, bill, now),
    }


def _can(task: PendingTask, terms: Terms, bond: Amount | None, bill: str | None, now: int) -> list[str]:
    """What the requester can do about one verdict, a sentence each."""
    from gems_platform.client.requesting import on_chain

    found = []
    back = on_chain.comes_back(task, terms).exact()
    if bill == "shown":
        found.append(f"Nothing: the bill was shown, and the platform's part ({back} GEM) is yours.")
    elif bill == "can be shown":
        found.append(f"Run gems campaign guard: a Spend paid for it, and the bill brings back {back} GEM.")
    elif bill == "not redeemed":
        found.append("Run gems campaign guard: it hands in your Spend that pays for it, then shows the bill.")
    if on_chain.is_above_redo(task, terms):
        found.append(
            f"It pays more than a second try: if the miner had attempt {task.attempt - 1} too, gems campaign guard "
            "proves it, if it is shown that assignment."
        )
    if bond is not None and on_chain.accepts(task):
        found.append(f"If the work is wrong, contest it with a bond of {bond.exact()} GEM.")
    elif bond is not None:
        found.append(f"If the work was right after all, contest it with a bond of {bond.exact()} GEM.")
    if on_chain.is_appealed(task) and task.word.until > now:
        found.append("Wait: it is judged again. If nobody does, the verdict stands.")
    if task.word.until <= now:
        found.append("Its window is over: gems campaign guard pays it as soon as your exit was started.")
    return found or ["Wait until its window is over."]


def _in_words(value: dict[str, Any]) -> list[str]:
    pool, lines = value["pool"], []
    for row in value["pending"]:
        state = f"{row['verdict']} in round {row['round']}"
        if row["round"] == "arbiter":
            state = f"{row['verdict']} by the arbiter"
        if row["appealed"]:
            state += ", appealed"
        lines.append(f"Task {row['index']}, attempt {row['attempt']}: {state}, until {utc(row['until'])}.")
        for part in row["pays"]:
            whom = "its platform, which paid it" if part["released"] else "it"
            lines.append(f"  {part['to']}: {gem(part['amount'])} GEM to {whom}")
        lines += [f"  {one}" for one in row["can"]]
    if not lines:
        lines.append("No verdict waits on the chain.")
    lines.append(
        f"Escrow: {gem(pool['funded'])} GEM funded, {gem(pool['redeemed'])} paid by your Spends, "
        f"{gem(pool['judged'])} held or paid for verdicts, {gem(pool['left'])} left."
    )
    lines.append(
        f"Claimed today: {gem(pool['claimed_today'])} of at most {gem(pool['cap_of_day'])} GEM a day (UTC)."
    )
    leaving = value["exit"]
    word = (
        "can be finished" if leaving["started"] else "could be finished, if you start it as soon as you can,"
    )
    lines.append(f"Your exit {word} from {utc(leaving['earliest'])} on, if no more verdicts come.")
    return lines


async def contest_task(options: argparse.Namespace, requester: Requester) -> int:
    """Appeal on chain; prints the transaction."""
    from gems_platform.client.requesting import on_chain
    from gems_platform.client.requesting.desk import NothingPending

    desk, terms = desk_of(requester), await requester.terms(options.campaign_id)
    task = await desk.find(terms, options.index, options.attempt)
    bond = on_chain.bond(task, terms, requester.address, await desk.now())
    if bond is None:
        raise NothingPending(
            f"The verdict on task {task.index} cannot be contested (any more) with this key."
        )
    if await requester.chain.gem_balance(requester.address) < bond.units:
        raise NotConfirmed(
            f"The bond is {bond.exact()} GEM, and the account holds less.",
            safe="Nothing was sent.",
            action=f"Send GEM to {requester.address} first; there is time until {utc(task.word.until)}.",
        )
    _confirm(options, _stakes(task, terms, bond))
    print("0x" + (await desk.contest(terms, task)).hex())
    by = utc((await desk.find(terms, task.index, task.attempt)).word.until)
    print(f"Contested; it is judged again by {by}.", file=sys.stderr)
    return 0


def _stakes(task: PendingTask, terms: Terms, bond: Amount) -> str:
    """What an appeal means, before it is sent."""
    from gems_platform.client.requesting import on_chain

    accepted = on_chain.accepts(task)
    word, other = ("accepted", "reject") if accepted else ("rejected", "accept")
    winner = "the worker" if accepted else "the requester"
    nobody = "the bond goes to the worker" if accepted else "the bond comes back"
    again, hours = on_chain.judges_again(task, terms), terms.window // 3_600
    return (
        f"Task {task.index}, attempt {task.attempt}, stands as {word}. You put down {bond.exact()} GEM, and "
        f"{again} will judge it again within {hours} hours. If they {other} it, "
        f"the bond comes back. If not, the bond is lost: it pays them, and what is left goes to {winner}. If nobody "
        f"judges, the verdict stands and {nobody}."
    )


async def rule_task(options: argparse.Namespace, requester: Requester) -> int:
    """Decide as the arbiter; prints the transaction."""
    desk, terms = desk_of(requester), await requester.terms(options.campaign_id)
    if terms.arbiter != requester.address:
        raise NotConfirmed(
            "The terms of this campaign name another arbiter, or none.",
            safe="Nothing was sent.",
            action="Give the key of the arbiter with --key-file.",
        )
    task = await desk.find(terms, options.index, options.attempt)
    accept = options.verdict == "accept"
    _confirm(
        options,
        f"Task {task.index}, attempt {task.attempt}: you {options.verdict} it, above every panel. Nobody can appeal.",
    )
    print("0x" + (await desk.rule(terms, task, accept)).hex())
    return 0


def _confirm(options: argparse.Namespace, text: str) -> None:
    print(text, file=sys.stderr)
    if not options.yes and not says_yes():
        raise NotConfirmed("Nobody confirmed.", safe="Nothing was sent.", action="Say yes, or give --yes.")


def gem(units: str | int) -> str:
    """Base units as GEM, exactly."""
    from gems_protocol.amount import Amount

    return Amount(int(units)).exact()
