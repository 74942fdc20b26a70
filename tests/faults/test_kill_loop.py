# SPDX-License-Identifier: Apache-2.0
"""SIGKILL at random points of work, seal, send, pull and claim: nothing acknowledged is lost, nothing paid twice."""

from __future__ import annotations

import json
import sys
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from tests.e2e.flows import Stage, local_network
from tests.faults.books import Evidence, evidence, wrong
from tests.faults.harness import KillLoop, Warm, ticking, warm

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(sys.platform != "linux", reason="the harness forks and passes pipes as Linux does"),
]
QUICK, LONG = 60, 1000


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stage(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    async with local_network(tmp_path_factory.mktemp("kills")) as running:
        yield running


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def zygote() -> AsyncIterator[Warm]:
    async with warm() as made:
        yield made


async def begin(stage: Stage, zygote: Warm, name: str, tasks: int, **more: object) -> KillLoop:
    """A new worker with a campaign whose work is accepted at once."""
    campaign = await stage.campaign("commissioned", tasks, ms="0", params={"hold_s": 0})
    return KillLoop(stage, zygote, campaign, name, seed=len(name), **more)  # type: ignore[arg-type]


async def seen(stage: Stage, loop: KillLoop, told: dict[str, Any]) -> Evidence:
    """What the platform and the chain say in the end."""
    db = stage.running.platform.app.state.context.db
    wallet = await stage.running.chain.gem_balance(loop.address)
    channel = await stage.running.chain.channel(bytes.fromhex(told["channel"][2:]))
    return evidence(db, loop.address, loop.campaign.campaign_id, wallet=wallet, claimed=channel.claimed)


async def run(stage: Stage, zygote: Warm, cycles: int) -> KillLoop:
    loop = await begin(stage, zygote, f"killed {cycles} times", cycles * 3)
    async with ticking(stage):
        await loop.cycles(cycles)
        told = await loop.settle()
    assert not loop.broken, loop.report()
    assert not loop.notices
    print(json.dumps(loop.report(), indent=1), {k: v for k, v in told.items() if k not in ("inventory",)})
    assert wrong(told, await seen(stage, loop, told), loop.campaign.terms.mr.units) == []
    assert sum((await stage.books(loop.campaign)).values()) == 0
    return loop


async def test_kills_lose_nothing_and_pay_nothing_twice(stage: Stage, zygote: Warm) -> None:
    loop = await run(stage, zygote, QUICK)
    print(json.dumps(loop.report(), indent=1))
