# SPDX-License-Identifier: Apache-2.0
"""A hundred reviews for a day without a line, although a platform gives fifty at a time."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from gems_desktop.services.errors import PlatformRefused
from gems_desktop.viewmodels.review_lease import lease


class Platform:
    """Gives at most fifty at a time of what there is."""

    def __init__(self, there: int) -> None:
        self.there, self.given = there, 0
        self.asked: list[int] = []
        self.sync = self.review = self

    async def fetch_reviews(self, count: int) -> str:
        self.asked.append(count)
        if not self.there:
            raise PlatformRefused("no_work", "There is no work of this kind right now.")
        taken = min(50, count, self.there)
        self.there, self.given = self.there - taken, self.given + taken
        return ""

    async def queue(self) -> Any:
        return SimpleNamespace(queued=self.given)


@pytest.mark.parametrize(
    ("there", "wanted", "asked"), [(200, 10, [10]), (200, 100, [100, 50]), (60, 100, [100, 50, 40])]
)
async def test_as_many_batches_as_it_needs(there: int, wanted: int, asked: list[int]) -> None:
    platform = Platform(there)
    await lease(platform, wanted)  # type: ignore[arg-type]
    assert platform.asked == asked
    assert platform.given == min(there, wanted)


async def test_nothing_at_all_is_told() -> None:
    with pytest.raises(PlatformRefused):
        await lease(Platform(0), 100)  # type: ignore[arg-type]
