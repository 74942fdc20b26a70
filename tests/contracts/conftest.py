# SPDX-License-Identifier: Apache-2.0
"""One deployment of the contracts per test module; every test starts from it and leaves it as it was."""

from collections.abc import Iterator

import pytest

from tests.contracts.world import World, deployed


@pytest.fixture(scope="module")
def _deployment() -> Iterator[World]:
    with deployed() as world:
        yield world


@pytest.fixture
def world(_deployment: World) -> Iterator[World]:
    """The deployed contracts, rolled back after the test."""
    with _deployment.env.anchor():
        yield _deployment
