# SPDX-License-Identifier: Apache-2.0
"""The way in by real key events: making, typing back, protecting, restoring, unlocking; and no secret in a property."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QUrl

from tests.helpers.app_window import AppWindow, items
from tests.helpers.sample_facts import KEY, PASSWORD, WORDS
from tests.qml.screens_a.conftest import MakeWindow

OTHER_WORDS = "test test test test test test test test test test junk test"
ENTER = Qt.Key.Key_Return


def texts(root: AppWindow) -> Iterator[str]:
    """Every string that any property of any object of the window holds."""
    things: list[QObject] = [
        root.model,
        *root.model.findChildren(QObject),
        root.window,
        *root.window.findChildren(QObject),
    ]
    for thing in [*things, *items(root.window.contentItem())]:
        meta = thing.metaObject()
        for at in range(meta.propertyCount()):
            name = meta.property(at).name()
            if meta.property(at).typeName() in ("QString", "QVariant", "QVariantList", "QStringList"):
                yield str(thing.property(str(name)))


def no_secret(window: AppWindow) -> None:
    """No property holds a word or the password."""
    found = [text for text in texts(window) if "junk" in text or PASSWORD in text or "test test" in text]
    assert not found


def test_a_new_wallet_by_keyboard_only(make_window: MakeWindow) -> None:
    window = make_window("none")
    window.begin()
    assert window.window.activeFocusItem().objectName() == "language-en"  # type: ignore[union-attr]
    window.key(ENTER)
    assert window.window.activeFocusItem().objectName() == "makeWallet"  # type: ignore[union-attr]
    window.key(Qt.Key.Key_Space)
    window.until(lambda: window.model.screens["welcome"].property("step") == "words")
    assert window.item("seedWords").property("count") == 12
    no_secret(window)
    window.settle()
    window.key(Qt.Key.Key_Space)
    window.until(lambda: window.model.screens["welcome"].property("step") == "typeBack")
    window.settle()
    window.type(OTHER_WORDS)
    no_secret(window)
    window.key(ENTER)
    window.until(lambda: "These are not the words of your new wallet." in window.words())
    assert window.item("wordsTyped").property("text") == "12 of 12 words"  # all is there to be corrected
    for _letter in OTHER_WORDS:
        window.key(Qt.Key.Key_Backspace)
    window.type(WORDS.rpartition(" ")[0])
    window.key(ENTER)  # eleven words are not compared
    assert len(window.session.asked("wallet.confirm_words")) == 1
    window.type(" " + WORDS.rpartition(" ")[2])
    window.key(ENTER)
    window.until(lambda: window.model.screens["welcome"].property("step") == "protect")
    window.settle()
    window.type("short")
    window.key(ENTER)
    window.type("short")
    window.key(ENTER)
    window.until(lambda: "The password is too short." in window.words())
    window.focus("newPassword")
    window.type(PASSWORD)
    window.key(ENTER)
    window.type(PASSWORD + "x")
    window.key(ENTER)
    window.until(lambda: "The two passwords differ." in window.words())
    window.focus("newPassword")
    window.type(PASSWORD)
    window.key(ENTER)
    window.type(PASSWORD)
    no_secret(window)
    window.key(ENTER)
    window.until(lambda: window.model.props.phase == "open")
    assert window.session.asked("wallet.protect") == [("wallet.protect", False)]
    window.until(lambda: window.session.sync.ran)
    no_secret(window)


def test_bad_words_are_said_without_repeating_them(make_window: MakeWindow) -> None:
    window = make_window("none")
    window.begin()
    window.click("language-en")
    window.click("beginRestore")
    window.settle()
    window.type("one two three")
    window.key(ENTER)
    window.until(lambda: "A seed phrase has 12, 15, 18, 21 or 24 words; here are: 3" in window.words())
    assert not any("two" in text and "three" in text for text in window.words())
    window.type(WORDS)
    window.key(ENTER)
    window.until(lambda: window.model.screens["welcome"].property("step") == "protect")


def test_a_wallet_comes_back_from_a_private_key(make_window: MakeWindow) -> None:
    window = make_window("none")
    window.begin()
    welcome = window.model.screens["welcome"]
    window.click("language-en")
    window.click("beginRestore")
    welcome.setRestoreKind("key")  # type: ignore[attr-defined]
    window.settle()
    window.focus("restoreKey")
    window.type(KEY[:-1])
    window.key(ENTER)
    window.until(lambda: any(text.startswith("This is not a private key") for text in window.words()))
    window.focus("restoreKey")
    window.type(KEY)
    assert not [text for text in texts(window) if KEY[:8] in text]
    window.key(ENTER)
    window.until(lambda: welcome.property("step") == "protect")
    assert not [text for text in texts(window) if KEY[:8] in text]


def test_a_wallet_comes_back_from_a_keystore_file(make_window: MakeWindow, tmp_path: Path) -> None:
    window = make_window("none")
    window.begin()
    welcome = window.model.screens["welcome"]
    window.click("language-en")
    window.click("beginRestore")
    welcome.setRestoreKind("keystore")  # type: ignore[attr-defined]
    window.settle()
    (tmp_path / "big.json").write_bytes(b" " * 20_000)
    for name in ("none.json", "big.json"):
        welcome.chooseKeystore(str(tmp_path / name))  # type: ignore[attr-defined]
        window.until(lambda: "This is not a keystore file that Gems can open." in window.words())
        welcome.dismissProblem()  # type: ignore[attr-defined]
        window.settle()
    file = tmp_path / "wallet \u202ename.json"
    file.write_bytes(b"{}")
    welcome.chooseKeystore(QUrl.fromLocalFile(str(file)).toString())  # type: ignore[attr-defined]
    window.until(lambda: welcome.property("keystoreName") != "")
    assert "\u202e" not in welcome.property("keystoreName")
    window.focus("keystorePassword")
    window.type(PASSWORD)
    window.key(ENTER)
    window.until(lambda: welcome.property("step") == "protect")
    assert window.session.asked("wallet.restore_keystore") == [("wallet.restore_keystore", b"{}")]
    assert welcome._keystore == b""  # type: ignore[attr-defined]
    no_secret(window)


def test_the_words_language_is_chosen_before_they_are_made(make_window: MakeWindow) -> None:
    window = make_window("none")
    window.begin()
    welcome = window.model.screens["welcome"]
    window.click("language-en")
    assert welcome.property("wordsLanguage") == 0
    welcome.chooseWords(6)  # type: ignore[attr-defined]
    welcome.createWallet()  # type: ignore[attr-defined]
    window.until(lambda: welcome.property("step") == "words")
    assert window.session.asked("wallet.create") == [("wallet.create", "japanese")]


def test_the_words_follow_the_language_of_the_window_until_they_are_chosen(make_window: MakeWindow) -> None:
    window = make_window("none")
    window.begin()
    welcome = window.model.screens["welcome"]
    window.click("language-pt")
    assert welcome.property("wordsLanguage") == 4
    window.settle()
    window.focus("language")
    codes = list(window.model.property("languageCodes"))
    for _ in range(codes.index("pt") - codes.index("en")):
        window.key(Qt.Key.Key_Up)
    assert window.model.props.language == "en"
    assert welcome.property("wordsLanguage") == 0
    # Enter opens the list, as it presses a button: the next one is taken by a second Enter only
    window.key(ENTER)
    window.settle()
    window.key(Qt.Key.Key_Down)
    assert window.model.props.language == "en"
    window.key(ENTER)
    window.until(lambda: window.model.props.language == "es")
    assert welcome.property("wordsLanguage") == 1
    welcome.chooseWords(6)  # type: ignore[attr-defined]
    window.key(Qt.Key.Key_Down)
    assert welcome.property("wordsLanguage") == 6


def test_a_wrong_password_and_then_the_right_one(make_window: MakeWindow) -> None:
    window = make_window("locked")
    window.begin()
    window.settle()
    window.type("not the password")
    window.key(ENTER)
    window.until(lambda: "That password does not open this wallet." in window.words())
    window.settle()
    window.focus("unlockPassword")
    window.type(PASSWORD)
    window.key(ENTER)
    window.until(lambda: window.model.props.phase == "open")
    no_secret(window)


def test_the_keyring_is_offered_only_where_there_is_one(make_window: MakeWindow) -> None:
    from gems_desktop.viewmodels.welcome import Step

    window = make_window("none")
    window.begin()
    window.model.screens["welcome"]._go(Step.PROTECT)  # type: ignore[attr-defined]
    window.settle()
    with pytest.raises(AssertionError, match="useKeyring"):
        window.item("useKeyring")
    window.session.wallet.keyring = True
    window.model.screens["welcome"].reload()  # type: ignore[attr-defined]
    window.settle()
    window.click("useKeyring")
    window.until(lambda: window.model.props.phase == "open")
    assert window.session.asked("wallet.protect") == [("wallet.protect", True)]


def test_arabic_mirrors_the_way_in(make_window: MakeWindow) -> None:
    window = make_window("none")
    window.begin()
    window.model.setLanguage("ar")
    window.settle()
    assert window.model.props.rightToLeft
    assert "ar" in window.world.languages
    window.model.setLanguage("en")
