# SPDX-License-Identifier: Apache-2.0
"""The chain's HTTP face on loopback. The chain works in a thread of its own: the event loop never waits."""

from __future__ import annotations

import asyncio
import ipaddress
from concurrent.futures import ThreadPoolExecutor

from aiohttp import web

from .chain import Chain
from .dispatch import Dispatcher

MAX_BODY_BYTES = 2 * 1024 * 1024


class ChainServer:
    """A chain being served. `url` is where; `close()` stops it and closes the chain."""

    def __init__(self, url: str, chain: Chain, runner: web.AppRunner, worker: ThreadPoolExecutor) -> None:
        self.url = url
        self._chain = chain
        self._runner = runner
        self._worker = worker

    async def close(self) -> None:
        """Stop taking requests, let the running one end, close the file. May be called twice."""
        await self._runner.cleanup()
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(None, self._worker.shutdown)
        self._chain.close()


async def serve(
    chain: Chain, host: str = "127.0.0.1", port: int = 0, *, test_methods: bool = False
) -> ChainServer:
    """Serve `chain` over JSON-RPC at http://host:port (0: a free one). `host` must be a loopback address.

    `test_methods` adds evm_increaseTime, evm_setTime and evm_mine. Raises ValueError for another host and
    OSError when the port is taken. From here on only the server may touch the chain.
    """
    if not ipaddress.ip_address(host).is_loopback:
        raise ValueError("the local chain is served on loopback only")
    worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="local-chain")
    dispatcher = Dispatcher(chain, test_methods)
    hosts: set[str] = set()

    async def handle(request: web.Request) -> web.Response:
        if request.headers.get("Host", "") not in hosts:
            return web.Response(status=403, text="unknown host")
        if request.content_type != "application/json":
            return web.Response(status=415, text="expected application/json")
        body = await request.read()
        answer = await asyncio.get_running_loop().run_in_executor(worker, dispatcher.answer, body)
        if not answer:
            return web.Response(status=204)
        return web.Response(body=answer, content_type="application/json")

    app = web.Application(client_max_size=MAX_BODY_BYTES)
    app.router.add_post("/", handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=5)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError:
        await runner.cleanup()
        worker.shutdown()
        raise
    bound = runner.addresses[0][1]
    shown = f"[{host}]" if ":" in host else host
    hosts.update({f"{shown}:{bound}", f"localhost:{bound}"})
    return ChainServer(f"http://{shown}:{bound}", chain, runner, worker)
