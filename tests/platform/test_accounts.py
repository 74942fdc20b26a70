# SPDX-License-Identifier: Apache-2.0
"""Roles, sign-out, the audit log, keys of requests, event streams, pages of the list."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from sqlalchemy import event, select

from gems_platform.accounts import repository as accounts
from gems_platform.accounts.tables import TokenRow
from gems_platform.app import Server, serve
from gems_platform.audit import repository as audit
from gems_platform.audit.log import MOST, AuditLog
from gems_platform.audit.tables import AuditRow
from gems_platform.campaigns.tables import CampaignRow
from gems_platform.events import repository as events
from gems_platform.events.stream import Streams
from gems_platform.idempotency import keyed
from gems_platform.settings import Settings
from tests.platform.api import Person, Refused
from tests.platform.conftest import HandClock, key
from tests.platform.world import World, world


@pytest.fixture
async def operated(settings: Settings, clock: HandClock) -> AsyncIterator[Server]:
    operator = Person(aiohttp.ClientSession(), "", settings, key("operator"))
    await operator.http.close()
    running = await serve(replace(settings, operators=(operator.address,)), clock=clock, ticking=False)
    yield running
    await running.close()


def _person(server: Server, http: aiohttp.ClientSession, name: str) -> Person:
    return Person(http, server.url, server.app.state.context.settings, key(name))


def _rows(server: Server, act: str = "") -> list[AuditRow]:
    server.app.state.context.audit.flush()
    with server.app.state.context.db.read() as session:
        found = audit.after(session, 0, 500)
    return [row for row in found if not act or row.act == act]


async def test_signing_out_ends_this_token_alone(person: Callable[[str], Person], server: Server) -> None:
    first, second = await person("anna").sign_in(), await person("anna").sign_in()
    with server.app.state.context.db.read() as session:
        stored = set(session.scalars(select(TokenRow.token_hash)))
    assert stored == {
        hashlib.sha256(one.token.encode()).hexdigest() for one in (first, second)
    }  # never a token
    assert await first.ask("DELETE", "/v1/sign-in") == {"error": {"code": ""}}  # 204, signed
    with pytest.raises(Refused) as refused:
        await first.get("/v1/me")
    assert refused.value.code == "not_signed_in"
    assert (await second.get("/v1/me"))["address"] == second.address


async def test_me_says_roles_and_limits(operated: Server, http: aiohttp.ClientSession) -> None:
    anna = await _person(operated, http, "anna").sign_in()
    operator = await _person(operated, http, "operator").sign_in()
    found = await anna.get("/v1/me")
    assert (found["address"], found["roles"], found["practice"]) == (anna.address, ["miner"], False)
    assert found["limits"]["lease"] == 200 and found["limits"]["media_used"] == 0
    assert (await operator.get("/v1/me"))["roles"] == ["miner", "operator"]


async def test_me_knows_requesters_and_verifiers(tmp_path: Path, clock: HandClock) -> None:
    async with world(tmp_path, clock) as live:
        await live.campaign(1)
        roles = {
            name: (await (await live.person(name)).get("/v1/me"))["roles"]
            for name in ("requester", "verifier 0")
        }
        assert roles == {"requester": ["miner", "requester"], "verifier 0": ["miner", "verifier"]}


async def test_acts_are_in_the_audit_log_for_operators_alone(
    operated: Server, http: aiohttp.ClientSession
) -> None:
    anna = await _person(operated, http, "anna").sign_in()
    operator = await _person(operated, http, "operator").sign_in()
    with pytest.raises(Refused) as refused:
        await anna.get("/v1/audit")
    assert refused.value.code == "not_allowed"
    forged = {"message": anna.sign_in_text(await anna.post("/v1/sign-in/nonce", {"address": anna.address}))}
    for _ in range(3):
        with pytest.raises(Refused):
            await anna.post("/v1/sign-in", {**forged, "signature": "0x" + "11" * 65})
    _rows(operated)  # writes the sums
    first = await operator.get("/v1/audit?limit=2")
    assert [(one["act"], one["account"]) for one in first["entries"]] == [
        ("sign_in", anna.address),
        ("sign_in", operator.address),
    ]
    assert first["more"] and {one["network"] for one in first["entries"]} == {"127.0.0.0/24"}
    rest = await operator.get(f"/v1/audit?after={first['last']}")
    told = {(one["act"], one["code"], one["account"]): one["count"] for one in rest["entries"]}
    assert (
        told[("refused", "sign_in_refused", "")] == 3 and told[("refused", "not_allowed", anna.address)] == 1
    )
    assert not rest["more"] and not (await operator.get(f"/v1/audit?after={rest['last']}"))["entries"]
    assert anna.token not in json.dumps([first, rest]) and "11" * 65 not in json.dumps([first, rest])


async def test_old_entries_go_and_a_flood_keeps_no_more_than_its_sum(
    operated: Server, clock: HandClock
) -> None:
    ctx = operated.app.state.context
    log = AuditLog(ctx.settings, ctx.db, clock)
    for number in range(MOST + 50):
        log.refusal("not_signed_in", "", f"10.{number // 256}.{number % 256}.7")
    log.refusal("no_work", "", "10.0.0.1")  # happens to everybody: not written
    log.flush()
    rows = _rows(operated)
    assert len(audit_sums := [row.count for row in rows]) == 500 and sum(audit_sums) >= 500
    with ctx.db.read() as session:
        every = session.scalars(select(AuditRow)).all()
    assert sum(row.count for row in every) == MOST + 50 and len(every) == MOST + 1
    clock.at += ctx.settings.audit_s + 1
    log.flush()
    assert _rows(operated) == []


async def test_campaigns_are_in_the_audit_log(tmp_path: Path, clock: HandClock) -> None:
    async with world(tmp_path, clock) as live:
        campaign = await live.campaign(1)
        requester = await live.person("requester")
        await requester.post(f"/v1/campaigns/{campaign}/cancel", {})
        told = [(row.act, row.subject) for row in _rows(live.server) if row.act in ("campaign", "cancel")]
        assert told == [("campaign", campaign), ("cancel", campaign)]


async def test_the_header_is_the_key_where_the_body_has_none(server: Server, clock: HandClock) -> None:
    ctx = server.app.state.context
    done: list[int] = []

    def effect() -> dict[str, Any]:
        done.append(1)
        return {"number": len(done)}

    def ask(named: str | None, body: Any = "same") -> dict[str, Any]:
        with ctx.db.write() as session:
            accounts.ensure_account(session, "0x" + "ab" * 20, clock.now())
            return keyed(session, "0x" + "ab" * 20, "practice", named, body, clock.now(), effect)

    assert [ask("a"), ask("a"), ask("b")] == [{"number": 1}, {"number": 1}, {"number": 2}]
    assert [ask(None), ask(None)] == [
        {"number": 3},
        {"number": 4},
    ]  # the control: without a key it happens again
    with pytest.raises(Exception, match="another content"):
        ask("a", "other")


async def test_a_malformed_key_is_refused(server: Server, http: aiohttp.ClientSession) -> None:
    anna = await _person(server, http, "anna").sign_in()
    path, headers = server.url + "/v1/trust/appeal", {"Authorization": f"Bearer {anna.token}"}
    for named, code in (("x" * 67, "malformed"), ("with space", "malformed"), ('"8e03-01"', "conflict")):
        headers["Idempotency-Key"] = named
        async with http.post(path, json={"reason": "x"}, headers=headers) as response:
            assert (await response.json())["error"]["code"] == code  # conflict: nobody was removed


async def _lines(response: aiohttp.ClientResponse, until: str) -> list[str]:
    found: list[str] = []
    async with asyncio.timeout(10):
        async for line in response.content:
            found.append(line.decode().strip())
            if found[-1].startswith(until):
                return found
    raise AssertionError(found)


async def test_a_stream_wakes_its_account_alone_and_ends_with_its_token(
    server: Server, http: aiohttp.ClientSession, clock: HandClock
) -> None:
    anna = await _person(server, http, "anna").sign_in()
    await _person(server, http, "ben").sign_in()
    ctx = server.app.state.context
    ben_address, headers = _person(server, http, "ben").address, {"Authorization": f"Bearer {anna.token}"}

    def tell(account: str) -> int:
        with ctx.db.write() as session:
            events.add(session, account, "message", clock.now(), {})
            session.flush()
            return events.newest(session, account)

    async with http.get(server.url + "/v1/events/stream", headers=headers) as response:
        assert response.status == 200 and response.content_type == "text/event-stream"
        assert response.headers["Cache-Control"] == "no-store"
        await _lines(response, "retry:")
        tell(ben_address)
        await ctx.streams.look(tokens=False)
        seq = tell(anna.address)
        await ctx.streams.look(tokens=True)
        assert (await _lines(response, "data:"))[-3:] == [f"id: {seq}", "event: changed", f"data: {seq}"]
        assert ctx.streams.count == 1
        await anna.ask("DELETE", "/v1/sign-in")
        await ctx.streams.look(tokens=True)
        async with asyncio.timeout(10):
            assert await response.content.read() == b"\n"
    async with http.get(server.url + "/v1/events/stream", headers=headers) as response:
        assert response.status == 401


async def test_a_stream_begins_with_what_its_client_does_not_know(
    server: Server, http: aiohttp.ClientSession, clock: HandClock
) -> None:
    anna = await _person(server, http, "anna").sign_in()
    ctx = server.app.state.context
    with ctx.db.write() as session:
        events.add(session, anna.address, "message", clock.now(), {})
    newest = clock.now() * 1000
    headers = {"Authorization": f"Bearer {anna.token}"}
    async with http.get(server.url + "/v1/events/stream", headers=headers) as response:
        assert (await _lines(response, "data:"))[-1] == f"data: {newest}"
    known = headers | {"Last-Event-ID": str(newest)}
    async with http.get(server.url + "/v1/events/stream", headers=known) as response:
        await _lines(response, "retry:")
        await ctx.streams.look(tokens=True)
        (listener,) = ctx.streams._listeners
        assert listener.told == listener.newest == newest  # nothing is told twice


async def test_streams_are_bounded_and_end_with_the_platform(settings: Settings, clock: HandClock) -> None:
    running = await serve(
        replace(settings, streams_of_account=2, streams_of_address=3), clock=clock, ticking=False
    )
    ctx = running.app.state.context
    streams: Streams = ctx.streams
    opened = [streams.open("a", "t", "1.2.3.4", 0, 0) for _ in range(2)]
    with pytest.raises(Exception, match="Too many event streams"):
        streams.open("a", "t", "5.6.7.8", 0, 0)
    streams.open("b", "t", "1.2.3.4", 0, 0)
    with pytest.raises(Exception, match="Too many event streams"):
        streams.open("c", "t", "1.2.3.4", 0, 0)
    told = [part async for part in streams.wakes(opened[0], beat_s=0.001) if _ends_after(opened[0], part)]
    assert told == [b": here\n\n"] and streams.count == 2  # a sign of life, then its end
    await streams.close()
    with pytest.raises(Exception, match="Too many event streams"):
        streams.open("d", "t", "9.9.9.9", 0, 0)
    await running.close()


def _ends_after(listener: Any, part: bytes) -> bool:
    listener.over = part == b": here\n\n"
    return bool(listener.over)


async def test_one_look_wakes_any_number_of_listeners(server: Server, clock: HandClock) -> None:
    """The look asks once for the events of the last seconds, not once for each listener."""
    ctx = server.app.state.context
    asked: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        asked.append(statement)

    streams = Streams(replace(ctx.settings, streams_of_address=500), ctx.db, clock)
    for number in range(200):
        streams.open(f"account {number}", "t", "1.2.3.4", 0, 0)
    with ctx.db.read() as session:
        engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", note)
    await streams.look(tokens=False)
    event.remove(engine, "before_cursor_execute", note)
    assert len([one for one in asked if one.startswith("SELECT")]) == 1
    await streams.close()


async def test_the_list_of_campaigns_comes_in_pages(live: World) -> None:
    first = await live.campaign(1)
    ctx = live.server.app.state.context
    with ctx.db.write() as session:
        row = session.get_one(CampaignRow, first)
        values = {column.name: getattr(row, column.name) for column in CampaignRow.__table__.columns}
        for number in range(6):
            made = {
                "id": "0x" + f"{number:064x}",
                "created_at": row.created_at - number // 2,
                "state": "open",
            }
            session.add(CampaignRow(**{**values, **made}))
        session.add(CampaignRow(**{**values, "id": "0x" + "ff" * 32, "state": "draft"}))
    anna = await live.person("anna")
    whole = await anna.get("/v1/campaigns")
    assert len(whole["campaigns"]) == 7 and not whole["more"]
    found: list[str] = []
    after, more = "", True
    while more:
        page = await anna.get(f"/v1/campaigns?limit=2&after={after}")
        found += [one["campaign_id"] for one in page["campaigns"]]
        after, more = page["last"], page["more"]
    assert found == [one["campaign_id"] for one in whole["campaigns"]] and len(set(found)) == 7
    with pytest.raises(Refused) as refused:
        await anna.get("/v1/campaigns?after=nothing")
    assert refused.value.code == "malformed"


@pytest.fixture
async def live(tmp_path: Path, clock: HandClock) -> AsyncIterator[World]:
    async with world(tmp_path, clock) as running:
        yield running
