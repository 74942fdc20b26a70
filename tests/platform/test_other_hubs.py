# SPDX-License-Identifier: Apache-2.0
"""A platform as tower of another hub's workers, and as relayer of its own workers' closes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from gems_platform.channels.chain import approve_data, call_data, deposit_many_data, start_close_data
from gems_platform.channels.closing import NO_VOUCHER
from gems_platform.watching.worth import CLOSED, is_closing
from gems_protocol.amount import UNIT
from gems_protocol.channel import Config
from gems_protocol.messages import CloseAuth, Voucher
from gems_protocol.signature import address_of
from tests.platform.api import Person, Refused
from tests.platform.conftest import HandClock, key
from tests.platform.test_towers import _paid
from tests.platform.world import World, world

DELAY = 30 * 86_400


@pytest.fixture
async def live(tmp_path: Path, clock: HandClock) -> AsyncIterator[World]:
    async with world(tmp_path, clock, watch_s=0) as running:
        yield running


def _row(config: Config) -> tuple[str, str, str, int, int]:
    return config.payer, config.signer, config.worker, config.delay, config.salt


async def _other_channel(live: World) -> tuple[Config, dict[str, Any]]:
    """Another hub opens a channel and signs a voucher of 9; what a tower is told of it."""
    payer, signer = key("other requester"), address_of(key("other signer"))
    config = Config(address_of(payer), signer, address_of(key("ben")), DELAY, 0)
    give = call_data("Gem", "transfer", config.payer, 100 * UNIT)
    await live.chain.send(key("requester"), live.settings.gem, give)
    await live.chain.send(payer, live.settings.gem, approve_data(live.settings.channels, 2**200))
    data = deposit_many_data(signer, DELAY, 0, [config.worker], [20 * UNIT])
    await live.chain.send(payer, live.settings.channels, data)
    voucher = Voucher(config.channel_id(), 9 * UNIT, 0, 4)
    signature = voucher.sign(live.settings.channels_domain, key("other signer"))
    return config, {
        "chain_id": str(live.settings.chain_id),
        "contract": live.settings.channels,
        "config": asdict(config),
        "voucher": {"message": voucher.to_json(), "signature": "0x" + signature.hex()},
    }


async def test_a_platform_hands_in_for_another_hubs_worker_and_not_against_itself(live: World) -> None:
    worker, _ = await _paid(live)
    config, told = await _other_channel(live)
    await worker.post("/v1/tower/vouchers", told)
    own = await worker.get("/v1/channel")
    body = {**told, "config": own["config"], "voucher": own["voucher"]}
    await worker.post("/v1/tower/vouchers", body)
    await live.chain.send(
        key("other requester"), live.settings.channels, start_close_data(_row(config), *NO_VOUCHER)
    )
    mine = Config(**own["config"])
    await live.chain.send(
        live.settings.hub_payer_key, live.settings.channels, start_close_data(_row(mine), *NO_VOUCHER)
    )
    await live.tick()
    assert await live.chain.gem_balance(config.worker) == 9 * UNIT
    assert (await live.chain.channel(config.channel_id())).closing >> 254 & 1
    shown = await live.chain.channel(mine.channel_id())
    assert is_closing(shown) and not shown.closing >> 254 & 1 and shown.claimed == 0
    await live.tick()
    assert await live.chain.gem_balance(config.worker) == 9 * UNIT


def _close(live: World, worker: Person, own: dict[str, Any], fee: int, **changes: Any) -> dict[str, Any]:
    fields = {
        "relayer": live.settings.relayer,
        "deadline": live.clock.at + 3_600,
        "by": worker.key,
        **changes,
    }
    auth = CloseAuth(bytes.fromhex(own["channel_id"][2:]), fields["relayer"], fee, fields["deadline"])
    signature = auth.sign(live.settings.channels_domain, fields["by"])
    signed = {"message": auth.to_json(), "signature": "0x" + signature.hex()}
    return {"config": own["config"], "voucher": fields.get("voucher", own["voucher"]), "auth": signed}


async def test_a_close_is_relayed_once_for_its_fee_and_ends_by_itself(live: World, clock: HandClock) -> None:
    worker, campaign = await _paid(live, 2)
    own = await worker.get("/v1/channel")
    quote = await worker.get("/v1/relay/close-quote")
    fee = int(quote["fee"])
    assert quote["relayer"] == live.settings.relayer and fee == live.settings.relay_fee
    await _refused(live, worker, own, fee)
    before = await live.chain.gem_balance(live.settings.relayer)
    body = _close(live, worker, own, fee, voucher=None)  # the hub knows a higher one than none
    sent = await worker.post("/v1/relay/closes", body)
    assert await worker.post("/v1/relay/closes", body) == sent
    with pytest.raises(Refused):
        await live.lease(worker, campaign, 1)
    await live.tick()
    assert (await worker.get(f"/v1/relay/closes/{sent['close_id']}"))["state"] == "confirmed"
    paid = int(own["voucher"]["message"]["paid"])
    assert await live.chain.gem_balance(worker.address) == paid - fee
    assert await live.chain.gem_balance(live.settings.relayer) - before == fee
    clock.at += DELAY + 1_000
    await live.chain._rpc("evm_mine")
    for _ in range(3):
        await live.tick()
    assert (await live.chain.channel(bytes.fromhex(own["channel_id"][2:]))).closing == CLOSED


async def _refused(live: World, worker: Person, own: dict[str, Any], fee: int) -> None:
    """What would not hold costs nobody anything, and leaves the channel open."""
    thief = await live.person("other requester")
    for body, code in (
        (_close(live, worker, own, fee - 1), "bad_claim"),
        (_close(live, worker, own, fee, relayer=thief.address), "bad_claim"),
        (_close(live, worker, own, fee, deadline=live.clock.at), "bad_claim"),
        (_close(live, worker, own, fee, by=thief.key), "bad_signature"),
        (_close(live, worker, own, 10**30), "bad_claim"),
    ):
        with pytest.raises(Refused) as refused:
            await worker.post("/v1/relay/closes", body)
        assert refused.value.code == code
    with pytest.raises(Refused):
        await thief.post("/v1/relay/closes", _close(live, worker, own, fee))
    assert (await live.chain.channel(bytes.fromhex(own["channel_id"][2:]))).closing == 0
