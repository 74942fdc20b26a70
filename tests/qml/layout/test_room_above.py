# SPDX-License-Identifier: Apache-2.0
"""What stands above a task takes room only while something stands there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtQuick import QQuickItem

from tests.qml.layout.conftest import OpenWindow
from tests.qml.layout.places import show


def _below(item: QQuickItem) -> Iterator[QQuickItem]:
    yield item
    for child in item.childItems():
        yield from _below(child)


def test_folded_instructions_give_their_room_back(open_window: OpenWindow) -> None:
    window = open_window((1366, 768))
    window.begin("work")
    screen: Any = window.model.screens["work"]
    window.until(lambda: screen.stage == "task")
    show(window)
    (above,) = (
        one
        for one in _below(window.window.contentItem())
        if one.metaObject().className().startswith("WorkAbove") and one.isVisible()
    )
    heights = []
    for _ in range(4):
        heights.append(above.height())
        window.key(Qt.Key.Key_F3)
        show(window)
    one, other = {heights[0], heights[2]}, {heights[1], heights[3]}
    assert 0.0 in (*one, *other), heights
    assert len(one) == len(other) == 1 and one != other, heights
