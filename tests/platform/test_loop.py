# SPDX-License-Identifier: Apache-2.0
"""The whole loop over real HTTP and a real chain: from a campaign to GEM in a wallet that never held gas."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from gems_protocol import evidence_json
from gems_protocol.amount import Amount
from gems_protocol.campaign import Manifest, Terms
from gems_protocol.channel import Config, VoucherAccepted, WorkerChannel, owe, receive_voucher
from gems_protocol.lines import Line, miner_lines
from gems_protocol.messages import ClaimAuth, Voucher
from gems_protocol.rules import rules_of
from gems_protocol.verdict import check_verdict
from tests.platform.api import Person
from tests.platform.conftest import HandClock
from tests.platform.world import World, world


@pytest.fixture
async def live(tmp_path: Path, clock: HandClock) -> AsyncIterator[World]:
    async with world(tmp_path, clock) as running:
        yield running


async def _check_vouchers(live: World, who: Person, campaign: str) -> WorkerChannel:
    """What a client does: recompute each verdict and each voucher from evidence."""
    shown = await who.get(f"/v1/campaigns/{campaign}")
    rules = rules_of(Terms.from_json(shown["terms"]), Manifest.from_json(shown["manifest"]))
    opened = await who.get("/v1/channel")
    channel = WorkerChannel(Config(**opened["config"]))
    on_chain = await live.chain.channel(channel.config.channel_id())
    for event in (await who.get("/v1/events?after=0"))["events"]:
        if event["kind"] == "verdict":
            proof = evidence_json.from_json(event["evidence"])
            verdict = check_verdict(proof, rules, live.settings.campaigns_domain, live.settings.hub)
            assert verdict.accepted is event["accepted"]
            if event["final"]:
                channel = owe(channel, miner_lines(proof.assignment, verdict))
        elif event["kind"] == "voucher":
            found = receive_voucher(
                channel,
                Voucher.from_json(event["voucher"]["message"]),
                bytes.fromhex(event["voucher"]["signature"][2:]),
                [Line.from_json(line) for line in event["lines"]],
                live.settings.channels_domain,
                Amount(on_chain.deposit),
                on_chain.closing != 0,
            )
            assert isinstance(found, VoucherAccepted), found
            channel = found.channel
    return channel


async def _claim(live: World, who: Person, channel: WorkerChannel) -> dict[str, Any]:
    quote = await who.get("/v1/relay/quote")
    auth = ClaimAuth(
        channel.config.channel_id(),
        channel.claimed.units,
        who.address,
        quote["relayer"],
        int(quote["fee"]),
        live.clock.at + 3600,
    )
    signature = auth.sign(live.settings.channels_domain, who.key)
    opened = await who.get("/v1/channel")
    body = {
        "config": opened["config"],
        "voucher": opened["voucher"],
        "auth": {"message": auth.to_json(), "signature": "0x" + signature.hex()},
    }
    sent, twin = await asyncio.gather(who.post("/v1/relay/claims", body), who.post("/v1/relay/claims", body))
    assert twin == sent == await who.post("/v1/relay/claims", body)
    await live.tick()
    done: dict[str, Any] = await who.get(f"/v1/relay/claims/{sent['claim_id']}")
    return done


async def test_from_campaign_to_gem_on_chain(live: World) -> None:
    campaign = await live.campaign(3)
    anna = await live.person("anna")
    opened = await anna.post("/v1/channel", {})
    assert int(opened["deposit"]) > 0
    assert (await anna.post("/v1/channel", {}))["channel_id"] == opened["channel_id"]
    given = await live.work(anna, campaign, 10)
    assert len(given) == 3
    for number in range(2):
        assert await live.review(await live.person(f"verifier {number}"), 10) == 3
    await live.tick()
    channel = await _check_vouchers(live, anna, campaign)
    assert channel.pockets.paid == Amount.gem("1.50")

    done = await _claim(live, anna, channel)
    assert done["state"] == "confirmed"
    fee = live.settings.relay_fee
    assert await live.chain.gem_balance(anna.address) == Amount.gem("1.50").units - fee
    assert await live.chain.gem_balance(live.settings.relayer) == fee

    due = await live.spend(campaign)
    assert due == 3 * (Amount.gem("0.50") + Amount.gem("0.10") * 2).units
    assert await live.chain.redeemed(bytes.fromhex(campaign[2:])) == due
    results = await (await live.person("requester")).get(f"/v1/campaigns/{campaign}/results")
    assert [row["state"] for row in results["results"]] == ["paid"] * 3
    report = await anna.get(f"/v1/requesters/{live.settings.hub}/report")
    assert report["accepted"] == 0
    shown = await anna.get(f"/v1/campaigns/{campaign}")
    assert shown["report"]["accepted"] == 3 and int(shown["report"]["paid_out"]) == due
    trust = await anna.get(f"/v1/trust/{anna.address}")
    assert trust["score"]["n"] == 3 and not trust["verifier"] and not trust["practice"]
    assert (await anna.get("/v1/leases"))["batches"] == []
