# SPDX-License-Identifier: Apache-2.0
"""What an operator sees: metrics that hold no secret, health and readiness, and who may look."""

from __future__ import annotations

import asyncio
import re
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import text

from gems_platform.app import Server, serve
from gems_platform.observing import noted, readiness
from gems_platform.observing.figures import StoreFigures
from gems_platform.observing.observed import timed
from gems_platform.observing.pages import is_own_name
from gems_platform.observing.readiness import Seen
from gems_platform.observing.requests import request_id_of
from gems_platform.observing.store_events import is_contended
from gems_platform.settings import Settings
from gems_protocol.messages import Assignment
from tests.platform.api import Person, Refused
from tests.platform.conftest import HandClock
from tests.platform.world import world

ADDRESS = re.compile(r"0x[0-9a-fA-F]{8,}")


async def _metrics(url: str, http: aiohttp.ClientSession) -> dict[str, float]:
    """Every sample by its name and labels."""
    async with http.get(url + "/metrics") as response:
        assert response.status == 200
        body = await response.text()
    return {
        one.name + str(sorted(one.labels.items())): one.value
        for family in text_string_to_metric_families(body)
        for one in family.samples
    }


def _at(found: dict[str, float], name: str, **labels: str) -> float:
    return found.get(name + str(sorted(labels.items())), 0.0)


def hash_of(item: dict[str, Any]) -> str:
    return "0x" + Assignment.from_json(item["assignment"]["message"]).struct_hash().hex()


async def test_what_was_done_is_counted_and_what_was_refused(tmp_path: Path, clock: HandClock) -> None:
    async with world(tmp_path, clock) as w:
        campaign = await w.campaign(3)
        anna = await w.person("anna")
        batch = await w.lease(anna, campaign, 2)
        body = w.sealed(anna, batch["batch_id"], [hash_of(item) for item in batch["items"]])
        assert await w.submit(anna, body) == await w.submit(anna, body)  # and what comes twice counts once
        assert await w.review(await w.person("verifier 0"), 2) == 2
        with pytest.raises(Refused):
            await anna.get("/v1/campaigns/0x" + "ab" * 32)
        await w.tick()
        w.server.app.state.observation.looking.forget()
        found = await _metrics(w.server.url, w.http)
    for what, count in (("leases", 2), ("answers", 2), ("review_leases", 2), ("votes", 2)):
        assert _at(found, "gems_accepted_total", what=what) == count, what
    assert _at(found, "gems_refusals_total", code="not_found") == 1
    route = {"method": "POST", "route": "/v1/submissions"}
    assert _at(found, "gems_http_requests_total", status="200", **route) == 2
    assert _at(found, "gems_http_request_seconds_count", **route) == 2
    assert _at(found, "gems_store_transactions_total", kind="write", end="committed") > 5
    assert _at(found, "gems_queue", what="tasks_open") == 1
    assert _at(found, "gems_money_gem", what="escrow") > 0
    assert _at(found, "gems_chain_answers") == 1
    assert _at(found, "gems_chain_head_block") > 0
    duties = {name for name in found if name.startswith("gems_duty_last_done")}
    assert duties, "no duty told of itself"
    assert not any(ADDRESS.search(name) for name in found), "a label holds an address or a hash"


async def test_strangers_cannot_widen_the_metrics(server: Server, http: aiohttp.ClientSession) -> None:
    before = await _metrics(server.url, http)
    for number in range(30):
        async with http.request(f"ODD{number}", f"{server.url}/v1/no/{number}") as response:
            assert response.status in (404, 405)
        async with http.get(f"{server.url}/v1/campaigns/{number}"):
            pass
    more = set(await _metrics(server.url, http)) - set(before)
    assert len(more) < 60, sorted(more)
    assert not any("ODD" in name or "/v1/no" in name for name in more)


FROM = [
    ({}, 200),
    ({"Host": "localhost:1"}, 200),
    ({"Host": "platform:8000"}, 200),
    ({"Host": "[::1]:8000"}, 200),
    ({"Host": "gems.example"}, 404),  # as a proxy passes it on, or a page that binds its name to us anew
    ({"X-Forwarded-For": "127.0.0.1"}, 404),
    ({"Forwarded": "for=127.0.0.1"}, 404),
    ({"Via": "1.1 a"}, 404),
]


async def test_only_the_operator_is_told(server: Server, http: aiohttp.ClientSession) -> None:
    for path in ("/metrics", "/status"):
        for headers, status in FROM:
            async with http.get(server.url + path, headers=headers) as response:
                assert response.status == status, headers
                assert ("gems" in (await response.text()).lower()) == (status == 200)


async def test_networks_are_the_operators_choice(
    settings: Settings, clock: HandClock, http: aiohttp.ClientSession
) -> None:
    running = await serve(replace(settings, metrics_networks=("10.0.0.0/8",)), clock=clock, ticking=False)
    for path, status in (("/metrics", 404), ("/status", 404), ("/health", 200), ("/ready", 200)):
        async with http.get(running.url + path) as response:
            assert response.status == status, path
    await running.close()
    public = replace(settings, metrics_networks=(), status_public=True)
    running = await serve(public, clock=clock, ticking=False)
    named = {"Host": "gems.example", "X-Forwarded-For": "203.0.113.9"}
    for path, status in (("/metrics", 404), ("/status", 200)):
        async with http.get(running.url + path, headers=named) as response:
            assert response.status == status, path
    await running.close()


def test_a_name_that_somebody_could_rebind_is_not_ours() -> None:
    for name in (
        "",
        "gems.example",
        "a.b:80",
        "1.2.3.4.example",
        "user@host",
        "é",
        "[gems",
        "[::1",
        "1.2.3.4x",
    ):
        assert not is_own_name(name), name


async def test_pages_cannot_be_framed_written_or_guessed(server: Server, http: aiohttp.ClientSession) -> None:
    for path in ("/health", "/ready", "/metrics", "/status", "/status.css"):
        async with http.get(server.url + path) as response:
            told = response.headers["Content-Security-Policy"]
            assert told.startswith("default-src 'none'") and "unsafe" not in told
            assert response.headers["X-Content-Type-Options"] == "nosniff"
        async with http.post(server.url + path, data=b"x") as response:
            assert response.status == 405
        async with http.head(server.url + path) as response:
            assert response.status == 200 and await response.read() == b""
    async with http.get(server.url + "/status/../metrics/x") as response:
        assert response.status == 404


async def test_ready_says_which_part(server: Server, http: aiohttp.ClientSession) -> None:
    async with http.get(server.url + "/ready") as response:
        assert response.status == 200
        found = await response.json()
    assert found["parts"] == {
        "store": "ok",
        "migrations": "ok",
        "chain": "degraded",
        "disk": "ok",
        "duties": "ok",
    }
    db = server.app.state.context.db
    with db.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    server.app.state.observation.pages.forget()
    async with http.get(server.url + "/ready") as response:
        assert response.status == 503
        found = await response.json()
    assert found["ready"] is False and found["parts"]["migrations"] == "failed"


async def test_a_store_that_hangs_holds_up_no_probe(
    server: Server, http: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    observation, db = server.app.state.observation, server.app.state.context.db
    monkeypatch.setattr("gems_platform.observing.looking._PROBE_S", 0.05)
    let_go = threading.Event()
    monkeypatch.setattr(db, "version", lambda: "0" if let_go.wait(10) else "1")
    async with http.get(server.url + "/ready") as response:
        assert response.status == 503
        assert (await response.json())["parts"]["store"] == "failed"
    async with http.get(server.url + "/health") as response:
        assert response.status == 200
    async with http.get(server.url + "/status") as response:
        assert response.status == 503 and "does not answer" in await response.text()
    let_go.set()
    observation.looking.forget()
    async with http.get(server.url + "/ready") as response:
        assert (await response.json())["parts"]["store"] == "ok"


async def test_a_reading_that_takes_long_is_waited_for_once_and_seldom_done(
    server: Server, http: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    looking = server.app.state.observation.looking
    first = await looking.figures()
    readings, let_go = [], threading.Event()

    def slow(*_args: object) -> StoreFigures:
        readings.append(1)
        let_go.wait(10)
        return replace(first.store, at=7)

    monkeypatch.setattr("gems_platform.observing.reading.read", slow)
    monkeypatch.setattr("gems_platform.observing.looking._LATER_S", 0.05)
    looking.forget()
    for _ in range(3):  # what is known is shown meanwhile
        assert (await looking.figures()).store == first.store
    let_go.set()
    while looking.latest() == first.store:
        await asyncio.sleep(0.01)
    assert (await looking.figures()).store.at == 7
    assert len(readings) == 1
    assert looking._until > time.monotonic() + 2, (
        "twenty times as long as it took, and it took a tenth of a second"
    )


FINE = Seen("7", "7", True, 10**10, 10**8, True, 10.0, 1.0, 0, 300.0)


@pytest.mark.parametrize(
    ("changes", "part", "state"),
    [
        ({}, "store", "ok"),
        ({"version": None}, "store", "failed"),
        ({"version": "6"}, "migrations", "failed"),
        ({"chain_answers": False}, "chain", "degraded"),
        ({"disk_free": 10**7}, "disk", "failed"),
        ({"disk_free": 5 * 10**7}, "disk", "degraded"),
        ({"late_s": 301}, "duties", "degraded"),
        ({"idle_s": 301.0}, "duties", "failed"),
        ({"idle_s": None, "up_s": 301.0}, "duties", "failed"),
        ({"idle_s": None, "up_s": 301.0, "runs_duties": False}, "duties", "ok"),
    ],
)
def test_each_part_by_itself(changes: dict[str, object], part: str, state: str) -> None:
    found = readiness.parts(replace(FINE, **changes))  # type: ignore[arg-type]
    assert found[part] == state
    assert readiness.is_ready(found) == ("failed" not in found.values())
    assert readiness.is_ready(readiness.parts(FINE))


async def test_a_request_has_one_id_from_end_to_end(
    server: Server, person: Callable[[str], Person], http: aiohttp.ClientSession
) -> None:
    async with http.get(server.url + "/v1/campaigns", headers={"X-Request-Id": "proxy-7.a_B"}) as response:
        assert response.headers["X-Request-Id"] == "proxy-7.a_B"
    for odd in ("x" * 65, "a b", "-a", "a\tb", "é", "<b>", ""):
        async with http.get(server.url + "/v1/campaigns", headers={"X-Request-Id": odd}) as response:
            assert re.fullmatch(r"[0-9a-f]{16}", response.headers["X-Request-Id"]), odd
    line = {"headers": [(b"x-request-id", b"a\nb")]}
    assert "\n" not in request_id_of(line)


def test_duties_tell_how_they_ended() -> None:
    class Told:
        runs: list[tuple[str, str | None]] = []  # noqa: RUF012

        def duty_ran(self, name: str, seconds: float, fault: str | None) -> None:
            assert seconds >= 0
            self.runs.append((name, fault))

    told = Told()
    with timed(told, "good"):
        pass
    with pytest.raises(ValueError, match="x"), timed(told, "bad"):
        raise ValueError("x")
    assert told.runs == [("good", None), ("bad", "ValueError")]


def test_notes_outside_of_a_request_are_dropped() -> None:
    noted.accepted("votes", 3)
    noted.refused("x")
    assert noted.request_id() == ""


def test_contention_is_told_from_faults() -> None:
    class Conflict(Exception):
        sqlstate = "40001"

    class Busy(Exception):
        sqlite_errorname = "SQLITE_BUSY"

    assert is_contended(Conflict()) and is_contended(Busy()) and not is_contended(ValueError())
