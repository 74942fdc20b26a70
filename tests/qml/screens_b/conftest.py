# SPDX-License-Identifier: Apache-2.0
"""A stage for each test: the real window on a session of fakes."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from gems_desktop.decoding.client import DecodeClient
from tests.helpers.fake_session import FakeSession
from tests.helpers.waiting import becomes_active
from tests.qml.screens_b.stage import Stage

OpenStage = Callable[..., Any]


@pytest.fixture
async def open_stage(no_pictures: DecodeClient) -> AsyncIterator[OpenStage]:
    """`await open_stage(page, session, **frame values)` shows a page and waits until it is calm."""
    stages: list[Stage] = []

    async def make(page: str, session: FakeSession | None = None, **values: Any) -> Stage:
        stage = Stage(session or FakeSession(), no_pictures, page, **values)
        stages.append(stage)
        assert becomes_active(stage.window)
        await stage.calm()
        return stage

    yield make
    for stage in stages:
        stage.close()
