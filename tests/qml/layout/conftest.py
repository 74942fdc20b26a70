# SPDX-License-Identifier: Apache-2.0
"""Real windows in any language, size and text size, with pictures for the tasks that show some."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication

from gems_desktop.decoding.client import DecodeClient
from tests.helpers.app_window import AppWindow
from tests.qml.layout.places import media

OpenWindow = Callable[..., AppWindow]


@pytest.fixture(scope="session")
def pictures(qt_app: QGuiApplication) -> Iterator[DecodeClient]:
    """A decode client that knows the pictures of the ready modules."""
    client = DecodeClient(media().get)
    yield client
    client.close()


@pytest.fixture
def open_window(pictures: DecodeClient) -> Iterator[OpenWindow]:
    """Windows of a size, speaking their language; the arguments are the size and those of AppWindow."""
    made: list[AppWindow] = []

    def make(size: tuple[int, int], *values: Any, **named: Any) -> AppWindow:
        window = AppWindow(pictures, *values, translated=True, **named)
        made.append(window)
        window.window.resize(*size)
        return window

    yield make
    for window in made:
        window.close()
