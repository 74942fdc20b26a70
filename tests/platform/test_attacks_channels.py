# SPDX-License-Identifier: Apache-2.0
"""Attacks on towers, the relayer and vouchers that are handed back: others' money, and places taken for nothing."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from gems_platform.channels.chain import call_data, deposit_many_data
from gems_platform.errors import ChainDown
from gems_protocol.amount import UNIT, Amount
from gems_protocol.channel import Config
from gems_protocol.lines import Line, LineKind
from gems_protocol.messages import Assignment, Voucher
from gems_protocol.signature import address_of
from tests.platform.acts import ask, newcomer
from tests.platform.api import Person, Refused
from tests.platform.conftest import HandClock, key
from tests.platform.test_towers import _transfer as transfer_of
from tests.platform.world import World, world

HUB = "other requester"  # a hub of another platform, which has gas and GEM


@pytest.fixture
async def live(tmp_path: Path, clock: HandClock) -> AsyncIterator[World]:
    async with world(tmp_path, clock) as running:
        yield running


async def _code(asked: Any) -> str:
    with pytest.raises(Refused) as refused:
        await asked
    return str(refused.value.code)


# Towers


async def _foreign(live: World, deposit: int, salt: int) -> Config:
    """A channel of another hub with this deposit."""
    hub, worker = address_of(key(HUB)), address_of(key("worker"))
    gem, channels = live.settings.gem, live.settings.channels
    give = call_data("Gem", "transfer", hub, deposit)
    await live.chain.send(key("requester"), gem, give)
    await live.chain.send(key(HUB), gem, call_data("Gem", "approve", channels, 2**200))
    delay = live.settings.channel_delay_s
    await live.chain.send(key(HUB), channels, deposit_many_data(hub, delay, salt, [worker], [deposit]))
    return Config(hub, hub, worker, delay, salt)


def _kept(live: World, config: Config, paid: int, bonded: int, seq: int) -> dict[str, Any]:
    voucher = Voucher(config.channel_id(), paid, bonded, seq)
    signature = voucher.sign(live.settings.channels_domain, key(HUB))
    return {
        "chain_id": str(live.settings.chain_id),
        "contract": live.settings.channels,
        "config": asdict(config),
        "voucher": {"message": voucher.to_json(), "signature": "0x" + signature.hex()},
    }


async def test_a_hub_cannot_put_a_later_voucher_over_less_in_a_towers_place(live: World) -> None:
    """The tower is for the case that the hub lies; and dust does not fill it, nor do numbers break it."""
    anybody = Person(live.http, live.server.url, live.settings, key("anybody"))
    good = await _foreign(live, 5 * UNIT, 1)
    best = _kept(live, good, 3 * UNIT, UNIT, 7)
    path = "/v1/tower/vouchers"
    assert (await anybody.post(path, best))["seq"] == "7"
    for paid, bonded, seq in ((0, 0, 8), (3 * UNIT, 0, 2**40), (UNIT, 2 * UNIT, 2**62)):
        assert (await anybody.post(path, _kept(live, good, paid, bonded, seq)))["seq"] == "7"
    shown = await anybody.get(f"{path}/0x{good.channel_id().hex()}")
    assert shown["voucher"] == best["voucher"]
    assert (await anybody.post(path, _kept(live, good, 4 * UNIT, UNIT, 7)))["seq"] == "7"
    assert (await anybody.get(f"{path}/0x{good.channel_id().hex()}"))["voucher"] != best["voucher"]
    assert await _code(anybody.post(path, _kept(live, good, 9 * UNIT, 0, 2**63))) == "malformed"
    dust = await _foreign(live, 1, 2)
    assert await _code(anybody.post(path, _kept(live, dust, UNIT, 0, 1))) == "not_found"


# The relayer


def _sent(live: World, owner: Person, value: int, nonce: bytes) -> dict[str, Any]:
    to = "0x" + "ab" * 20
    return transfer_of(live, owner, to, value, live.settings.relay_fee, nonce=nonce)


async def test_the_relayer_pays_gas_for_one_transfer_of_an_owner_at_a_time(
    live: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Until a block comes, fifty transfers with one nonce all simulate well, and one of them pays."""
    owner, path = await live.person("requester"), "/v1/relay/transfers"
    context = live.server.app.state.context
    lost: list[str] = []

    async def broadcast(raw: str) -> None:
        lost.append(raw)

    monkeypatch.setattr(context.chain, "broadcast", broadcast)
    sent = await owner.post(path, _sent(live, owner, UNIT, bytes(32)))
    again = _sent(live, owner, 2 * UNIT, bytes(32))
    assert await _code(owner.post(path, again)) == "too_many_requests" and len(lost) == 2
    assert await owner.post(path, _sent(live, owner, UNIT, bytes(32))) == sent
    monkeypatch.undo()
    await live.tick()
    await live.tick()
    assert (await owner.get(f"{path}/{sent['transfer_id']}"))["state"] == "confirmed"
    assert await _code(owner.post(path, again)) == "bad_transfer"
    await _a_fee_is_not_kept_for_a_transfer_that_lost_its_nonce(live, monkeypatch)


async def _a_fee_is_not_kept_for_a_transfer_that_lost_its_nonce(
    live: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The fee was in a block, the transfer's broadcast failed, and somebody else's had its number."""
    owner, path = await live.person("requester"), "/v1/relay/transfers"
    chain, gem = live.server.app.state.context.chain, live.chain.gem_balance
    give = call_data("Gem", "transfer", address_of(key(HUB)), 9 * UNIT)
    await live.chain.send(owner.key, live.settings.gem, give)
    before, real = await gem(live.settings.relayer), chain.broadcast
    arrived = await gem("0x" + "ab" * 20)
    count = 0

    async def broadcast(raw: str) -> None:
        nonlocal count
        count += 1
        if count == 2:
            raise ChainDown("The line broke.")
        await real(raw)

    monkeypatch.setattr(chain, "broadcast", broadcast)
    body = _sent(live, owner, UNIT, bytes(31) + b"1")
    assert await _code(owner.post(path, body)) == "chain_unavailable"
    other = await live.person(HUB)
    await other.post(path, _sent(live, other, UNIT, bytes(31) + b"2"))
    for _ in range(3):
        await live.tick()
    sent = await owner.post(path, body)
    assert sent["state"] == "confirmed" and await gem("0x" + "ab" * 20) - arrived == 2 * UNIT
    assert await gem(live.settings.relayer) - before == 2 * live.settings.relay_fee


# Vouchers handed back


async def _histories_name_nobody_else(live: World, anna: Person) -> None:
    """Neither who judged me nor whom I judged, and nothing but the own entries, however it is asked for."""
    people = [anna, await live.person("verifier 0"), await live.person("verifier 1")]
    for who in people:
        told = json.dumps([await who.get(f"/v1/history?kind={kind}") for kind in ("work", "review")])
        assert len(told) > 1000 and not any(one.address in told for one in people if one is not who)
    for after in ("1-0x", "-", "1--", "1-0x" + "A" * 64, "9" * 13 + "-"):
        assert await _code(anna.get(f"/v1/history?kind=work&after={after}")) == "malformed"


async def test_made_up_bonds_and_work_that_is_over_explain_no_voucher(live: World) -> None:
    """At a hub that went back, a worker who explains a voucher by other lines is paid the real ones again."""
    anna = await newcomer(live, "2.00")
    await live.work(anna, await live.campaign(1, mr=Amount.gem("1")), 1)
    await ask(live, range(2), accept=True)
    await live.tick()
    await _histories_name_nobody_else(live, anna)
    campaign = await live.campaign(2)
    batch = await live.lease(anna, campaign, 2)
    items = [item["assignment"] for item in batch["items"]]
    await anna.post(
        f"/v1/leases/{batch['batch_id']}/return",
        {"assignment_hashes": ["0x" + Assignment.from_json(items[0]["message"]).struct_hash().hex()]},
    )
    await live.tick()
    channel = await anna.get("/v1/channel")
    known = [
        {"voucher": event["voucher"], "lines": event["lines"]} for event in await live.events(anna, "voucher")
    ]
    newest = Voucher.from_json(channel["voucher"]["message"])

    async def take(of: dict[str, Any], kind: str, units: int) -> str:
        """What is said to one more voucher, which the hub signed and forgot, explained by one line."""
        bonded = newest.bonded + (0 if kind == "reward" else units)
        paid = newest.paid + (units if kind == "reward" else 0)
        voucher = Voucher(newest.channel_id, paid, bonded, newest.seq + 1)
        signature = voucher.sign(live.settings.channels_domain, live.settings.hub_signer_key)
        signed = {"message": voucher.to_json(), "signature": "0x" + signature.hex()}
        given = Assignment.from_json(of["message"])
        line = Line(given.campaign_id, given.index, given.attempt, 0, LineKind(kind), Amount(units))
        body = {
            "vouchers": [*known, {"voucher": signed, "lines": [line.to_json()]}],
            "assignments": [of],
            "debit": None,
        }
        with pytest.raises(Refused) as refused:
            await anna.ask("PUT", "/v1/channel/vouchers", body)
        return str(refused.value.error["message"])

    assert "stakes" in await take(items[1], "bond_back", 500 * UNIT)
    assert "did not give" in await take(items[0], "reward", int(items[0]["message"]["reward"]))
    again = {"vouchers": known * 9, "assignments": [], "debit": None}  # each checked while everybody waits
    assert await _code(anna.ask("PUT", "/v1/channel/vouchers", again)) == "conflict"
    assert not (await anna.ask("PUT", "/v1/channel/vouchers", {**again, "vouchers": known}))["taken"]
