# SPDX-License-Identifier: Apache-2.0
"""A media client over a store of the test's own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from tests.helpers.media_desk import Desk


@pytest.fixture(scope="session")
def qt_app() -> QGuiApplication:
    """The application object; never closed, since Qt allows one a process."""
    app = QGuiApplication.instance() or QGuiApplication([])
    assert isinstance(app, QGuiApplication)
    return app


@pytest.fixture
def desk(qt_app: QGuiApplication, tmp_path: Path) -> Iterator[Desk]:
    """An empty store and its client."""
    made = Desk(tmp_path)
    yield made
    made.client.close()
