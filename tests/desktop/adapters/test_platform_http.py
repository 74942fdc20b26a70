# SPDX-License-Identifier: Apache-2.0
"""The platform client and the media folder against a small server that lies in every way it can."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from eth_utils.crypto import keccak

from gems_desktop.adapters.media import MediaFolder
from gems_desktop.adapters.platform_http import PlatformHttp
from gems_desktop.services.errors import (
    CaptivePortal,
    MediaDoesNotFit,
    Offline,
    PlatformLied,
    PlatformRefused,
)
from gems_desktop.services.network import Network
from gems_desktop.services.signing import SignerConfig
from gems_desktop.signer.inprocess import InProcessSigner
from gems_protocol.messages import Answer, request_hash
from gems_protocol.signature import address_of

KEY, STRANGER, ME = b"\x01" * 32, b"\x02" * 32, b"\x03" * 32
ONE = "0x" + "11" * 20
PICTURE = os.urandom(100_000)
NAME = hashlib.sha256(PICTURE).hexdigest()


class Clock:
    """Stands still; sleeping takes no time."""

    def now(self) -> int:
        return 1_000_000

    def monotonic(self) -> float:
        return 5.0

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(0)

    def random_bytes(self, count: int) -> bytes:
        return bytes(count)


class Liar:
    """A server whose next answer is `say`; it counts its requests."""

    def __init__(self) -> None:
        self.asked: list[web.Request] = []
        self.say: Callable[[web.Request, bytes], Awaitable[web.StreamResponse]] = self.honest
        self.url = ""
        self.network: Network

    async def honest(self, request: web.Request, body: bytes) -> web.StreamResponse:
        if request.path == "/v1/sign-in/nonce":
            host = self.url.removeprefix("http://")
            told: Any = {
                "nonce": "abcdefgh12",
                "domain": host,
                "uri": self.url,
                "statement": "Sign in to do and offer tasks. This moves no money.",
                "issued_at": 1_000_000,
                "expires_at": 1_000_300,
            }
        elif request.path == "/v1/sign-in":
            told = {"token": f"token{len(self.asked)}", "address": address_of(ME), "expires_at": 1_000_900}
        else:
            told = {"fine": True}
        return self.signed(request, body, json.dumps(told).encode())

    def signed(
        self,
        request: web.Request,
        body: bytes,
        content: bytes,
        *,
        key: bytes = KEY,
        status: int = 200,
        at: int = 1_000_000,
        over: bytes | None = None,
    ) -> web.Response:
        what = request_hash(request.method, request.raw_path, body if over is None else over)
        message = Answer(what, keccak(content), at)
        stamp = f"{at}:0x{message.sign(self.network.campaigns_domain, key).hex()}"
        return web.Response(
            body=content, status=status, content_type="application/json", headers={"Gems-Signature": stamp}
        )


@pytest.fixture
async def liar() -> AsyncIterator[Liar]:
    made = Liar()

    async def handle(request: web.Request) -> web.StreamResponse:
        made.asked.append(request)
        return await made.say(request, await request.read())

    app = web.Application()
    app.router.add_route("*", "/{tail:.*}", handle)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    made.url = f"http://{host}:{port}"
    made.network = Network(
        "t", 1, ("http://127.0.0.1:9",), made.url, address_of(KEY), ONE, ONE, ONE, ONE, ONE, True
    )
    yield made
    await runner.cleanup()


@pytest.fixture
async def client(liar: Liar, tmp_path: Path) -> AsyncIterator[PlatformHttp]:
    config = SignerConfig(str(tmp_path), 1, ONE, ONE, liar.url.removeprefix("http://"), liar.url, (ONE,), 1)
    made = PlatformHttp(liar.network, InProcessSigner(config, ME), Clock())
    yield made
    await made.close()


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


async def test_media_resume_after_a_cut_line(liar: Liar, client: PlatformHttp, tmp_path: Path) -> None:
    ranges: list[str] = []

    async def cutting(request: web.Request, _body: bytes) -> web.StreamResponse:
        ranges.append(request.headers.get("Range", ""))
        start = int(ranges[-1].removeprefix("bytes=").rstrip("-") or 0)
        response = web.StreamResponse(status=206 if start else 200)
        response.content_length = len(PICTURE) - start
        await response.prepare(request)
        await response.write(PICTURE[start : start + 40_000])
        if start + 40_000 < len(PICTURE):
            await asyncio.sleep(0.05)
            assert request.transport is not None
            request.transport.abort()
        return response

    liar.say = cutting
    media = MediaFolder(tmp_path / "media", client, Clock())
    await media.ensure(NAME, len(PICTURE))
    assert media.path(NAME).read_bytes() == PICTURE
    assert ranges == ["", "bytes=40000-", "bytes=80000-"]
    await media.ensure(NAME, len(PICTURE))
    assert len(ranges) == 3


@pytest.mark.parametrize("at", [0, 30_000, 99_999])
async def test_a_part_that_came_wrong_is_thrown_away_once_and_fetched_anew(
    liar: Liar, client: PlatformHttp, tmp_path: Path, at: int
) -> None:
    asked: list[tuple[str, str]] = []

    async def sometimes(request: web.Request, _body: bytes) -> web.StreamResponse:
        asked.append((request.headers.get("Range", ""), request.headers.get("If-Range", "")))
        wrong = PICTURE[:at] + bytes([PICTURE[at] ^ 1]) + PICTURE[at + 1 :]
        start = int(asked[-1][0].removeprefix("bytes=").rstrip("-") or 0)
        sent = (wrong if len(asked) <= 2 else PICTURE)[start:]
        response = web.StreamResponse(status=206 if start else 200)
        response.content_length = len(sent)
        await response.prepare(request)
        await response.write(sent[:50_000])
        if len(asked) == 1:
            assert request.transport is not None
            await asyncio.sleep(0.05)
            request.transport.abort()
        else:
            await response.write(sent[50_000:])
        return response

    liar.say = sometimes
    media = MediaFolder(tmp_path / "media", client, Clock())
    await media.ensure(NAME, len(PICTURE))
    assert media.path(NAME).read_bytes() == PICTURE
    assert asked == [("", ""), ("bytes=50000-", f'"{NAME}"'), ("", "")]


async def test_a_server_that_knows_another_file_sends_it_whole_and_the_part_is_dropped(
    liar: Liar, client: PlatformHttp, tmp_path: Path
) -> None:
    async def whole(_request: web.Request, _body: bytes) -> web.StreamResponse:
        return web.Response(body=PICTURE)

    liar.say = whole
    media = MediaFolder(tmp_path / "media", client, Clock())
    part = media.path(NAME).with_suffix(".part")
    part.parent.mkdir(parents=True)
    part.write_bytes(b"another file")
    await media.ensure(NAME, len(PICTURE))
    assert media.path(NAME).read_bytes() == PICTURE


@pytest.mark.parametrize("sent", [b"x" * len(PICTURE), PICTURE + b"more"])
async def test_media_whose_hash_does_not_fit_are_not_kept(
    liar: Liar, client: PlatformHttp, tmp_path: Path, sent: bytes
) -> None:
    async def wrong(_request: web.Request, _body: bytes) -> web.StreamResponse:
        return web.Response(body=sent)

    liar.say = wrong
    media = MediaFolder(tmp_path / "media", client, Clock())
    with pytest.raises(MediaDoesNotFit):
        await media.ensure(NAME, len(PICTURE))
    assert not media.has(NAME)


async def test_a_name_that_is_no_hash_opens_nothing(client: PlatformHttp, tmp_path: Path) -> None:
    with pytest.raises(MediaDoesNotFit):
        await MediaFolder(tmp_path, client, Clock()).ensure("../../etc/passwd", 10)


async def test_a_file_is_asked_of_the_platform_and_of_nobody_else(
    liar: Liar, client: PlatformHttp, tmp_path: Path
) -> None:
    async def elsewhere(request: web.Request, _body: bytes) -> web.StreamResponse:
        if request.path == "/inside-the-house":
            return web.Response(body=PICTURE)
        raise web.HTTPFound(f"{liar.url}/inside-the-house")

    liar.say = elsewhere
    media = MediaFolder(tmp_path / "media", client, Clock())
    with pytest.raises(CaptivePortal):
        await media.ensure(NAME, len(PICTURE))
    assert {request.path for request in liar.asked} == {f"/v1/media/{NAME}"} and not media.has(NAME)
