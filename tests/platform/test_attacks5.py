# SPDX-License-Identifier: Apache-2.0
"""Attacks on uploads, carry files and requests before a sign-in: junk, bombs, others' threads."""

from __future__ import annotations

import asyncio
import hashlib
import json
import threading
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from sqlalchemy import update
from starlette.types import Message

from gems_platform.app import Server, serve
from gems_platform.carry import service as carry
from gems_platform.edge import bodies
from gems_platform.edge.limits import Buckets
from gems_platform.errors import TooMany
from gems_platform.heavy import TURNS, WAITING
from gems_platform.settings import Settings
from gems_platform.uploads.files import UploadFiles
from gems_platform.uploads.tables import UploadRow
from gems_protocol import canonical
from gems_protocol.errors import MalformedMessage
from gems_protocol.messages import Assignment
from tests.platform.api import Person, Refused
from tests.platform.carrying import Stick, checked_key
from tests.platform.conftest import HandClock, key
from tests.platform.test_uploads import add, begin, tus
from tests.platform.world import World, world


@pytest.fixture
async def live(tmp_path: Path, clock: HandClock) -> AsyncIterator[World]:
    async with world(tmp_path, clock) as running:
        yield running


async def _code(asked: Any) -> str:
    with pytest.raises(Refused) as refused:
        await asked
    return str(refused.value.code)


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
            session.execute(update(UploadRow).where(UploadRow.sha256 == "1" * 64).values(answer="{}"))
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
