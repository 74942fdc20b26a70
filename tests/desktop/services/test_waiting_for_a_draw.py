# SPDX-License-Identifier: Apache-2.0
"""Where too many ask for the same work, the client waits for the draw instead of asking on."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from gems_desktop.services.errors import PlatformRefused
from gems_desktop.services.sync_lease import Leasing


class _World:
    """A platform that refuses `refusals` times, and a clock that is only noted."""

    def __init__(self, refusals: int, retry_after: int) -> None:
        self.refusals, self.retry_after = refusals, retry_after
        self.asked: list[dict[str, Any]] = []
        self.slept: list[float] = []

    async def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        self.asked.append(body)
        if len(self.asked) > self.refusals:
            return {"path": path}
        error = PlatformRefused("no_work", "Nothing.")
        error.retry_after = self.retry_after
        raise error

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)

    async def run(self, work: Any) -> None:
        self.forgot = True

    def ask(self) -> Any:
        context: Any = SimpleNamespace(platform=self, clock=self, store=self)
        leasing = Leasing.__new__(Leasing)
        leasing._c = context
        return leasing._ask("/v1/leases", "lease:x", {"request_id": "0x1"})


async def test_a_draw_that_is_near_is_waited_for_with_the_same_request() -> None:
    world = _World(refusals=1, retry_after=5)
    assert await world.ask() == {"path": "/v1/leases"}
    assert world.asked == [{"request_id": "0x1"}] * 2 and 5 < world.slept[0] < 6


@pytest.mark.parametrize(("refusals", "retry_after", "asked"), [(2, 5, 2), (1, 30, 1), (1, 0, 1)])
async def test_it_is_not_waited_for_twice_nor_long(refusals: int, retry_after: int, asked: int) -> None:
    world = _World(refusals, retry_after)
    with pytest.raises(PlatformRefused):
        await world.ask()
    assert len(world.asked) == asked and world.forgot
