# SPDX-License-Identifier: Apache-2.0
"""Every number that is not plain by itself has a "?", which says a word of the glossary; by real keys."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtQuick import QQuickItem

from gems_desktop.viewmodels.help_words import MEANINGS, NAMES
from tests.helpers.app_window import AppWindow, items
from tests.helpers.frame import ROOT
from tests.qml.help.conftest import MakeWindow

#: Labels whose number or date says by itself what it is.
SELF_EVIDENT = {
    "Earned today",
    "Seven days",
    "In all",
    "Today",
    "Last 14 days",
    "Paid out",
    "You receive",
    "Arrives",
    "From your channel",
    "From your wallet",
    "Can be used until",
    "Can be carried out until",
    "Decided by, at the latest",
    "If you lose, it costs you",
    "If you win, you get",
    "It pays you, at most",
    "Bring it by",
    "Campaign ends",
}
#: Lines that hold no number.
NO_NUMBER = {
    "Who decides",
    "Who acts",
    "Saved as a file",
    "In your address book",
    "Version",
    "Profile",
    "Licence",
    "Platform",
}
#: Rows of a list, whose heading says what their numbers are.
ROWS = {"dataRow"}
BLOCK = re.compile(r"^( *)(FactLine|StatTile|CampaignFact) \{\n(.*?)^\1\}", re.S | re.M)


def unexplained(root: QQuickItem) -> list[str]:
    """The labels below `root` of visible numbers that nothing explains."""
    return [
        str(item.property("label"))
        for item in items(root)
        if isinstance(item.property("word"), str)
        and isinstance(item.property("value"), str)
        and item.isVisible()
        and any(letter.isdigit() for letter in item.property("value"))
        and item.property("word") not in NAMES
        and item.property("label") not in SELF_EVIDENT | NO_NUMBER
        and item.objectName() not in ROWS
    ]


def labelled(root: QQuickItem) -> list[str]:
    """The labels below `root` of visible numbers."""
    return [
        str(item.property("label"))
        for item in items(root)
        if isinstance(item.property("word"), str) and item.property("value") and item.isVisible()
    ]


def walk(window: AppWindow) -> Iterator[str]:
    """Every page and part of the settings, and a campaign's page."""
    window.begin()
    for page in ("home", "work", "review", "outbox", "earnings", "trust"):
        window.model.openPage(page)
        window.settle()
        yield page
    screens: dict[str, Any] = dict(window.model.screens)
    window.model.openPage("findWork")
    window.settle()
    campaigns = screens["findWork"].property("campaigns")
    screens["findWork"].select(campaigns.rows[0].campaignId)
    window.settle()
    yield "campaign"
    window.model.openReport(campaigns.rows[0].requester if hasattr(campaigns.rows[0], "requester") else "")
    window.settle()
    yield "requesterReport"
    window.model.openPage("settings")
    for part in ("reading", "work", "safety", "money", "network", "profiles", "help"):
        window.section(part)
        yield f"settings {part}"


def test_every_number_on_every_page_is_explained(make_window: MakeWindow) -> None:
    window = make_window()
    seen: dict[str, int] = {}
    for place in walk(window):
        content = window.window.contentItem()
        assert unexplained(content) == [], place
        seen[place] = len(labelled(content))
    assert seen["home"] >= 4 and seen["earnings"] >= 8 and seen["campaign"] >= 8, seen


def test_control_a_number_without_a_word_is_noticed(make_window: MakeWindow) -> None:
    window = make_window()
    window.begin("home")
    tile = next(item for item in items(window.window.contentItem()) if item.property("word") == "in_review")
    for broken in ("", "a word that nobody knows"):
        tile.setProperty("word", broken)
        assert unexplained(window.window.contentItem()) == ["In review"]


def test_dialogs_too_by_their_sources() -> None:
    found = 0
    for path in sorted((ROOT / "ui/Gems/screens").glob("*.qml")):
        source = path.read_text("utf-8")
        for block in BLOCK.finditer(source):
            found += 1
            label = re.search(r"label: (.*)", block[3])
            word = re.search(r'word: "(\w+)"', block[3])
            if label is None or "qsTr" not in label[1]:
                continue  # the label and the word come from a model
            texts = set(re.findall(r'qsTr\("(.*?)"\)', label[1]))
            assert word or texts <= SELF_EVIDENT | NO_NUMBER, f"{path.name}: {label[1]}"
        for named in re.findall(r'\bword: "(\w+)"', source):
            assert named in NAMES, f"{path.name}: {named}"
    assert found > 40


def test_what_a_number_is_by_keys(make_window: MakeWindow) -> None:
    window = make_window()
    window.begin("earnings")
    mark = window.focus("explain.owed")
    assert min(mark.width(), mark.height()) >= 24
    window.key(Qt.Key.Key_Return)
    assert window.item("explainMore").hasActiveFocus()
    assert MEANINGS["owed"] in words(window)
    window.key(Qt.Key.Key_Escape)
    assert MEANINGS["owed"] not in words(window)
    assert window.window.activeFocusItem() == mark, "the keyboard is back"
    window.key(Qt.Key.Key_Space)
    window.key(Qt.Key.Key_Return)
    assert (window.model.help_model.props.page, window.model.help_model.props.word) == ("words", "owed")
    window.key(Qt.Key.Key_Escape)
    assert window.model.props.page == "earnings"
    assert window.window.activeFocusItem() == mark, "and back where the question was"


def test_it_opens_by_click_and_closes_by_a_click_beside(make_window: MakeWindow) -> None:
    window = make_window()
    window.begin("home")
    window.click("explain.in_review")
    assert MEANINGS["in_review"] in words(window)
    window.click("continue")
    assert MEANINGS["in_review"] not in words(window)
    assert window.model.props.page == "home", "the click that closed it did nothing else"


def test_a_dialog_explains_and_keeps_its_question(make_window: MakeWindow) -> None:
    window = make_window()
    window.begin("earnings")
    window.click("claim")
    window.until(
        lambda: MEANINGS["relayer_fee"] not in words(window) and "Claim to your wallet?" in words(window)
    )
    window.focus("explain.relayer_fee")
    window.key(Qt.Key.Key_Return)
    assert MEANINGS["relayer_fee"] in words(window)
    assert not any(item.objectName() == "explainMore" and item.isVisible() for item in everything(window))
    window.key(Qt.Key.Key_Escape)
    assert MEANINGS["relayer_fee"] not in words(window) and "Claim to your wallet?" in words(window)


def test_a_reader_hears_the_question(make_window: MakeWindow) -> None:
    window = make_window()
    window.begin("earnings")
    heard = QAccessible.queryAccessibleInterface(window.item("explain.bond"))
    assert heard is not None and heard.text(QAccessible.Text.Name) == "What is “Bond”?"
    assert heard.role() == QAccessible.Role.Button


def everything(window: AppWindow) -> list[QQuickItem]:
    """Every item of the window, popups included."""
    content = window.window.contentItem()
    root = content.parentItem() or content
    return items(root)


def words(window: AppWindow) -> list[str]:
    """Every visible text, popups included."""
    return [str(text) for item in everything(window) if item.isVisible() and (text := item.property("text"))]


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_what_it_says_stays_in_the_window(
    make_window: MakeWindow, qt_app: QGuiApplication, scale: float
) -> None:
    window = make_window()
    window.window.resize(1024, 600)
    window.begin("home")
    window.model.change(textScale=scale)
    window.settle()
    for name in ("explain.claimable", "explain.data_budget"):
        window.focus(name)
        window.key(Qt.Key.Key_Return)
        more = window.item("explainMore")
        place = more.mapToScene(more.boundingRect().bottomRight())
        assert 0 < place.x() <= 1024 and 0 < place.y() <= 600, name
        window.key(Qt.Key.Key_Escape)
