# SPDX-License-Identifier: Apache-2.0
"""SIGKILL at random points of work, seal, send, pull and claim: nothing acknowledged is lost, nothing paid twice."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from typing import Any

import pytest

from gems_platform.submissions import repository
from tests.e2e.flows import Stage
from tests.faults.books import wrong
from tests.faults.harness import KillLoop, Warm, proven, seen, ticking, worker

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(sys.platform != "linux", reason="the harness forks and passes pipes as Linux does"),
]
QUICK, LONG = 60, 1000


async def run(stage: Stage, zygote: Warm, cycles: int) -> KillLoop:
    loop = await worker(stage, zygote, f"killed {cycles} times", cycles * 3)
    async with ticking(stage):
        for number in range(0, cycles, 20):
            await loop.cycles(min(20, cycles - number))
            stage.clock.at += 3 * 3600  # a day has room for so many claims, and for few unconfirmed leases
        told = await proven(loop)
    assert not loop.notices
    assert told["received"] and loop.promises.receipts and len(loop.kills) >= 8
    return loop


async def test_kills_lose_nothing_and_pay_nothing_twice(stage: Stage, zygote: Warm) -> None:
    await run(stage, zygote, QUICK)


@pytest.mark.long
async def test_a_thousand_kills_lose_nothing_and_pay_nothing_twice(stage: Stage, zygote: Warm) -> None:
    print(json.dumps((await run(stage, zygote, LONG)).report(), indent=1))


async def test_kills_with_the_signer_in_a_process_of_its_own(stage: Stage, zygote: Warm) -> None:
    loop = await worker(stage, zygote, "with a signer", 60, key=None, password="correct horse")
    async with ticking(stage):
        await loop.cycles(2, ("seal", "claim"))
        await proven(loop)


async def test_two_instances_on_one_profile(stage: Stage, zygote: Warm) -> None:
    loop = await worker(stage, zygote, "twice open", 30)
    async with ticking(stage):
        for phase in ("edit", "seal", "send"):
            asked = loop.promises.asked()
            first = await loop.begin(asked=asked, prefer=phase)
            await loop.opened(first, asked)
            await loop.listen(first, phase)
            second = await loop.begin(asked=asked)
            refused = await second.until("refused", "open")
            assert refused["why"].startswith("ProfileInUse: Gems is already open"), refused
            assert refused["safe"] == "Nothing was changed."
            assert await second.next() is None
            await loop.listen(first, "edit", 3)
            for line in await first.kill():
                loop.hear(line)
        await proven(loop)


async def test_kills_with_the_clock_moved_both_ways(stage: Stage, zygote: Warm) -> None:
    loop = await worker(stage, zygote, "at odd hours", 60)
    async with ticking(stage):
        for days, drift in ((-400, 0), (9, 0), (-3, 60), (4000, 0), (2, -90), (0, 7)):
            loop.order = {"at": stage.clock.at + days * 86_400, "drift": drift}
            await loop.cycles(2, ("send", "finish"))
        loop.order = {}
        told = await proven(loop)
    assert "EXPIRED" not in told["states"].values(), "a wrong clock took time away from a task"


async def test_control_acknowledging_before_it_is_written_is_caught(stage: Stage, zygote: Warm) -> None:
    loop = await worker(stage, zygote, "too early", 60, broken="acknowledges early")
    async with ticking(stage):
        await loop.cycles(60, ("edit",))
    assert [said for said in loop.broken if said.startswith("edits lost")], loop.report()


async def test_control_a_platform_that_forgets_what_it_answered_is_caught(
    stage: Stage, zygote: Warm, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forgets(*_: Any) -> None:
        return None

    monkeypatch.setattr(repository, "repeated", forgets)
    loop = await worker(stage, zygote, "forgotten", 90)
    async with ticking(stage):
        await loop.cycles(60, ("send",))
    assert [said for said in loop.broken if said.startswith("sealed batch lost")], loop.report()


async def test_control_wrong_books_are_caught(stage: Stage, zygote: Warm) -> None:
    loop = await worker(stage, zygote, "books", 20)
    async with ticking(stage):
        await loop.cycles(3, ("claim",))
        told = await proven(loop)
    right, reward = await seen(loop, told), loop.campaign.terms.mr.units
    twice = {**right.rewards, next(iter(right.rewards)): 2}
    assert "paid 2 times" in wrong(told, replace(right, rewards=type(right.rewards)(twice)), reward)[0]
    for changed in (
        replace(right, to_worker=right.to_worker + reward),
        replace(right, wallet=right.wallet + reward),
        replace(right, claimed=right.claimed - 1),
        replace(right, receipts={}),
        replace(right, submitted={}),
    ):
        assert wrong(told, changed, reward), changed
