# SPDX-License-Identifier: Apache-2.0
"""One Qt application for the whole run, and a decode client without pictures."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QGuiApplication

from gems_desktop.decoding.client import DecodeClient


@pytest.fixture(scope="session")
def qt_app() -> QGuiApplication:
    """The application object; never closed, since Qt allows one a process."""
    app = QGuiApplication.instance() or QGuiApplication([])
    assert isinstance(app, QGuiApplication)
    app.setQuitOnLastWindowClosed(False)
    return app


@pytest.fixture
def no_pictures(qt_app: QGuiApplication) -> Iterator[DecodeClient]:
    """A decode client that knows no picture."""
    client = DecodeClient(lambda _hash: None)
    yield client
    client.close()
