# SPDX-License-Identifier: Apache-2.0
"""A small server that says whatever a test lets it say, signed as the platform's, and a clock that stands still."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web
from eth_utils.crypto import keccak

from gems_desktop.services.network import Network
from gems_protocol.messages import Answer, request_hash
from gems_protocol.signature import address_of

KEY, STRANGER, ME = b"\x01" * 32, b"\x02" * 32, b"\x03" * 32
ONE = "0x" + "11" * 20


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
