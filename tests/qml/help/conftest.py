# SPDX-License-Identifier: Apache-2.0
"""Real windows on fake sessions, closed at the end of each test."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from gems_desktop.decoding.client import DecodeClient
from tests.helpers.app_window import AppWindow

MakeWindow = Callable[..., AppWindow]


@pytest.fixture
def make_window(no_pictures: DecodeClient) -> Iterator[MakeWindow]:
    """Make windows; the arguments are those of AppWindow without the pictures."""
    made: list[AppWindow] = []

    def make(*values: Any, **named: Any) -> AppWindow:
        made.append(AppWindow(no_pictures, *values, **named))
        return made[-1]

    yield make
    for window in made:
        window.close()
