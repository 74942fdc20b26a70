# SPDX-License-Identifier: Apache-2.0
"""Markup is read as a browser counts it, shown as plain blocks, and never refuses, runs or hangs on anything."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gems_protocol.graphemes import units
from gems_protocol.modules import limits
from gems_protocol.modules.reading import from_hypertext, place_of, value_of
from gems_protocol.modules.reading.markup import DEPTH, tree
from tests.protocol.modules.reading.test_sheet import find, part

PAGE = """<html><head><title>No</title><meta charset="x"></head><body>
<div class="a>b"><h1>Title</h1>
 <p>First   <b>bold</b> &amp; 👍 text<br>next<p>Second<!-- no -->ly<ul><li>one<li>two</ul><ol><li>uno</ol>
<table><tr><th>A<td>B</tr><tr><td>c</table><pre>x
 y</pre><script>alert("<p>")</script>tail<img src="http://x/y.png"><iframe src=x>in</iframe></div></body></html>"""


def shown(markup: str) -> list[tuple[str, str, str]]:
    """Kind, mark and words of each block."""
    sheet = from_hypertext(markup, picture="[picture]")
    return [(block.kind, block.mark, part(sheet, block.start, block.end)) for block in sheet.blocks]


def test_blocks() -> None:
    assert shown(PAGE) == [
        ("h1", "", "Title"),
        ("text", "", "First bold & 👍 text"),
        ("text", "", "next"),
        ("text", "", "Secondly"),
        ("text", "•", "one"),
        ("text", "•", "two"),
        ("text", "1.", "uno"),
        ("text", "", "A   │   B"),
        ("text", "", "c"),
        ("pre", "", "x"),
        ("pre", "", " y"),
        ("text", "", "tail[picture]"),
    ]


def test_places_as_label_studio_writes_them() -> None:
    sheet = from_hypertext(PAGE)
    assert value_of(sheet, *find(sheet, "text")) == {
        "start": "/div[1]/p[1]/text()[2]",
        "end": "/div[1]/p[1]/text()[2]",
        "startOffset": 6,
        "endOffset": 10,
        "globalOffsets": {"start": 24, "end": 28},
        "text": "text",
    }
    cell = value_of(sheet, *find(sheet, "B"))
    assert cell is not None and cell["start"] == "/div[1]/table[1]/tbody[1]/tr[1]/td[1]/text()[1]"
    tail = value_of(sheet, *find(sheet, "tail"))
    assert tail is not None and tail["start"] == "/div[1]/text()[3]"


def test_found_by_path_or_else_by_the_whole() -> None:
    sheet = from_hypertext(PAGE)
    value = value_of(sheet, *find(sheet, "Secondly"))
    assert value is not None and place_of(sheet, value) == find(sheet, "Secondly")
    assert place_of(sheet, {**value, "start": "/gone[1]/text()[1]"}) == find(sheet, "Secondly")
    assert place_of(sheet, {"start": "/gone[1]", "end": "/gone[1]", "startOffset": 0, "endOffset": 4}) is None


def test_a_separator_is_no_text() -> None:
    sheet = from_hypertext("<table><tr><td>a<td>b</table>")
    at = find(sheet, "│")
    assert value_of(sheet, *at) is None


@pytest.mark.parametrize(
    "markup",
    [
        "",
        "<",
        "</",
        "<!",
        "<!--",
        "<a",
        "<a href='",
        "&#99999999999999999999;",
        "<p></li></p></p>",
        "<script>x",
        "<head>words",
    ],
)
def test_garbage(markup: str) -> None:
    sheet = from_hypertext(markup)
    assert "script" not in sheet.text


def test_without_an_end_of_the_head() -> None:
    assert shown("<head><title>t</title><body><p>words") == [("text", "", "words")]


def test_depth_is_bounded() -> None:
    sheet = from_hypertext("<div>" * 2000 + "deep")
    assert part(sheet, 0, sheet.length) == "deep"
    assert sheet.sources[0].path.count("/") <= DEPTH + 1


@pytest.mark.parametrize(
    "piece", ["<a ", "<!--", "<a '", "<script", "<", "&", "<p>", "<td>", "</p", "<li>", "<b>x", "&#x"]
)
def test_no_markup_is_slow(piece: str) -> None:
    started = time.perf_counter()
    from_hypertext(piece * (limits.TEXT_LENGTH // len(piece)))
    assert time.perf_counter() - started < 2


_PIECES = """<p> </p> <b> </b> <br> <table> <tr> <td> </td> </table> <li> <ul> </ul> <pre> </pre> <script> </script>
<img> <!-- --> &amp; &#x1F44D; <a href='x> <style> </style> <div> </div> 👍 \u0301 e < >"""
TAGS = st.sampled_from([*_PIECES.split(), " ", "\n"])


@given(st.lists(st.one_of(TAGS, st.text(max_size=5)), max_size=40).map("".join), st.data())
def test_anything(markup: str, data: st.DataObject) -> None:
    sheet = from_hypertext(markup)
    assert units(sheet.text) >= sheet.length
    assert "\0" not in sheet.text
    start = data.draw(st.integers(0, sheet.length))
    end = data.draw(st.integers(start, sheet.length))
    value = value_of(sheet, start, end)
    if value is not None:
        place = place_of(sheet, value)
        assert place is not None and value_of(sheet, *place) == value


@given(st.text(max_size=200))
def test_tree_of_anything(markup: str) -> None:
    assert tree(markup).tag == "body"
