# SPDX-License-Identifier: Apache-2.0
"""The help in the real window, by real keys: from every page and back, searching, and without a wallet."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtQuick import QQuickItem

from gems_desktop.viewmodels.app import Fixed
from gems_desktop.viewmodels.help import ORDER
from gems_desktop.viewmodels.help_pages import TITLES
from tests.helpers.app_window import AppWindow, items
from tests.qml.help.conftest import MakeWindow

PAGES = ["home", "findWork", "work", "review", "outbox", "earnings", "trust", "settings"]
CONTROL = Qt.KeyboardModifier.ControlModifier


def shown_title(window: AppWindow) -> str:
    return str(window.item("helpTitle").property("text"))


def rail(window: AppWindow) -> QQuickItem:
    return next(
        item
        for item in items(window.window.contentItem())
        if item.metaObject().className().startswith("NavRail")
    )


def test_f1_on_each_page_tells_of_it_and_escape_leads_back(make_window: MakeWindow) -> None:
    window = make_window()
    window.begin()
    for page in PAGES:
        window.model.openPage(page)
        window.settle()
        window.key(Qt.Key.Key_Tab)
        before = window.window.activeFocusItem()
        window.key(Qt.Key.Key_F1)
        assert shown_title(window) == TITLES[page]
        assert rail(window).property("current") == "help"
        window.key(Qt.Key.Key_Escape)
        assert window.model.props.page == page and not window.model.help_model.props.open
        assert window.window.activeFocusItem() == before, page
        assert rail(window).property("current") == page


def test_without_a_wallet_there_is_help_and_no_rail(make_window: MakeWindow) -> None:
    window = make_window("none")
    window.begin()
    assert window.model.props.phase == "welcome"
    window.key(Qt.Key.Key_F1)
    assert shown_title(window) == "First steps" and not rail(window).isVisible()
    window.key(Qt.Key.Key_Right)
    assert shown_title(window) == "Home"
    window.key(Qt.Key.Key_Escape)
    assert window.model.props.page == "welcome"
    assert not window.model.help_model.props.open
    window.click("welcomeHelp")
    assert shown_title(window) == "First steps"


def test_what_was_typed_stays_below_the_help(make_window: MakeWindow) -> None:
    window = make_window()
    window.begin("settings", "money")
    field = window.focus("bondTarget")
    field.setProperty("text", "")
    window.type("1.25")
    window.key(Qt.Key.Key_F1)
    window.type("9")
    window.key(Qt.Key.Key_Escape)
    assert window.window.activeFocusItem() == field
    assert field.property("text") == "1.25"


def test_the_page_below_hears_no_shortcut(make_window: MakeWindow) -> None:
    window = make_window()
    window.begin("outbox")
    assert window.session.asked("sync.flush") == []
    window.key(Qt.Key.Key_F1)
    window.key(Qt.Key.Key_Return, CONTROL)
    assert window.session.asked("sync.flush") == [], "nothing is sent from a page that nobody sees"
    window.key(Qt.Key.Key_Escape)
    window.key(Qt.Key.Key_Return, CONTROL)
    assert window.session.asked("sync.flush") != [], "control: the same key sends when the page is seen"


def test_other_pages_open_from_the_help_by_key(make_window: MakeWindow) -> None:
    window = make_window()
    window.begin("home")
    window.key(Qt.Key.Key_9, CONTROL)
    assert shown_title(window) == "Home"
    window.key(Qt.Key.Key_6, CONTROL)
    assert window.model.props.page == "earnings" and not window.model.help_model.props.open
    window.key(Qt.Key.Key_9, CONTROL)
    window.key(Qt.Key.Key_6, CONTROL)
    assert not window.model.help_model.props.open, "the page that is below opens again too"


def test_the_rail_leads_to_the_help(make_window: MakeWindow) -> None:
    window = make_window()
    window.begin("settings")
    window.key(Qt.Key.Key_F6)
    window.key(Qt.Key.Key_Down)
    window.key(Qt.Key.Key_Return)
    assert shown_title(window) == TITLES["settings"]
    window.key(Qt.Key.Key_Escape)
    window.click("railFoot")
    assert shown_title(window) == TITLES["settings"]


def test_searching_by_keys(make_window: MakeWindow) -> None:
    window = make_window()
    window.begin("home")
    window.key(Qt.Key.Key_F1)
    window.key(Qt.Key.Key_F, CONTROL)
    window.type("relayer")
    window.key(Qt.Key.Key_Down)
    assert window.item("helpResults").hasActiveFocus()
    window.key(Qt.Key.Key_Return)
    model = window.model.help_model.props
    assert (model.page, model.word, model.query) == ("words", "relayer", "")
    window.window.grabWindow()  # where things are is known when a frame is drawn
    window.settle()
    place = window.item("helpWord.relayer").mapToScene(
        window.item("helpWord.relayer").boundingRect().center()
    )
    assert 0 < place.y() < window.window.height(), "the word is in view"
    window.key(Qt.Key.Key_F, CONTROL)
    window.type("zebra")
    assert "Nothing found" in window.words()
    window.key(Qt.Key.Key_Escape)
    assert window.model.help_model.props.open and window.model.help_model.props.query == ""
    window.key(Qt.Key.Key_Escape)
    assert not window.model.help_model.props.open


def test_every_page_is_reached_with_one_key_and_its_picture_with_none(make_window: MakeWindow) -> None:
    window = make_window()
    window.begin("home")
    window.model.help_model.openFor("welcome")
    window.settle()
    seen = []
    for _ in ORDER:
        seen.append(window.model.help_model.props.page)
        if seen[-1] in TITLES:
            below = [item for item in items(window.item("helpPicture")) if item.isVisible()]
            assert len(below) > 8, seen[-1]
            assert [item for item in below if item.activeFocusOnTab()] == [], seen[-1]
        window.key(Qt.Key.Key_Right)
    assert seen == list(ORDER)


@pytest.mark.parametrize("size", [(1024, 600), (1366, 768)])
def test_the_rail_cuts_no_word_at_200_percent_in_arabic(
    make_window: MakeWindow, size: tuple[int, int]
) -> None:
    window = make_window(fixed=Fixed("ar", "dark", 200), translated=True)
    window.window.resize(*size)
    window.begin("settings")
    assert "صندوق الإرسال" in window.words()
    assert cut(rail(window)) == []
    here = next(item for item in items(rail(window)) if item.property("here") is True)
    top = here.mapToItem(rail(window), here.boundingRect().topLeft()).y()
    assert top >= 0 and top + here.height() <= rail(window).height(), "the open page is in view"
    rail(window).setProperty("most", 150)
    window.settle()
    window.window.grabWindow()
    assert cut(rail(window)) != [], "control: a rail that is too narrow cuts words"


def cut(root: QQuickItem) -> list[str]:
    """The texts below `root` that are not shown whole: cut off, or broken inside a word."""
    texts = [item for item in items(root) if item.inherits("QQuickText") and item.isVisible()]
    return [
        str(item.property("text"))
        for item in texts
        if item.property("truncated") or item.property("lineCount") > len(str(item.property("text")).split())
    ]
