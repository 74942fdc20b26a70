# SPDX-License-Identifier: Apache-2.0
"""Texts from outside: bounded, without what hides or reorders, and the same when cleaned twice."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gems_protocol.modules.compare.texts import likeness
from gems_protocol.text import CUT, MAX_LENGTH, MAX_MARKS, cell, clean, line, signs
from tests.helpers.hostile import hostile_strings

ANY = st.text(st.characters(), max_size=80)
ODD = st.text(
    st.sampled_from(
        "ab \n\t\r\0\x1b\x85\u0301\u20dd\u202e\u2066\u200b\u200d\u2028\ufeff\ufffe\ue000\U000e0041é\u1100\u1161"
    ),
    max_size=80,
)
FORBIDDEN_CATEGORIES = {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"}
BIDI = {"RLE", "LRE", "RLO", "LRO", "PDF", "RLI", "LRI", "FSI", "PDI"}


def marks(text: str) -> int:
    """The longest run of combining marks."""
    longest = run = 0
    for char in text:
        run = run + 1 if unicodedata.category(char).startswith("M") else 0
        longest = max(longest, run)
    return longest


def sound(text: str) -> None:
    """Fail when `text` holds what must not be shown."""
    for char in text:
        assert char in "\n\t" or unicodedata.category(char) not in FORBIDDEN_CATEGORIES, repr(char)
        assert unicodedata.bidirectional(char) not in BIDI, repr(char)
        assert not 0xE0000 <= ord(char) <= 0xE0FFF
        assert char not in "\u200b\u2060\ufeff\u00ad\u200e\u200f"
    assert marks(text) <= MAX_MARKS


@settings(max_examples=500)
@given(ANY | ODD, st.integers(1, 60))
def test_what_may_never_come_through(text: str, most: int) -> None:
    cleaned, one = clean(text, max_length=most), line(text, most)
    sound(cleaned)
    sound(one)
    assert len(cleaned) <= most and len(one) <= most
    assert not set(one) & set("\n\t\r") and one == one.strip() and "  " not in one
    assert not set(clean(text, multiline=False)) & set("\n\t")


@settings(max_examples=500)
@given(ANY | ODD, st.integers(1, 60))
@example("a\u200b\u0301", 60)
@example("a" + "\u0301" * 90, 60)
@example("\u0301" * 30 + "\u0323", 60)
@example("\u1100\u200b\u1161", 60)
def test_twice_is_the_same_as_once(text: str, most: int) -> None:
    cleaned = clean(text, max_length=most)
    assert clean(cleaned, max_length=most) == cleaned
    assert line(line(text, most), most) == line(text, most)
    assert unicodedata.is_normalized("NFC", cleaned)


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("plain", "plain"),
        ("two\nlines\tand a tab", "two\nlines\tand a tab"),
        ("line\r\nend", "line\nend"),
        ("\u202egnp.exe", "\ufffdgnp.exe"),
        ("a\u200bb\ufeffc\u00add", "abcd"),
        ("\U000e0041\U000e0042x", "x"),
        ("bell\x07", "bell\ufffd"),
        ("\ud800", "\ufffd"),
        ("\ue000private", "private"),
        ("a\u2028b", "a\nb"),
        ("e\u0301", "é"),
        ("<b>&amp;", "<b>&amp;"),
        ("مرحبا", "مرحبا"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("", ""),
    ],
)
def test_examples(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


def test_length() -> None:
    assert clean("x" * MAX_LENGTH) == "x" * MAX_LENGTH
    assert clean("x" * (MAX_LENGTH + 1)) == "x" * (MAX_LENGTH - 1) + CUT
    assert line("x" * 300) == "x" * 199 + CUT
    assert len(clean("x" * 10_000_000)) == MAX_LENGTH
    # what is dropped is bounded too
    assert clean("\u200b" * 1_000_000 + "x", max_length=10) == ""


def test_marks() -> None:
    assert marks(clean("a" + "\u0316" * 300)) == MAX_MARKS
    assert marks(clean("\u0e01" + "\u0e31" * 300)) == MAX_MARKS  # of combining class 0, and yet they stack
    assert marks(clean(("a" + "\u0316" * 10) * 5)) == 10


def test_the_hostile_corpus() -> None:
    for text in hostile_strings():
        sound(clean(text))
        sound(line(text))


@pytest.mark.parametrize("marks", ["\u0301\u0323", "\u0315\u0300\u05ae\u0301", "\u0323"])
def test_a_row_of_marks_without_end_takes_no_time(marks: str) -> None:
    """Sorting marks takes their number squared: 80,000 of them took seven seconds."""
    text = "a" + marks * (80_000 // len(marks))
    begun = time.process_time()
    shown = clean(text, max_length=20_000)
    parts = signs(text, max_length=20_000)
    alike = likeness(text, text + "b")
    assert time.process_time() - begun < 2
    assert "".join(part for _, _, part in parts) == shown and len(shown) <= MAX_MARKS + 1
    assert alike < 1


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('=HYPERLINK("http://x")', '\'=HYPERLINK("http://x")'),
        ("+1+cmd|' /C calc'!A0", "'+1+cmd|' /C calc'!A0"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("-2", "-2"),
        ("+0.5", "+0.5"),
        ("[1]", "[1]"),
        ("words = 1", "words = 1"),
        ("", ""),
    ],
)
def test_words_in_a_table_are_no_formulas(text: str, shown: str) -> None:
    assert cell(text) == shown
