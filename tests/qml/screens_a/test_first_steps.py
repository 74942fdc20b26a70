# SPDX-License-Identifier: Apache-2.0
"""The whole way in by real keys: few screens, few things to type, under three minutes for somebody who reads slowly."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import Qt

from gems_desktop import languages
from gems_desktop.items.secret_field import SecretField
from gems_desktop.services.facts_queue import QueueFacts
from gems_desktop.viewmodels.app import Fixed
from gems_desktop.viewmodels.first_practice import check, choices, starter_set
from gems_desktop.viewmodels.first_steps import NONE, PRACTISE, SEND, TAKE, WAIT, begun_of, derive, rows_of
from gems_protocol.amount import ZERO
from tests.helpers.app_window import AppWindow, items
from tests.helpers.fake_session import FakeSession
from tests.helpers.sample_facts import PASSWORD, WORDS, gem
from tests.qml.screens_a.conftest import MakeWindow

ENTER, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Space
MOST_SCREENS, MOST_SECONDS = 6, 180
A_KEY_S, A_SCREEN_S, WORDS_A_MINUTE = 0.25, 2.0, 200
HAND_S_A_WORD = 3.0  # a word of the paper, written by hand
CHOSEN_S = 2.0  # to think about one example


@dataclass
class Newcomer:
    """Counts what somebody would have to do, read and wait for."""

    window: AppWindow
    screens: list[str] = field(default_factory=list)
    fields: int = 0
    keys: int = 0
    read: int = 0  # words
    more_s: float = 0.0

    def sees(self, name: str) -> None:
        """Another screen: everything on it is read once."""
        self.window.settle()
        self.screens.append(name)
        self.reads()

    def reads(self) -> None:
        """Every word that is visible in the page (not the status strip)."""
        shown = [item for item in items(self.window.window.contentItem()) if item.isVisible()]
        texts = [
            item.property("text") for item in shown if item.metaObject().className().startswith("PlainText")
        ]
        self.read += sum(len(text.split()) for text in texts if isinstance(text, str))

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            self.keys += 1
            self.window.key(key)

    def types(self, text: str) -> None:
        self.fields += 1
        self.keys += len(text)
        self.window.type(text)

    @property
    def seconds(self) -> float:
        """All of it, one after the other."""
        reading = self.read * 60 / WORDS_A_MINUTE
        return self.keys * A_KEY_S + len(self.screens) * A_SCREEN_S + reading + self.more_s


def new_session() -> FakeSession:
    """Nobody has done anything yet."""
    session = FakeSession("none")
    session.work.items, session.work.tasks = [], {}
    session.earnings.state = type(session.earnings.state)()
    return session


def seen(window: AppWindow, name: str) -> bool:
    return any(item.objectName() == name and item.isVisible() for item in items(window.window.contentItem()))


def step(window: AppWindow) -> str:
    return str(window.model.screens["welcome"].property("step"))


def walk_in(window: AppWindow) -> Newcomer:
    """From the first frame to the last example; what is typed is what a person would type."""
    person = Newcomer(window)
    person.sees("language")
    person.press(ENTER)
    person.sees("start")
    person.press(SPACE)
    window.until(lambda: step(window) == "words")
    person.sees("words")
    person.more_s += 12 * HAND_S_A_WORD
    person.press(SPACE)
    window.until(lambda: step(window) == "typeBack")
    person.sees("typeBack")
    person.types(" ".join(word[:4] for word in WORDS.split()))
    person.press(ENTER)
    window.until(lambda: step(window) == "protect")
    person.sees("protect")
    person.types(PASSWORD)
    person.press(ENTER)
    person.types(PASSWORD)
    person.press(ENTER)
    window.until(lambda: window.model.props.page == "firstPractice")
    practice = window.model.screens["firstPractice"]
    window.until(lambda: practice.property("stage") == "task")
    person.sees("practice")
    for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3):
        person.more_s += CHOSEN_S
        person.press(key, ENTER)
    window.until(lambda: practice.property("stage") == "result")
    window.settle()
    person.reads()
    return person


def test_from_nothing_to_the_end_of_the_practice(make_window: MakeWindow) -> None:
    window = make_window("none", session=new_session())
    window.begin()
    person = walk_in(window)
    practice = window.model.screens["firstPractice"]
    assert practice.property("passed")
    print(len(person.screens), "screens", person.fields, "fields", person.keys, "keys", person.read, "words")
    print(round(person.seconds), "s")
    assert len(person.screens) <= MOST_SCREENS
    assert person.fields == 3  # the words, the password and again
    assert person.seconds < MOST_SECONDS
    assert window.session.settings.state.practised
    assert not window.session.asked("sync.practice")
    person.press(ENTER)
    window.until(lambda: window.model.props.page == "findWork")


def test_the_measure_sees_a_slow_way(make_window: MakeWindow) -> None:
    """The control: somebody who has to type each word in full, twice, is not through in three minutes."""
    window = make_window("none", session=new_session())
    window.begin()
    person = walk_in(window)
    person.keys += 2 * len(WORDS)
    person.read += 250
    assert person.seconds > MOST_SECONDS


def test_the_steps_follow_what_was_done() -> None:
    """And a wallet that comes back with paid work is no newcomer's."""

    def at(
        practised: bool = False, shelves: dict[str, int] | None = None, ready: int = 0, finished: int = 0
    ) -> tuple[str, bool]:
        begun = begun_of(practised, QueueFacts(ready=ready, finished=finished), shelves or {}, ZERO)
        return derive(begun).next, derive(begun).early

    assert at() == (PRACTISE, True)
    assert at(practised=True) == (TAKE, True)
    assert at(ready=10) == (TAKE, True)  # goes on with those that are here
    assert at(ready=8, finished=2) == (SEND, True)
    assert at(shelves={"waiting": 3}) == (WAIT, False)
    assert at(shelves={"paid": 1}) == (NONE, False)
    assert not derive(begun_of(False, QueueFacts(), {}, gem("0.05"))).shown
    stages = [row.stage for row in rows_of(begun_of(True, QueueFacts(ready=3), {}, ZERO))]
    assert stages == ["done", "done", "now", "later"]


def test_the_examples_tell_right_from_wrong() -> None:
    words = choices()
    assert [len(starter_set(words).tasks), len(set(words))] == [3, 3]

    def answers(*chosen: int) -> dict[int, list[dict[str, object]]]:
        return {place: [{"value": {"choices": [words[at]]}}] for place, at in enumerate(chosen)}

    assert check(answers(0, 1, 2), words).passed
    assert check(answers(0, 1, 0), words).right == 2
    assert not check(answers(1, 1, 1), words).passed
    assert not check({}, words).passed


def test_home_leads_a_newcomer_and_then_the_list_is_gone(make_window: MakeWindow) -> None:
    session = new_session()
    session.wallet.state = FakeSession("open").wallet.state
    window = make_window(session=session)
    window.begin("home")
    assert window.item("firstSteps").isVisible()
    assert window.item("continue").property("text") == "Practise"
    window.focus("continue")
    window.key(ENTER)
    window.until(lambda: window.model.props.page == "firstPractice")
    window.settle()
    window.key(Qt.Key.Key_Escape)
    window.until(lambda: window.model.props.page == "home")
    window.settle()
    assert window.item("continue").property("text") == "Find work"
    assert not seen(window, "earnedChart")
    session.earnings.state = FakeSession().earnings.state
    window.model.screens["firstSteps"].reload()  # type: ignore[attr-defined]
    window.settle()
    window.model.screens["home"].reload()  # type: ignore[attr-defined]
    window.settle()
    assert not seen(window, "firstSteps")
    assert seen(window, "earnedChart")


@pytest.mark.parametrize("scale", [100, 200])
def test_every_language_is_reached_by_key_on_a_small_window(make_window: MakeWindow, scale: int) -> None:
    window = make_window("none", session=new_session(), fixed=Fixed("en", "light", scale))
    window.window.resize(1024, 600)
    window.begin()
    for code in languages.LANGUAGES:
        button = window.window.activeFocusItem()
        assert button is not None
        assert button.objectName() == f"language-{code}"
        window.window.grabWindow()
        box = button.mapRectToScene(button.boundingRect())
        assert box.top() >= 0 and box.bottom() <= 600, code
        if code != languages.LANGUAGES[-1]:
            window.key(Qt.Key.Key_Right)
    window.key(ENTER)
    assert window.model.props.language == languages.LANGUAGES[-1]
    assert step(window) == "start"
    window.model.setLanguage("en")


def test_words_are_in_the_language_that_was_chosen(make_window: MakeWindow) -> None:
    window = make_window("none", session=new_session())
    window.begin()
    window.click("language-fr")
    window.click("makeWallet")
    window.until(lambda: step(window) == "words")
    assert window.session.asked("wallet.create") == [("wallet.create", "french")]
    window.model.setLanguage("en")


def test_four_letters_and_a_space_write_a_word(make_window: MakeWindow) -> None:
    window = make_window("none", session=new_session())
    window.begin()
    window.click("language-en")
    window.click("makeWallet")
    window.until(lambda: step(window) == "words")
    window.click("wordsWritten")
    window.until(lambda: step(window) == "typeBack")
    window.settle()
    field = next(item for item in items(window.item("typeBack")) if isinstance(item, SecretField))
    window.type("aban zoo able abil acti")
    assert bytes(field._secret.utf8()) == b"abandon zoo able ability acti"
    assert (field.property("wordCount"), field.property("unknownWord")) == (4, 0)
    window.key(Qt.Key.Key_Backspace)
    window.type("z")
    assert field.property("unknownWord") == 5
    assert any(text.startswith("Word 5 is not one of them") for text in window.words())
    window.key(Qt.Key.Key_Home)
    window.type(" ")  # in the middle nothing is completed
    assert bytes(field._secret.utf8()) == b" abandon zoo able ability actz"
