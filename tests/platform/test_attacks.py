# SPDX-License-Identifier: Apache-2.0
"""Attacks on the platform's money and its life, each as its attacker would try it."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from gems_platform.accounts import repository as accounts
from gems_platform.channels import intents
from gems_platform.channels import repository as channels
from gems_platform.channels.chain import (
    Chain,
    Fees,
    Mined,
    Signed,
    Unsigned,
    approve_data,
)
from gems_platform.channels.intents import Attempt, Call
from gems_platform.channels.relay import Relayer
from gems_platform.channels.sending import Sender
from gems_platform.channels.tables import RelayedClaimRow
from gems_platform.db import Database
from gems_platform.errors import ChainDown
from gems_platform.events import service as events
from gems_platform.settings import Settings
from gems_platform.tasks import leasing
from gems_protocol.amount import Amount
from gems_protocol.contracts.calls import call_data
from gems_protocol.dispute import split
from tests.platform.api import Person, Refused
from tests.platform.conftest import HandClock
from tests.platform.test_money import _names
from tests.platform.world import World, world

WINDOW = 259_200


@pytest.fixture
async def live(tmp_path: Path, clock: HandClock) -> AsyncIterator[World]:
    async with world(tmp_path, clock) as running:
        yield running


async def _bonded(live: World, name: str, gem: str) -> Person:
    """Somebody whose first earnings went to the bond pocket."""
    who = await live.person(name)
    await who.post("/v1/channel", {})
    await who.ask("PUT", "/v1/channel/standing-order", {"bond_target": str(Amount.gem(gem))})
    campaign = await live.campaign(1, mr=Amount.gem(gem))
    await live.work(who, campaign, 1)
    for number in (10, 11):
        await live.review(await live.person(f"verifier {number}"), 1)
    await live.tick()
    assert (await who.get("/v1/channel"))["voucher"]["message"]["bonded"] == str(Amount.gem(gem))
    return who


async def _offered(who: Person) -> dict[str, Any]:
    body = {"request_id": "0x" + secrets.token_hex(32), "count": 10}
    batch: dict[str, Any] = await who.post("/v1/reviews/leases", body)
    return batch


async def test_a_seat_that_was_never_confirmed_gives_no_stake_when_its_round_is_judged(live: World) -> None:
    """A verifier who asks just before a round's window ends has put up nothing, so nothing goes back."""
    vera = await _bonded(live, "verifier 0", "1")
    campaign = await live.campaign(1, vs=Amount.gem("0.30"))
    await live.work(await live.person("anna"), campaign, 1)
    live.clock.at += WINDOW - 60
    vera = await live.person("verifier 0")
    batch = await _offered(vera)
    live.clock.at += 120  # the round is judged while the offer still stands
    await live.tick()
    with pytest.raises(Refused) as refused:
        await live.confirm(vera, batch)
    assert refused.value.code == "late"
    live.clock.at += live.settings.confirm_s
    await live.tick()
    await live.tick()
    vera = await live.person("verifier 0")
    channel = await vera.get("/v1/channel")
    assert (channel["debited"], channel["voucher"]["message"]["bonded"]) == ("0", str(Amount.gem("1")))
    assert channel["unreleased"] == 0


async def test_closing_a_channel_does_not_pay_returned_stakes_twice(
    live: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The hub brings the newest debit itself: `bonded` counts each stake that came back once more.

    It ends the close unasked, also where it was stopped before it sent what it had stored, and something else went.
    """
    worker = await _bonded(live, "relayer", "1")  # has gas to close with
    staked = await live.campaign(1, ms=Amount.gem("1"))
    for _ in range(2):
        batch = await live.lease(worker, staked, 1)
        await worker.post(f"/v1/leases/{batch['batch_id']}/return", {"assignment_hashes": _names(batch)})
        await live.tick()
        staked = await live.campaign(1, ms=Amount.gem("1"))
    channel = await worker.get("/v1/channel")
    voucher = channel["voucher"]["message"]
    assert (voucher["bonded"], channel["debited"]) == (str(Amount.gem("3")), str(Amount.gem("2")))
    config = tuple(channel["config"][name] for name in ("payer", "signer", "worker", "delay", "salt"))
    signature = split(bytes.fromhex(channel["voucher"]["signature"][2:]))
    shown = (int(voucher["paid"]), int(voucher["bonded"]), int(voucher["seq"]))
    close = call_data("Channels", "start_close", config, shown, signature)
    before = await live.chain.gem_balance(worker.address)
    await live.chain.send(worker.key, live.settings.channels, close)
    await live.tick()
    live.clock.at += live.settings.channel_delay_s + 3600
    await live.chain._rpc("evm_mine")
    with monkeypatch.context() as stopped:

        async def nothing(_chain: Chain, _raw: str) -> None:
            raise ChainDown("Stopped here.")

        stopped.setattr(Chain, "broadcast", nothing)
        with pytest.raises(ChainDown):
            await live.tick()
    await live.chain.send(live.settings.hub_payer_key, live.settings.gem, approve_data(worker.address, 0))
    assert await live.chain.gem_balance(worker.address) == before
    await live.tick()  # its place was taken
    await live.tick()
    assert await live.chain.gem_balance(worker.address) - before == Amount.gem("1").units
    block = await live.chain.block_number()
    await live.tick()
    await live.tick()
    assert await live.chain.block_number() == block


async def test_a_verifier_cannot_fill_a_miners_events(live: World) -> None:
    """An event that is larger than any answer a client reads would hide all later ones from it."""
    campaign = await live.campaign(1)
    await live.work(await live.person("anna"), campaign, 1)
    vera = await live.person("verifier 0")
    batch = await _offered(vera)
    await live.confirm(vera, batch)
    body = live.votes(vera, batch, False)
    for mark in ({"x": "y" * 500_000}, {"x": [0] * 2_000}):
        body["items"][0]["mark"] = mark
        with pytest.raises(Refused) as refused:
            await vera.post("/v1/votes", body)
        assert refused.value.code == "malformed"
    body["items"][0]["mark"] = {"x": 10, "y": 20, "width": 30, "height": 5}
    await vera.post("/v1/votes", body)


async def test_a_page_of_events_stays_small_and_none_is_left_out(
    live: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign = await live.campaign(3)
    anna = await live.person("anna")
    await anna.post("/v1/channel", {})
    await live.work(anna, campaign, 3)
    for number in (0, 1):
        await live.review(await live.person(f"verifier {number}"), 3)
    every = (await anna.get("/v1/events?after=0"))["events"]
    assert len(every) >= 3
    monkeypatch.setattr(events, "MAX_PAGE", 10)
    found: list[dict[str, Any]] = []
    while page := (await anna.get(f"/v1/events?after={found[-1]['seq'] if found else 0}"))["events"]:
        assert len(page) == 1
        found += page
    assert found == every


async def test_a_batch_of_large_tasks_stays_small_enough_to_be_read(
    live: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leasing, "MAX_BATCH_DATA", 50)
    campaign = await live.campaign(4)
    batch = await live.lease(await live.person("anna"), campaign, 4)
    assert len(batch["items"]) == 2


async def test_who_leaves_offers_unconfirmed_is_offered_nothing_more(live: World) -> None:
    """Each void offer uses attempts up and keeps others from the task; the next day is another."""
    campaign = await live.campaign(1)
    body = {"campaign_id": campaign, "count": 1}
    for _ in range(live.settings.void_limit):
        anna = await live.person("anna")
        await anna.post("/v1/leases", {"request_id": "0x" + secrets.token_hex(32), **body})
        live.clock.at += live.settings.confirm_s + 1
        await live.tick()
    anna = await live.person("anna")
    with pytest.raises(Refused) as refused:
        await anna.post("/v1/leases", {"request_id": "0x" + secrets.token_hex(32), **body})
    assert refused.value.code == "credit_limit"
    await live.lease(await live.person("ben"), campaign, 1)
    live.clock.at += 86_400
    await live.tick()
    other = await live.campaign(1)
    await live.lease(await live.person("anna"), other, 1)


async def test_a_requester_that_never_signs_gets_no_more_work(tmp_path: Path, clock: HandClock) -> None:
    """The hub pays workers at once; what it lends a requester is bounded."""
    async with world(tmp_path, clock, spend_credit=Amount.gem("0.60").units) as live:
        campaign = await live.campaign(3)
        anna = await live.person("anna")
        await live.work(anna, campaign, 2)
        for number in (0, 1):
            await live.review(await live.person(f"verifier {number}"), 2)
        with pytest.raises(Refused) as refused:
            await live.lease(anna, campaign, 1)
        assert refused.value.code == "no_work"
        assert await live.spend(campaign) > live.settings.spend_credit
        await live.lease(anna, campaign, 1)


async def test_the_same_thing_at_once_happens_once(live: World) -> None:
    """Confirming, sending, voting and claiming on many connections at the same moment."""
    vera = await _bonded(live, "verifier 0", "1")
    staked = await live.campaign(4, ms=Amount.gem("0.60"))
    ask = {"campaign_id": staked, "count": 1}
    one, two = [
        await vera.post("/v1/leases", {"request_id": "0x" + secrets.token_hex(32), **ask}) for _ in range(2)
    ]
    found = await asyncio.gather(
        *(live.confirm(vera, batch) for batch in (one, two, one, two)), return_exceptions=True
    )
    assert sum(not isinstance(one, Exception) for one in found) >= 1
    assert (await vera.get("/v1/channel"))["debited"] == str(Amount.gem("0.60"))  # the bond holds one stake

    campaign = await live.campaign(1)
    anna = await live.person("anna")
    batch = await live.lease(anna, campaign, 1)
    bodies = [live.sealed(anna, batch["batch_id"], _names(batch)) for _ in range(4)]  # four salts
    found = await asyncio.gather(
        *(anna.post("/v1/submissions", body) for body in bodies), return_exceptions=True
    )
    assert sum(not isinstance(one, Exception) for one in found) == 1
    judges = [await live.person(f"verifier {number}") for number in range(5)]
    request = {"request_id": "0x" + secrets.token_hex(32), "count": 5}
    seated = await asyncio.gather(
        *(judge.post("/v1/reviews/leases", request) for judge in judges for _ in range(2)),
        return_exceptions=True,
    )
    offers = {one["batch_id"]: one for one in seated if isinstance(one, dict)}
    assert len(offers) == 2  # two seats, whoever asks
    counted: list[bool] = []
    for judge in judges:
        for offer in offers.values():
            if offer["items"][0]["assignment"]["message"]["verifier"] == judge.address:
                await live.confirm(judge, offer)
                ballots = [live.votes(judge, offer, accept) for accept in (True, False, True, False)]
                cast = await asyncio.gather(
                    *(judge.post("/v1/votes", ballot) for ballot in ballots), return_exceptions=True
                )
                assert {one.code for one in cast if isinstance(one, Refused)} <= {"conflict"}
                taken = {
                    accept
                    for accept, one in zip((True, False, True, False), cast, strict=True)
                    if not isinstance(one, Exception)
                }
                assert len(taken) == 1  # one of the two votes, whichever came first
                counted += taken
    await live.tick()
    # both alike decide the task once; a split waits for a new panel
    assert len(await live.events(anna, "verdict")) == (1 if len(set(counted)) == 1 else 0)


async def test_a_claim_that_the_node_refuses_holds_up_no_other(settings: Settings, clock: HandClock) -> None:
    db = Database(settings.store, migrate=False)
    chain = Chain("http://127.0.0.1:9", 31_337, *[settings.gem] * 3)
    sender = Sender(settings, db, chain, clock)
    with db.write() as session:
        accounts.ensure_account(session, "0x" + "aa" * 20, clock.at)
        for nonce, name in enumerate(("a", "b")):
            row = RelayedClaimRow(id=name, worker="0x" + "aa" * 20, request="{}", raw=name, tx_hash=name)
            row.state, row.at = "sent", clock.at
            session.add(row)
            call, first = Unsigned(settings.channels, b"", 1, nonce), Signed(name, name)
            named, attempt = Call(f"claim:{name}", settings.channels, b""), Attempt(first, Fees(2, 1), 5)
            intents.add(session, named, settings.relayer, call, attempt, clock.at)

    class Node:
        depth, taken = 1, dict[str, int]()

        async def mined(self, tx_hash: str) -> Mined | None:
            return Mined(6, True) if tx_hash == "b" else None

        async def settled(self) -> str:
            return "latest"

        async def nonce(self, sender: str, at: str) -> int:
            return 0 if sender == settings.relayer and at == "latest" else 9

        async def block_number(self) -> int:
            return 6

        async def broadcast(self, raw: str) -> None:
            raise ChainDown(f"{raw}: transaction underpriced")

    sender._chain = Node()  # type: ignore[assignment]
    with pytest.raises(ChainDown):
        await sender.follow_up()
    await Relayer(settings, db, chain, clock, sender).follow_up()
    with db.read() as session:
        assert [row.id for row in channels.claims_on_the_way(session)] == ["a"]
    db.close()
