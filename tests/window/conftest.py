# SPDX-License-Identifier: Apache-2.0
"""One X screen, and one life on it that all tests of the real window look at."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.window.life import Life
from tests.window.x_screen import XScreen, missing


@pytest.fixture(scope="session")
def screen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[XScreen]:
    """A screen of its own; without Xvfb the tests are skipped, by name, but not where every package can be had."""
    lacks = missing()
    if lacks and "CI" not in os.environ:
        pytest.skip(f"no X screen without the packages {lacks}")
    assert not lacks, f"missing packages: {lacks}"
    made = XScreen(tmp_path_factory.mktemp("screen"))
    yield made
    made.end()


@pytest.fixture(scope="session")
def on_screen(screen: XScreen) -> Iterator[XScreen]:
    """The screen, with an environment in which whatever is started sees it and no profile of this user."""
    with tempfile.TemporaryDirectory(prefix="gems-") as runtime, pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith(("QT_", "DBUS_", "WAYLAND", "XDG_"))]:
            patch.delenv(name)
        for name, value in screen.environment(Path(runtime)).items():
            patch.setenv(name, value)
        patch.setenv("XDG_RUNTIME_DIR", runtime)
        yield screen


@pytest.fixture(scope="session")
def life(on_screen: XScreen, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Life]:
    """Played once; with --long the two batches hold a hundred tasks each, else twelve."""
    lived = Life(tmp_path_factory.mktemp("life"), 100 if "GEMS_LONG" in os.environ else 12)
    try:
        lived.play()
        yield lived
    finally:
        lived.close()
