# SPDX-License-Identifier: Apache-2.0
"""The main job from an empty wallet to GEM on chain, played on a fresh local network; nothing in it is pretended."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from pathlib import Path

from gems_desktop.adapters.chain_jsonrpc import JsonRpc
from gems_desktop.local.demo_report import Outcome, report
from gems_desktop.local.neighbours import Habits, Neighbourhood, Slips
from gems_desktop.local.network import LocalNetwork, Offered, start
from gems_desktop.local.newcomer import Newcomer, until
from gems_desktop.local.samples import FOLDER
from gems_desktop.local.sums import CampaignSums
from gems_desktop.services.errors import NothingToDo, PlatformRefused
from gems_protocol import canonical
from gems_protocol.amount import Amount
from gems_protocol.escrow import exit_delay

Say = Callable[[str], None]
LEAST_TASKS, MOST_TASKS = 17, 60  # fourteen first ones, one redone, one judged twice, one appealed
_LEAST_FIRST, _LEAST_STAKED, _MOST_STAKED = 14, 2, 12
_BATCH = 4
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
    audited, weighed, staked = (
        [item for item in running.offered if item.policy == name]
        for name in ("girm", "evidence", "consensus")
    )
    await newcomer.session.sync.campaigns(refresh=True)
    await newcomer.session.earnings.set_bond_target(_BOND_TARGET)
    say(f"The first {_BOND_TARGET.text()} GEM earned are to fill the bond pocket (a standing order).")
    await _first_tasks(newcomer, audited + weighed, max(_LEAST_FIRST, tasks - 1 - _MOST_STAKED), say)
    await _with_stake(newcomer, staked, max(_LEAST_STAKED, tasks - newcomer.sent - 1), slips, say)
    bonds = await _appeal(newcomer, weighed[0], slips, say)
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
    return await report(running, neighbourhood, newcomer, campaigns, fee, bonds)


async def _first_tasks(newcomer: Newcomer, offered: list[Offered], wanted: int, say: Say) -> None:
    """Work that needs no stake, in small batches; one answer under Evidence is wrong on purpose."""
    left, wrong = list(offered), 1
    while newcomer.sent < wanted:
        item = left.pop(0)
        try:
            count = await newcomer.take(item.campaign_id, min(_BATCH, wanted - newcomer.sent))
        except PlatformRefused:
            if not left:
                raise
            continue  # all its tasks are taken; another campaign has some
        if item.policy == "girm":
            left.append(item)
            await newcomer.do_all()
        else:
            left.insert(0, item)  # who has done ten of its tasks puts up stakes, and bonds for appeals
            await newcomer.do_all(wrong=wrong)
        await newcomer.verdicts()
        facts = await newcomer.session.earnings.facts()
        title, bond = item.book.draft.manifest.title, facts.bonded.text()
        say(f"“{title}”: {_tasks(count)}, judged and paid; {bond} GEM in the bond pocket.")
        if item.policy == "evidence" and wrong:
            wrong = 0
            say(
                "One answer was wrong: verifiers who had not seen it agreed on theirs, which is the task's now."
            )


async def _appeal(newcomer: Newcomer, item: Offered, slips: Slips, say: Say) -> Amount:
    """A right answer that verifiers misread is rejected, and three others accept it; the bond that was put up."""
    await newcomer.take(item.campaign_id, 1)
    facts = await newcomer.session.work.current()
    if facts is None:
        raise NothingToDo("The platform has no task left for the appeal.")
    slips.misread.add(canonical.dumps(facts.data))
    await newcomer.do_all()
    offer = await newcomer.appeal("The sentence says so in its own words.")
    say(f"A right answer was rejected; the newcomer appealed with a bond of {offer.bond.text()} GEM.")
    await newcomer.verdicts()
    say(f"{offer.verifiers} other verifiers found for the newcomer: paid whole, and the bond came back.")
    return offer.bond


async def _with_stake(
    newcomer: Newcomer, offered: list[Offered], wanted: int, slips: Slips, say: Say
) -> None:
    """Work with a stake: one answer is wrong on purpose, one neighbour misjudges a right one."""
    left, first = wanted, True
    while left > 0:
        item = offered[0]
        count = await newcomer.take(item.campaign_id, 1 if first else left)
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
        wait = max(exit_delay(item.terms) for item in running.offered)
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


def play_in(folder: Path, tasks: int, say: Say) -> tuple[Outcome, float]:
    """Play in `folder`; the outcome and how many seconds it took."""
    began = time.monotonic()
    outcome = asyncio.run(play(folder, tasks, say))
    return outcome, time.monotonic() - began


def _tasks(count: int) -> str:
    return "1 task" if count == 1 else f"{count} tasks"
