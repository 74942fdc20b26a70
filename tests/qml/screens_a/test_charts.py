# SPDX-License-Identifier: Apache-2.0
"""Charts in the real window by key and mouse: read out in words, as a table too, mirrored, never by colour alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QColor, QImage, QPainter
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from gems_desktop.items.chart import ChartItem
from gems_desktop.services.facts import Topic
from gems_desktop.services.facts_wage import WageFacts
from gems_desktop.viewmodels.app import Fixed
from gems_protocol.amount import ZERO
from tests.helpers.app_window import AppWindow, items
from tests.qml.screens_a.conftest import MakeWindow

TODAY, BEFORE, FIRST = "Today: 0.65 GEM", "20 Sept: 1.20 GEM", "8 Sept: 0.20 GEM"


def read_out(window: AppWindow, name: str = "earnedChart") -> str:
    return str(window.item(f"{name}ReadOut").property("text"))


def hover(window: AppWindow, item: QQuickItem, x: float, y: float) -> None:
    place = item.mapToScene(item.boundingRect().topLeft())
    QTest.mouseMove(window.window, QPoint(int(place.x() + x), int(place.y() + y)))
    window.settle()


def chart_of(window: AppWindow, name: str) -> Any:
    found = [item for item in items(window.item(name)) if isinstance(item, ChartItem)]
    return found[0]


def test_the_arrow_keys_read_the_days_out(make_window: MakeWindow) -> None:
    window = make_window()
    window.begin("home")
    assert read_out(window) == "Earned in the last 14 days: 7.55 GEM"
    picture = window.focus("earnedChartPicture")
    assert read_out(window) == TODAY
    heard = QAccessible.queryAccessibleInterface(picture)
    assert heard.role() == QAccessible.Role.Chart
    assert heard.text(QAccessible.Text.Name) == "Earned by day"
    for key, said in ((Qt.Key.Key_Left, BEFORE), (Qt.Key.Key_Home, FIRST), (Qt.Key.Key_Left, FIRST)):
        window.key(key)
        assert read_out(window) == said
        assert heard.text(QAccessible.Text.Description) == said
    window.key(Qt.Key.Key_End)
    assert read_out(window) == TODAY
    window.key(Qt.Key.Key_Tab)
    assert read_out(window).startswith("Earned in the last 14 days")  # left again: the sum is back


def test_the_mouse_reads_the_bar_under_it(make_window: MakeWindow) -> None:
    window = make_window()
    window.begin("home")
    window.window.grabWindow()
    picture, place = window.item("earnedChartPicture"), chart_of(window, "earnedChartPicture").place()
    hover(window, picture, place.x(12), (place.top + place.bottom) / 2)
    assert read_out(window) == BEFORE
    hover(window, picture, place.x(0), place.top + 2)  # above the bar, over its day
    assert read_out(window) == FIRST
    hover(window, picture, picture.width() / 2, -30)
    assert read_out(window).startswith("Earned in the last 14 days")
    window.click("earnedChartPicture")
    assert window.item("earnedChartPicture").hasActiveFocus()


def test_keys_count_while_the_mouse_rests_on_the_chart(make_window: MakeWindow) -> None:
    window = make_window()
    window.begin("home")
    window.window.grabWindow()
    picture, place = window.item("earnedChartPicture"), chart_of(window, "earnedChartPicture").place()
    hover(window, picture, place.x(0), place.bottom - 10)
    assert read_out(window) == FIRST
    window.focus("earnedChartPicture")
    window.key(Qt.Key.Key_Left)
    assert read_out(window) == BEFORE
    hover(window, picture, place.x(0) + 2, place.bottom - 9)  # it moves again: the mouse counts again
    assert read_out(window) == FIRST


def test_news_leave_the_place_in_the_table(make_window: MakeWindow) -> None:
    window = make_window()
    window.begin("home")
    window.click("earnedChartToggle")
    window.focus("earnedChartTable")
    for _ in range(5):
        window.key(Qt.Key.Key_Down)
    table = window.item("earnedChartTable")
    place = int(table.property("currentIndex"))
    earnings = window.session.earnings
    earnings.state = replace(earnings.state, claimable=ZERO)  # news of something else
    window.session.publish(Topic.EARNINGS)
    window.until(lambda: window.model.screens["home"].property("claimable") == "0.00")
    assert table.property("currentIndex") == place >= 4
    earnings.state = replace(
        earnings.state, by_day=earnings.state.by_day[:-1]
    )  # the control: news of the rows
    window.session.publish(Topic.EARNINGS)
    window.until(lambda: int(table.property("currentIndex")) < place)


def test_the_table_says_the_same_and_is_walked_by_keys(make_window: MakeWindow) -> None:
    window = make_window()
    window.begin("home")
    window.focus("earnedChartToggle")
    window.key(Qt.Key.Key_Return)
    table = window.item("earnedChartTable")
    assert table.property("count") == 14
    heard = QAccessible.queryAccessibleInterface(table)
    assert heard.role() == QAccessible.Role.Table and heard.text(QAccessible.Text.Name) == "Earned by day"
    window.focus("earnedChartTable")
    for _ in range(14):
        window.key(Qt.Key.Key_Down)
    assert table.property("currentIndex") == 13
    shown = window.words()
    assert "Today" in shown and "0.65" in shown and "1.20" in shown
    window.click("earnedChartToggle")
    assert window.item("earnedChartPicture").isVisible()


def test_time_runs_from_the_right_in_arabic(make_window: MakeWindow) -> None:
    window = make_window(fixed=Fixed(language="ar"))
    window.begin("home")
    window.focus("earnedChartPicture")
    today = read_out(window)
    assert "0.65" in today
    window.key(Qt.Key.Key_Left)  # later: there is nothing after today
    assert read_out(window) == today
    window.key(Qt.Key.Key_Right)
    assert "1.20" in read_out(window)
    place = chart_of(window, "earnedChartPicture").place()
    assert place.mirrored and place.x(0) > place.x(13)


@pytest.mark.parametrize(
    ("page", "name", "said"),
    [
        ("earnings", "wageChart", "Today: 2.06 GEM an hour on paid tasks, 1.42 GEM with unpaid time"),
        ("trust", "scoreChart", "After 38 checked answers: 0.74, between 0.60 and 0.84"),
        ("trust", "auditChart", "Week from 14 Sept: 1 audited, 0.6 expected"),
    ],
)
def test_the_other_charts_read_out_too(make_window: MakeWindow, page: str, name: str, said: str) -> None:
    window = make_window()
    window.begin(page)
    window.focus(f"{name}Picture")
    assert read_out(window, name) == said


def test_promptness_is_walked_down(make_window: MakeWindow) -> None:
    window = make_window()
    window.begin("requesterReport")
    window.model.openReport(window.session.sync.offers[0].requester)
    window.until(lambda: window.model.screens["requesterReport"].property("ready"))
    window.focus("promptnessPicture")
    assert read_out(window, "promptness") == "Within an hour: 12 of 61 tasks were paid (19.6\u00a0%)"
    window.key(Qt.Key.Key_Down)
    assert read_out(window, "promptness") == "Within a day: 41 of 61 tasks were paid (67.2\u00a0%)"


def test_nothing_yet_says_what_to_do(make_window: MakeWindow) -> None:
    window = make_window()
    window.begin("home")
    window.session.earnings.state = replace(window.session.earnings.state, by_day=(), earned_total=ZERO)
    window.session.earnings.worked = WageFacts()
    window.session.publish(Topic.EARNINGS)
    window.settle()
    assert "Your first pay will show here, day by day." in window.words()
    window.model.openPage("earnings")
    window.settle()
    assert "Do a few tasks: once they are paid, you see here what an hour brings." in window.words()
    assert not [
        item for item in items(window.window.contentItem()) if item.objectName() == "earnedChartTable"
    ]


def painted(kind: str, points: list[dict[str, Any]], pattern: str = "solid") -> QImage:
    """A chart alone, in black on white: what is left when no colour can be told."""
    item = ChartItem()
    item.setWidth(200)
    item.setHeight(100)
    for name, value in (("kind", kind), ("points", points), ("pattern", pattern)):
        item.setProperty(name, value)
    item.setProperty("ticks", [{"value": 0, "text": "0"}, {"value": 4, "text": "4"}])
    for name in ("ink", "textInk", "labelInk", "lineInk"):
        item.setProperty(name, QColor("black"))
    image = QImage(200, 100, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    item.paint(painter)
    painter.end()
    return image


def dark(image: QImage, left: int, right: int) -> int:
    """How many pixels of the columns are dark, above the foot."""
    return sum(
        image.pixelColor(x, y).lightness() < 128
        for x in range(left, right)
        for y in range(image.height() - 4)
    )


@pytest.mark.usefixtures("qt_app")
def test_pairs_are_told_apart_without_colour() -> None:
    one = painted("pairs", [{"value": 4, "other": 4}])
    middle = round((chart_left(one) + 199) / 2)
    solid, hatched = dark(one, middle - 29, middle - 1), dark(one, middle + 2, middle + 30)
    assert solid > 1.5 * hatched > 0
    control = painted("bars", [{"value": 4}, {"value": 4}])  # the control: two bars alike
    half = round((chart_left(control) + 199) / 2)
    assert abs(dark(control, half, 199) - dark(control, chart_left(control) + 12, half)) < 0.2 * dark(
        control, half, 199
    )


def chart_left(image: QImage) -> int:
    """Where the foot begins, beside the texts of the axis."""
    foot = max(
        range(image.height()), key=lambda y: sum(image.pixelColor(x, y).lightness() < 200 for x in range(200))
    )
    return next(x for x in range(200) if image.pixelColor(x, foot).lightness() < 200)


@pytest.mark.usefixtures("qt_app")
def test_a_bar_twice_as_much_is_twice_as_high() -> None:
    image = painted("bars", [{"value": 2}, {"value": 4}])
    left = chart_left(image)
    middle = round((left + 199) / 2)
    low, high = dark(image, left + 6, middle - 2), dark(image, middle + 2, 197)
    assert 1.85 < high / low < 2.15
