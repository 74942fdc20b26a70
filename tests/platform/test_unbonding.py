# SPDX-License-Identifier: Apache-2.0
"""Steps out of the bond over HTTP: paid at once and once, never while the channel stops, never over a limit."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete

from gems_platform.channels import repository
from gems_platform.channels.tables import LineRow
from gems_protocol.amount import Amount
from gems_protocol.unbonding import step_hash
from tests.platform.acts import ask, newcomer
from tests.platform.api import Person, Refused
from tests.platform.conftest import HandClock
from tests.platform.world import World, world

PATH = "/v1/channel/unbond"
BOND = Amount.gem("1.50")


@pytest.fixture
async def live(tmp_path: Path, clock: HandClock) -> AsyncIterator[World]:
    async with world(tmp_path, clock) as running:
        yield running


async def _bonded(live: World) -> Person:
    """A worker with 1.5 GEM of its bond free, and half a GEM in the free pocket."""
    anna = await newcomer(live, "1.50")
    await live.work(anna, await live.campaign(1, mr=Amount.gem("2")), 1)
    await ask(live, range(2), accept=True)
    await live.tick()
    return anna


async def _step(live: World, who: Person, units: int, step: int, of: int = 0) -> dict[str, Any]:
    channel = (await who.get("/v1/channel"))["channel_id"]
    root = step_hash(bytes.fromhex(channel[2:]), of or step)
    return {"step": step, "amount": str(units), "debit": await live.debit(who, units, root)}


async def _refusal(who: Person, body: dict[str, Any]) -> str:
    before = await who.get("/v1/channel")
    with pytest.raises(Refused) as refused:
        await who.post(PATH, body)
    assert await who.get("/v1/channel") == before, "what is refused changes nothing"
    return f"{refused.value.code}: {refused.value.error['message']}"


async def test_each_step_is_paid_at_once_and_once(live: World) -> None:
    anna = await _bonded(live)
    before = await anna.get("/v1/channel")
    assert (before["unbonded"], before["unbond_step"]) == (0, str(Amount.gem("1")))
    first = await _step(live, anna, Amount.gem("1").units, 1)
    done = await anna.post(PATH, first)
    assert (done["step"], done["amount"]) == (1, str(Amount.gem("1")))
    assert await anna.post(PATH, first) == done, "the same step again is the same answer"
    second = await _step(live, anna, Amount.gem("0.50").units, 2)
    done = await anna.post(PATH, second)
    assert await anna.post(PATH, first) == {**done, "step": 1, "amount": str(Amount.gem("1"))}
    after = await anna.get("/v1/channel")
    paid, bonded = (int(after["voucher"]["message"][name]) for name in ("paid", "bonded"))
    assert (Amount(paid), Amount(bonded)) == (Amount.gem("2.00"), BOND)
    assert Amount(int(after["debited"])) == BOND and after["unbonded"] == 2
    assert after["deposit"] == before["deposit"], "no top-up was needed"
    lines = [event["lines"] for event in await live.events(anna, "voucher")][1:]
    assert [[(line["kind"], line["index"], line["campaign_id"]) for line in each] for each in lines] == [
        [("unbonded", number, before["channel_id"])] for number in (1, 2)
    ]
    history = (await anna.get("/v1/history?kind=debit"))["entries"]
    assert [entry["debited"] for entry in history] == [str(Amount.gem("1")), str(BOND)]


async def test_what_is_not_a_next_step_is_refused_and_changes_nothing(live: World) -> None:
    anna = await _bonded(live)
    whole = Amount.gem("1").units
    other = {**await _step(live, anna, whole, 1), "amount": str(whole - 1)}
    assert "sum" in await _refusal(anna, other), "above what was put up elsewhere, it would be another sum"
    assert "larger" in await _refusal(anna, await _step(live, anna, whole + 1, 1))
    assert "next" in await _refusal(anna, await _step(live, anna, whole, 2))
    assert "assignments" in await _refusal(anna, await _step(live, anna, whole, 1, of=2))
    stake = {"step": 1, "amount": str(whole), "debit": await live.debit(anna, whole, bytes(32))}
    assert "assignments" in await _refusal(anna, stake)
    await anna.post(PATH, await _step(live, anna, whole, 1))
    assert "too little" in await _refusal(anna, await _step(live, anna, BOND.units - whole + 1, 2))
    again = await _step(live, anna, 1, 1)  # another sum under a number that was taken
    assert "assignments" in await _refusal(anna, again)
    ben = await live.person("ben")
    with pytest.raises(Refused) as refused:
        await ben.post(PATH, again)
    assert refused.value.code == "not_found"


async def test_nothing_is_taken_in_a_channel_that_stops(live: World) -> None:
    anna = await _bonded(live)
    body = await _step(live, anna, 1, 1)
    with live.server.app.state.context.db.write() as session:
        repository.own(session, anna.address).frozen = "hub"
    assert "closing" in await _refusal(anna, body)


@pytest.mark.long
async def test_a_hub_that_went_back_takes_its_steps_back(live: World) -> None:
    """The vouchers, their lines and the newest debit are enough, and the next step goes on from there."""
    anna = await _bonded(live)
    await anna.post(PATH, await _step(live, anna, Amount.gem("1").units, 1))
    after = await anna.get("/v1/channel")
    known = [
        {"voucher": event["voucher"], "lines": event["lines"]} for event in await live.events(anna, "voucher")
    ]
    entry = (await anna.get("/v1/history?kind=debit"))["entries"][-1]
    debit = {
        "message": {
            "channel_id": after["channel_id"],
            "debited": entry["debited"],
            "assignment_hash": entry["root"],
        },
        "signature": entry["signature"],
    }
    context = live.server.app.state.context
    with context.db.write() as session:  # the step and its voucher are lost
        row = repository.own(session, anna.address)
        row.paid, row.seq, row.debited = row.paid - Amount.gem("1").units, row.seq - 1, 0
        row.from_rewards = BOND.units
        session.execute(delete(LineRow).where(LineRow.kind == "unbonded"))
    body = {"vouchers": known[1:], "assignments": [], "debit": None}
    with pytest.raises(Refused):  # without the debit nothing was put up that could have come back
        await anna.ask("PUT", "/v1/channel/vouchers", body)
    taken = await anna.ask("PUT", "/v1/channel/vouchers", {**body, "debit": debit})
    assert taken["taken"] and (taken["unbonded"], taken["debited"]) == (1, entry["debited"])
    assert taken["voucher"] == after["voucher"]
    await anna.post(PATH, await _step(live, anna, Amount.gem("0.50").units, 2))
    assert (await anna.get("/v1/channel"))["voucher"]["message"]["paid"] == str(Amount.gem("2"))
