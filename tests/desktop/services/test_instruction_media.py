# SPDX-License-Identifier: Apache-2.0
"""Pictures of instructions are on this computer once a batch is, for work and for reviews."""

from __future__ import annotations

from tests.desktop.services.conftest import Open
from tests.desktop.services.test_loop import do_all
from tests.platform.test_instruction_pictures import NAME, PNG, TEXT
from tests.platform.world import World


async def test_they_come_with_the_lease(live: World, opened: Open) -> None:
    requester = await live.person("requester")
    await requester.ask("PUT", f"/v1/media/{NAME}", raw=PNG)
    campaign = await live.campaign(1, instructions=TEXT)
    miner = await opened("miner")
    await miner.sync.fetch_batch(campaign, 1)
    task = await miner.work.current()
    assert task is not None and task.instructions == TEXT
    assert miner.context.media.has(NAME)
    await do_all(miner)
    await miner.work.seal()
    await miner.sync.flush()
    verifier = await opened("verifier 0")
    await verifier.sync.fetch_reviews(1)
    assert await verifier.review.current() is not None
    assert verifier.context.media.has(NAME)
