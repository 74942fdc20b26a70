# SPDX-License-Identifier: Apache-2.0
"""A node on loopback that answers whatever a test wants."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from .conftest import CHAIN_ID

Answer = Callable[[dict[str, Any]], web.Response]


def result(value: Any, **changes: Any) -> Answer:
    """A well-formed answer with this result; `changes` replace its members."""

    def answer(request: dict[str, Any]) -> web.Response:
        return web.json_response({"jsonrpc": "2.0", "id": request["id"], "result": value} | changes)

    return answer


def error(code: Any, message: Any, data: Any = None) -> Answer:
    """A JSON-RPC error."""

    def answer(request: dict[str, Any]) -> web.Response:
        body = {"code": code, "message": message} | ({} if data is None else {"data": data})
        return web.json_response({"jsonrpc": "2.0", "id": request["id"], "error": body})

    return answer


def raw(body: bytes, status: int = 200, content_type: str = "application/json") -> Answer:
    """These bytes, whatever was asked."""
    return lambda request: web.Response(body=body, status=status, content_type=content_type)


class LyingNode:
    """Answers by method; what is not given is truthful about the chain id and else an error."""

    def __init__(self, **answers: Answer) -> None:
        self.answers: dict[str, Answer] = {"eth_chainId": result(hex(CHAIN_ID))} | answers
        self.asked: list[str] = []
        self.url = ""
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> "LyingNode":
        app = web.Application()
        app.router.add_post("/", self._handle)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._runner is not None
        await self._runner.cleanup()

    @property
    def _handle(self) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def handle(request: web.Request) -> web.Response:
            asked = json.loads(await request.read())
            self.asked.append(asked["method"])
            return self.answers.get(asked["method"], error(-32601, "no"))(asked)

        return handle
