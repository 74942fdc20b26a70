# SPDX-License-Identifier: Apache-2.0
"""Attacks on verdicts that wait: redos given up, held work, seeds, and one bad task among many."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from gems_protocol.amount import Amount
from gems_protocol.messages import Assignment
from tests.platform.acts import ask, last, one_task, states, with_bond
from tests.platform.api import Person
from tests.platform.conftest import HandClock
from tests.platform.world import World, world


@pytest.fixture
async def live(tmp_path: Path, clock: HandClock) -> AsyncIterator[World]:
    async with world(tmp_path, clock) as running:
        yield running


@pytest.mark.parametrize("how", ["appeal", "accept", "time"])
async def test_a_task_whose_redo_was_given_up_goes_to_the_next_miner(live: World, how: str) -> None:
    """The redo's assignment was signed: the next miner's is another attempt, and leasing does not break."""
    anna = await with_bond(live)
    campaign = await live.campaign(1, ms=Amount.gem("0.20"))
    await one_task(live, anna, campaign)
    await ask(live, range(2), accept=False)
    event, _ = await last(live, anna, campaign)
    if how == "appeal":
        await live.appeal(anna, event)
        await ask(live, range(2, 5), accept=False)
    elif how == "accept":
        await anna.post("/v1/verdicts/accept", {"assignment_hashes": [_name(event)]})
    else:
        live.clock.at += 3600 + live.settings.grace_s + 1
        await live.tick()
    (row,) = await states(live, campaign)
    assert row["state"] == "open"
    ben = await _bonded(live, "ben")
    batch = await live.lease(ben, campaign, 1)
    given = Assignment.from_json(batch["items"][0]["assignment"]["message"])
    assert given.attempt == 2


def _name(event: dict[str, Any]) -> str:
    return str(event["assignment_hash"])


async def _bonded(live: World, name: str) -> Person:
    who = await live.person(name)
    await who.post("/v1/channel", {})
    await who.ask("PUT", "/v1/channel/standing-order", {"bond_target": str(Amount.gem("1"))})
    campaign = await live.campaign(1, mr=Amount.gem("1"))
    await live.work(who, campaign, 1)
    for number in (10, 11):
        await live.review(await live.person(f"verifier {number}"), 1)
    await live.tick()
    return who
