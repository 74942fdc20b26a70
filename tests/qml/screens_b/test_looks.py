# SPDX-License-Identifier: Apache-2.0
"""Each screen in each language, theme and text size: without a word from Qt, and with nothing cut off at the side."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickItem

from tests.helpers.plaintext import find_rich_text
from tests.qml.screens_b.conftest import OpenStage
from tests.qml.screens_b.stage import Stage

PAGES = ("findWork", "work", "review", "outbox")
LOOKS = (
    ("en", "light", 1.0, (1366, 768)),
    ("en", "dark", 2.0, (1366, 768)),
    ("ar", "dark", 1.0, (1366, 768)),
    ("ar", "light", 2.0, (1366, 768)),
    ("en", "contrast", 1.0, (900, 560)),
    ("en", "light", 2.0, (900, 560)),
)


@pytest.fixture
def direction(request: pytest.FixtureRequest, qt_app: QGuiApplication) -> Iterator[bool]:
    """Right to left for Arabic, for the length of a test."""
    mirrored = request.param == "ar"
    if mirrored:
        qt_app.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield mirrored
    qt_app.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(("direction", "theme", "scale", "size"), LOOKS, indirect=["direction"])
async def test_a_screen_in_every_look(
    open_stage: OpenStage, page: str, direction: bool, theme: str, scale: float, size: tuple[int, int]
) -> None:
    stage = await open_stage(page, rightToLeft=direction, themeMode=theme, textScale=scale)
    stage.window.resize(*size)
    await stage.calm()
    if page == "findWork":
        await stage.key(Qt.Key.Key_Return)
    elif page == "review":
        await stage.key("r")
    assert find_rich_text(stage.window, stage.engine) == []
    assert sticking_out(stage) == []
    assert stage.engine.interceptor.refused == []


def sticking_out(stage: Stage) -> list[str]:
    """Buttons that are drawn beyond the side of the window, unless what they stand in scrolls sideways."""
    found = []
    for item in stage.drawn():
        if not item.inherits("QQuickAbstractButton") or not item.property("text") or scrolls_sideways(item):
            continue
        left = item.mapToScene(item.boundingRect().topLeft()).x()
        right = item.mapToScene(item.boundingRect().topRight()).x()
        if min(left, right) < -1 or max(left, right) > stage.window.width() + 1:
            found.append(str(item.property("text")))
    return found


def scrolls_sideways(item: QQuickItem | None) -> bool:
    while item is not None:
        if item.inherits("QQuickFlickable") and item.property("contentWidth") > item.width() + 1:
            return True
        item = item.parentItem()
    return False
