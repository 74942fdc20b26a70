# SPDX-License-Identifier: Apache-2.0
"""A node of a chain that takes its time: it holds transactions back until it has been asked often enough, and can
lose its line after one of them."""

from __future__ import annotations

from typing import Any

import aiohttp
from aiohttp import web
from eth_utils.crypto import keccak


class LateNode:
    """Before a node that mines at once. `lag`: how many receipts are asked for before the next block is made."""

    def __init__(self, behind: str, lag: int = 0) -> None:
        self.behind, self.lag = behind, lag
        self.url = ""
        self.sent: list[str] = []  # every raw transaction that came, in order
        self.deaf_after: int | None = None  # takes so many transactions, then nothing more is answered
        self.answers: dict[str, Any] = {}  # method -> result to tell instead of the truth
        self.codes: dict[str, bytes] = {}  # address -> code to show instead of the truth
        self._held: list[str] = []
        self._asked = 0

    async def __aenter__(self) -> LateNode:
        app = web.Application()
        app.router.add_post("/", self._handle)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        self._http = aiohttp.ClientSession()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._http.close()
        await self._runner.cleanup()

    def take(self, lag: int) -> None:
        """From now on a block is made after so many more looks."""
        self.lag, self._asked = lag, 0

    async def mine(self) -> None:
        """Make blocks of everything that is held back."""
        held, self._held = self._held, []
        for raw in held:
            await self._forward("eth_sendRawTransaction", [raw])

    async def _forward(self, method: str, params: list[Any]) -> dict[str, Any]:
        body = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
        async with self._http.post(self.behind, json=body) as answer:
            return dict(await answer.json())

    async def _handle(self, request: web.Request) -> web.Response:
        asked = await request.json()
        if self.deaf_after is not None and len(self.sent) >= self.deaf_after:
            return web.Response(status=503)
        told = await self._answer(asked["method"], asked["params"])
        return web.json_response({**told, "id": asked["id"]})

    async def _answer(self, method: str, params: list[Any]) -> dict[str, Any]:
        if method in self.answers:
            return {"jsonrpc": "2.0", "result": self.answers[method]}
        if method == "eth_getCode" and params[0] in self.codes:
            return {"jsonrpc": "2.0", "result": "0x" + self.codes[params[0]].hex()}
        if method == "eth_sendRawTransaction":
            return self._take(params[0])
        if method == "eth_getTransactionReceipt" and self._held:
            self._asked += 1
            if self._asked > self.lag:
                self._asked = 0
                await self.mine()
        told = await self._forward(method, params)
        if method == "eth_getTransactionCount" and params[1] == "pending":
            told["result"] = hex(int(told["result"], 16) + len(self._held))
        return told

    def _take(self, raw: str) -> dict[str, Any]:
        self.sent.append(raw)
        if raw in self._held:
            return {"jsonrpc": "2.0", "error": {"code": -32000, "message": "already known"}}
        self._held.append(raw)
        return {"jsonrpc": "2.0", "result": "0x" + keccak(bytes.fromhex(raw[2:])).hex()}
