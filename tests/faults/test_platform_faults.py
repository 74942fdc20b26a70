# SPDX-License-Identifier: Apache-2.0
"""The platform is killed in the midst of things, or comes back from an older backup: nothing lost, nothing twice."""

from __future__ import annotations

import random
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from gems_desktop.services.errors import PlatformRefused
from gems_desktop.services.facts import ItemState
from tests.e2e.flows import Stage
from tests.faults.far_platform import back_up, killed_again_and_again, restore
from tests.faults.harness import Warm, proven, seen, ticking, worker

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(sys.platform != "linux", reason="the harness forks and passes pipes as Linux does"),
]


async def _restarts(stage: Stage, zygote: Warm, cycles: int) -> None:
    loop = await worker(stage, zygote, f"restarted {cycles}", cycles * 4)
    async with killed_again_and_again(stage, zygote, random.Random(cycles)) as pids:
        await loop.cycles(cycles, ("send", "lease", "pull", "claim", "seal", "turn"))
    async with ticking(stage):
        await proven(loop)
    assert len(pids) > cycles // 12, "the platform was not killed often"
    assert any("Offline" in why for why in loop.refused), loop.refused


async def test_the_platform_killed_again_and_again(stage: Stage, zygote: Warm) -> None:
    await _restarts(stage, zygote, 8)


@pytest.mark.long
async def test_the_platform_killed_many_times(stage: Stage, zygote: Warm) -> None:
    await _restarts(stage, zygote, 300)


async def _restored(stage: Stage, zygote: Warm, folder: Path, cycles: int) -> dict[str, Any]:
    """Work, a backup, more work, the backup in the place of the store, and what comes of it in the end."""
    loop = await worker(stage, zygote, f"older backup {cycles}", cycles * 4)
    async with ticking(stage):
        await loop.cycles(cycles)
        back_up(stage, folder / f"backup {cycles}")
        await loop.cycles(cycles)
        stage.clock.at += 60
    await restore(stage, folder / f"backup {cycles}")
    async with ticking(stage):
        await loop.cycles(cycles)
        told = await loop.settle()
    assert not loop.broken, loop.report()
    found = await seen(loop, told)
    assert set(found.rewards.values()) <= {1}, "paid twice"
    assert int(told["claimed"]) == found.claimed and int(told["wallet"]) == found.wallet
    fees = sum(int(fee) for _, fee in told["received"])
    assert found.wallet == found.claimed - fees
    # the ledger went back, what is signed did not
    assert found.to_worker <= int(told["paid"]), [told["difference"], loop.refused, told["states"]]
    assert int(told["paid"]) <= len(found.states | told["states"]) * loop.campaign.terms.mr.units
    assert int(told["claimed"]) + int(told["claimable"]) == int(told["paid"]), (
        "every signed sum is worth its coins"
    )
    return told


async def test_the_platform_from_an_older_backup(stage: Stage, zygote: Warm, tmp_path: Path) -> None:
    await _restored(stage, zygote, tmp_path, 5)


@pytest.mark.long
async def test_the_platform_from_an_older_backup_at_length(
    stage: Stage, zygote: Warm, tmp_path: Path
) -> None:
    await _restored(stage, zygote, tmp_path, 60)


@dataclass
class Forgetful:
    """A platform that does not know the leases it signed."""

    inner: Any

    def __getattr__(self, name: str) -> Any:
        return getattr(self.inner, name)

    async def post(self, path: str, body: Any, **more: Any) -> Any:
        if path == "/v1/submissions":
            raise PlatformRefused("not_found", "This batch does not exist.")
        return await self.inner.post(path, body, **more)


async def test_answers_to_a_lease_that_the_platform_forgot_stay_sealed(stage: Stage) -> None:
    miner = await stage.newcomer()
    campaign = await stage.campaign("commissioned", 2, ms="0", params={"hold_s": 0})
    await miner.sync.campaigns(refresh=True)
    await miner.sync.fetch_batch(campaign.campaign_id, 1)
    await stage.answer(miner)
    await miner.work.seal()
    real = miner.context.platform
    miner.context.platform = Forgetful(real)
    with pytest.raises(PlatformRefused):
        await miner.sync.flush()
    assert [item.state for item in await miner.work.outbox()] == [ItemState.SEALED]
    miner.context.platform = real
    await miner.sync.flush()
    assert [item.state for item in await miner.work.outbox()] == [ItemState.DELIVERED]
