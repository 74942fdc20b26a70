# SPDX-License-Identifier: Apache-2.0
"""One local network and one warm process for a file of kill loops."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.e2e.flows import Stage, local_network
from tests.faults.harness import Warm, warm


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stage() -> AsyncIterator[Stage]:
    """In memory where the system has it: a kill takes nothing from a disk; what a power cut takes is tested apart."""
    memory = Path("/dev/shm")  # noqa: S108 - memory, not a place for files
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        async with local_network(Path(folder)) as running:
            yield running


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def zygote() -> AsyncIterator[Warm]:
    async with warm() as made:
        yield made


@pytest.fixture
def in_memory(tmp_path: Path) -> Iterator[Path]:
    """A folder that costs no waiting for a disk where the system has one, for what is opened hundreds of times."""
    if not Path("/dev/shm").is_dir():  # noqa: S108 - memory, not a place for files
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir="/dev/shm") as folder:
        yield Path(folder)
