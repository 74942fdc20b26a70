# SPDX-License-Identifier: Apache-2.0
"""anvil as the lock says, installed once beside the tests, and the platform's world on it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.anvil.nodes import Anvil, Line, Live, Lived
from tests.platform.conftest import HandClock
from tests.platform.world import world_on

HERE = Path(__file__).resolve().parent
INSTALLED = HERE / "node_modules"
DEPTH = 3  # blocks until the platform counts what the chain shows
STUCK = 3  # blocks until it replaces a transaction


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here needs a node from npm."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.long)


def _binary() -> Path | None:
    found = sorted(INSTALLED.glob("@foundry-rs/anvil-*/bin/anvil*"))
    return found[0] if found else None


@pytest.fixture(scope="session")
def anvil() -> Path:
    """The program itself, without the script that npm starts it by."""
    found = _binary()
    if found is None:
        npm = shutil.which("npm")
        if npm is None:
            pytest.skip("there is no npm on this machine to install anvil with")
        command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        subprocess.run(command, cwd=HERE, check=True, capture_output=True, timeout=300)
        found = _binary()
    if found is None:
        pytest.skip("npm has no anvil for this machine")
    return found


@pytest.fixture
async def node(anvil: Path) -> AsyncIterator[Anvil]:
    """A fresh chain."""
    running = Anvil(anvil)
    await running.start()
    yield running
    await running.stop()


@pytest.fixture
async def live(node: Anvil, tmp_path: Path, clock: HandClock) -> AsyncIterator[Lived]:
    """Starts the platform on the node, over a line that can break; settings are the test's."""
    async with AsyncExitStack() as stack:
        where = await node.contracts()
        line = Line(node)
        await line.start()
        stack.push_async_callback(line.stop)

        async def start(**changes: Any) -> Live:
            settings = {"confirmations": DEPTH, "stuck_blocks": STUCK, "block_wait_s": 0.3, **changes}
            world = await stack.enter_async_context(
                world_on(line.url, where, tmp_path, clock, own_url=node.url, **settings)
            )
            world.mine = partial(node.mine, DEPTH)
            return Live(node, line, world)

        yield start


@pytest.fixture
def clock() -> HandClock:
    return HandClock()
