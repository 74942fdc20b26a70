# SPDX-License-Identifier: Apache-2.0
"""The main job from an empty wallet to GEM on chain, played on a fresh local network; nothing in it is pretended."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gems_desktop.adapters.chain_jsonrpc import JsonRpc
from gems_desktop.local.keys import REQUESTERS
from gems_desktop.local.neighbours import Habits, Neighbourhood, Slips
from gems_desktop.local.network import LocalNetwork, Offered, start
from gems_desktop.local.newcomer import Newcomer, until
from gems_desktop.local.samples import FOLDER
from gems_desktop.local.sums import CampaignSums, Check, WorkerSums, equations, worker_sums
from gems_desktop.services.errors import PlatformRefused
from gems_desktop.services.facts import ItemState
from gems_desktop.services.ports import Tx
from gems_desktop.services.records import ItemRecord, LineRecord
from gems_protocol.amount import Amount
from gems_protocol.lines import LineKind

Say = Callable[[str], None]
LEAST_TASKS, MOST_TASKS = 10, 60  # eight fill the bond pocket for a stake, one is redone, one is judged twice
_LEAST_FREE, _MOST_STAKED = 8, 12
_GIRM_BATCH = 4
_BOND_TARGET = Amount.gem("0.50")
_RUNNING = ("leased", "submitted", "in_review", "accepted", "rejected", "redo", "appealed")


class _Everything:
    """In the demo neighbours always review, and mine only to warm up."""

    def votes(self) -> bool:
        """Always."""
        return True

    def work(self) -> bool:
        """Never more than to warm up."""
        return False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the demo ends with: the JSON report, and each equation that was checked."""

    report: dict[str, Any]
    checks: tuple[Check, ...]

    @property
    def conserved(self) -> bool:
        """Whether every sum is right."""
        return bool(self.report["conserved"])


async def play(folder: Path, tasks: int, say: Say, samples: Path = FOLDER) -> Outcome:
    """Play with a newcomer who does `tasks` tasks (at least LEAST_TASKS, so that a redo and a split fit in)."""
    say("Starting a local practice network: a chain, the platform, two requesters, nine neighbours.")
    running = await start(folder, samples=samples, test_methods=True)
    neighbourhood = Neighbourhood(running)
    try:
        slips = Slips(0)
        await neighbourhood.open(Habits(wrong_answers=0, rest_s=3.0, paced=False), _Everything(), slips)
        neighbourhood.run()
        newcomer = await Newcomer.arrive(running, folder / "newcomer")
        try:
            return await _story(running, neighbourhood, newcomer, slips, max(tasks, LEAST_TASKS), say)
        finally:
            await newcomer.session.close()
    finally:
        await neighbourhood.close()
        await running.close()


async def _story(
    running: LocalNetwork,
    neighbourhood: Neighbourhood,
    newcomer: Newcomer,
    slips: Slips,
    tasks: int,
    say: Say,
) -> Outcome:
    address = await newcomer.address()
    say(f"A newcomer makes a wallet: {address}. It holds no GEM and no gas coin.")
    free = [item for item in running.offered if not item.terms.ms]
    staked = [item for item in running.offered if item.terms.ms]
    await newcomer.session.sync.campaigns(refresh=True)
    await newcomer.session.earnings.set_bond_target(_BOND_TARGET)
    say(f"The first {_BOND_TARGET.text()} GEM earned are to fill the bond pocket (a standing order).")
    await _without_stake(newcomer, free, max(_LEAST_FREE, tasks // 2 + 1, tasks - _MOST_STAKED), say)
    await _with_stake(newcomer, staked, tasks - newcomer.sent, slips, say)
    facts = await newcomer.session.earnings.facts()
    say(
        f"Earned so far: {facts.paid.text()} GEM free, {facts.bonded.text()} GEM in the bond pocket with stakes."
    )
    amount, fee = await newcomer.claim()
    say(
        f"Claimed {amount.text()} GEM through the relayer for a fee of {fee.text()} GEM; no gas coin was needed."
    )
    await _quiet(running, neighbourhood)
    campaigns = await _settle_campaigns(running, say)
    return await _report(running, neighbourhood, newcomer, campaigns, fee)


async def _without_stake(newcomer: Newcomer, offered: list[Offered], wanted: int, say: Say) -> None:
    """Work under GIRM, in small batches so that the reputation of the first makes the next cheaper."""
    left = list(offered)
    while newcomer.sent < wanted:
        item = left.pop(0)
        try:
            count = await newcomer.take(item.campaign_id, min(_GIRM_BATCH, wanted - newcomer.sent))
        except PlatformRefused:
            if not left:
                raise
            continue  # all its tasks are taken; another campaign has some
        left.append(item)
        await newcomer.do_all()
        await newcomer.verdicts()
        facts = await newcomer.session.earnings.facts()
        title = item.book.draft.manifest.title
        bond = facts.bonded.text()
        say(f"“{title}”: {_tasks(count)} without a stake, judged and paid; {bond} GEM in the bond pocket.")


async def _with_stake(
    newcomer: Newcomer, offered: list[Offered], wanted: int, slips: Slips, say: Say
) -> None:
    """Work with a stake: one answer is wrong on purpose, one neighbour misjudges a right one."""
    left, first = wanted, True
    while left > 0:
        item = offered[0]
        count = await newcomer.take(item.campaign_id, left)
        if first:
            say(
                "With the bond as stake the newcomer takes better paid work, and gets its first answer wrong."
            )
        await newcomer.do_all(wrong=int(first))
        before = len(newcomer.redone)
        await newcomer.verdicts()
        if first:
            slips.left = 1  # one right answer will be misjudged from here on
        if len(newcomer.redone) > before:
            paid = item.terms.mr - item.terms.vr()
            say(
                f"A rejected task was done again and paid {paid.text()} GEM: the reward less one verifier's pay."
            )
        left -= count
        first = False
        say(f"“{item.book.draft.manifest.title}”: {_tasks(count)} with a stake, judged and paid.")


async def _quiet(running: LocalNetwork, neighbourhood: Neighbourhood) -> None:
    """Wait until nothing is under way and every voucher has arrived."""

    async def nothing_runs() -> bool:
        for item in running.offered:
            results = await running.requesters[item.requester].results(item.campaign_id)
            if any(row["state"] in _RUNNING for row in results):
                return False
        for neighbour in neighbourhood.neighbours:
            facts = await neighbour.session.earnings.facts()
            if facts.owed or facts.at_stake or facts.in_review:
                return False
        return True

    await until("for the last verdicts", nothing_runs)


async def _settle_campaigns(running: LocalNetwork, say: Say) -> list[CampaignSums]:
    """Requesters cancel what is left, sign for what is due, and take their exit when the chain's time has come."""
    node = JsonRpc(running.chain_server.url, 15.0)
    try:
        for item in running.offered:
            requester = running.requesters[item.requester]
            await requester.cancel(item.campaign_id)
            signed = await requester.pay(item.campaign_id)

            async def redeemed(item: Offered = item, signed: int = signed) -> bool:
                found = await running.requesters[item.requester].redeemed(item.campaign_id)
                return found == signed

            await until("for the hub to redeem", redeemed)
        say("The requesters have signed for the work; the hub has redeemed it on chain.")
        await node.call("evm_setTime", [max(item.terms.ends for item in running.offered)])
        for item in running.offered:
            await running.requesters[item.requester].start_exit(item.terms)
        wait = max(item.terms.redo + item.terms.rounds * item.terms.window for item in running.offered)
        await node.call("evm_increaseTime", [wait])
        found = []
        for item in running.offered:
            found.append(await _exit(running, item))
        say("The campaigns have ended (the chain's clock was moved on); what was not spent went back.")
        return found
    finally:
        await node.close()


async def _exit(running: LocalNetwork, item: Offered) -> CampaignSums:
    requester = running.requesters[item.requester]
    before = await running.chain.gem_balance(requester.address)
    await requester.finish_exit(item.terms)
    manifest = item.book.draft.manifest
    return CampaignSums(
        campaign_id=item.campaign_id,
        title=manifest.title,
        sample=item.sample,
        policy=manifest.policy.name,
        funded=await running.chain.campaign_funded(item.terms.campaign_id()),
        redeemed=await requester.redeemed(item.campaign_id),
        returned=await running.chain.gem_balance(requester.address) - before,
    )


async def _report(
    running: LocalNetwork,
    neighbourhood: Neighbourhood,
    newcomer: Newcomer,
    campaigns: list[CampaignSums],
    fee: Amount,
) -> Outcome:
    mine = await worker_sums("The newcomer", newcomer.session, running.chain)
    workers = [mine]
    for neighbour in neighbourhood.neighbours:
        name = f"Neighbour {neighbour.number + 1}"
        workers.append(await worker_sums(name, neighbour.session, running.chain))
    accounts = {name: running.keys.address(name) for name in ("bank", "hub_payer", "relayer", *REQUESTERS)}
    checks = await equations(running.chain, accounts, campaigns, workers, fee.units)
    judged = await _judged(running)
    redone, redo_pay = await _redone(newcomer)
    checks.append(Check("Redone tasks paid Mr - Vr", redo_pay, redone * _redo_reward(running)))
    checks.append(Check("A split panel got a new panel of other people", int(judged["later_rounds"] > 0), 1))
    checks.append(
        Check("The newcomer's wallet holds its claim less the fee", mine.wallet, mine.claimed - fee.units)
    )
    report = {
        "campaigns": [_campaign_json(item) for item in campaigns],
        "tasks_done": judged["answers"],
        "reviews_done": judged["votes"],
        "accepted": judged["accepted"],
        "rejected": judged["answers"] - judged["accepted"],
        "redone": redone,
        "worker": _worker_json(mine),
        "requester_escrowed": str(sum(item.funded for item in campaigns)),
        "requester_returned": str(sum(item.returned for item in campaigns)),
        "paid_out": str(sum(item.redeemed for item in campaigns)),
        "relayer_fees": str(fee.units),
        "conserved": all(check.holds for check in checks),
    }
    return Outcome(report, tuple(checks))


async def _judged(running: LocalNetwork) -> dict[str, int]:
    """Counts over all campaigns, from what the requesters are shown."""
    found = {"answers": 0, "accepted": 0, "votes": 0, "later_rounds": 0}
    for item in running.offered:
        for row in await running.requesters[item.requester].results(item.campaign_id):
            found["answers"] += row["attempts"]
            found["accepted"] += row["answer"] is not None
            found["votes"] += len(row["votes"])
            found["later_rounds"] += any(vote["round"] > 0 for vote in row["votes"])
    return found


async def _redone(newcomer: Newcomer) -> tuple[int, int]:
    """How many of the newcomer's redone tasks were paid, and what they paid in all."""

    def paid(tx: Tx) -> tuple[int, int]:
        items = [item for item in tx.find(ItemRecord, kind="work", state=ItemState.PAID.name) if item.redo_of]
        names = tuple(item.item_id for item in items)
        lines = tx.find(LineRecord, item_id=names, kind=LineKind.REWARD.value)
        return len(items), sum(line.amount.units for line in lines if line.seq)

    return await newcomer.session.context.store.run(paid)


def _redo_reward(running: LocalNetwork) -> int:
    terms = next(item.terms for item in running.offered if item.terms.ms)
    return (terms.mr - terms.vr()).units


def _campaign_json(item: CampaignSums) -> dict[str, str]:
    return {
        "campaign_id": item.campaign_id,
        "title": item.title,
        "policy": item.policy,
        "escrowed": str(item.funded),
        "paid_out": str(item.redeemed),
        "returned": str(item.returned),
    }


def _worker_json(sums: WorkerSums) -> dict[str, str]:
    return {
        "address": sums.address,
        "paid": str(sums.paid),
        "bonded": str(sums.bonded),
        "debited": str(sums.debited),
        "claimed_on_chain": str(sums.claimed),
        "gas_coin_spent": str(sums.gas_coin + sums.nonce),
    }


def play_in(folder: Path, tasks: int, say: Say) -> tuple[Outcome, float]:
    """Play in `folder`; the outcome and how many seconds it took."""
    began = time.monotonic()
    outcome = asyncio.run(play(folder, tasks, say))
    return outcome, time.monotonic() - began


def _tasks(count: int) -> str:
    return "1 task" if count == 1 else f"{count} tasks"
