# SPDX-License-Identifier: Apache-2.0
"""A clock that stands, one time zone, and a caret that does not blink."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from gems_desktop.decoding.client import DecodeClient
from tests.helpers.sample_facts import NOW
from tests.qml.layout.conftest import OpenWindow, open_window
from tests.qml.tasks.conftest import files, images

__all__ = ["OpenWindow", "files", "images", "open_window"]


@pytest.fixture(scope="session")
def pictures(images: DecodeClient) -> DecodeClient:
    """What the windows decode with: a drawn picture stands for a photo, since it takes little room."""
    return images


@pytest.fixture
def photo(files: dict[str, Path]) -> str:
    """The hash of that picture."""
    return next(iter(files))


@pytest.fixture(autouse=True)
def standing(qt_app: QGuiApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The moment of the sample facts, in UTC."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    monkeypatch.setattr(time, "time", lambda: float(NOW))
    hints = qt_app.styleHints()
    flash = hints.cursorFlashTime()
    hints.setCursorFlashTime(0)
    yield
    hints.setCursorFlashTime(flash)
    monkeypatch.undo()
    time.tzset()
