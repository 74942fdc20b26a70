# SPDX-License-Identifier: Apache-2.0
"""What is marked loses the white space at its ends and is widened to words, sentences or paragraphs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gems_protocol.modules.reading import Turn, from_text, from_turns
from gems_protocol.modules.reading.words import Words
from tests.protocol.modules.reading.test_sheet import find, part
from tests.protocol.test_graphemes import TEXTS

SHEET = from_text("He can\u2019t stop. 👍 Why?\nשלום עולם, e\u0301t\u00e9 你好")


@pytest.mark.parametrize(
    ("inside", "granularity", "expected"),
    [
        ("an", "word", "can\u2019t"),
        (" can\u2019t ", "symbol", "can\u2019t"),
        ("to", "sentence", "He can\u2019t stop."),
        ("Wh", "paragraph", "He can\u2019t stop. 👍 Why?"),
        ("לו", "word", "שלום"),
        ("t", "symbol", "t"),
        ("好", "word", "好"),
        ("op. 👍 W", "word", "stop. 👍 Why"),
    ],
)
def test_widened(inside: str, granularity: str, expected: str) -> None:
    place = Words(SHEET).widened(*find(SHEET, inside), granularity)
    assert place is not None and part(SHEET, *place) == expected


def test_nothing_left() -> None:
    words = Words(SHEET)
    assert words.widened(2, 3) is None and words.widened(4, 4) is None


def test_word_at_a_place() -> None:
    words = Words(SHEET)
    place = words.at(find(SHEET, "top")[0])
    assert place is not None and part(SHEET, *place) == "stop"
    assert words.at(2) == (0, 2), "at its end"


def test_the_lines_of_a_turn_are_one_paragraph() -> None:
    sheet = from_turns((Turn("A", "one\ntwo"), Turn("B", "three")), dialogue=False)
    place = Words(sheet).widened(*find(sheet, "tw"), "paragraph")
    assert place is not None and part(sheet, *place) == "one\ntwo"


@given(TEXTS, st.data(), st.sampled_from(["symbol", "word", "sentence", "paragraph"]))
def test_any_text(text: str, data: st.DataObject, granularity: str) -> None:
    sheet = from_text(text)
    start = data.draw(st.integers(0, sheet.length))
    end = data.draw(st.integers(start, sheet.length))
    place = Words(sheet).widened(start, end, granularity)
    assert place is None or 0 <= place[0] < place[1] <= sheet.length
