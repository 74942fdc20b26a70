# SPDX-License-Identifier: Apache-2.0
"""A plain text and a dialogue: what is marked is counted in the task's text, though another text is shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gems_protocol.graphemes import units
from gems_protocol.modules import limits, parse
from gems_protocol.modules.reading import Sheet, Turn, from_text, from_turns, place_of, turns_of, value_of
from gems_protocol.text import clean
from tests.protocol.test_graphemes import TEXTS


def part(sheet: Sheet, start: int, end: int) -> str:
    """What stands at a place of the shown text."""
    return sheet.text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")


def find(sheet: Sheet, words: str) -> tuple[int, int]:
    """Where words are shown."""
    at = units(sheet.text[: sheet.text.index(words)])
    return at, at + units(words)


def test_code_points_of_the_text_as_it_came() -> None:
    raw = "👍 cafe\u0301 \u200bParis\nnext"
    sheet = from_text(raw)
    assert sheet.text == "👍 caf\u00e9 Paris\nnext\n"
    value = value_of(sheet, *find(sheet, "Paris"))
    assert value == {"start": raw.index("Paris"), "end": raw.index("Paris") + 5, "text": "Paris"}
    coffee = value_of(sheet, *find(sheet, "caf\u00e9"))
    assert coffee == {"start": 2, "end": 7, "text": "cafe\u0301"}
    assert place_of(sheet, value) == find(sheet, "Paris")
    assert [block.start for block in sheet.blocks] == [0, 14]


def test_widened_to_whole_signs() -> None:
    sheet = from_text("a👨\u200d👩\u200d👧b")
    assert value_of(sheet, 2, 4) == {"start": 1, "end": 6, "text": "👨\u200d👩\u200d👧"}
    assert place_of(sheet, {"start": 2, "end": 3}) == (1, 9)


def test_nothing_to_mark() -> None:
    sheet = from_text("abc")
    assert value_of(sheet, 2, 2) is None and place_of(sheet, {"start": 90, "end": 95}) is None
    assert place_of(sheet, {"start": "0", "end": None}) is None
    assert from_text("").length == 0 and value_of(from_text(""), 0, 1) is None


def test_a_long_text_is_cut_and_the_cut_is_no_place() -> None:
    sheet = from_text("x" * (limits.TEXT_LENGTH + 50))
    assert sheet.text.endswith("…\n")
    value = value_of(sheet, limits.TEXT_LENGTH - 3, sheet.length)
    assert value is not None and value["text"] == "xx"


@given(TEXTS, st.data())
def test_there_and_back(text: str, data: st.DataObject) -> None:
    sheet = from_text(text)
    assert sheet.text.removesuffix("\n") == clean(text, max_length=limits.TEXT_LENGTH)
    start = data.draw(st.integers(0, sheet.length))
    end = data.draw(st.integers(start, sheet.length))
    value = value_of(sheet, start, end)
    if value is None:
        return
    assert value["text"] == text[value["start"] : value["end"]]
    place = place_of(sheet, value)
    assert place is not None and place[0] <= start and end <= place[1]
    assert value_of(sheet, *place) == value


TALK = (Turn("Ann", "Hello 👍 you"), Turn("Bob", "Fine,\nthanks"), Turn("Ann", ""))


def test_paragraphs_count_in_utf16() -> None:
    sheet = from_turns(TALK, dialogue=True)
    value = value_of(sheet, *find(sheet, "you"))
    assert value == {"start": "0", "end": "0", "startOffset": 9, "endOffset": 12, "text": "you"}
    first, last = find(sheet, "you")[0], find(sheet, "thanks")[1]
    across = value_of(sheet, first, last)
    assert across == {
        "start": "0",
        "end": "1",
        "startOffset": 9,
        "endOffset": 12,
        "text": "you\nFine,\nthanks",
    }
    assert across is not None and place_of(sheet, across) == (first, last)
    assert [(b.who, b.voice, b.group) for b in sheet.blocks] == [
        ("Ann", 0, 0),
        ("Bob", 1, 1),
        ("Bob", 1, 1),
        ("Ann", 0, 2),
    ]
    assert place_of(sheet, {"start": "7", "end": "8", "startOffset": 0, "endOffset": 1}) is None


@pytest.mark.parametrize(
    "value", [None, 7, "words", [1, None, {}, {"text": 3, "author": 4}], [{"start": "x"}]]
)
def test_turns_of_anything(value: object) -> None:
    node = parse(
        '<View><Paragraphs name="p" value="$p"/><Choices name="c" toName="p"><Choice value="a"/></Choices></View>'
    ).shown("p")
    assert node is not None
    from_turns(turns_of(node, value), dialogue=False)


def test_turns_with_times() -> None:
    node = parse(
        '<View><Paragraphs name="p" value="$p" nameKey="role" textKey="content"/>'
        '<Choices name="c" toName="p"><Choice value="a"/></Choices></View>'
    ).shown("p")
    assert node is not None
    found = turns_of(
        node, [{"role": "A", "content": "x", "start": 1, "duration": 2}, {"content": "y", "start": -1}]
    )
    assert found == (Turn("A", "x", 1.0, 3.0), Turn("", "y", None, None))
