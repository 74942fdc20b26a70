# SPDX-License-Identifier: Apache-2.0
"""Attacks on uploads, carry files, towers and the relayer: junk, bombs, others' money and others' threads."""

from __future__ import annotations

import asyncio
import hashlib
import json
import threading
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import asdict, replace
from io import BytesIO
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from starlette.types import Message

from gems_platform.app import Server, serve
from gems_platform.carry import service as carry
from gems_platform.channels.chain import call_data, deposit_many_data
from gems_platform.edge import bodies
from gems_platform.edge.limits import Buckets
from gems_platform.errors import ChainDown, TooMany
from gems_platform.heavy import TURNS, WAITING
from gems_platform.settings import Settings
from gems_platform.uploads.files import UploadFiles
from gems_protocol import canonical
from gems_protocol.amount import UNIT, Amount
from gems_protocol.channel import Config
from gems_protocol.errors import MalformedMessage
from gems_protocol.lines import Line, LineKind
from gems_protocol.messages import Assignment, Voucher
from gems_protocol.signature import address_of
from tests.platform.acts import ask, newcomer
from tests.platform.api import Person, Refused
from tests.platform.carrying import Stick, checked_key
from tests.platform.conftest import HandClock, key
from tests.platform.test_towers import _transfer as transfer_of
from tests.platform.test_uploads import add, begin, tus
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
    give = call_data("transfer(address,uint256)", hub, deposit)
    await live.chain.send(key("requester"), gem, give)
    await live.chain.send(key(HUB), gem, call_data("approve(address,uint256)", channels, 2**200))
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


# Large content


async def test_readers_of_large_content_never_take_all_threads(
    server: Server, person: Callable[[str], Person]
) -> None:
    """Forty uploads of 32 MB, used at once, held every thread of the server for minutes."""
    anna = await person("anna").sign_in()
    data = b'{"batch": 1}'
    name = hashlib.sha256(data).hexdigest()
    await begin(anna, name, len(data))
    await add(anna, 0, data, name)
    leave = threading.Event()

    def hold() -> None:
        with TURNS.mine():
            leave.wait(10)

    holding = [threading.Thread(target=hold) for _ in range(WAITING + 1)]
    for one in holding:
        one.start()
    async with asyncio.timeout(10):
        while TURNS.left():
            await asyncio.sleep(0.01)
    try:
        assert await _code(anna.post("/v1/submissions", {"upload": name})) == "too_many_requests"
    finally:
        leave.set()
        for one in holding:
            one.join(10)
    assert await _code(anna.post("/v1/submissions", {"upload": name})) == "malformed"


def test_brackets_are_counted_quickly_and_as_before() -> None:
    """Eight megabytes of brackets took three seconds, before anybody was asked who they are."""
    many = b"[" + b"[]," * 30_000 + b"[]]"

    def quickest(work: Callable[[], object]) -> float:
        found = []
        for _ in range(3):
            began = time.process_time()
            work()
            found.append(time.process_time() - began)
        return min(found)

    counting = quickest(lambda: canonical._deeper(many, canonical.MAX_DEPTH))
    assert counting < 3 * quickest(lambda: json.loads(many))
    for depth in (31, 32, 33, 40):
        for left, right in ((b"[", b"]"), (b'{"a":', b"}"), (b'[{"b":"[[\\"]{"},', b"]")):
            text = left * depth + b"1" + right * depth
            steps = depth + (1 if b"b" in left else 0)
            if steps <= 32:
                canonical.loads(text)
            else:
                with pytest.raises(MalformedMessage, match="deep"):
                    canonical.loads(text)
    for text in (b"]" * 9, b"[[[]", b"[}", b"}{", b"][", b'["]', b"[" * 40):
        with pytest.raises(MalformedMessage):
            canonical.loads(text)


# Uploads


async def test_an_empty_chunk_does_not_have_the_whole_upload_hashed_again(
    server: Server, person: Callable[[str], Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = await person("anna").sign_in()
    data = b"x" * 3000
    name = hashlib.sha256(data).hexdigest()
    await begin(anna, name, len(data))
    await add(anna, 0, data, name)
    hashed: list[str] = []

    def digest(_self: UploadFiles, _owner: str, sha256: str) -> str:
        hashed.append(sha256)
        return sha256

    monkeypatch.setattr(UploadFiles, "digest", digest)
    assert (await add(anna, 3000, b"", name)).offset == 3000
    assert hashed == []


async def test_uploads_never_take_the_disk_that_the_store_needs(settings: Settings, clock: HandClock) -> None:
    """Accounts cost nothing and each has its quota: together they must not stop the platform."""
    running = await serve(replace(settings, disk_reserve_bytes=2**70), clock=clock, ticking=False)
    async with aiohttp.ClientSession() as http:
        anna = await Person(http, running.url, running.app.state.context.settings, key("anna")).sign_in()
        assert (await begin(anna)).code == "too_many_requests"
    await running.close()


async def test_used_uploads_make_room_and_those_that_are_over_begin_anew(
    settings: Settings, clock: HandClock
) -> None:
    """Who sent three batches this week was refused the fourth."""
    running = await serve(replace(settings, upload_count=3), clock=clock, ticking=False)
    async with aiohttp.ClientSession() as http:
        context = running.app.state.context
        anna = await Person(http, running.url, context.settings, key("anna")).sign_in()
        for number in range(3):
            assert (await begin(anna, f"{number}" * 64, 10)).status == 201
        assert (await begin(anna, "3" * 64, 10)).code == "quota"
        with context.db.write() as session:
            session.connection().exec_driver_sql("UPDATE uploads SET answer = '{}' WHERE sha256 LIKE '1%'")
        assert (await begin(anna, "3" * 64, 10)).status == 201
        assert (await tus(anna, "HEAD", f"/v1/uploads/{'1' * 64}")).status == 404
        assert (await tus(anna, "HEAD", f"/v1/uploads/{'0' * 64}")).status == 200
    await running.close()


# Limits by address


def test_one_network_of_ipv6_has_one_bucket_and_large_requests_cost_more() -> None:
    buckets = Buckets(0.0, 10)
    taken = sum(buckets.take(f"2001:db8:1:2::{number:x}") for number in range(1, 100))
    assert taken == 10 and buckets.take("2001:db8:1:3::1")
    assert buckets.take("::ffff:192.0.2.1") and sum(buckets.take("192.0.2.1") for _ in range(99)) == 9
    assert buckets.take("192.0.2.2", 8) and not buckets.take("192.0.2.2", 8) and buckets.take("192.0.2.2", 2)


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
    give = call_data("transfer(address,uint256)", address_of(key(HUB)), 9 * UNIT)
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


# Requests before anybody is asked who they are


async def test_a_large_request_does_not_stop_everybody(
    settings: Settings, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """8 MB of brackets, 32 KB packed: parsed with all others waiting, as often as one likes."""
    slow = replace(settings, requests_per_s=0.0001, request_burst=1000)
    running = await serve(slow, clock=clock, ticking=False)
    threads: set[int] = set()
    real = canonical.loads

    def loads(data: bytes, *args: Any, **named: Any) -> Any:
        threads.add(threading.get_ident())
        return real(data, *args, **named)

    monkeypatch.setattr(canonical, "loads", loads)
    async with aiohttp.ClientSession() as http:
        told = []
        headers = {"Content-Type": "application/json"}
        for _ in range(3):
            data = BytesIO(b"[" + b" " * 7_000_000 + b"]")
            async with http.post(running.url + "/v1/submissions", data=data, headers=headers) as response:
                told.append(response.status)
    await running.close()
    assert told == [401, 401, 429] and threading.get_ident() not in threads


async def test_requests_that_stall_hold_neither_memory_nor_a_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "IDLE_S", 0.01)
    held = bodies.Bodies(of_all=250, of_one=100)

    async def stalls() -> Message:
        await asyncio.sleep(60)
        return {"type": "http.request"}

    async def comes() -> Message:
        return {"type": "http.request", "body": bytes(60), "more_body": True}

    with bodies.Coming(held, "192.0.2.1", comes) as first:
        await first.held()
        with bodies.Coming(held, "192.0.2.1", comes) as second, pytest.raises(TooMany):
            await second.held()
        for number in range(2, 5):
            held.add(f"192.0.2.{number}", 60)
        with bodies.Coming(held, "192.0.2.9", comes) as other, pytest.raises(TooMany):
            await other.held()
    with bodies.Coming(held, "192.0.2.1", comes) as again:
        await again.held()
    with bodies.Coming(held, "192.0.2.1", stalls) as cut:
        assert (await cut.held())["type"] == "http.disconnect"


async def test_what_asks_the_chain_has_its_own_rate(settings: Settings, clock: HandClock) -> None:
    running = await serve(replace(settings, costly_per_s=0.0001, costly_burst=3), clock=clock, ticking=False)
    async with aiohttp.ClientSession() as http:
        told = []
        for method, path in 4 * (("POST", "/v1/tower/vouchers"), ("GET", "/v1/vouchers/2026-01-01")):
            async with http.request(method, running.url + path, json={}) as response:
                told.append(response.status)
        async with http.get(running.url + "/v1/info") as response:
            assert response.status == 200
    await running.close()
    assert told == [400, 404, 400] + [429] * 5


# Carry files


async def test_a_carry_file_takes_no_more_time_than_a_file_may(
    live: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """8 KB that name a thousand batches to refuse kept the platform's only writer for half a minute."""
    anna = await live.person("anna")
    campaign = await live.campaign(1)
    batch = await live.lease(anna, campaign, 1)
    given = Assignment.from_json(batch["items"][0]["assignment"]["message"])
    body = live.sealed(anna, batch["batch_id"], ["0x" + given.struct_hash().hex()])
    root = body["batch"]["message"]["root"]
    bad = {"kind": "work", "root": "0x" + "ab" * 32, "body": {"upload": "ab" * 32}}
    to = checked_key(live.settings, await anna.get("/v1/carry/key")).key
    context, now = live.server.app.state.context, live.clock.at

    def bring(parts: list[dict[str, Any]]) -> list[str]:
        stick = Stick(live.settings, anna.key)
        reply = carry.answer(context.db, live.settings, stick.write(to, {"batches": parts}), now)
        told = stick.read(reply)["batches"]
        return [part.get("refused", {"code": "taken"})["code"] for part in told]

    good = {"kind": "work", "root": root, "body": body}
    monkeypatch.setattr(carry, "TAKING_S", -1.0)
    assert bring([bad, good]) == ["too_many_requests"] * 2
    monkeypatch.undo()
    assert bring([bad, good, good]) == ["malformed", "taken", "taken"]
