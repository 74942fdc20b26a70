# SPDX-License-Identifier: Apache-2.0
"""Exactly once, Mr - Vr for a redo, a new panel for a split one, stakes to the unit."""

from __future__ import annotations

import asyncio
import secrets
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from gems_protocol.amount import Amount
from gems_protocol.messages import Assignment, ClaimAuth, Panel
from tests.platform.api import Refused
from tests.platform.conftest import HandClock
from tests.platform.test_loop import _check_vouchers
from tests.platform.world import World, world


@pytest.fixture
async def live(tmp_path: Path, clock: HandClock) -> AsyncIterator[World]:
    async with world(tmp_path, clock) as running:
        yield running


def _names(batch: dict[str, Any]) -> list[str]:
    return [
        "0x" + Assignment.from_json(item["assignment"]["message"]).struct_hash().hex()
        for item in batch["items"]
    ]


async def _panel(live: World, numbers: tuple[int, ...], votes: tuple[bool, ...]) -> None:
    for number, accept in zip(numbers, votes, strict=True):
        await live.review(await live.person(f"verifier {number}"), 10, accept)


async def test_the_same_submission_twice_pays_once(live: World) -> None:
    campaign = await live.campaign(2)
    anna = await live.person("anna")
    await anna.post("/v1/channel", {})
    batch = await live.lease(anna, campaign, 2)
    body = live.sealed(anna, batch["batch_id"], _names(batch))
    first = await live.submit(anna, body)
    assert await live.submit(anna, body) == first
    await _panel(live, (0, 1), (True, True))
    assert await live.submit(anna, body) == first
    await live.tick()
    await live.tick()
    (voucher,) = await live.events(anna, "voucher")
    assert voucher["voucher"]["message"]["paid"] == str(Amount.gem("1.00"))
    other = live.sealed(anna, batch["batch_id"], _names(batch), [])
    with pytest.raises(Refused) as refused:
        await live.submit(anna, other)
    assert refused.value.code == "conflict"


async def test_a_rejected_task_is_redone_for_mr_minus_vr(live: World) -> None:
    campaign = await live.campaign(1)
    anna = await live.person("anna")
    await anna.post("/v1/channel", {})
    await live.work(anna, campaign, 1)
    await _panel(live, (0, 1), (False, False))
    (verdict,) = await live.events(anna, "verdict")
    assert not verdict["accepted"]
    assert [reason["code"] for reason in verdict["reasons"]] == ["wrong_label", "wrong_label"]
    redo = Assignment.from_json(verdict["redo"]["assignment"]["message"])
    assert (redo.attempt, redo.reward) == (1, Amount.gem("0.40").units)
    listed = (await anna.get("/v1/leases"))["batches"]
    assert verdict["redo"]["batch_id"] in [batch["batch_id"] for batch in listed]
    await live.submit(anna, live.sealed(anna, verdict["redo"]["batch_id"], ["0x" + redo.struct_hash().hex()]))
    with pytest.raises(Refused):  # whoever judged the first try does not judge the second
        await live.review(await live.person("verifier 0"), 10)
    await _panel(live, (2, 3), (True, True))
    await live.tick()
    channel = await _check_vouchers(live, anna, campaign)
    assert channel.pockets.paid == Amount.gem("0.40")
    trust = await anna.get(f"/v1/trust/{anna.address}")
    assert (trust["score"]["n"], trust["score"]["accepted"], trust["score"]["first_try"]) == (1, 1, 0)


async def test_a_split_panel_gets_a_new_panel_of_others(live: World) -> None:
    campaign = await live.campaign(1)
    anna = await live.person("anna")
    await live.work(anna, campaign, 1)
    await _panel(live, (0, 1), (True, False))
    assert await live.events(anna, "verdict") == []
    for number in (0, 1):
        with pytest.raises(Refused) as refused:
            await live.review(await live.person(f"verifier {number}"), 1)
        assert refused.value.code == "no_work"
    await _panel(live, (2, 3, 4), (True, False, True))
    (verdict,) = await live.events(anna, "verdict")
    assert verdict["accepted"]
    panels = [Panel.from_json(panel["message"]) for panel in verdict["evidence"]["panels"]]
    assert [len(panel.verifiers) for panel in panels] == [2, 3]
    assert not set(panels[0].verifiers) & set(panels[1].verifiers)
    loser = await live.person("verifier 3")
    (told,) = await live.events(loser, "review_verdict")
    assert told["agreed"] is False


async def test_stakes_are_put_up_come_back_and_are_lost(live: World) -> None:
    free = await live.campaign(2)
    anna = await live.person("anna")
    await anna.post("/v1/channel", {})
    await anna.ask("PUT", "/v1/channel/standing-order", {"bond_target": str(Amount.gem("0.60"))})
    staked = await live.campaign(2, ms=Amount.gem("0.20"))
    with pytest.raises(Refused) as refused:
        await live.lease(anna, staked, 1)
    assert refused.value.code == "bond_too_small"
    await live.work(anna, free, 2)
    await _panel(live, (0, 1), (True, True))
    await live.tick()
    channel = await anna.get("/v1/channel")
    assert channel["voucher"]["message"]["bonded"] == str(Amount.gem("0.60"))

    batch = await live.lease(anna, staked, 2)
    assert batch["stake_total"] == str(Amount.gem("0.40"))
    one, two = _names(batch)
    await live.submit(anna, live.sealed(anna, batch["batch_id"], [one]))
    back = await anna.post(f"/v1/leases/{batch['batch_id']}/return", {"assignment_hashes": [two]})
    assert back == {"returned": 1}
    await _panel(live, (2, 3), (False, False))
    await live.tick()
    channel = await anna.get("/v1/channel")
    assert channel["debited"] == str(Amount.gem("0.40"))
    assert channel["voucher"]["message"]["bonded"] == str(Amount.gem("0.80"))
    live.clock.at += 3600 + live.settings.grace_s + 1  # the redo is let pass: its stake is gone
    await live.tick()
    anna = await live.person("anna")
    assert (await anna.get("/v1/channel"))["voucher"]["message"]["bonded"] == str(Amount.gem("0.80"))
    assert len(await live.events(anna, "lease_expired")) == 1


async def test_an_unconfirmed_lease_is_void_and_gives_no_stake_back(live: World) -> None:
    campaign = await live.campaign(1)
    anna = await live.person("anna")
    body = {"request_id": "0x" + secrets.token_hex(32), "campaign_id": campaign, "count": 1}
    batch = await anna.post("/v1/leases", body)
    assert await anna.post("/v1/leases", body) == batch
    with pytest.raises(Refused) as refused:
        await anna.post("/v1/leases", {**body, "count": 2})
    assert refused.value.code == "conflict"
    live.clock.at += live.settings.confirm_s + 1
    await live.tick()
    with pytest.raises(Refused) as refused:
        await anna.post(f"/v1/leases/{batch['batch_id']}/confirm", {"debit": None})
    assert refused.value.code == "late"
    again = await live.lease(anna, campaign, 1)
    assert again["items"][0]["assignment"]["message"]["attempt"] == 1


async def test_leases_never_double_under_concurrency(live: World) -> None:
    campaign = await live.campaign(12)
    people = [await live.person(f"miner {number}") for number in range(6)]

    async def take(number: int) -> list[int]:
        try:
            batch = await live.lease(people[number % 6], campaign, 3)
        except Refused as refused:
            assert refused.code == "no_work"
            return []
        return [item["assignment"]["message"]["index"] for item in batch["items"]]

    taken = [index for batch in await asyncio.gather(*map(take, range(10))) for index in batch]
    assert sorted(taken) == list(range(12))
    assert max(Counter(taken).values()) == 1


async def test_girm_pays_by_the_fee_and_draws_by_the_committed_secret(live: World) -> None:
    campaign = await live.campaign(6, "girm")
    anna = await live.person("anna")
    await anna.post("/v1/channel", {})
    quote = await anna.get(f"/v1/campaigns/{campaign}/quote")
    assert quote["n"] == 0 and quote["fee_ppm"] == 833_334
    await live.work(anna, campaign, 6)
    for number in range(5):
        try:
            await live.review(await live.person(f"verifier {number}"), 10)
        except Refused as refused:
            assert refused.code == "no_work"
    await live.tick()
    channel = await _check_vouchers(live, anna, campaign)
    assert channel.pockets.paid.units == 6 * int(quote["reward"])


async def test_a_worse_claim_is_refused_before_any_gas(live: World) -> None:
    campaign = await live.campaign(1)
    anna = await live.person("anna")
    await anna.post("/v1/channel", {})
    await live.work(anna, campaign, 1)
    await _panel(live, (0, 1), (True, True))
    await live.tick()
    opened = await anna.get("/v1/channel")
    name = bytes.fromhex(opened["channel_id"][2:])
    fee, relayer = live.settings.relay_fee, live.settings.relayer
    good = ClaimAuth(name, 0, anna.address, relayer, fee, live.clock.at + 60)
    for auth, signer in (
        (ClaimAuth(name, 0, anna.address, relayer, fee - 1, live.clock.at + 60), anna.key),
        (ClaimAuth(name, 0, anna.address, anna.address, fee, live.clock.at + 60), anna.key),
        (ClaimAuth(name, 1, anna.address, relayer, fee, live.clock.at + 60), anna.key),
        (ClaimAuth(name, 0, anna.address, relayer, fee, live.clock.at - 60), anna.key),
        (ClaimAuth(bytes(32), 0, anna.address, relayer, fee, live.clock.at + 60), anna.key),
        (good, b"\x01" * 32),
    ):
        signature = auth.sign(live.settings.channels_domain, signer)
        body = {
            "config": opened["config"],
            "voucher": opened["voucher"],
            "auth": {"message": auth.to_json(), "signature": "0x" + signature.hex()},
        }
        with pytest.raises(Refused) as refused:
            await anna.post("/v1/relay/claims", body)
        assert refused.value.code in ("bad_claim", "bad_signature")
    assert await live.chain.gem_balance(relayer) == 0
