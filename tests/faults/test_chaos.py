# SPDX-License-Identifier: Apache-2.0
"""Client and platform over a line that cuts, doubles, reorders, delays and corrupts, while the client is killed now and
then: nothing lost, nothing twice."""

from __future__ import annotations

import json
import random
import sys
from collections import Counter
from dataclasses import replace

import pytest

from gems_platform.app import serve
from tests.e2e.flows import Stage
from tests.faults.far_platform import settings_of
from tests.faults.harness import KillLoop, Warm, proven, ticking, worker
from tests.helpers.bad_line import Asked, BadLine, Fault

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(sys.platform != "linux", reason="the harness forks and passes pipes as Linux does"),
]
FAULTY = 0.3  # of all requests
PHASES = ("send", "turn", "lease", "pull", "claim", "seal")


async def _through(stage: Stage, line: BadLine, loop: KillLoop) -> None:
    """From now on this worker reaches the platform over the line."""
    settings = settings_of(stage)
    await stage.running.platform.close()
    settings = replace(settings, public_url=line.url)
    stage.running.platform = await serve(settings, clock=stage.clock, ticking=False)
    line.aim(stage.running.platform.url)
    told = json.loads(stage.running.network_file.read_text())
    file = stage.folder / f"{loop.name}.json"
    file.write_text(json.dumps({**told, "platform_url": line.url}))
    loop.order["network"] = str(file)


async def _chaos(stage: Stage, zygote: Warm, exchanges: int) -> Counter[str]:
    loop = await worker(stage, zygote, f"chaos {exchanges}", exchanges // 3)
    chance = random.Random(exchanges)
    faults = [fault for fault in Fault if fault is not Fault.NONE]

    deck: list[Fault] = []

    def decide(_asked: Asked) -> Fault:
        if chance.random() >= FAULTY:
            return Fault.NONE
        if not deck:
            deck.extend(chance.sample(faults, len(faults)))
        return deck.pop()

    async with BadLine() as line:
        await _through(stage, line, loop)
        line.decide = decide  # type: ignore[method-assign, assignment]
        async with ticking(stage):
            while len(line.seen) < exchanges and not loop.broken:
                await loop.cycles(len(PHASES), PHASES)
                stage.clock.at += 600
            assert not loop.broken, loop.report()
            line.decide = lambda _asked: Fault.NONE  # type: ignore[method-assign, assignment]
            await proven(loop)
        met = Counter(fault.name for _, _, fault in line.seen)
    assert set(met) == {fault.name for fault in Fault}, met
    print(json.dumps({**loop.report(), "exchanges": len(line.seen), "faults": met}, indent=1))
    return met


async def test_chaos_loses_nothing_and_doubles_nothing(stage: Stage, zygote: Warm) -> None:
    await _chaos(stage, zygote, 100)


@pytest.mark.long
async def test_chaos_of_thousands_of_exchanges(stage: Stage, zygote: Warm) -> None:
    await _chaos(stage, zygote, 20_000)
