# SPDX-License-Identifier: Apache-2.0
"""Carry files at the platform: taken as online, once, for their worker only; hostile ones change nothing."""

from __future__ import annotations

import os
import random
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from gems_platform.carry import keys, service
from gems_platform.carry.service import answer
from gems_protocol import carry
from gems_protocol.errors import GemsError
from gems_protocol.messages import Assignment
from tests.platform.api import Refused
from tests.platform.carrying import Stick, checked_key
from tests.platform.conftest import HandClock, key
from tests.platform.world import World, world

DAY = 86_400


@pytest.fixture
async def live(tmp_path: Path, clock: HandClock) -> AsyncIterator[World]:
    async with world(tmp_path, clock, carry_burst=60) as running:
        yield running


async def to(live: World) -> bytes:
    """The platform's key, from the interface."""
    return checked_key(live.settings, await (await live.person("anna")).get("/v1/carry/key")).key


async def bring(live: World, data: bytes) -> bytes:
    """What a courier does: nothing but HTTP."""
    async with live.http.post(live.server.url + "/v1/carry", data=BytesIO(data)) as response:
        found = await response.read()
        if response.status != 200:
            raise Refused(response.status, (await response.json())["error"])
        assert response.headers["Content-Type"] == "application/octet-stream"
        return found


async def leased(live: World, name: str, count: int = 1) -> dict[str, Any]:
    """A sealed batch that was not sent: the part of a file."""
    who = await live.person(name)
    campaign = await live.campaign(count)
    batch = await live.lease(who, campaign, count)
    given = [Assignment.from_json(item["assignment"]["message"]) for item in batch["items"]]
    body = live.sealed(who, batch["batch_id"], ["0x" + one.struct_hash().hex() for one in given])
    return {"kind": "work", "root": body["batch"]["message"]["root"], "body": body}


async def test_a_file_is_taken_once_and_its_reply_is_equivalent_each_time(live: World) -> None:
    part = await leased(live, "anna", 2)
    stick = Stick(live.settings, key("anna"))
    data = stick.write(await to(live), {"batches": [part]})
    first = stick.read(await bring(live, data))
    (told,) = first["batches"]
    assert told["root"] == part["root"] and told["answer"]["receipt"]["message"]["count"] == 2
    live.clock.at += 10
    again = stick.read(await bring(live, data))
    assert again["batches"] == first["batches"]
    anna = await live.person("anna")
    assert await anna.post("/v1/submissions", part["body"]) == told["answer"], (
        "online as well: the same receipt"
    )
    assert checked_key(live.settings, first["key"]).key == await to(live)


async def test_news_come_after_the_event_that_is_known_and_end_where_the_reply_is_full(
    live: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = await live.person("anna")
    campaign = await live.campaign(3)
    await live.work(anna, campaign, 3)
    for number in range(2):
        await live.review(await live.person(f"verifier {number}"), 3)
    await live.tick()
    online = (await anna.get("/v1/events?after=0"))["events"]
    stick = Stick(live.settings, key("anna"))
    found = stick.read(await bring(live, stick.write(await to(live), {})))
    assert found["events"] == online and not found["more"]
    seq = online[1]["seq"]
    found = stick.read(await bring(live, stick.write(await to(live), {}, seq=seq)))
    assert found["events"] == online[2:] and found["after"] == seq
    monkeypatch.setattr(service, "PAGE", 1)
    monkeypatch.setattr(service, "PAGES", 2)
    found = stick.read(await bring(live, stick.write(await to(live), {})))
    assert found["events"] == online[:2] and found["more"]
    stranger = stick.read(await bring(live, stick.write(await to(live), {}, seq=2**64 - 1)))
    assert stranger["events"] == []


async def test_parts_are_taken_each_for_itself(live: World) -> None:
    good, foreign = await leased(live, "anna"), await leased(live, "boris")
    changed = {**good, "body": {**good["body"], "items": foreign["body"]["items"]}, "root": foreign["root"]}
    broken = {**good, "body": {"batch": 1}}
    skip = {"batch_id": "0x" + "ab" * 32, "body": {"assignment_hashes": ["0x" + "ab" * 32]}}
    bad_skip = {**skip, "body": {"assignment_hashes": 7}}
    parts = {"batches": [foreign, changed, broken, good], "skips": [skip, bad_skip]}
    stick = Stick(live.settings, key("anna"))
    found = stick.read(await bring(live, stick.write(await to(live), parts)))
    codes = [part.get("refused", {}).get("code", "taken") for part in found["batches"]]
    assert codes == ["not_found", "not_found", "malformed", "taken"]
    assert [part["refused"]["code"] for part in found["skips"]] == ["not_found", "malformed"]
    boris = await live.person("boris")
    assert (await live.submit(boris, foreign["body"]))["receipt"], "nothing of his was touched"


async def test_a_batch_in_somebody_elses_file_and_a_forged_file_change_nothing(live: World) -> None:
    part = await leased(live, "anna")
    await live.person("boris")
    boris = Stick(live.settings, key("boris"))
    found = boris.read(await bring(live, boris.write(await to(live), {"batches": [part]})))
    assert found["batches"][0]["refused"]["code"] == "not_found" and found["events"] == []
    stick = Stick(live.settings, key("anna"))
    with pytest.raises(Refused) as refused:  # nobody known signed it
        await bring(live, stick.write(await to(live), {"batches": [part]}, key=key("nobody")))
    assert refused.value.code == "not_found"
    with pytest.raises(Refused) as refused:  # a reply could be sealed to nobody
        stick.private = os.urandom(32)
        stick.write(await to(live), {})
        await bring(live, _with_reply_key(live, bytes(32), await to(live)))
    assert refused.value.code == "malformed"


def _with_reply_key(live: World, reply_key: bytes, to: bytes) -> bytes:
    from eth_utils import keccak

    from gems_protocol.messages import Carry

    packed = carry.pack({"batches": [], "appeals": [], "skips": []})
    message = Carry(keccak(packed), reply_key, 0, 1)
    signature = message.sign(live.settings.campaigns_domain, key("anna"))
    return carry.seal(carry.OUT, to, message, signature, packed)


async def test_the_old_key_is_opened_for_90_days_more(live: World) -> None:
    await live.person("anna")
    old = checked_key(live.settings, keys.signed_key(live.settings, live.clock.at))
    assert old.since <= live.clock.at < old.until - keys.LASTS
    stick = Stick(live.settings, key("anna"))
    data = stick.write(old.key, {})
    live.clock.at = old.until - 1
    new = await to(live)
    assert new != old.key and stick.read(await bring(live, data))["events"] == []
    live.clock.at = old.until
    with pytest.raises(Refused) as refused:
        await bring(live, data)
    assert refused.value.code == "carry_key"
    live.clock.at = old.since - 1  # a clock set back
    assert stick.read(await bring(live, data))["events"] == []


async def test_too_many_files_and_files_too_large_are_refused_before_they_are_opened(
    live: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[bytes] = []
    monkeypatch.setattr(service, "answer", lambda _db, _settings, data, _now: opened.append(data) or b"x")
    with pytest.raises(Refused) as refused:
        await bring(live, carry.OUT + bytes(8_000_001))
    assert refused.value.code == "too_large" and opened == []
    while len(opened) < 100:
        try:
            await bring(live, b"x")
        except Refused as error:
            assert error.code == "too_many_requests"
            break
    assert 50 <= len(opened) < 70


async def test_two_thousand_hostile_files_are_refused_and_change_nothing(live: World) -> None:
    part = await leased(live, "anna")
    stick = Stick(live.settings, key("anna"))
    data = stick.write(await to(live), {"batches": [part]})
    context, chance = live.server.app.state.context, random.Random(63)
    head = len(carry.read(data, carry.OUT).header)
    for round_ in range(2000):
        with pytest.raises(GemsError):
            answer(context.db, live.settings, _hostile(data, head, round_, chance), live.clock.at)
    found = stick.read(answer(context.db, live.settings, data, live.clock.at))
    assert found["batches"][0]["answer"], "the unchanged one is taken: nothing was refused for nothing"


def _hostile(data: bytes, head: int, round_: int, chance: random.Random) -> bytes:
    """A file with something wrong: a flipped byte, cut off, grown, its parts exchanged, or noise."""
    changed = bytearray(data)
    match round_ % 5:
        case 0:
            changed[chance.randrange(len(data))] ^= chance.randrange(1, 256)
        case 1:
            del changed[chance.randrange(len(data)) :]
        case 2:
            place = chance.randrange(len(data) + 1)
            changed[place:place] = chance.randbytes(chance.randrange(1, 50))
        case 3:
            place, size = chance.randrange(head), chance.randrange(1, 40)
            changed[place : place + size] = chance.randbytes(size + chance.randrange(-1, 2))
            if bytes(changed) == data:
                changed[0] ^= 1
        case _:
            changed = bytearray(carry.OUT + chance.randbytes(chance.randrange(300)))
    return bytes(changed)


ODD: tuple[dict[str, Any], ...] = (
    {"batches": 1},
    {"batches": [1]},
    {"more": 1},
    {"batches": [{"kind": "gift"}]},
    {"appeals": [{}] * 201},
)


async def test_a_well_sealed_file_with_odd_content_is_refused_in_form(live: World) -> None:
    await live.person("anna")
    for content in ODD:
        with pytest.raises(Refused) as refused:
            await bring(live, Stick(live.settings, key("anna")).write(await to(live), content))
        assert refused.value.code == "malformed", content
