# SPDX-License-Identifier: Apache-2.0
"""Real sessions against a real platform on a real chain, all on loopback, with a clock that tests move."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from gems_desktop.services.live import LiveSession
from gems_desktop.services.network import Network
from gems_desktop.session import open_session, signer_config
from gems_desktop.signer.inprocess import InProcessSigner
from tests.platform.conftest import HandClock, key
from tests.platform.world import World, world

Open = Callable[[str], Awaitable[LiveSession]]


class TestClock(HandClock):
    """A ClockPort whose time stands still until a test moves it."""

    __test__ = False

    def monotonic(self) -> float:
        return float(self.at)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(0)

    def random_bytes(self, count: int) -> bytes:
        return os.urandom(count)


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


@pytest.fixture
async def live(tmp_path: Path, clock: TestClock) -> AsyncIterator[World]:
    async with world(tmp_path, clock) as running:
        yield running


@pytest.fixture
def network(live: World) -> Network:
    made = live.settings
    return Network(
        name="test",
        chain_id=made.chain_id,
        rpc_urls=(made.rpc_url,),
        platform_url=live.server.url,
        platform_signer=made.hub,
        gem=made.gem,
        channels=made.channels,
        campaigns=made.campaigns,
        hub_payer=made.hub_payer,
        relayer=made.relayer,
        practice=True,
    )


@pytest.fixture
async def opened(network: Network, clock: TestClock, tmp_path: Path) -> AsyncIterator[Open]:
    """Open the profile of somebody by name, or give the one that is open; all are closed at the end."""
    sessions: dict[str, LiveSession] = {}

    async def open_one(name: str) -> LiveSession:
        if name in sessions and sessions[name].is_open:
            return sessions[name]
        folder = tmp_path / "profiles" / name.replace(" ", "-")
        folder.mkdir(parents=True, exist_ok=True)
        signer = InProcessSigner(signer_config(folder, network), key(name))
        session = await open_session(folder, network, signer=signer, clock=clock)
        sessions[name] = session
        return session

    yield open_one
    for session in sessions.values():
        await session.close()
