# SPDX-License-Identifier: Apache-2.0
"""The help's texts and its search, without a window."""

import re

import pytest
from PySide6.QtGui import QGuiApplication

from gems_desktop.viewmodels import help_pages, help_words
from gems_desktop.viewmodels.help import ORDER, WORDS, HelpViewModel, following
from gems_desktop.viewmodels.help_pages import OF_SCREEN, STEPS, TITLES, help_page
from gems_desktop.viewmodels.help_search import find, plain
from gems_desktop.viewmodels.help_words import EXAMPLES, MEANINGS, NAMES, entries, entry
from tests.helpers.frame import ROOT

MOST_WORDS = 1_900


def test_every_word_has_a_name_and_a_short_meaning() -> None:
    assert set(NAMES) == set(MEANINGS) and set(EXAMPLES) <= set(NAMES)
    assert len(set(NAMES.values())) == len(NAMES)
    for word, text in MEANINGS.items():
        assert len(text.split()) <= 35, word
        assert text.count(". ") <= 2, word
    assert len(NAMES) >= 35


def test_every_page_has_at_most_five_steps_in_a_row() -> None:
    numbers: dict[str, list[int]] = {}
    for key in STEPS:
        page, _, number = key.partition(".")
        numbers.setdefault(page, []).append(int(number))
    assert set(numbers) == set(TITLES)
    for page, found in numbers.items():
        assert found == list(range(1, len(found) + 1)) and len(found) <= 5, page
        assert (ROOT / "ui/Gems/help" / picture(page)).is_file()


def picture(page: str) -> str:
    source = (ROOT / "ui/Gems/help/HelpPicture.qml").read_text("utf-8")
    found = re.search(rf'{page}: "(\w+\.qml)"', source)
    assert found is not None, page
    return found[1]


def test_all_of_it_is_short_enough_to_be_translated_eleven_times() -> None:
    tables = (NAMES, MEANINGS, EXAMPLES, TITLES, STEPS)
    assert sum(len(text.split()) for table in tables for text in table.values()) <= MOST_WORDS


def test_every_screen_has_a_page() -> None:
    source = (ROOT / "ui/Gems/Main.qml").read_text("utf-8")
    screens = re.findall(r'(\w+): "\w+Screen\.qml"', source)
    assert len(screens) >= 11
    assert [screen for screen in screens if screen not in OF_SCREEN] == []


@pytest.mark.parametrize(
    ("query", "hit"),
    [
        ("STAKE", "stake"),
        ("  bônd ", "bond"),
        ("twelve wörds", "seed_words"),
        ("usb", "offline"),
        ("reject reason", "outbox"),
        ("gas", "gas"),
    ],
)
def test_the_search_finds(query: str, hit: str) -> None:
    found = find(query, help_pages.help_pages(), entries())
    assert hit in [each.name for each in found[:3]]


def test_what_is_not_there_is_not_found() -> None:
    pages, words = help_pages.help_pages(), entries()
    assert find("zebra", pages, words) == () and find("  ", pages, words) == ()


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Đặt cọc", "dat coc"),
        ("الرَّهن", "الرهن"),
        ("Garantía", "GARANTIA"),
        ("رهنـــية", "رهنيه"),
        ("FIANÇA", "fianca"),
    ],
)
def test_accents_capitals_and_vowel_signs_do_not_matter(written: str, typed: str) -> None:
    assert plain(typed) in plain(written)


def test_in_hindi_and_bengali_vowel_signs_are_letters() -> None:
    assert plain("दीन") != plain("दान")
    assert plain("দিন") != plain("দান")


def test_control_without_folding_accents_are_missed() -> None:
    assert "dat coc" not in "Đặt cọc".casefold()


def test_before_and_after_end_at_the_ends() -> None:
    assert following(ORDER[0], -1) == "" and following(WORDS, 1) == ""
    assert following("home", 1) == "findWork"


def test_the_view_model(qt_app: QGuiApplication) -> None:
    model = HelpViewModel()
    opened: list[bool] = []
    model.openChanged.connect(lambda: opened.append(model.props.open))
    model.openFor("earnings")
    assert model.props.page == "earnings" and opened == [True]
    model.goOn()
    assert model.props.page == "trust"
    model.search("stake")
    model.chooseWord("stake")
    assert (model.props.page, model.props.word, model.props.query) == (WORDS, "stake", "")
    model.choose("nowhere")
    assert model.props.page == WORDS
    model.close()
    assert opened == [True, False]
    model.openFor("a page of tomorrow")
    assert model.props.page == "welcome"
    assert model.explain("stake")["text"] == MEANINGS["stake"] and model.explain("nothing") == {}
    with pytest.raises(KeyError):
        entry("nothing")


def test_another_language_tells_everything_again(
    qt_app: QGuiApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = HelpViewModel()
    assert model.property("names")["stake"] == "Stake"
    told: list[str] = []
    model.textsChanged.connect(lambda: told.append("texts"))
    monkeypatch.setattr(help_words, "say", lambda text, **_values: text.upper())
    model.search("stake")
    model.retell()
    assert told == ["texts"]
    words = model.property("words")
    assert {each["name"] for each in words} == {name.upper() for name in NAMES.values()}
    assert help_page("home").title == "Home"
