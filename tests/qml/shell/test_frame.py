# SPDX-License-Identifier: Apache-2.0
"""The frame: pages by key, F6, mirroring, text at 200 %, and that nothing of it is refused or complained about."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from gems_desktop.decoding.client import DecodeClient
from tests.helpers.frame import ROOT, Frame, FrameModel, items
from tests.helpers.waiting import becomes_active

EVERYTHING = ROOT / "ui" / "Gems" / "catalogue" / "Everything.qml"


@pytest.fixture
def frame(qt_app: QGuiApplication, no_pictures: DecodeClient) -> Iterator[Frame]:
    made = Frame(FrameModel(), EVERYTHING, no_pictures)
    made.window.show()
    made.window.requestActivate()
    assert becomes_active(made.window)
    yield made
    made.close()


def rail_of(frame: Frame) -> QQuickItem:
    everything = items(frame.window.contentItem())
    return next(item for item in everything if item.metaObject().className().startswith("NavRail"))


def click(frame: Frame, item: QQuickItem) -> None:
    point = item.mapToScene(item.boundingRect().center()).toPoint()
    QTest.mouseClick(frame.window, Qt.MouseButton.LeftButton, pos=point)


def worded(root: QQuickItem, text: str) -> QQuickItem:
    """The button below `root` with these words."""
    found = [
        item
        for item in items(root)
        if item.property("text") == text and item.inherits("QQuickAbstractButton")
    ]
    return next(item for item in found if item.isVisible())


def inside(item: QObject | None, outer: QQuickItem) -> bool:
    while isinstance(item, QQuickItem):
        if item == outer:
            return True
        item = item.parentItem()
    return False


def test_the_engine_opened_nothing_foreign(frame: Frame) -> None:
    assert frame.engine.interceptor.refused == []


def test_control_and_a_number_open_a_page(frame: Frame) -> None:
    QTest.keyClick(frame.window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(frame.window, Qt.Key.Key_8, Qt.KeyboardModifier.ControlModifier)
    assert frame.model.opened == ["work", "settings"]


def test_without_the_frame_no_key_opens_a_page(frame: Frame) -> None:
    frame.model.put(framed=False)
    QTest.keyClick(frame.window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert frame.model.opened == []
    assert not rail_of(frame).isVisible()


def test_f6_goes_to_the_rail_where_arrows_and_enter_open_a_page(frame: Frame) -> None:
    rail = rail_of(frame)
    QTest.keyClick(frame.window, Qt.Key.Key_F6)
    assert inside(frame.window.activeFocusItem(), rail)
    QTest.keyClick(frame.window, Qt.Key.Key_Down)
    QTest.keyClick(frame.window, Qt.Key.Key_Return)
    assert frame.model.opened == ["findWork"]


def test_a_click_on_the_rail_opens_a_page(frame: Frame) -> None:
    click(frame, worded(rail_of(frame), "Outbox"))
    assert frame.model.opened == ["outbox"]


def test_right_to_left_moves_the_rail_to_the_right(frame: Frame) -> None:
    rail = rail_of(frame)
    assert rail.x() == 0
    frame.model.put(rightToLeft=True)
    QCoreApplication.processEvents()
    frame.window.grabWindow()
    assert rail.x() > frame.window.width() / 2


def test_at_200_percent_nothing_is_wider_than_the_page(frame: Frame) -> None:
    frame.model.put(textScale=2.0)
    QCoreApplication.processEvents()
    frame.window.grabWindow()
    page = next(item for item in items(frame.page) if item.inherits("QQuickFlickable"))
    assert page.property("contentWidth") <= page.width()
    assert page.property("contentHeight") > page.height()


def test_a_problem_is_told_and_tried_again(frame: Frame) -> None:
    frame.model.put(problemMessage="Disk full.", problemSafe="All is kept.", problemRetryable=True)
    QCoreApplication.processEvents()
    frame.window.grabWindow()
    click(frame, worded(frame.window.contentItem(), "Try again"))
    assert frame.model.opened == ["retry"]
