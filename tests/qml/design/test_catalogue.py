# SPDX-License-Identifier: Apache-2.0
"""The catalogue: every component and every icon is in it, and in every scheme all of it can be read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from gems_desktop.catalogue_window import CatalogueWindow
from gems_desktop.languages import PSEUDO
from gems_desktop.startup_options import parse
from gems_desktop.translating import OPENS
from tests.helpers.frame import items
from tests.helpers.waiting import becomes_active
from tests.qml.design.colours import ROOT, SCHEMES, UI, colours
from tests.qml.design.grounds import drawn, unreadable

FAMILIES = (
    *("everything", "colours", "letters", "icons", "buttons"),
    *("fields", "messages", "lists", "numbers", "frame"),
)
#: What the four charts are made of, what only moves the keyboard's focus, and what only waits to make something.
UNSEEN = {"ChartFrame", "FocusKeeper", "Lazy"}
_LISTED = re.compile(r"^(\w+) 1\.0 ", re.M)


@pytest.fixture(scope="module")
def opened(qt_app: QGuiApplication) -> Iterator[CatalogueWindow]:
    made = CatalogueWindow()
    made.window.show()
    made.window.requestActivate()
    assert becomes_active(made.window)
    yield made
    made.close()
    settle()


@pytest.fixture
def catalogue(opened: CatalogueWindow) -> Iterator[CatalogueWindow]:
    yield opened
    switch(opened, "scheme", 0)
    switch(opened, "size", 0)
    opened.host.setLanguage("en")
    opened.window.resize(1366, 768)
    settle()


def settle() -> None:
    for _ in range(6):
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 10)


def open_family(catalogue: CatalogueWindow, name: str) -> QQuickItem:
    """Show one family; its page."""
    catalogue.host.open(name)
    settle()
    catalogue.window.grabWindow()
    everything = items(catalogue.window.contentItem())
    loader = next(item for item in everything if item.objectName() == f"family.{name}")
    page = loader.property("item")
    assert isinstance(page, QQuickItem)
    return page


def switch(catalogue: CatalogueWindow, name: str, index: int) -> None:
    """Click one part of a switch at the top."""
    control = catalogue.window.findChild(QQuickItem, name)
    assert control is not None
    parts = [each for each in items(control) if each.inherits("QQuickAbstractButton")]
    point = parts[index].mapToScene(parts[index].boundingRect().center()).toPoint()
    QTest.mouseClick(catalogue.window, Qt.MouseButton.LeftButton, pos=point)
    settle()


def kind(thing: QObject) -> str:
    """The name of its QML type."""
    return thing.metaObject().className().partition("_QML")[0]


def kinds_on(catalogue: CatalogueWindow) -> set[str]:
    """The types of everything that is drawn on the pages, and of the two popups that wait on one of them."""
    found = {kind(item) for name in FAMILIES for item in items(open_family(catalogue, name))}
    found |= {kind(item) for item in items(catalogue.window.contentItem())}
    page = open_family(catalogue, "messages")
    popups = [page.findChild(QObject, name) for name in ("question", "explainPopup")]
    return found | {kind(popup) for popup in popups if popup is not None}


def test_every_component_is_in_it(catalogue: CatalogueWindow) -> None:
    listed = set(_LISTED.findall((UI / "components" / "qmldir").read_text("utf-8")))
    assert len(listed) > 40
    shown = kinds_on(catalogue)
    # a control: what is no component of ours is not found either
    assert "Unheard" not in shown
    assert listed - shown - UNSEEN == set()
    assert {"BarChart", "PairChart", "BandChart", "AcrossChart"} <= shown


def test_every_icon_is_in_it_under_its_name(catalogue: CatalogueWindow) -> None:
    named = json.loads((ROOT / "resources" / "icons" / "names.json").read_text("utf-8"))
    page = open_family(catalogue, "icons")
    shown = {item.objectName() for item in items(page) if item.objectName().startswith("icon.")}
    assert shown == {f"icon.{name}" for name in named}
    blank = [
        item.objectName()
        for item in items(page)
        if item.objectName() in shown and not all(part.property("text") for part in item.childItems())
    ]
    assert blank == []


def test_every_colour_is_in_it(catalogue: CatalogueWindow) -> None:
    page = open_family(catalogue, "colours")
    shown = {item.objectName() for item in items(page) if item.objectName().startswith("role.")}
    assert shown == {f"role.{name}" for name in colours()}
    assert not [text for item in items(page) if str(text := item.property("text") or "").startswith("! ")]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_what_is_drawn_can_be_read(catalogue: CatalogueWindow, scheme: str) -> None:
    switch(catalogue, "scheme", SCHEMES.index(scheme))
    faults: dict[str, list[str]] = {}
    measured = 0
    for name in FAMILIES:
        page = open_family(catalogue, name)
        measured += len(drawn(catalogue.window, page))
        if found := unreadable(catalogue.window, page):
            faults[name] = found
    assert measured > 400
    assert faults == {}


def test_control_a_word_too_pale_is_found(catalogue: CatalogueWindow) -> None:
    page = open_family(catalogue, "buttons")
    word = next(item for item in items(page) if item.property("text") == "KeyCap")
    word.setProperty("color", QColor("#B6AC9F"))
    found = unreadable(catalogue.window, page)
    word.setVisible(False)  # its colour follows the theme no more: the other tests are not to measure it
    assert any("'KeyCap'" in fault for fault in found)


@pytest.mark.parametrize("state", ["rest", "off", "busy"])
def test_the_mouse_is_answered_by_what_can_be_pressed_alone(catalogue: CatalogueWindow, state: str) -> None:
    page = open_family(catalogue, "buttons")
    button = next(item for item in items(page) if item.objectName() == f"secondary.{state}")
    before = button.property("background").property("color")
    QTest.mouseMove(catalogue.window, button.mapToScene(button.boundingRect().center()).toPoint())
    settle()
    assert (button.property("background").property("color") != before) is (state == "rest")


def test_it_speaks_every_language_and_turns_around(catalogue: CatalogueWindow) -> None:
    assert parse(["--catalogue"]).catalogue
    catalogue.host.setLanguage(PSEUDO)
    page = open_family(catalogue, "buttons")
    assert any(str(item.property("text") or "").startswith(OPENS) for item in items(page))
    catalogue.host.setLanguage("ar")
    settle()
    catalogue.window.grabWindow()
    families = catalogue.window.findChild(QQuickItem, "families")
    assert families is not None
    assert families.mapToScene(families.boundingRect().center()).x() > catalogue.window.width() / 2


@pytest.mark.parametrize("name", FAMILIES)
def test_nothing_is_wider_than_the_page_at_200_percent(catalogue: CatalogueWindow, name: str) -> None:
    catalogue.window.resize(1024, 600)
    switch(catalogue, "size", 3)
    page = open_family(catalogue, name)
    for item in items(page):
        if (
            item.inherits("QQuickRectangle")
            and item.isVisible()
            and item.metaObject().className().startswith("Card")
        ):
            right = item.mapToScene(item.boundingRect().topRight()).x()
            assert right <= catalogue.window.width() + 1, item.property("title")
