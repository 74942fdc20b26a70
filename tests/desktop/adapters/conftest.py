# SPDX-License-Identifier: Apache-2.0
"""The lying server and a platform client of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web

from gems_desktop.adapters.platform_http import PlatformHttp
from gems_desktop.services.network import Network
from gems_desktop.services.signing import SignerConfig
from gems_desktop.signer.inprocess import InProcessSigner
from gems_protocol.signature import address_of
from tests.desktop.adapters.lying_server import KEY, ME, ONE, Clock, Liar


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
