# SPDX-License-Identifier: Apache-2.0
"""Verdicts that wait: appeals by either side, held work, commissions, each with its money to the unit."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from gems_protocol.amount import Amount
from gems_protocol.messages import Assignment, Commission
from gems_protocol.verdict import Basis
from tests.platform.acts import EVIDENCE, ask, last, newcomer, one_task, states, with_bond
from tests.platform.api import Refused
from tests.platform.conftest import HandClock
from tests.platform.world import World, world


@pytest.fixture
async def live(tmp_path: Path, clock: HandClock) -> AsyncIterator[World]:
    async with world(tmp_path, clock) as running:
        yield running


@pytest.mark.parametrize("wins", [True, False])
async def test_a_miner_appeals_with_a_bond_and_three_others_judge(live: World, wins: bool) -> None:
    anna = await with_bond(live)
    campaign = await live.campaign(1, "evidence", **EVIDENCE)
    await one_task(live, anna, campaign)
    number = 0
    while not await live.verdicts(anna, campaign):
        await ask(live, range(number, number + 1), accept=False)
        number += 1
    event, _ = await last(live, anna, campaign)
    with pytest.raises(Refused) as refused:
        await live.appeal(anna, event)
    assert refused.value.code == "bad_debit"
    told = await live.appeal(anna, event, "It is good.", debit=True)
    assert await live.appeal(anna, event, "It is good.", debit=True) == told  # the same again
    (appealed,) = await live.events(anna, "appealed")
    assert (appealed["by"], appealed["round"], appealed["reason"]) == ("miner", 1, "It is good.")
    await ask(live, range(number, number + 3), accept=wins)
    event, verdict = await last(live, anna, campaign)
    assert event["final"] and verdict.accepted is wins and event["evidence"]["appeal"] is not None
    (row,) = await states(live, campaign)
    assert row["state"] == ("paid" if wins else "answered")
    books = await live.books(campaign)
    mine = Amount.gem("0.50").units * (1 if wins else -1)  # the reward, or stake and bond
    assert books[f"worker:{anna.address}"] == mine
    assert not any(party.startswith(("stake:", "bond:")) for party in books)


@pytest.mark.parametrize("wins", [True, False])
async def test_a_requester_appeals_while_accepted_work_is_held(live: World, wins: bool) -> None:
    anna = await newcomer(live)
    campaign = await live.campaign(1, "evidence", params={"hold_s": 7200}, **EVIDENCE)
    await one_task(live, anna, campaign)
    await ask(live, range(3), accept=True)
    event, _ = await last(live, anna, campaign)
    assert event["accepted"] and not event["final"] and event["appeal"]["by"] == "requester"
    requester = await live.person("requester")
    (held,) = (await requester.get(f"/v1/campaigns/{campaign}/held"))["held"]
    assert (held["index"], held["until"], held["seats"]) == (0, live.clock.at + 7200, 3)
    with pytest.raises(Refused):
        await live.appeal(anna, event)  # it is not against her
    await live.appeal(requester, event, "This is bad.")
    await ask(live, range(3, 6), accept=not wins)
    event, verdict = await last(live, anna, campaign)
    assert verdict.accepted is not wins
    if wins:  # rejected now, and nobody's second appeal
        assert event["final"]
    (row,) = await states(live, campaign)
    assert row["state"] == ("open" if wins else "paid")


async def test_held_work_is_paid_when_nobody_objects(live: World) -> None:
    anna = await newcomer(live)
    campaign = await live.campaign(1, params={"hold_s": 7200})
    await one_task(live, anna, campaign)
    await ask(live, range(2), accept=True)
    assert not (await live.verdicts(anna, campaign))[0][0]["final"]
    live.clock.at += 7201
    await live.tick()
    anna, requester = await live.person("anna"), await live.person("requester")
    assert (await last(live, anna, campaign))[0]["final"]
    with pytest.raises(Refused) as refused:
        await live.appeal(requester, (await live.verdicts(anna, campaign))[0][0])
    assert refused.value.code == "late"


@pytest.mark.parametrize("wins", [True, False])
async def test_an_appeal_takes_the_place_of_the_redo(live: World, wins: bool) -> None:
    anna = await with_bond(live)
    campaign = await live.campaign(1, ms=Amount.gem("0.20"))
    await one_task(live, anna, campaign)
    await ask(live, range(2), accept=False)
    event, _ = await last(live, anna, campaign)
    assert event["appeal"]["bond"] == "0" and event["redo"] is not None
    await live.appeal(anna, event)
    again = Assignment.from_json(event["redo"]["assignment"]["message"])
    with pytest.raises(Refused):
        await live.submit(
            anna, live.sealed(anna, event["redo"]["batch_id"], ["0x" + again.struct_hash().hex()])
        )
    await ask(live, range(2, 5), accept=wins)
    event, verdict = await last(live, anna, campaign)
    assert event["final"] and verdict.accepted is wins
    books = await live.books(campaign)
    assert books[f"worker:{anna.address}"] == (
        Amount.gem("0.50").units if wins else -Amount.gem("0.20").units
    )
    (row,) = await states(live, campaign)
    assert row["state"] == ("paid" if wins else "open")


@pytest.mark.parametrize(("votes", "poor"), [([False, False], True), ([False, True], False), ([], False)])
async def test_commissioned_work_is_judged_by_two_strangers(
    live: World, votes: list[bool], poor: bool
) -> None:
    params = {"commission_ppm": 400_000, "hold_s": 7200}
    campaign = await live.campaign(1, "commissioned", params=params)
    anna, requester = await newcomer(live), await live.person("requester")
    await one_task(live, anna, campaign)
    event, verdict = await last(live, anna, campaign)
    assert verdict.basis is Basis.NOT_DRAWN and not event["final"]
    (held,) = (await requester.get(f"/v1/campaigns/{campaign}/held"))["held"]
    assert held["max_fee"] == str(Amount.gem("0.20"))
    path = f"/v1/campaigns/{campaign}/commissions"

    def signed(fee: str) -> dict[str, Any]:
        message = Commission(bytes.fromhex(campaign[2:]), 0, 0, Amount.gem(fee).units)
        signature = message.sign(live.settings.campaigns_domain, requester.key)
        return {"commission": {"message": message.to_json(), "signature": "0x" + signature.hex()}}

    with pytest.raises(Refused):
        await requester.post(path, signed("0.21"))
    assert await requester.post(path, signed("0.20")) == await requester.post(path, signed("0.20"))
    for number, accept in enumerate(votes):
        await ask(live, range(number, number + 1), accept)
    if not votes:
        live.clock.at += 259_201
        await live.tick()
    event, verdict = await last(live, await live.person("anna"), campaign)
    assert (event["final"], verdict.poor, verdict.looked_at) == (True, poor, bool(votes))
    books = await live.books(campaign)
    assert books[f"worker:{anna.address}"] == Amount.gem("0.10" if poor else "0.50").units
    paid = [
        amount for party, amount in books.items() if party.startswith("worker:") and anna.address not in party
    ]
    assert paid == [Amount.gem("0.10").units] * len(votes)
    trust = await anna.get(f"/v1/trust/{anna.address}")
    assert (trust["score"]["n"], trust["score"]["accepted"]) == ((1, 0 if poor else 1) if votes else (0, 0))


async def test_held_work_counts_as_the_hubs_credit(tmp_path: Path, clock: HandClock) -> None:
    """A requester could collect work for thirty days and sign for none of it otherwise."""
    async with world(tmp_path, clock, spend_credit=Amount.gem("1").units) as live:
        anna = await newcomer(live)
        campaign = await live.campaign(4, params={"hold_s": 7200})
        for _ in range(2):  # 0.50 and two times 0.10 each
            await one_task(live, anna, campaign)
            await ask(live, range(2), accept=True)
        with pytest.raises(Refused) as refused:
            await live.lease(anna, campaign, 1)
        assert refused.value.code == "no_work"
