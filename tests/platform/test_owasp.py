# SPDX-License-Identifier: Apache-2.0
"""The OWASP API Security Top 10 (2023), row by row; docs/owasp.md is the table of these and other tests."""

from __future__ import annotations

import ast
import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web

import gems_platform
from gems_platform.app import ROUTERS, serve
from gems_platform.channels.chain import Chain
from gems_platform.errors import ChainDown
from gems_platform.interface import document
from gems_platform.settings import Settings
from gems_protocol.amount import Amount
from tests.platform.acts import ask, newcomer
from tests.platform.api import Person, Refused
from tests.platform.conftest import HandClock, key
from tests.platform.world import World, world

DOCUMENT = document.document(ROUTERS)
ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "owasp.md"
ANY = "0x" + "ab" * 32


@pytest.fixture
async def live(tmp_path: Path, clock: HandClock) -> AsyncIterator[World]:
    async with world(tmp_path, clock) as running:
        yield running


def _operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, operations in DOCUMENT["paths"].items():
        for method, operation in operations.items():
            yield method.upper(), path, operation


async def _error(who: Person, method: str, path: str, body: Any = None) -> dict[str, Any]:
    with pytest.raises(Refused) as refused:
        await who.ask(method, path, body)
    return refused.value.error


async def test_api1_what_is_somebody_elses_is_as_if_it_were_not_there(live: World) -> None:
    campaign = await live.campaign(1)
    anna, ben = await live.person("anna"), await live.person("ben")
    batch = (await live.lease(anna, campaign, 1))["batch_id"]
    confirm, nothing = f"/v1/leases/{batch}/confirm", f"/v1/leases/{ANY}/confirm"
    assert await _error(ben, "POST", confirm, {"debit": None}) == await _error(
        ben, "POST", nothing, {"debit": None}
    )
    for rest in ("results", "spend-due", "held", "progress", "threads"):
        theirs = await _error(ben, "GET", f"/v1/campaigns/{campaign}/{rest}")
        assert (
            theirs == await _error(ben, "GET", f"/v1/campaigns/{ANY}/{rest}")
            and theirs["code"] == "not_found"
        )
    await anna.post(confirm, {"debit": None})  # the control: it is there for its owner


async def test_api2_a_stolen_token_moves_no_money_and_is_soon_over(live: World, clock: HandClock) -> None:
    anna = await newcomer(live, "1.50")
    await live.work(anna, await live.campaign(1, mr=Amount.gem("2")), 1)
    await ask(live, range(2), accept=True)
    await live.tick()
    thief = replace(anna, key=key("thief"))  # Anna's token, another key
    before = await anna.get("/v1/channel")
    assert int(before["voucher"]["message"]["paid"]) > 0
    quote = await thief.get("/v1/relay/quote")
    claim = {"config": before["config"], "voucher": before["voucher"]}
    auth = {
        "channel_id": before["channel_id"],
        "seq": before["voucher"]["message"]["seq"],
        "to": thief.address,
        "relayer": quote["relayer"],
        "fee": quote["fee"],
        "deadline": str(clock.now() + 600),
    }
    signed = {"message": auth, "signature": "0x" + "11" * 65}
    root = bytes(32)
    for path, body in (
        ("/v1/relay/claims", {**claim, "auth": signed}),
        ("/v1/relay/closes", {**claim, "auth": signed}),
        ("/v1/relay/transfers", {"transfer": signed, "fee": signed}),
        ("/v1/channel/unbond", {"step": 1, "amount": "1", "debit": await live.debit(thief, 1, root)}),
    ):
        assert (await _error(thief, "POST", path, body))["code"] in (
            "bad_signature",
            "bad_debit",
            "bad_claim",
            "bad_transfer",
            "malformed",
        ), path
    assert await anna.get("/v1/channel") == before
    clock.at += live.settings.token_s + 1
    assert (await _error(thief, "GET", "/v1/channel"))["code"] == "not_signed_in"


def _forms(part: Any) -> Iterator[dict[str, Any]]:
    if isinstance(part, dict):
        if "$ref" in part:
            yield from _forms(DOCUMENT["components"]["schemas"][part["$ref"].rpartition("/")[2]])
            return
        if "properties" in part:
            yield part
        for inner in part.values():
            yield from _forms(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _forms(inner)


def test_api3_no_request_sets_and_no_answer_shows_what_is_not_named() -> None:
    bodies = answers = 0
    for method, path, operation in _operations():
        for form in _forms(operation.get("requestBody", {}).get("content", {}).get("application/json", {})):
            assert form.get("additionalProperties") is False, f"{method} {path} takes unknown members: {form}"
            bodies += 1
        told = operation["responses"].get("200", {}).get("content", {}).get("application/json", {})
        answers += sum(form.get("additionalProperties") is False for form in _forms(told))
    assert bodies > 30 and answers > 60


async def test_api3_an_unknown_member_is_refused(live: World) -> None:
    anna = await live.person("anna")
    body = {"request_id": ANY, "campaign_id": ANY, "count": 1}
    assert (await _error(anna, "POST", "/v1/leases", {**body, "reward": "1"}))["code"] == "malformed"
    assert (await _error(anna, "POST", "/v1/leases", body))["code"] == "not_found"  # the control


def test_api4_every_list_and_number_has_a_bound() -> None:
    seen = 0
    for method, path, operation in _operations():
        for one in operation.get("parameters", []):
            schema, where = one["schema"], f"{method} {path} {one['name']}"
            if one["in"] == "header":
                continue
            seen += 1
            if schema.get("type") == "integer":
                assert "maximum" in schema or "exclusiveMaximum" in schema, where
            else:
                bounded = {"pattern", "enum", "maxLength", "const"} & schema.keys()
                assert bounded or schema.get("type") == "boolean", where
            if one["name"] == "limit":
                assert schema["maximum"] <= 500, where
    assert seen > 60


async def test_api5_what_is_for_operators_is_for_nobody_else(live: World) -> None:
    anna = await live.person("anna")
    for_operators = [one for one in _operations() if one[2]["tags"] == ["operator"]]
    assert len(for_operators) >= 3
    for method, path, _ in for_operators:
        body = {"outcome": "upheld", "answer": ""} if method == "POST" else None
        told = await _error(anna, method, re.sub(r"\{[a-z_]+\}", ANY, path), body)
        assert told["code"] == "not_allowed", (method, path)


async def test_api6_who_takes_work_to_keep_it_from_others_gets_no_more(live: World) -> None:
    """A batch is bounded, and so is how many are open at once and how many are left unconfirmed."""
    campaign = await live.campaign(6)
    anna = await live.person("anna")
    assert (await anna.get("/v1/me"))["limits"]["lease"] <= 200
    codes = []
    for _ in range(5):
        try:
            await live.confirm(anna, await live.lease(anna, campaign, 1))
            codes.append("")
        except Refused as refused:
            codes.append(refused.code)
    assert codes[:3] == ["", "", ""] and set(codes[3:]) == {"credit_limit"}


def _opening(source: str) -> set[str]:
    """The modules with which a source could open a connection."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        found |= {
            name
            for name in names
            if re.match(r"(aiohttp|urllib\.request|httpx|requests|socket|http\.client|boto)", name)
        }
    return found


def test_api7_no_address_that_a_client_names_is_ever_asked() -> None:
    """Only the chain's node, mirrored hubs and the media store are asked, all named by the operator."""
    allowed = {
        "channels/chain.py",  # settings.rpc_url
        "watching/mirror.py",  # settings.mirrored_hubs
        "media/bucket.py",  # settings of the media store
        "media/opening.py",
        "edge/listening.py",  # it listens
    }
    parts = Path(gems_platform.__file__).parent
    opening = {
        str(path.relative_to(parts)): found
        for path in sorted(parts.rglob("*.py"))
        if (found := _opening(path.read_text("utf-8")))
        and path.relative_to(parts).parts[0]
        not in ("client", "operating")  # the requester's, and the operator's
    }
    assert opening.keys() <= allowed, opening.keys() - allowed
    assert _opening("import aiohttp\nfrom urllib.request import urlopen") == {"aiohttp", "urllib.request"}
    for method, path, operation in _operations():
        for form in _forms(operation.get("requestBody", {})):
            named = [
                name
                for name, one in form["properties"].items()
                if "url" in name or one.get("format") == "uri"
            ]
            assert not named, f"{method} {path} takes an address: {named}"


async def test_api8_nothing_is_open_or_told_that_need_not_be(
    settings: Settings, clock: HandClock, http: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    running = await serve(settings, clock=clock, ticking=False)

    def bug(_session: Any) -> None:
        raise ZeroDivisionError("the secret is 42")

    monkeypatch.setattr("gems_platform.rates.service.show", bug)
    async with http.get(running.url + "/v1/rates") as response:
        assert response.status == 500 and response.content_type == "application/problem+json"
        assert "42" not in await response.text() and "Server" not in response.headers
    for path in (
        "/docs",
        "/redoc",
        "/.git/config",
        "/v1/../settings.json",
        "/v1/media/..%2f..%2fplatform.sqlite3",
    ):
        async with http.get(running.url + path) as response:
            assert response.status in (400, 404), path
    assert "0x" + settings.hub_signer_key.hex() not in repr(running.app.state.context.settings)
    await running.close()


def test_api9_every_call_is_versioned_and_in_the_inventory() -> None:
    served = {
        (method, route.path)
        for route in document.routes(ROUTERS)
        for method in route.methods or ()
        if method != "HEAD" or "uploads" in route.path
    }
    assert served == {(method, path) for method, path, _ in _operations()}
    assert all(path.startswith("/v1/") for _, path in served)
    assert all(route.include_in_schema for router in ROUTERS for route in router.routes)  # type: ignore[attr-defined]


@pytest.mark.parametrize("answer", [b"<html>", b"[]", b'{"result": NaN}', b"x" * 70_000_000, b""])
async def test_api10_a_chain_node_that_lies_in_form_is_not_believed(answer: bytes) -> None:
    async def node(_request: web.Request) -> web.Response:
        return web.Response(body=answer)

    app = web.Application()
    app.router.add_post("/", node)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    place = runner.addresses[0]
    nothing = "0x" + "11" * 20
    chain = Chain(f"http://{place[0]}:{place[1]}/", 31337, nothing, nothing, nothing, depth=1)
    try:
        with pytest.raises(ChainDown) as refused:
            await chain.block_number()
        assert refused.value.retryable and refused.value.safe and refused.value.action
    finally:
        await chain.close()
        await runner.cleanup()


def _tests_named(page: str) -> list[tuple[str, str]]:
    return re.findall(r"`(test_[a-z0-9_]+\.py)::(test_[a-z0-9_]+)`", page)


def _there(file: str, name: str) -> bool:
    path = ROOT / "tests" / "platform" / file
    return path.is_file() and f"def {name}(" in path.read_text("utf-8")


def test_the_table_names_tests_that_exist_for_every_row() -> None:
    page = PAGE.read_text("utf-8")
    rows = {line.split("|")[1].strip(): line for line in page.splitlines() if line.startswith("| API")}
    assert len(rows) == 10
    for number in range(1, 11):
        (row,) = [line for name, line in rows.items() if name.startswith(f"API{number} ")]
        assert any(f"test_api{number}_" in name for _, name in _tests_named(row)), row
    wrong = [one for one in _tests_named(page) if not _there(*one)]
    assert not wrong, wrong
    here = {name for name in globals() if re.match(r"test_api\d", name)}
    assert here == {name for file, name in _tests_named(page) if file == "test_owasp.py"}


def test_a_row_without_its_test_is_found() -> None:
    """The control."""
    assert not _there("test_owasp.py", "test_api11_nothing") and not _there("test_none.py", "test_x")
    assert _tests_named("`test_a.py::test_b`, `test_c.py`") == [("test_a.py", "test_b")]
