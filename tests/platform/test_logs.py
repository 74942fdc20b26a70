# SPDX-License-Identifier: Apache-2.0
"""No secret reaches the log, whatever goes wrong; each request has a line that a machine can read."""

from __future__ import annotations

import io
import json
import logging
import secrets
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from sqlalchemy import text

from gems_platform.app import Server, serve
from gems_platform.observing import logs
from gems_platform.observing.logs import Scrub, secrets_of
from gems_platform.settings import Settings
from tests.platform.conftest import HandClock
from tests.platform.test_observing import hash_of
from tests.platform.world import world

CANARY = "canary" + secrets.token_hex(12)


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Where set_up is told to write; the root logger is as before afterwards."""
    root, ours = logging.getLogger(), logging.getLogger("gems_platform")
    before, level, our_level = list(root.handlers), root.level, ours.level
    yield io.StringIO()
    root.handlers[:] = before
    root.setLevel(level)
    ours.setLevel(our_level)


def _lines(log: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


async def test_a_day_of_work_leaves_no_secret_in_the_log(
    tmp_path: Path, clock: HandClock, log: io.StringIO
) -> None:
    async with world(tmp_path, clock, log_format="json") as w:
        logs.set_up(w.settings, log)
        logging.getLogger("gems_platform").setLevel(logging.DEBUG)
        campaign = await w.campaign(2, instructions=f"Be kind. {CANARY}")
        anna = await w.person("anna")
        assert anna.token
        batch = await w.lease(anna, campaign, 1)
        answer = [
            {
                "from_name": "mood",
                "to_name": "text",
                "type": "choices",
                "value": {"choices": ["good"]},
                "id": CANARY[:20],
            }
        ]
        body = w.sealed(anna, batch["batch_id"], [hash_of(batch["items"][0])], answer)
        await w.submit(anna, body)
        async with w.http.post(w.server.url + "/v1/sign-in/nonce", data=CANARY.encode()) as response:
            assert response.status == 400
        for path in (f"/v1/media/{CANARY}", f"/v1/{CANARY}?token={anna.token}"):
            async with w.http.get(
                w.server.url + path, headers={"Authorization": f"Bearer {CANARY}"}
            ) as response:
                assert response.status >= 400
        await w.tick()
    written = log.getvalue()
    keys = [w.settings.hub_signer_key, w.settings.hub_payer_key, w.settings.relayer_key, anna.key]
    for secret in (CANARY, CANARY[:20], anna.token, anna.address, *(one.hex() for one in keys)):
        assert secret.lower() not in written.lower(), secret
    requests = [line for line in _lines(log) if line["logger"] == "gems_platform.requests"]
    sent = next(line for line in requests if line["route"] == "/v1/submissions")
    assert sent["status"] == 200 and sent["account"] == anna.address[:10] and sent["ms"] > 0
    assert {line["route"] for line in requests if line["status"] == 404} <= {"none", "/v1/media/{name}"}


async def test_a_bug_is_traced_without_what_it_was_about(
    settings: Settings, clock: HandClock, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worst case: a statement with an answer and a token among its parameters fails inside a route."""
    settings = replace(settings, log_format="json", rpc_url=f"http://u:{CANARY}pw@127.0.0.1:9/v2/{CANARY}")
    running = await serve(settings, clock=clock, ticking=False)
    logs.set_up(running.app.state.context.settings, log)

    def fail(session: Any, *_args: Any) -> Any:
        with running.app.state.context.db.read() as other:
            try:
                other.execute(text("SELECT a FROM nowhere WHERE a = :a"), {"a": CANARY})
            except Exception as error:
                key = settings.hub_signer_key
                raise RuntimeError(f"{settings.rpc_url} {key.hex()} {key!r} Bearer {CANARY}") from error

    monkeypatch.setattr("gems_platform.campaigns.repository.listed", fail)
    async with aiohttp.ClientSession() as http, http.get(running.url + "/v1/campaigns") as response:
        assert response.status == 500
        told = await response.text()
        request_id = response.headers["X-Request-Id"]
    await running.close()
    written = log.getvalue()
    assert CANARY not in written + told and settings.hub_signer_key.hex() not in written
    bug = next(line for line in _lines(log) if "trace" in line)
    assert bug["request"] == request_id and "no such table" in bug["trace"]
    line = next(line for line in _lines(log) if line["logger"] == "gems_platform.requests")
    assert (line["status"], line["code"], line["request"]) == (500, "internal", request_id)


def test_the_scrub_is_what_keeps_them_out(settings: Settings) -> None:
    """The control: without it the same record shows the key."""
    record = logging.LogRecord("a", logging.ERROR, "", 0, "key %s", (settings.relayer_key.hex(),), None)
    assert settings.relayer_key.hex() in logs.JsonLines(Scrub(())).format(record)
    assert settings.relayer_key.hex() not in logs.JsonLines(Scrub(secrets_of(settings))).format(record)
    upper = Scrub(secrets_of(settings))(settings.relayer_key.hex().upper())
    assert upper == "[hidden]"


@pytest.mark.parametrize(
    ("told", "left"),
    [
        ("Authorization: Bearer abc.def", "abc.def"),
        ("x [SQL: SELECT 1]\n[parameters: ('s3cr3t [1]', 2)]\n(Background on this error at: y)", "s3cr3t"),
        ("DETAIL:  Key (a)=(s3cr3t) already exists.", "s3cr3t"),
        ("postgresql+psycopg://gems:s3cr3t@db/gems", "s3cr3t"),
    ],
)
def test_what_usually_carries_secrets_is_hidden(told: str, left: str) -> None:
    assert left not in Scrub(())(told)


def test_a_line_cannot_be_forged(settings: Settings) -> None:
    record = logging.LogRecord(
        "a", logging.INFO, "", 0, "GET %s", ("/x\n2026-01-01 ERROR forged\x1b[2J\u2028",), None
    )
    found = logs.TextLines(Scrub(())).format(record)
    assert "\n" not in found and "\x1b" not in found and "\u2028" not in found
    assert json.loads(logs.JsonLines(Scrub(())).format(record))["message"].startswith("GET /x\n")


async def test_probes_are_quiet(server: Server, http: aiohttp.ClientSession, log: io.StringIO) -> None:
    logs.set_up(replace(server.app.state.context.settings, log_format="json"), log)
    for path in ("/health", "/ready", "/metrics", "/status"):
        async with http.get(server.url + path):
            pass
    assert log.getvalue() == ""
