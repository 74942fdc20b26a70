# SPDX-License-Identifier: Apache-2.0
"""The card of limits: what it shows, what it hands to the signer, and that no typed address slips through."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from gems_desktop.viewmodels.app import Fixed
from gems_desktop.viewmodels.safety import SafetyViewModel
from tests.helpers.app_window import AppWindow
from tests.helpers.sample_facts import PASSWORD
from tests.qml.screens_a.conftest import MakeWindow

ADDRESS = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"
ENTER = Qt.Key.Key_Return


def safety(window: AppWindow) -> SafetyViewModel:
    model = window.model.screens["safety"]
    assert isinstance(model, SafetyViewModel)
    return model


def press(window: AppWindow, name: str) -> None:
    """By keyboard, wherever the page is scrolled to."""
    window.focus(name)
    window.key(Qt.Key.Key_Space)
    window.settle()


def opened(make_window: MakeWindow, fixed: Fixed | None = None) -> AppWindow:
    window = make_window(fixed=fixed)
    window.begin("settings", "safety")
    window.until(lambda: safety(window).property("ready"))
    return window


def test_the_card_shows_limits_and_the_book_with_what_is_left_to_wait(make_window: MakeWindow) -> None:
    words = opened(make_window).words()
    assert "12.50 of 500.00 GEM used today" in words
    for part in ("Home", "Money may go there", "Phone", "Every payment is asked for, for another 23 h"):
        assert part in words
    assert any(text.startswith("0x 5a5A") or text.lower().startswith("0x 5a5a 5a5a") for text in words)


def test_an_address_is_typed_compared_and_added(make_window: MakeWindow) -> None:
    window = opened(make_window)
    model = safety(window)
    window.focus("bookName")
    window.type("Savings")
    window.focus("bookAddress")
    QGuiApplication.clipboard().setText(ADDRESS)
    window.key(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    window.until(lambda: model.property("addressShown") != "")
    assert "Compare it once more: 0x 5aAe b605 3F3E 94C9 b9A0 9f33 6694 35E7 Ef1B eAed" in window.words()
    press(window, "addAddress")
    window.until(lambda: bool(window.session.asked("wallet.add_address")))
    assert window.session.asked("wallet.add_address") == [("wallet.add_address", "Savings", ADDRESS.lower())]
    window.until(lambda: window.item("bookAddress").property("text") == "")
    assert "Savings" in window.words()


@pytest.mark.parametrize("typed", [ADDRESS[:-1], ADDRESS[:-1] + "D", "0x12", "vitalik.eth", "0x" + "00" * 20])
def test_a_wrong_address_is_said_and_cannot_be_added(make_window: MakeWindow, typed: str) -> None:
    window = opened(make_window)
    window.focus("bookAddress")
    window.type(typed)
    window.until(lambda: "This is no address, or one of its letters is wrong." in window.words())
    safety(window).addAddress("Savings", ADDRESS)  # another one than the field shows
    window.settle()
    assert not window.session.asked("wallet.add_address")
    assert safety(window).property("problemMessage").startswith("This is not a correct address")


def test_a_no_in_the_wallets_window_changes_nothing(make_window: MakeWindow) -> None:
    window = opened(make_window)
    window.session.wallet.says_yes = False
    model = safety(window)
    model.setDailyLimit("900")
    window.until(
        lambda: model.property("problemMessage") == "This was not confirmed in the wallet's own window."
    )
    assert model.property("limit") == "500.00"
    window.session.wallet.says_yes = True
    model.setDailyLimit("900")
    window.until(lambda: model.property("limit") == "900.00")
    assert model.property("problemMessage") == ""
    model.setDelayHours(48)
    window.until(lambda: model.property("delayHours") == 48)
    model.setDelayHours(7)
    model.setDailyLimit("many")
    window.settle()
    assert model.property("delayHours") == 48 and model.property("problemMessage") != ""


def test_removing_and_auto_lock(make_window: MakeWindow) -> None:
    window = opened(make_window)
    model = safety(window)
    model.removeAddress("0x" + "5a" * 20)
    window.until(lambda: "Home" not in [row.name for row in model.book.rows])
    model.setAutoLock(5)
    window.until(lambda: window.session.settings.state.auto_lock_minutes == 5)
    assert window.startup.idle_minutes() == 5


def test_the_password_changes_and_the_key_is_written_for_its_owner_only(
    make_window: MakeWindow, tmp_path: Path
) -> None:
    window = opened(make_window)
    model = safety(window)
    model._folder = tmp_path
    window.session.wallet.state = replace(window.session.wallet.state, storage="password")
    model.reload()
    window.until(lambda: model.property("hasPassword"))
    window.settle()
    press(window, "beginPassword")
    for name, typed in (
        ("oldPassword", PASSWORD),
        ("otherPassword", "new and long"),
        ("otherAgain", "new and long"),
    ):
        window.focus(name)
        window.type(typed)
    press(window, "doPassword")
    window.until(lambda: bool(window.session.asked("wallet.change_password")))
    press(window, "beginKeystore")
    for name in ("otherPassword", "otherAgain"):
        window.focus(name)
        window.type("for the file")
    press(window, "doPassword")
    window.until(lambda: bool(list(tmp_path.glob("keystore-*.json"))))
    (file,) = tmp_path.glob("keystore-*.json")
    assert file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("fixed", [Fixed("ar", "dark", 200), Fixed("en", "light", 200)])
def test_nothing_is_wider_than_its_card_at_200_percent(make_window: MakeWindow, fixed: Fixed) -> None:
    window = opened(make_window, fixed)
    width = window.window.width()
    for name in ("dailyLimit", "bookAddress", "addAddress", "autoLock", "beginKeystore"):
        item = window.item(name)
        left = item.mapToScene(item.boundingRect().topLeft()).x()
        assert left >= 0 and left + item.width() <= width
