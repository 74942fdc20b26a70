# SPDX-License-Identifier: Apache-2.0
"""What time does: seats are filled again, silence accepts, leases run out, cancelled campaigns finish."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from gems_protocol.amount import Amount
from gems_protocol.contracts.calls import call_data
from gems_protocol.messages import ReviewAssignment
from tests.platform.api import Person, Refused
from tests.platform.conftest import HandClock
from tests.platform.test_loop import _check_vouchers
from tests.platform.test_money import _names, _panel
from tests.platform.world import World, world


@pytest.fixture
async def live(tmp_path: Path, clock: HandClock) -> AsyncIterator[World]:
    async with world(tmp_path, clock) as running:
        yield running


async def _seat(live: World, who: Person, *, confirm: bool = True) -> dict[str, Any]:
    body = {"request_id": "0x" + secrets.token_hex(32), "count": 10}
    batch: dict[str, Any] = await who.post("/v1/reviews/leases", body)
    if confirm:
        await live.confirm(who, batch)
    return batch


def _seats(batch: dict[str, Any]) -> list[str]:
    return [
        "0x" + ReviewAssignment.from_json(item["assignment"]["message"]).struct_hash().hex()
        for item in batch["items"]
    ]


async def test_skipped_void_and_overdue_seats_go_to_others(live: World) -> None:
    campaign = await live.campaign(1, vs=Amount(0))
    anna = await live.person("anna")
    await live.work(anna, campaign, 1)
    skipper, sleeper = await live.person("verifier 0"), await live.person("verifier 1")
    batch = await _seat(live, skipper)
    for _ in range(2):
        skipped = await skipper.post(
            f"/v1/reviews/{batch['batch_id']}/skip", {"assignment_hashes": _seats(batch)}
        )
        assert skipped == {"skipped": 1}
    await _seat(live, sleeper, confirm=False)
    late = await live.person("verifier 2")
    slow = await _seat(live, late)
    with pytest.raises(Refused) as refused:  # two seats, both taken
        await _seat(live, await live.person("verifier 3"))
    assert refused.value.code == "no_work"
    live.clock.at += live.settings.review_s + live.settings.grace_s + 1
    await live.tick()
    late = await live.person("verifier 2")
    with pytest.raises(Refused) as refused:
        await late.post("/v1/votes", live.votes(late, slow, True))
    assert refused.value.code == "late"
    assert len(await live.events(late, "lease_expired")) == 1
    await _panel(live, (3, 4), (True, True))
    anna = await live.person("anna")
    (verdict,) = await live.events(anna, "verdict")
    assert verdict["accepted"]


@pytest.mark.parametrize("voters", [0, 1])
async def test_votes_that_never_come_are_silence(live: World, voters: int) -> None:
    campaign = await live.campaign(1)
    anna = await live.person("anna")
    await anna.post("/v1/channel", {})
    await live.work(anna, campaign, 1)
    for number in range(voters):
        await live.review(await live.person(f"verifier {number}"), 1)
    for _ in range(3):  # each round is judged with what there is once its window is over
        live.clock.at += 259_200 + 1
        await live.tick()
    anna = await live.person("anna")
    (verdict,) = await live.events(anna, "verdict")
    assert verdict["accepted"]
    channel = await _check_vouchers(live, anna, campaign)
    assert channel.pockets.paid == Amount.gem("0.50")
    assert (await anna.get(f"/v1/trust/{anna.address}"))["score"]["n"] == 0


async def test_a_lease_that_runs_out_opens_the_task_for_others(live: World) -> None:
    campaign = await live.campaign(1)
    anna, ben = await live.person("anna"), await live.person("ben")
    batch = await live.lease(anna, campaign, 1)
    live.clock.at += 86_400 + live.settings.grace_s - 10
    await live.tick()
    ben = await live.person("ben")
    with pytest.raises(Refused):
        await live.lease(ben, campaign, 1)
    live.clock.at += 20
    await live.tick()
    again = await live.lease(await live.person("ben"), campaign, 1)
    assert again["items"][0]["assignment"]["message"]["attempt"] == 1
    anna = await live.person("anna")
    with pytest.raises(Refused) as refused:
        await live.submit(anna, live.sealed(anna, batch["batch_id"], _names(batch)))
    assert refused.value.code == "late"
    with pytest.raises(Refused) as refused:
        await live.lease(anna, campaign, 1)
    assert refused.value.code == "no_work"


async def test_a_cancelled_campaign_pays_for_what_was_submitted(live: World) -> None:
    campaign = await live.campaign(3)
    anna = await live.person("anna")
    await anna.post("/v1/channel", {})
    batch = await live.lease(anna, campaign, 2)
    first, second = _names(batch)
    await live.submit(anna, live.sealed(anna, batch["batch_id"], [first]))
    requester = await live.person("requester")
    cancelled = await requester.post(f"/v1/campaigns/{campaign}/cancel", {})
    assert (cancelled["state"], cancelled["tasks_open"]) == ("cancelled", 0)
    with pytest.raises(Refused):
        await live.lease(await live.person("ben"), campaign, 1)
    await live.submit(anna, live.sealed(anna, batch["batch_id"], [second]))
    await _panel(live, (0, 1), (True, True))
    await live.tick()
    channel = await _check_vouchers(live, anna, campaign)
    assert channel.pockets.paid == Amount.gem("1.00")
    due = await requester.get(f"/v1/campaigns/{campaign}/spend-due")
    assert due["spent"] == str(2 * Amount.gem("0.70").units)


async def test_nothing_is_signed_while_a_channel_closes(live: World) -> None:
    campaign = await live.campaign(2)
    worker = await live.person("relayer")  # has gas to close with
    await worker.post("/v1/channel", {})
    await live.work(worker, campaign, 1)
    opened = (await worker.get("/v1/channel"))["config"]
    config = (opened["payer"], opened["signer"], opened["worker"], opened["delay"], opened["salt"])
    close = call_data("Channels", "start_close", config, (0, 0, 0), (0, 0, 0))
    await live.chain.send(worker.key, live.settings.channels, close)
    await live.tick()
    await _panel(live, (0, 1), (True, True))
    await live.tick()
    assert await live.events(worker, "voucher") == []
    assert len(await live.events(worker, "verdict")) == 1
    with pytest.raises(Refused) as refused:
        await live.lease(worker, campaign, 1)
    assert refused.value.code == "conflict"


async def test_no_more_than_three_batches_wait(live: World) -> None:
    campaign = await live.campaign(4)
    anna = await live.person("anna")
    for _ in range(3):
        await live.lease(anna, campaign, 1)
    with pytest.raises(Refused) as refused:
        await live.lease(anna, campaign, 1)
    assert refused.value.code == "credit_limit"
    assert len((await anna.get("/v1/leases"))["batches"]) == 3


async def test_practice_is_said_wherever_an_account_shows(live: World) -> None:
    vera = await live.person("verifier 0")
    trust = await vera.get(f"/v1/trust/{vera.address}")
    assert (trust["practice"], trust["verifier"], trust["score"]["n"]) == (True, True, 0)
