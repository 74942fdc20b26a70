# SPDX-License-Identifier: Apache-2.0
"""Signs are never cut: emoji of several characters, flags, marks on letters, Hangul; and cleaning goes by sign."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gems_protocol.graphemes import graphemes, units
from gems_protocol.text import clean, signs

PARTS = st.sampled_from(
    "ae\u0301\u0308\u200d\u200b👨👩🇩🇪🇫\u1100\u1161\u11a8가\n\r\t\u202e\u0bbe\u0b95\ufe0f❤🏽\ue000"
)
TEXTS = st.lists(st.one_of(st.characters(), PARTS), max_size=60).map("".join)


@pytest.mark.parametrize(
    "sign",
    [
        "👨\u200d👩\u200d👧",
        "🇩🇪",
        "e\u0301\u0308",
        "👍🏽",
        "❤\ufe0f",
        "\u1100\u1161\u11a8",
        "가\u11a8",
        "\r\n",
        "न\u094d",
        "🏴",
    ],
)
def test_one_sign(sign: str) -> None:
    assert list(graphemes(f"a{sign}b")) == [(0, 1), (1, 1 + len(sign)), (1 + len(sign), 2 + len(sign))]


def test_flags_stand_side_by_side() -> None:
    assert [end - start for start, end in graphemes("🇩🇪🇫🇷x🇪")] == [2, 2, 1, 1]


@given(TEXTS)
def test_signs_cover_all(text: str) -> None:
    assert "".join(text[start:end] for start, end in graphemes(text)) == text
    assert units(text) == len(text.encode("utf-16-le", "surrogatepass")) // 2


@given(TEXTS, st.integers(1, 40))
def test_cleaned_by_sign(text: str, most: int) -> None:
    found = signs(text, max_length=most)
    assert "".join(shown for _, _, shown in found) == clean(text, max_length=most)
    ends = [end for _, end, _ in found]
    assert ends == sorted(ends) and all(start <= end <= len(text) for start, end, _ in found)
