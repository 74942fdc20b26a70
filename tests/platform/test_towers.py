# SPDX-License-Identifier: Apache-2.0
"""Vouchers outlive their hub's memory: towers, published days, and a hub that takes its own vouchers back."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import AsyncIterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from eth_utils import keccak

from gems_platform.app import serve
from gems_platform.channels import repository
from gems_platform.channels.days import ROW
from gems_protocol.amount import UNIT
from gems_protocol.channel import Config
from gems_protocol.messages import Assignment, Debit, TransferAuth, Voucher
from tests.platform.api import Person, Refused
from tests.platform.conftest import HandClock, key
from tests.platform.world import World, world


@pytest.fixture
async def live(tmp_path: Path, clock: HandClock) -> AsyncIterator[World]:
    async with world(tmp_path, clock) as running:
        yield running


async def _paid(live: World, count: int = 2) -> tuple[Person, str]:
    """A worker with a channel and a voucher, and the campaign."""
    worker = await live.person("worker")
    await worker.post("/v1/channel", {})
    campaign = await live.campaign(count)
    await _earn(live, worker, campaign, 1)
    return worker, campaign


async def _earn(live: World, worker: Person, campaign: str, count: int) -> list[Any]:
    given = await live.work(worker, campaign, count)
    for name in ("verifier 0", "verifier 1"):
        await live.review(await live.person(name), count)
    await live.tick()
    return given


def _tower(live: World, config: dict[str, Any], voucher: dict[str, Any]) -> dict[str, Any]:
    here = {"chain_id": str(live.settings.chain_id), "contract": live.settings.channels}
    return {**here, "config": config, "voucher": voucher}


def _signed(live: World, message: Voucher, by: str = "hub signer") -> dict[str, Any]:
    signature = message.sign(live.settings.channels_domain, key(by))
    return {"message": message.to_json(), "signature": "0x" + signature.hex()}


async def test_a_tower_keeps_the_highest_voucher_of_a_real_channel(live: World) -> None:
    worker, campaign = await _paid(live)
    await _refuses(live, worker)
    first = await worker.get("/v1/channel")
    body = _tower(live, first["config"], first["voucher"])
    assert await worker.post("/v1/tower/vouchers", body) == {"channel_id": first["channel_id"], "seq": "1"}
    await _earn(live, worker, campaign, 1)
    newer = await worker.get("/v1/channel")
    await worker.post("/v1/tower/vouchers", _tower(live, newer["config"], newer["voucher"]))
    assert (await worker.post("/v1/tower/vouchers", body))["seq"] == "2"
    kept = await worker.get(f"/v1/tower/vouchers/{first['channel_id']}")
    assert (kept["voucher"], kept["config"]) == (newer["voucher"], newer["config"])


async def _refuses(live: World, worker: Person) -> None:
    """What is not signed by the hub, or not of a channel on this chain."""
    channel = await worker.get("/v1/channel")
    config, voucher = channel["config"], channel["voucher"]
    forged = Voucher(bytes.fromhex(channel["channel_id"][2:]), 10**20, 0, 9)
    other = Config(**{**config, "salt": 7})
    elsewhere = Voucher(other.channel_id(), 1, 0, 1)
    for body, code in (
        (_tower(live, config, _signed(live, forged, "worker")), "bad_signature"),
        (_tower(live, asdict(other), voucher), "malformed"),
        (_tower(live, asdict(other), _signed(live, elsewhere)), "not_found"),
        ({**_tower(live, config, voucher), "chain_id": "1"}, "malformed"),
    ):
        with pytest.raises(Refused) as refused:
            await worker.post("/v1/tower/vouchers", body)
        assert refused.value.code == code
    with pytest.raises(Refused):
        await worker.get(f"/v1/tower/vouchers/{channel['channel_id']}")
    channel = bytes.fromhex((await worker.get("/v1/channel"))["channel_id"][2:])
    for debited, stands in ((5, "5"), (3, "5")):
        debit = Debit(channel, debited, bytes(32))
        signature = "0x" + debit.sign(live.settings.channels_domain, worker.key).hex()
        signed = {"message": debit.to_json(), "signature": signature}
        body = {"vouchers": [], "assignments": [], "debit": signed}
        assert (await worker.ask("PUT", "/v1/channel/vouchers", body))["debited"] == stands


@pytest.mark.long
async def test_the_newest_vouchers_are_published_once_a_day(live: World, clock: HandClock) -> None:
    worker, campaign = await _paid(live)
    early = await worker.get("/v1/channel")
    clock.at += 86_400
    await live.tick()
    await worker.sign_in()
    await _earn(live, worker, campaign, 1)
    days = (await worker.get("/v1/vouchers"))["days"]
    assert len(days) == 2 and days[-1]["channels"] >= 1
    day = days[-1]["day"]
    row = await worker.get(f"/v1/vouchers/{day}/{early['channel_id']}")
    assert row["voucher"] == early["voucher"]
    nobody = await worker.get(f"/v1/vouchers/{day}/0x{'00' * 32}")
    assert nobody["voucher"] is None
    async with worker.http.get(f"{worker.url}/v1/vouchers/{day}") as answer:
        whole = await answer.read()
    assert len(whole) == ROW * days[-1]["channels"] and bytes.fromhex(early["channel_id"][2:]) in whole


async def _returned(live: World, worker: Person) -> dict[str, Any]:
    """Everything of vouchers, lines and assignments that a client holds, from its events."""
    events = await live.events(worker, "voucher")
    return {
        "vouchers": [{"voucher": event["voucher"], "lines": event["lines"]} for event in events],
        "assignments": [],
        "debit": None,
    }


def _without_a_line(body: dict[str, Any], proof: list[Any]) -> dict[str, Any]:
    first, last = body["vouchers"]
    return {**body, "assignments": proof, "vouchers": [first, {**last, "lines": []}]}


def _of_other_work(body: dict[str, Any], proof: list[Any]) -> dict[str, Any]:
    first, last = body["vouchers"]
    lines = [{**line, "index": line["index"] + 1} for line in last["lines"]]
    return {**body, "assignments": proof, "vouchers": [first, {**last, "lines": lines}]}


async def test_a_hub_that_went_back_takes_its_vouchers_and_pays_nothing_twice(
    live: World, clock: HandClock, tmp_path: Path
) -> None:
    worker, campaign = await _paid(live)
    batch = await live.lease(worker, campaign, 1)
    item = batch["items"][0]["assignment"]
    name = "0x" + Assignment.from_json(item["message"]).struct_hash().hex()
    sealed = live.sealed(worker, batch["batch_id"], [name])
    data = live.settings.data_dir
    _copy(data / "platform.sqlite3", tmp_path / "older.sqlite3")
    await live.submit(worker, sealed)
    for name in ("verifier 0", "verifier 1"):
        await live.review(await live.person(name), 1)
    await live.tick()
    before = await worker.get("/v1/channel")
    assert before["voucher"]["message"]["seq"] == "2"
    body = await _returned(live, worker)

    await live.server.close()
    for left in data.glob("platform.sqlite3*"):
        left.unlink()
    shutil.copy(tmp_path / "older.sqlite3", data / "platform.sqlite3")
    live.server = await serve(
        live.settings, port=int(live.server.url.rpartition(":")[2]), clock=clock, ticking=False
    )
    await live.tick()
    await worker.sign_in()
    assert (await worker.get("/v1/channel"))["voucher"]["message"]["seq"] == "1"

    proof = [{"message": item["message"], "signature": item["signature"]}]
    for wrong in (body, _without_a_line(body, proof), _of_other_work(body, proof)):
        with pytest.raises(Refused) as refused:
            await worker.ask("PUT", "/v1/channel/vouchers", wrong)
        assert refused.value.code == "conflict"
    body["assignments"] = proof
    taken = await worker.ask("PUT", "/v1/channel/vouchers", body)
    assert taken["taken"] and taken["voucher"] == before["voucher"]
    assert not (await worker.ask("PUT", "/v1/channel/vouchers", body))["taken"]
    await live.submit(worker, sealed)
    for name in ("verifier 0", "verifier 1"):
        reviewer = await live.person(name)
        await reviewer.sign_in()
        await live.review(reviewer, 1)
    await live.tick()
    after = await worker.get("/v1/channel")
    assert after["voucher"] == before["voucher"]
    with live.server.app.state.context.db.read() as session:
        assert repository.owed(session, worker.address) == 0


def _copy(source: Path, target: Path) -> None:
    with sqlite3.connect(source) as here, sqlite3.connect(target) as there:
        here.backup(there)
    there.close()
    here.close()


def _transfer(live: World, owner: Person, to: str, value: int, fee: int, **changes: Any) -> dict[str, Any]:
    fields = {"valid_before": live.clock.at + 3600, "nonce": keccak(text=to + str(value)), **changes}
    message = TransferAuth(owner.address, to, value, 0, fields["valid_before"], fields["nonce"])
    signed = {}
    for name, one in (("transfer", message), ("fee", message.fee(live.settings.relayer, fee))):
        signature = one.sign(live.settings.gem_domain, owner.key)
        signed[name] = {"message": one.to_json(), "signature": "0x" + signature.hex()}
    return signed


async def test_a_transfer_is_relayed_once_for_its_fee(live: World) -> None:
    owner, fee = await live.person("requester"), live.settings.relay_fee
    to, gem = "0x" + "ab" * 20, live.chain.gem_balance
    await _refuses_transfers(live, owner, fee)
    start, relayer = await gem(owner.address), await gem(live.settings.relayer)
    body = _transfer(live, owner, to, 3 * UNIT, fee)
    sent = await owner.post("/v1/relay/transfers", body)
    assert await owner.post("/v1/relay/transfers", body) == sent
    await live.tick()
    found = await owner.get(f"/v1/relay/transfers/{sent['transfer_id']}")
    assert found["state"] == "confirmed"
    assert await gem(to) == 3 * UNIT
    assert await gem(live.settings.relayer) - relayer == fee
    assert start - await gem(owner.address) == 3 * UNIT + fee


async def _refuses_transfers(live: World, owner: Person, fee: int) -> None:
    """What would not hold costs nobody anything."""
    to, whole = "0x" + "ab" * 20, await live.chain.gem_balance(owner.address)
    good = _transfer(live, owner, to, UNIT, fee)
    other = _transfer(live, owner, to, 2 * UNIT, fee)
    for body, code in (
        (_transfer(live, owner, to, UNIT, fee - 1), "bad_transfer"),
        (_transfer(live, owner, to, whole, fee), "bad_transfer"),
        (_transfer(live, owner, to, UNIT, fee, valid_before=live.clock.at + 1), "bad_transfer"),
        ({"transfer": good["transfer"], "fee": other["fee"]}, "bad_transfer"),
        (
            {
                "transfer": {**good["transfer"], "signature": other["transfer"]["signature"]},
                "fee": good["fee"],
            },
            "bad_signature",
        ),
    ):
        with pytest.raises(Refused) as refused:
            await owner.post("/v1/relay/transfers", body)
        assert refused.value.code == code
    thief = await live.person("other requester")
    with pytest.raises(Refused):
        await thief.post("/v1/relay/transfers", good)
    assert await live.chain.gem_balance(owner.address) == whole
