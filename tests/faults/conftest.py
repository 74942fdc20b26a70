# SPDX-License-Identifier: Apache-2.0
"""One local network and one warm process for a file of kill loops."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.e2e.flows import Stage, local_network
from tests.faults.harness import Warm, warm


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stage(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    async with local_network(tmp_path_factory.mktemp("faults")) as running:
        yield running


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def zygote() -> AsyncIterator[Warm]:
    async with warm() as made:
        yield made
