# SPDX-License-Identifier: Apache-2.0
"""Claiming by keyboard: the quote to the last unit first, Cancel costs nothing, and faults are told."""

from PySide6.QtCore import Qt

from gems_desktop.services.errors import ChainUnreachable
from tests.helpers.app_window import AppWindow
from tests.qml.screens_a.conftest import MakeWindow


def ask(window: AppWindow) -> None:
    window.begin("earnings")
    window.focus("claim")
    window.key(Qt.Key.Key_Space)
    window.until(lambda: "Sign and claim" in window.words())
    window.settle()


def test_the_quote_is_shown_before_anything_is_signed(make_window: MakeWindow) -> None:
    window = make_window()
    ask(window)
    words = window.words()
    assert {"4.55 GEM", "0.02 GEM", "4.53 GEM"} <= set(words)
    assert "0x de70 9f21 0230 6220 9210 6031 4715 6290 80e2 fb77" in words
    assert window.session.asked("earnings.claim") == []


def test_cancel_is_where_the_keyboard_is_and_costs_nothing(make_window: MakeWindow) -> None:
    window = make_window()
    ask(window)
    window.key(Qt.Key.Key_Space)
    window.until(lambda: not window.model.screens["earnings"].property("quoteOpen"))
    assert window.session.asked("earnings.claim") == []


def test_the_mark_of_the_keyboard_stays_through_the_question_and_back(make_window: MakeWindow) -> None:
    window = make_window()
    ask(window)
    for _ in range(2):
        assert window.item("dialogReject").property("visualFocus")
        window.key(Qt.Key.Key_Escape)
        window.until(lambda: not window.model.screens["earnings"].property("quoteOpen"))
        window.until(lambda: window.item("claim").property("visualFocus"))
        window.key(Qt.Key.Key_Return)
        window.until(lambda: "Sign and claim" in window.words())
        window.settle()


def test_signing_hands_over_exactly_the_quote(make_window: MakeWindow) -> None:
    window = make_window()
    ask(window)
    window.key(Qt.Key.Key_Tab)
    window.key(Qt.Key.Key_Space)
    window.until(lambda: window.session.asked("earnings.claim"))
    assert window.session.asked("earnings.claim") == [("earnings.claim", window.session.earnings.quote)]
    window.until(lambda: "Handed to the relayer" in window.words())
    assert window.model.screens["earnings"].property("canClaim") is False


def test_a_fault_while_quoting_is_told(make_window: MakeWindow) -> None:
    window = make_window()
    window.begin("earnings")
    window.session.fail("earnings.quote_claim", ChainUnreachable())
    window.click("claim")
    window.until(lambda: "Your money is on the chain; nothing was sent." in window.words())


def test_a_bond_target_that_is_no_number_is_refused(make_window: MakeWindow) -> None:
    window = make_window()
    window.begin("earnings")
    earnings = window.model.screens["earnings"]
    earnings.setBondTarget("ten")  # type: ignore[attr-defined]
    window.until(lambda: "This is not an amount of GEM." in window.words())
    earnings.setBondTarget("2.5")  # type: ignore[attr-defined]
    window.until(lambda: earnings.property("bondTarget") == "2.50")


def test_the_export_says_where_it_went(make_window: MakeWindow) -> None:
    window = make_window()
    window.begin("earnings")
    window.item("exportCsv").clicked.emit()  # type: ignore[attr-defined]
    window.until(lambda: "Lines written to earnings.csv: 7" in window.words())


def test_without_anything_to_claim_the_keyboard_is_on_the_page_all_the_same(make_window: MakeWindow) -> None:
    window = make_window()
    ask(window)
    window.key(Qt.Key.Key_Tab)
    window.key(Qt.Key.Key_Space)
    window.until(lambda: window.session.asked("earnings.claim"))
    window.until(lambda: not window.model.screens["earnings"].property("canClaim"))
    window.key(Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    window.settle()
    window.key(Qt.Key.Key_6, Qt.KeyboardModifier.ControlModifier)
    window.settle()
    assert window.item("receive").property("visualFocus")
