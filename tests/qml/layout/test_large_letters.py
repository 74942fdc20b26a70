# SPDX-License-Identifier: Apache-2.0
"""With letters of twice the size on a small laptop, what a page is for has most of it, in Arabic too."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtQuick import QQuickItem

from gems_desktop.viewmodels.app import Fixed
from tests.helpers.app_window import AppWindow, items
from tests.qml.layout.conftest import OpenWindow
from tests.qml.layout.places import full_session, show

LAPTOP = (1366, 768)


def _of_type(window: AppWindow, name: str) -> list[QQuickItem]:
    return [
        each
        for each in items(window.window.contentItem())
        if each.isVisible() and str(each.metaObject().className()).startswith(name)
    ]


def _opened(open_window: OpenWindow, page: str, language: str) -> AppWindow:
    window = open_window(LAPTOP, session=full_session(), fixed=Fixed(language, "dark", 200))
    window.begin(page)
    show(window)
    return window


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_task_has_the_room_above_its_footer(open_window: OpenWindow, language: str) -> None:
    window = _opened(open_window, "work", language)
    (header,) = _of_type(window, "WorkHeader")
    (footer,) = _of_type(window, "TaskFooter")
    assert header.height() < 0.2 * LAPTOP[1]
    assert footer.height() < 0.15 * LAPTOP[1]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_actions_of_a_page_stand_beside_its_name(open_window: OpenWindow, language: str) -> None:
    window = _opened(open_window, "findWork", language)
    frame = _of_type(window, "PageFrame")[0]
    refresh = _of_type(window, "SecondaryButton")[0]
    top = refresh.mapToItem(frame, QPointF(0, 0)).y()
    assert top < 0.1 * LAPTOP[1]
