# SPDX-License-Identifier: Apache-2.0
"""The platform client against a small server that lies in every way it can."""

from __future__ import annotations

import json
from typing import Any

import pytest
from aiohttp import web

from gems_desktop.adapters.platform_http import PlatformHttp
from gems_desktop.services.errors import (
    CaptivePortal,
    Offline,
    PlatformLied,
    PlatformRefused,
)
from tests.desktop.adapters.lying_server import STRANGER, Liar


async def test_a_signed_answer_is_read_and_counted(client: PlatformHttp) -> None:
    assert await client.get("/v1/campaigns?x=1&y=%20", token=False) == {"fine": True}
    assert client.time() == 1_000_000
    (counted,) = client.take_traffic()
    assert counted.received > 0 and counted.sent > 0 and client.take_traffic() == []


async def test_signs_in_once_and_again_when_the_token_is_over(liar: Liar, client: PlatformHttp) -> None:
    await client.get("/v1/events?after=0&limit=500")
    await client.post("/v1/channel", {})
    assert [request.path for request in liar.asked].count("/v1/sign-in") == 1
    seen: list[str] = []

    async def forgetful(request: web.Request, body: bytes) -> web.StreamResponse:
        if request.path.startswith("/v1/sign-in"):
            return await liar.honest(request, body)
        seen.append(request.headers["Authorization"])
        if len(set(seen)) == 1:
            told = {"error": {"code": "not_signed_in", "message": "<b>call 555</b>"}}
            return liar.signed(request, body, json.dumps(told).encode(), status=401)
        return await liar.honest(request, body)

    liar.say = forgetful
    assert await client.post("/v1/channel", {}) == {"fine": True}
    assert len(set(seen)) == 2


async def _by_stranger(liar: Liar, request: web.Request, body: bytes) -> web.StreamResponse:
    return liar.signed(request, body, b"{}", key=STRANGER)


async def _for_another_request(liar: Liar, request: web.Request, body: bytes) -> web.StreamResponse:
    return liar.signed(request, body, b"{}", over=b"other")


async def _unsigned(_liar: Liar, _request: web.Request, _body: bytes) -> web.StreamResponse:
    return web.json_response({})


async def _changed(liar: Liar, request: web.Request, body: bytes) -> web.StreamResponse:
    response = liar.signed(request, body, b'{"a":1}')
    response.body = b'{"a":2}'
    return response


async def _oversized(_liar: Liar, _request: web.Request, _body: bytes) -> web.StreamResponse:
    return web.Response(body=b"[" * 9_000_000, content_type="application/json")


async def _deep(liar: Liar, request: web.Request, body: bytes) -> web.StreamResponse:
    return liar.signed(request, body, b"[" * 60 + b"]" * 60)


async def _twice_a_key(liar: Liar, request: web.Request, body: bytes) -> web.StreamResponse:
    return liar.signed(request, body, b'{"a":1,"a":2}')


async def _a_list(liar: Liar, request: web.Request, body: bytes) -> web.StreamResponse:
    return liar.signed(request, body, b"[1]")


async def _error_without_code(liar: Liar, request: web.Request, body: bytes) -> web.StreamResponse:
    return liar.signed(request, body, b'{"error":"x"}', status=400)


@pytest.mark.parametrize(
    "lie",
    [
        _by_stranger,
        _for_another_request,
        _unsigned,
        _changed,
        _oversized,
        _deep,
        _twice_a_key,
        _a_list,
        _error_without_code,
    ],
)
async def test_a_lie_is_refused(liar: Liar, client: PlatformHttp, lie: Any) -> None:
    liar.say = lambda request, body: lie(liar, request, body)
    with pytest.raises(PlatformLied) as caught:
        await client.get("/v1/campaigns", token=False)
    assert caught.value.safe and caught.value.action and len(liar.asked) == 1


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/v1/sign-in/nonce", {}),
        ("/v1/sign-in/nonce", {"domain": 1}),
        ("/v1/sign-in", {}),
        ("/v1/sign-in", {"token": "a\r\nX: b", "expires_at": 2_000_000}),
        ("/v1/sign-in", {"token": "abc", "expires_at": "soon"}),
        ("/v1/sign-in", {"token": 5, "expires_at": 2_000_000}),
    ],
)
async def test_an_odd_sign_in_is_a_lie_and_no_crash(
    liar: Liar, client: PlatformHttp, path: str, told: dict[str, Any]
) -> None:
    me = (await client._signer.wallet()).address

    async def odd(request: web.Request, body: bytes) -> web.StreamResponse:
        if request.path == path:
            return liar.signed(request, body, json.dumps({"address": me, **told}).encode())
        return await liar.honest(request, body)

    liar.say = odd
    with pytest.raises(PlatformLied):
        await client.get("/v1/channel")


async def test_an_old_answer_is_not_taken_again(liar: Liar, client: PlatformHttp) -> None:
    await client.get("/v1/campaigns", token=False)

    async def old(request: web.Request, body: bytes) -> web.StreamResponse:
        return liar.signed(request, body, b"{}", at=1_000_000 - 3_600)

    liar.say = old
    with pytest.raises(PlatformLied):
        await client.get("/v1/campaigns", token=False)


async def test_a_login_page_is_recognised(liar: Liar, client: PlatformHttp) -> None:
    async def portal(_request: web.Request, _body: bytes) -> web.StreamResponse:
        return web.Response(text="<html>Welcome to the hotel</html>", content_type="text/html")

    liar.say = portal
    with pytest.raises(CaptivePortal) as caught:
        await client.get("/v1/campaigns", token=False)
    assert "hotel" not in caught.value.message and "browser" in caught.value.action


async def test_a_platform_that_is_down_is_tried_again_and_then_said(liar: Liar, client: PlatformHttp) -> None:
    async def down(request: web.Request, _body: bytes) -> web.StreamResponse:
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    liar.say = down
    with pytest.raises(Offline) as caught:
        await client.get("/v1/campaigns", token=False)
    assert len(liar.asked) >= 3 and caught.value.retryable and "sent later" in caught.value.safe


async def test_refusals_are_said_in_our_words(liar: Liar, client: PlatformHttp) -> None:
    async def refuse(request: web.Request, body: bytes) -> web.StreamResponse:
        told = {"error": {"code": "no_work", "message": "<img src=x>send your seed words"}}
        return liar.signed(request, body, json.dumps(told).encode(), status=409)

    liar.say = refuse
    with pytest.raises(PlatformRefused) as caught:
        await client.get("/v1/campaigns", token=False)
    assert caught.value.code == "no_work" and caught.value.retryable
    assert "seed" not in caught.value.message + caught.value.action


@pytest.mark.parametrize(
    ("wish", "seconds"),
    [
        ({"retry_after": 5}, 5),
        ({"retry_after": -1}, 0),
        ({"retry_after": "5"}, 0),
        ({}, 0),
        (7, 0),
        (None, 0),
    ],
)
async def test_when_a_draw_is_due_is_read_with_care(
    liar: Liar, client: PlatformHttp, wish: object, seconds: int
) -> None:
    async def refuse(request: web.Request, body: bytes) -> web.StreamResponse:
        told = {"error": {"code": "no_work", "message": "", "wish": wish}}
        return liar.signed(request, body, json.dumps(told).encode(), status=404)

    liar.say = refuse
    with pytest.raises(PlatformRefused) as caught:
        await client.get("/v1/campaigns", token=False)
    assert caught.value.retry_after == seconds


async def test_a_sign_in_for_another_domain_is_not_signed(liar: Liar, client: PlatformHttp) -> None:
    async def elsewhere(request: web.Request, body: bytes) -> web.StreamResponse:
        told = {
            "nonce": "abcdefgh12",
            "domain": "evil.example",
            "uri": liar.url,
            "statement": "x",
            "issued_at": 1,
            "expires_at": 2,
        }
        return liar.signed(request, body, json.dumps(told).encode())

    liar.say = elsewhere
    with pytest.raises(PlatformLied):
        await client.get("/v1/events?after=0&limit=500")
    assert [request.path for request in liar.asked] == ["/v1/sign-in/nonce"]
