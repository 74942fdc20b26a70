# SPDX-License-Identifier: Apache-2.0
"""A platform served on loopback over a real store, with a clock that tests move."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import aiohttp
import pytest
from eth_utils import keccak

from gems_platform.app import Server, serve
from gems_platform.settings import Settings
from tests.helpers.s3 import S3, s3_server
from tests.platform import stores
from tests.platform.api import Person


class HandClock:
    """Stands still until a test moves it."""

    def __init__(self, at: int = 1_800_000_000) -> None:
        self.at = at

    def now(self) -> int:
        return self.at


def key(name: str) -> bytes:
    """A private key for tests only."""
    return keccak(text=f"gems test key: {name}")


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        data_dir=tmp_path / "platform",
        store_url=stores.new(tmp_path / "platform"),
        chain_id=31337,
        rpc_url="http://127.0.0.1:9",
        gem="0x" + "11" * 20,
        channels="0x" + "22" * 20,
        campaigns="0x" + "33" * 20,
        hub_signer_key=key("hub signer"),
        hub_payer_key=key("hub payer"),
        relayer_key=key("relayer"),
    )


@pytest.fixture
async def server(settings: Settings, clock: HandClock) -> AsyncIterator[Server]:
    running = await serve(settings, clock=clock, ticking=False)
    yield running
    await running.close()


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def person(server: Server, http: aiohttp.ClientSession) -> Callable[[str], Person]:
    """A person by name, not signed in."""
    running = server.app.state.context.settings
    return lambda name: Person(http, server.url, running, key(name))


@pytest.fixture(scope="session")
def s3() -> Iterator[S3]:
    """A real S3-compatible store, started when the first test asks for it."""
    with s3_server() as running:
        yield running
