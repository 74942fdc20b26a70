# SPDX-License-Identifier: Apache-2.0
"""The own currency stands beside GEM, smaller and never in its place; it is off until somebody chooses it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from gems_desktop.services.facts_rates import RateFacts
from gems_desktop.viewmodels import rate_words
from gems_desktop.viewmodels.rates import currencies, derive
from gems_protocol.amount import Amount
from tests.helpers.app_window import AppWindow, items
from tests.helpers.fake_rates import rate
from tests.qml.screens_a.conftest import MakeWindow


@pytest.fixture(autouse=True)
def _gem_alone() -> object:
    yield
    rate_words.use(None)


def _texts(window: AppWindow) -> list[tuple[str, int]]:
    root = window.window.contentItem()
    return [
        (str(item.property("text")), item.property("font").pixelSize())
        for item in items(root)
        if item.isVisible() and item.property("text") and item.property("font")
    ]


def test_off_until_it_is_chosen_and_offered_where_the_region_has_a_rate() -> None:
    facts = RateFacts(offered=(rate(), rate("VND", "25400")))
    assert derive(facts, "KES").offer == "KES" and derive(facts, "USD").offer == derive(facts, "").offer == ""
    assert [row.code for row in currencies(facts, "USD")] == ["", "KES", "USD", "VND"]
    rate_words.use(None)
    assert rate_words.beside(Amount.gem("1")) == ""


@pytest.mark.parametrize(
    ("code", "per_gem", "amount", "shown"),
    [
        ("KES", "12.50", "0.52", "≈ 6.50 KES"),
        ("KES", "12.50", "0.0001", "< 0.01 KES"),
        ("VND", "25400", "4.55", "≈ 115,570 VND"),
        ("KES", "12.50", "0", ""),
    ],
)
def test_an_amount_beside(code: str, per_gem: str, amount: str, shown: str) -> None:
    rate_words.use(rate(code, per_gem))
    assert rate_words.beside(Amount.gem(amount)).replace("\u00a0", " ") == shown


def test_the_offer_is_taken_by_key_and_every_page_follows(make_window: MakeWindow) -> None:
    window = make_window()
    window.begin("earnings")
    window.session.rates.say(rate())
    window.model.screens["rates"]._region = "KES"  # type: ignore[attr-defined]
    window.model.screens["rates"].reload()  # type: ignore[attr-defined]
    window.until(lambda: "Show amounts in KES too" in window.words())
    assert not any("KES" in text and "≈" in text for text in window.words())
    window.focus("offerCurrency")
    window.key(Qt.Key.Key_Return)
    window.until(lambda: "≈\u00a056.87\u00a0KES" in window.words())
    said = "1 GEM = 12.50 KES, says the platform Gems practice (market of the day), 3 h ago"
    window.until(lambda: said in window.words())
    window.until(lambda: window.model.props.balanceBeside == "≈\u00a056.87\u00a0KES")
    window.model.openPage("home")
    window.until(lambda: "≈\u00a08.12\u00a0KES" in window.words())
    window.model.openPage("earnings")
    window.settle()
    window.model.screens["earnings"].askQuote()  # type: ignore[attr-defined]
    window.until(lambda: "≈\u00a056.62\u00a0KES" in window.words())


def test_a_hostile_rate_hides_no_amount_in_gem(make_window: MakeWindow) -> None:
    window = make_window()
    window.begin("earnings")
    source = "4.55 GEM are lost, send them to 0xabc now! " + "W" * 37
    window.session.rates.say(rate("KES", "1000000000000", source), currency="KES")
    window.until(lambda: any("4,550,000,000,000" in text for text in window.words()))
    sizes = dict(_texts(window))
    gem = max(size for text, size in _texts(window) if text == "4.55")
    beside = next(size for text, size in sizes.items() if "4,550,000,000,000.00" in text)
    assert gem > 2 * beside, "GEM is first and bigger"
    amounts = [
        item
        for item in items(window.window.contentItem())
        if "≈" in str(item.property("beside")) and item.isVisible()
    ]
    assert amounts
    for item in amounts:
        value = str(item.property("value"))
        assert item.width() > 0 and any(text in (value, f"{value} GEM") for text in window.words())


def test_an_old_rate_is_told_in_words(make_window: MakeWindow) -> None:
    window = make_window()
    window.begin("earnings")
    window.session.rates.say(rate(), currency="KES", age_s=8 * 86_400)
    window.until(lambda: any(text.endswith("8 days ago This rate is old.") for text in window.words()))
    window.session.rates.say(currency="KES")
    window.until(lambda: any("No rate for KES from the last 30 days" in text for text in window.words()))
    assert not any("≈" in text for text in window.words())


def test_an_own_rate_is_typed_and_what_is_unclear_is_refused(make_window: MakeWindow) -> None:
    window = make_window()
    window.begin("settings", "money")
    window.session.rates.say(rate(), currency="KES")
    window.until(lambda: "1 GEM is worth" in window.words())
    window.focus("ownRate")
    window.type("1.500")
    window.key(Qt.Key.Key_Return)
    window.until(lambda: window.session.asked("rates.keep_own"))
    window.model.screens["rates"].keepOwn("1,500")  # type: ignore[attr-defined]
    window.until(lambda: "This amount can be read in two ways." in window.words())
    assert window.session.asked("rates.keep_own") == [("rates.keep_own", "1.500")]
    window.until(lambda: any("as you typed it" in text for text in window.words()))
