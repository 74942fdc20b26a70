# SPDX-License-Identifier: Apache-2.0
"""Numbers and dates as each language writes them, and back from what people type."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale, Qt

from gems_desktop.languages import FROM_THE_RIGHT, LANGUAGES, PSEUDO
from gems_desktop.services.settings import ALLOWED
from gems_desktop.translating import CLOSES, OPENS, pseudo
from gems_desktop.viewmodels import numbers, words
from gems_protocol.amount import Amount, MalformedAmount

MOMENT = 1_795_000_000


@pytest.fixture(autouse=True)
def english_after() -> Iterator[None]:
    yield
    numbers.speak("en")


@pytest.mark.parametrize(
    ("language", "small", "large"),
    [
        ("en", "0.65", "1,234,567.5"),
        ("es", "0,65", "1.234.567,5"),
        ("pt", "0,65", "1.234.567,5"),
        ("fr", "0,65", "1\u00a0234\u00a0567,5"),
        ("hi", "0.65", "12,34,567.5"),
        ("bn", "0.65", "12,34,567.5"),
        ("id", "0,65", "1.234.567,5"),
        ("vi", "0,65", "1.234.567,5"),
        ("sw", "0.65", "1,234,567.5"),
        ("fil", "0.65", "1,234,567.5"),
        ("ar", "0.65", "1,234,567.5"),
        ("ur", "0.65", "1,234,567.5"),
    ],
)
def test_each_language_has_its_marks(language: str, small: str, large: str) -> None:
    numbers.speak(language)
    assert words.gem(Amount.gem("0.65")) == small
    assert words.number("1234567.5") == large
    assert words.number("-1234567.5") == "-" + large
    assert words.number("9999") == "9999"
    assert words.percent(895_000) == small[:1].replace("0", "89") + small[1] + "5\u00a0%"


@pytest.mark.parametrize("language", LANGUAGES)
def test_digits_are_those_on_the_keys(language: str) -> None:
    numbers.speak(language)
    for said in (
        words.clock_time(MOMENT),
        words.day(MOMENT),
        words.day_of("2026-11-22"),
        words.gem(Amount(1)),
    ):
        digits = [sign for sign in said if sign.isdecimal()]
        assert digits
        assert all(sign.isascii() for sign in digits), said
    assert "2026" in words.clock_time(MOMENT)


def test_months_are_words() -> None:
    numbers.speak("en")
    assert words.day_of("2026-11-22") == "22 Nov"
    numbers.speak("vi")
    assert words.day_of("2026-11-22") == "22 thg 11"
    numbers.speak("ur")
    assert words.day_of("2026-11-22") == "22 نومبر"


def test_a_date_has_the_comma_of_its_letters() -> None:
    for language, comma in (("en", ","), ("es", ","), ("ar", "،"), ("ur", "،")):
        numbers.speak(language)
        assert f"{comma} " in words.clock_time(MOMENT)


def test_what_is_no_number_stays() -> None:
    numbers.speak("es")
    for text in ("", "abc", "1.x", "0x12", "1.2.3", "–"):
        assert numbers.number(text) == text


@given(units=st.integers(0, 10**30), language=st.sampled_from(LANGUAGES))
def test_an_amount_that_is_shown_can_be_typed(units: int, language: str) -> None:
    numbers.speak(language)
    try:
        assert words.typed_gem(words.exact(Amount(units))) == Amount(units)
    finally:
        numbers.speak("en")


@pytest.mark.parametrize(
    ("language", "typed", "amount"),
    [
        ("en", "1.5", "1.5"),
        ("en", "1,5", "1.5"),
        ("es", "1,5", "1.5"),
        ("es", "1.5", "1.5"),
        ("es", "1,500", "1.5"),
        ("es", "12.345,67", "12345.67"),
        ("en", "12,345.67", "12345.67"),
        ("fr", "12 345,67", "12345.67"),
        ("ar", "١٫٥", "1.5"),
        ("bn", "১২.৫", "12.5"),
        ("hi", "१२", "12"),
        ("en", "0,125", "0.125"),
        ("en", " 7 ", "7"),
        ("en", "12 345.5", "12345.5"),
    ],
)
def test_numbers_are_typed_in_any_digits(language: str, typed: str, amount: str) -> None:
    numbers.speak(language)
    assert words.typed_gem(typed) == Amount.gem(amount)


@pytest.mark.parametrize(
    ("language", "typed"),
    [("es", "1.500"), ("en", "1,500"), ("en", "1.5.2"), ("es", "1,2,3"), ("en", "1,2,3."), ("en", "1 5")],
)
def test_money_is_never_guessed(language: str, typed: str) -> None:
    numbers.speak(language)
    with pytest.raises(MalformedAmount):
        words.typed_gem(typed)


@pytest.mark.parametrize("typed", ["", "abc", "-1", "1e3", "5²", "1/2", "½"])
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(MalformedAmount):
        words.typed_gem(typed)


def test_the_options_know_every_language() -> None:
    assert ALLOWED["language"] == ("", *LANGUAGES)


def test_the_first_language_is_the_systems(monkeypatch: pytest.MonkeyPatch) -> None:
    class System:
        def __init__(self, *wanted: str) -> None:
            self.wanted = list(wanted)

        def uiLanguages(self) -> list[str]:
            return self.wanted

    for wanted, spoken in (
        (("de-DE", "pt-BR"), "pt"),
        (("tl",), "fil"),
        (("C",), "en"),
        ((), "en"),
        (("ur_PK", "en"), "ur"),
    ):
        monkeypatch.setattr(QLocale, "system", staticmethod(lambda wanted=wanted: System(*wanted)))
        assert numbers.of_system() == spoken


def test_direction() -> None:
    assert [each for each in (*LANGUAGES, PSEUDO) if numbers.right_to_left(each)] == ["ar", "ur"]
    right = Qt.LayoutDirection.RightToLeft
    assert {each for each in LANGUAGES if QLocale(each).textDirection() == right} == FROM_THE_RIGHT


def test_the_pseudo_language_keeps_places() -> None:
    said = pseudo("{n} of %1, %n task(s)")
    assert said.startswith(OPENS)
    assert said.endswith(CLOSES)
    assert all(place in said for place in ("{n}", "%1", "%n"))
    assert len(said) > len("{n} of %1, %n task(s)") * 1.3
