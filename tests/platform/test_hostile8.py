# SPDX-License-Identifier: Apache-2.0
"""Strangers who want to fill the store, hold every line, or write what others' tools trip over."""

from __future__ import annotations

import asyncio
import json
import secrets
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from sqlalchemy import func, select

from gems_desktop.commands.printed import printed
from gems_platform import idempotency
from gems_platform.app import Server, serve
from gems_platform.campaigns import drafts
from gems_platform.campaigns import repository as campaigns
from gems_platform.campaigns.tables import CampaignRow
from gems_platform.edge import patience
from gems_platform.idempotency import RequestRow
from gems_platform.settings import Settings
from gems_platform.tasks.tables import TaskRow
from tests.platform.api import Person, Refused
from tests.platform.conftest import HandClock, key
from tests.platform.drafts import draft
from tests.platform.storing import name_of, png
from tests.platform.world import GOOD, World, world

Serving = Callable[..., Awaitable[Server]]


@pytest.fixture
async def live(tmp_path: Path, clock: HandClock) -> AsyncIterator[World]:
    async with world(tmp_path, clock) as running:
        yield running


@pytest.fixture
async def serving(settings: Settings, clock: HandClock) -> AsyncIterator[Serving]:
    """A platform with other settings."""
    running: list[Server] = []

    async def start(**changes: Any) -> Server:
        running.append(await serve(replace(settings, **changes), clock=clock, ticking=False))
        return running[-1]

    yield start
    for one in running:
        await one.close()


def _person(server: Server, http: aiohttp.ClientSession, name: str) -> Person:
    return Person(http, server.url, server.app.state.context.settings, key(name))


def _count(server: Server, table: type[Any]) -> int:
    with server.app.state.context.db.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


async def _code(asking: Awaitable[Any]) -> str:
    try:
        await asking
    except Refused as refused:
        return str(refused.code)
    return "taken"


TEXT = [{"text": "Good."}]


# What strangers leave behind


async def test_who_never_pays_leaves_few_campaigns_and_not_for_ever(
    serving: Serving, clock: HandClock, http: aiohttp.ClientSession
) -> None:
    """Eight megabytes each, two questions to the chain at each look: as many as one liked, and for ever."""
    server = await serving(draft_limit=3)
    anna = await _person(server, http, "anna").sign_in()
    first = [await draft(anna, clock, TEXT) for _ in range(2)]
    await anna.post(f"/v1/campaigns/{first[0]}/cancel", {})  # makes no room, or there would be no bound
    await draft(anna, clock, TEXT)
    assert await _code(draft(anna, clock, TEXT)) == "quota"
    ben = await _person(server, http, "ben").sign_in()
    await draft(ben, clock, TEXT)  # one's own affair
    clock.at += server.app.state.context.settings.draft_s + 1
    anna = await anna.sign_in()
    kept = await draft(anna, clock, TEXT)
    assert (_count(server, CampaignRow), _count(server, TaskRow)) == (1, 1)
    assert await _code(anna.get(f"/v1/campaigns/{first[1]}")) == "not_found"
    assert (await anna.get(f"/v1/campaigns/{kept}"))["state"] == "draft"


async def test_what_was_paid_for_stays_however_old(live: World, clock: HandClock) -> None:
    """The control of the test above."""
    campaign = await live.campaign(1)
    requester = await live.person("requester")
    await requester.post(f"/v1/campaigns/{campaign}/cancel", {})
    clock.at += live.settings.draft_s + 1
    await draft(await live.person("anna"), clock, TEXT)
    assert (await requester.get(f"/v1/campaigns/{campaign}"))["state"] == "cancelled"
    shown = await requester.get("/v1/campaigns")
    assert [one["campaign_id"] for one in shown["campaigns"]] == [campaign]


async def test_a_campaign_that_nobody_funded_is_shown_to_nobody(
    serving: Serving, clock: HandClock, http: aiohttp.ClientSession
) -> None:
    """Offered and cancelled it was on everybody's list, with whatever its title said."""
    server = await serving()
    anna = await _person(server, http, "anna").sign_in()
    await anna.post(f"/v1/campaigns/{await draft(anna, clock, TEXT)}/cancel", {})
    assert (await anna.get("/v1/campaigns"))["campaigns"] == []


async def test_no_number_of_drafts_makes_a_look_at_the_chain_long(
    serving: Serving, clock: HandClock, http: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafts, "AT_ONCE", 2)
    server = await serving()
    anna = await _person(server, http, "anna").sign_in()
    every = {await draft(anna, clock, TEXT) for _ in range(5)}
    seen: set[str] = set()
    async with asyncio.timeout(10):
        while seen != every:  # each is looked at, some time
            with server.app.state.context.db.read() as session:
                look = [row.id for row in campaigns.watched(session)]
            assert len(look) <= 2
            seen.update(look)


async def test_new_keys_for_the_same_act_fill_nothing(
    serving: Serving, clock: HandClock, http: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each answer to a cancelled campaign's cancel was kept under its key, manifest and all, for ever."""
    monkeypatch.setattr(idempotency, "KEPT", 3)
    server = await serving()
    anna = await _person(server, http, "anna").sign_in()
    campaign = await draft(anna, clock, TEXT)
    told = {"Authorization": f"Bearer {anna.token}"}
    for number in range(8):
        clock.at += 1
        headers = {**told, "Idempotency-Key": f"key-{number}"}
        async with http.post(f"{server.url}/v1/campaigns/{campaign}/cancel", json={}, headers=headers) as got:
            assert got.status == 200
    with server.app.state.context.db.read() as session:
        keys = sorted(session.scalars(select(RequestRow.key)))
    assert keys == ["header:key-5", "header:key-6", "header:key-7"]


async def test_media_never_take_the_disk_that_the_store_needs(
    serving: Serving, http: aiohttp.ClientSession
) -> None:
    """Each account has its quota, but accounts cost nothing."""
    data = png(1_000)
    for reserve, code in ((2**70, "too_many_requests"), (0, "taken")):
        server = await serving(disk_reserve_bytes=reserve)
        anna = await _person(server, http, "anna").sign_in()
        assert await _code(anna.ask("PUT", f"/v1/media/{name_of(data)}", raw=data)) == code


async def test_campaigns_never_take_the_disk_that_the_store_needs(
    serving: Serving, clock: HandClock, http: aiohttp.ClientSession
) -> None:
    server = await serving(disk_reserve_bytes=2**70)
    anna = await _person(server, http, "anna").sign_in()
    told = await _code(draft(anna, clock, TEXT))
    assert told == ("too_many_requests" if not server.app.state.context.settings.store_url else "taken")


async def test_accounts_and_campaigns_are_made_at_the_rate_of_costly_things(
    serving: Serving, http: aiohttp.ClientSession
) -> None:
    """A hundred new accounts a second from one address, each with rows for ninety days."""
    server = await serving(costly_per_s=0.0001, costly_burst=3)
    told = []
    for path in ("sign-in", "campaigns", "sign-in", "sign-in", "campaigns", "sign-in/nonce"):
        async with http.post(f"{server.url}/v1/{path}", json={}) as got:
            told.append(got.status)
    assert told == [400, 401, 400, 429, 429, 400]


# Lines


def _line(server: Server) -> socket.socket:
    host, _, port = server.url.removeprefix("http://").partition(":")
    found = socket.create_connection((host, int(port)))
    found.setblocking(False)
    return found


async def _over(line: socket.socket) -> bool:
    """Whether the other side ends the line within two seconds, whatever it says before."""
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(2):
            while await loop.sock_recv(line, 65_536):
                pass
    except TimeoutError:
        return False
    except ConnectionError:
        pass
    return True


async def test_a_head_that_never_ends_has_its_time(serving: Serving, monkeypatch: pytest.MonkeyPatch) -> None:
    """A thousand lines that say nothing, or a byte a minute, held every file handle of the process for ever."""
    monkeypatch.setattr(patience, "HEAD_S", 0.3)
    server = await serving()
    loop = asyncio.get_running_loop()
    host = server.url.removeprefix("http://").encode()
    with closing(_line(server)) as silent, closing(_line(server)) as slow, closing(_line(server)) as second:
        await loop.sock_sendall(second, b"GET /v1/info HTTP/1.1\r\nHost: " + host + b"\r\n\r\n")
        async with asyncio.timeout(5):
            assert (await loop.sock_recv(second, 65_536)).startswith(b"HTTP/1.1 200")
        await loop.sock_sendall(second, b"GET /v1/in")

        async def drip() -> None:
            for byte in b"GET /v1/info HTTP/1.1\r\nX-A: " + b"a" * 1_000:
                try:
                    await loop.sock_sendall(slow, bytes([byte]))
                except ConnectionError:
                    return
                await asyncio.sleep(0.05)

        dripping = asyncio.create_task(drip())
        assert await _over(silent) and await _over(slow) and await _over(second)
        await dripping


async def test_who_waits_for_an_answer_is_not_cut_off(
    serving: Serving, http: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: a stream outlives the time of a head."""
    monkeypatch.setattr(patience, "HEAD_S", 0.1)
    server = await serving()
    anna = await _person(server, http, "anna").sign_in()
    headers = {"Authorization": f"Bearer {anna.token}"}
    async with http.get(server.url + "/v1/events/stream", headers=headers) as stream:
        assert await stream.content.readline() == b"retry: 5000\n"
        await asyncio.sleep(0.4)
        assert not stream.content.at_eof() and server.app.state.context.streams.count == 1


async def test_who_reads_no_answer_is_cut_off(
    serving: Serving, http: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "READ_S", 0.3)
    server = await serving()
    anna = await _person(server, http, "anna").sign_in()
    data = png(900_000)
    await anna.ask("PUT", f"/v1/media/{name_of(data)}", raw=data)
    loop, host = asyncio.get_running_loop(), server.url.removeprefix("http://")
    with closing(_line(server)) as line:
        asked = f"GET /v1/media/{name_of(data)} HTTP/1.1\r\nHost: {host}\r\n\r\n"
        await loop.sock_sendall(line, 20 * asked.encode())
        await asyncio.sleep(0.8)  # nobody reads
        got = 0
        try:
            async with asyncio.timeout(5):
                while part := await loop.sock_recv(line, 1 << 20):
                    got += len(part)
        except ConnectionError:
            pass
        assert got < 20 * len(data)


async def test_one_address_has_so_many_lines(serving: Serving, monkeypatch: pytest.MonkeyPatch) -> None:
    assert patience.counts("8.8.8.8") and patience.counts("2606:4700::1111")
    assert not any(patience.counts(one) for one in ("127.0.0.1", "10.0.0.7", "::1", "fe80::1%eth0", "", None))
    monkeypatch.setattr(patience, "counts", lambda _address: True)
    monkeypatch.setattr(patience, "MOST", 2)
    server = await serving()
    lines = [_line(server) for _ in range(4)]
    try:
        assert [await _over(line) for line in lines[2:]] == [True, True]
        assert sum(patience.Patient.lines.values()) <= 2
    finally:
        for line in lines:
            line.close()
    async with asyncio.timeout(5):
        while patience.Patient.lines:
            await asyncio.sleep(0.01)


async def test_nothing_speaks_another_protocol(serving: Serving) -> None:
    """A WebSocket's line passed by every limit of requests."""
    server = await serving()
    loop, host = asyncio.get_running_loop(), server.url.removeprefix("http://")
    told = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13"}
    head = "".join(f"{name}: {value}\r\n" for name, value in told.items())
    with closing(_line(server)) as line:
        asked = f"GET /v1/info HTTP/1.1\r\nHost: {host}\r\n{head}Sec-WebSocket-Key: {secrets.token_hex(8)}\r\n\r\n"
        await loop.sock_sendall(line, asked.encode())
        async with asyncio.timeout(5):
            assert (await loop.sock_recv(line, 65_536)).startswith(b"HTTP/1.1 200")


# Texts


async def test_texts_that_a_store_cannot_keep_are_refused(
    serving: Serving, clock: HandClock, http: aiohttp.ClientSession
) -> None:
    """PostgreSQL keeps no NUL: the hint of a practice example with one was a bug of the platform's."""
    server = await serving(draft_limit=100)
    anna = await _person(server, http, "anna").sign_in()
    for hint, code in (
        ("\0", "malformed"),
        ("a\0b", "malformed"),
        ("\ud800", "malformed"),
        ("\x1b[2J", "taken"),
    ):
        item = {"data": TEXT[0], "answer": GOOD, "hint": hint}
        assert await _code(draft(anna, clock, TEXT, practice=[item])) == code, repr(hint)
    await draft(anna, clock, [{"text": "a\0b"}], instructions="\0")  # what is kept as JSON is kept as it is


def test_no_text_of_a_stranger_commands_a_terminal() -> None:
    odd = "a\x1b[2J\x9b2J\x7f\u202eb\u2066\u200b\U000e0041 سلام é 字"
    for indent in (None, 1):
        shown = printed({odd: [odd]}, indent)
        assert json.loads(shown) == {odd: [odd]}
        assert not {"\x1b", "\x9b", "\x7f", "\u202e", "\u2066", "\u200b", "\U000e0041"} & set(shown)
        assert "سلام é 字" in shown
