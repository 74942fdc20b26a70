# SPDX-License-Identifier: Apache-2.0
"""Attacks on verdicts that wait: redos given up, held work, seeds, and one bad task among many."""

from __future__ import annotations

from collections.abc import AsyncIterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from gems_platform.campaigns import service as campaigns
from gems_platform.reviews import appeals, settling
from gems_platform.tasks import leasing
from gems_protocol.amount import Amount
from gems_protocol.gold import GoldItem, gold_root
from gems_protocol.messages import Assignment, StandingNote
from gems_protocol.verification import standing_of
from tests.platform.acts import ask, last, newcomer, one_task, states, with_bond
from tests.platform.api import Person, Refused
from tests.platform.conftest import HandClock
from tests.platform.world import GOOD, World, world


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


@pytest.mark.parametrize(
    ("name", "value"), [("redo", 2**63), ("window", 2**64 - 1), ("redo", 0), ("window", 59)]
)
async def test_a_campaign_does_not_make_people_wait_for_ever_or_not_at_all(
    live: World, name: str, value: int
) -> None:
    """Times that the store cannot hold would end the ticker; a redo of no time takes the stake without one."""
    times: dict[str, Any] = {name: value}
    with pytest.raises(Refused) as refused:
        await live.campaign(1, **times)
    assert refused.value.code == "malformed"


async def test_one_task_that_cannot_be_settled_stops_no_other(
    live: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    anna = await newcomer(live)
    bad = await live.campaign(1, params={"hold_s": 3600})
    good = await live.campaign(1, params={"hold_s": 7200})
    for campaign in (bad, good):
        await one_task(live, anna, campaign)
    for number in range(2):
        await live.review(await live.person(f"verifier {number}"), 2)
    whole = settling.settle

    def broken(session: Any, settings: Any, row: Any, *more: Any) -> Any:
        if row.campaign_id == bad:
            session.add(row)
            row.settle_at = None
            raise AssertionError("the evidence does not give the verdict that was reached")
        return whole(session, settings, row, *more)

    monkeypatch.setattr(settling, "settle", broken)
    live.clock.at += 7201
    await live.tick()
    await live.tick()
    assert [row["state"] for row in await states(live, good)] == ["paid"]
    assert [row["state"] for row in await states(live, bad)] == ["accepted"]
    assert sum("could not be done" in record.message for record in caplog.records) == 1
    monkeypatch.undo()
    await live.tick()  # nothing of the failed step was kept, so it is done as soon as it can be
    assert [row["state"] for row in await states(live, bad)] == ["paid"]


async def test_large_answers_come_in_pages_that_can_be_read(
    live: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who answers at length must not keep a verifier from its batch, or a requester from its results."""
    monkeypatch.setattr(leasing, "MAX_BATCH_DATA", 100)
    monkeypatch.setattr(campaigns, "RESULTS_SIZE", 100)
    monkeypatch.setattr(appeals, "HELD_SIZE", 100)
    anna, requester = await newcomer(live), await live.person("requester")
    campaign = await live.campaign(3, params={"hold_s": 7200})
    for _ in range(3):
        await one_task(live, anna, campaign)
    vera, ben = await live.person("verifier 0"), await live.person("verifier 1")
    assert [await live.review(vera, 3) for _ in range(3)] == [1, 1, 1]
    assert [await live.review(ben, 3) for _ in range(3)] == [1, 1, 1]
    for path, rows in (("held", "held"), ("results", "results")):
        seen: list[int] = []
        while page := (
            await requester.get(f"/v1/campaigns/{campaign}/{path}?after={seen[-1] if seen else -1}")
        )[rows]:
            assert len(page) == 1
            seen += [row["index"] for row in page]
        assert seen == [0, 1, 2]
        live.clock.at += 600


async def test_held_work_keeps_no_verifier_from_the_next_batch(live: World) -> None:
    """A requester that looks at its work for a month must not keep those busy who have voted already."""
    anna = await newcomer(live)
    campaign = await live.campaign(4, params={"hold_s": 30 * 86_400})
    for _ in range(4):
        await one_task(live, anna, campaign)
        assert await live.review(await live.person("verifier 0"), 1) == 1
        assert await live.review(await live.person("verifier 1"), 1) == 1
        await live.tick()
    events = [event for event, _ in await live.verdicts(anna, campaign)]
    assert len(events) == 4 and not any(event["final"] for event in events)


async def test_known_answers_of_ones_own_make_nobody_an_expert(live: World) -> None:
    """A requester knows its own gold: with many cheap tasks a friend's answer would outweigh everybody else's."""
    known = [GoldItem(index, GOOD, bytes([index + 1] * 32)) for index in range(40)]
    anna = await newcomer(live)
    campaign = await live.campaign(
        40,
        "commissioned",
        mr=Amount(1_000),
        floor=Amount(0),
        gold_root=gold_root(known),
        extra={"gold": [item.to_json() for item in known]},
        params={"commission_ppm": 400_000},
    )
    for _ in range(2):
        await live.work(anna, campaign, 20)
        await live.tick()
    other = await live.campaign(1)
    note = StandingNote.from_json((await anna.get(f"/v1/campaigns/{other}/quote"))["note"]["message"])
    assert 0 < note.gold <= 20 and standing_of(note).accuracy < Fraction(93, 100)
