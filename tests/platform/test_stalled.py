# SPDX-License-Identifier: Apache-2.0
"""Verifiers who all wait for each other's votes: what stands still may be judged beyond the credit, and is."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from gems_platform.reviews import seating
from gems_protocol.channel import CREDIT_BATCHES, STALLED_BATCHES
from tests.platform.api import Person, Refused
from tests.platform.conftest import HandClock
from tests.platform.world import World, world


@pytest.fixture
async def live(tmp_path: Path, clock: HandClock) -> AsyncIterator[World]:
    async with world(tmp_path, clock) as found:
        yield found


async def _seat(live: World, who: Person) -> dict[str, Any]:
    """One seat, confirmed; raises Refused."""
    body = {"request_id": "0x" + secrets.token_hex(32), "count": 1}
    batch: dict[str, Any] = await who.post("/v1/reviews/leases", body)
    await live.confirm(who, batch)
    return batch


async def _vote(live: World, who: Person, batch: dict[str, Any]) -> None:
    await who.post("/v1/votes", live.votes(who, batch, True))


async def _refused(live: World, who: Person) -> str:
    with pytest.raises(Refused) as refused:
        await _seat(live, who)
    return refused.value.code


async def test_a_verifier_at_the_limit_takes_what_stands_still_and_nothing_newer(live: World) -> None:
    campaign = await live.campaign(STALLED_BATCHES + 2)
    anna = await live.person("anna")
    await anna.post("/v1/channel", {})
    vera = await live.person("verifier 0")
    await live.work(anna, campaign, STALLED_BATCHES + 1)
    await live.tick()
    for _ in range(CREDIT_BATCHES):
        await _vote(live, vera, await _seat(live, vera))
    assert await _refused(live, vera) == "credit_limit"
    live.clock.at += live.settings.stalled_s
    ben = await live.person("ben")
    await ben.post("/v1/channel", {})
    newer = (await live.work(ben, campaign, 1))[0].index
    await live.tick()
    taken = []
    for _ in range(STALLED_BATCHES - CREDIT_BATCHES):
        batch = await _seat(live, vera)
        assert await _refused(live, vera) == "credit_limit"  # what is given is judged first
        await _vote(live, vera, batch)
        taken.append(batch["items"][0]["assignment"]["message"]["index"])
    assert newer not in map(int, taken)
    assert await _refused(live, vera) == "credit_limit"


async def test_two_who_wait_for_each_other_both_get_on(live: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each judged what the other did not; nobody else comes; both are at their limit."""
    monkeypatch.setattr(seating.names, "order", lambda _session, _me, _campaign, index: -index)
    campaign = await live.campaign(2 * CREDIT_BATCHES)
    anna = await live.person("anna")
    await anna.post("/v1/channel", {})
    pair = [await live.person(f"verifier {number}") for number in range(2)]
    for who in pair:
        await live.work(anna, campaign, CREDIT_BATCHES)
        await live.tick()
        for _ in range(CREDIT_BATCHES):
            await _vote(live, who, await _seat(live, who))
    assert [await _refused(live, who) for who in pair] == ["credit_limit", "credit_limit"]
    live.clock.at += live.settings.stalled_s
    for _ in range(CREDIT_BATCHES):
        for who in pair:
            await _vote(live, who, await _seat(live, who))
        await live.tick()
    assert len(await live.events(anna, "verdict")) == 2 * CREDIT_BATCHES
