# SPDX-License-Identifier: Apache-2.0
"""The platform is killed in the midst of things, or comes back from an older backup: nothing lost, nothing paid twice."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

from tests.e2e.flows import Stage
from tests.faults.far_platform import back_up, killed_again_and_again, restore
from tests.faults.harness import Warm, proven, ticking, worker

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
    assert len(pids) > cycles // 8, "the platform was not killed often"
    assert any("Offline" in why for why in loop.refused), loop.refused


async def test_the_platform_killed_again_and_again(stage: Stage, zygote: Warm) -> None:
    await _restarts(stage, zygote, 16)


@pytest.mark.long
async def test_the_platform_killed_many_times(stage: Stage, zygote: Warm) -> None:
    await _restarts(stage, zygote, 300)


async def test_the_platform_from_an_older_backup(stage: Stage, zygote: Warm, tmp_path: Path) -> None:
    loop = await worker(stage, zygote, "older backup", 90)
    async with ticking(stage):
        await loop.cycles(6)
    back_up(stage, tmp_path / "backup")
    async with ticking(stage):
        await loop.cycles(12)
    await restore(stage, tmp_path / "backup")
    async with ticking(stage):
        await loop.cycles(6)
        await proven(loop)
