# SPDX-License-Identifier: Apache-2.0
"""Options from attributes and from data; words of HTML in one pass."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gems_protocol.modules import limits
from gems_protocol.modules.options import colour, items_from, option_of, options_from, word
from gems_protocol.modules.plain import from_html

HASH = "ab" * 32


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("#abc", "#abc"),
        (" #A0b1c2 ", "#A0b1c2"),
        ("red", "red"),
        ("rgb(1, 2,300)", "#0102ff"),
        ("rgba(1,2,3,0.5)", "#010203"),
        ("url(x)", ""),
        ("#abcd", ""),
        ("expression(alert)", ""),
        ("rgb(" + " " * 10_000 + "1,2,3)", ""),
        ("", ""),
    ],
)
def test_colours(given: str, read: str) -> None:
    assert colour(given) == read


def test_an_option_of_attributes() -> None:
    option = option_of(
        {"value": "Cat", "alias": "c", "hotkey": " Q ", "color": "#abc", "maxUsages": "3", "selected": "True"}
    )
    assert (option.stored, option.key, option.colour, option.most, option.selected) == (
        "c",
        "q",
        "#abc",
        3,
        True,
    )
    assert option_of({"name": "b", "title": "Best", "default": "true"}).selected
    assert option_of({"value": "x", "maxUsages": "99999"}).most == 0
    drawn = option_of({"value": "x", "html": f"<h1>Look</h1><img src='sha256:{HASH}'>"})
    assert (drawn.shown, drawn.picture, drawn.stored) == ("Look", HASH, "x")


def test_options_of_a_task() -> None:
    found = options_from(
        ["a", 7, {"value": "b", "HOTKEY": "k", "selected": True, "children": ["c", {"value": "d"}]}, "a"]
    )
    assert [option.stored for option in found] == ["a", "7", "b"]
    assert found[2].key == "k" and found[2].selected
    assert [path for path, _ in found[2].walk()] == [("b",), ("b", "c"), ("b", "d")]


def nested(depth: int) -> list[Any]:
    """Options with that many levels."""
    found: list[Any] = ["end"]
    for _ in range(depth - 1):
        found = [{"value": "in", "children": found}]
    return found


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (None, "are not a list"),
        ("ab", "are not a list"),
        ({"value": "a"}, "are not a list"),
        ([None], "neither a text nor an object"),
        ([True], "neither a text nor an object"),
        ([1.5], "neither a text nor an object"),
        ([["a"]], "neither a text nor an object"),
        ([10**5000], "neither a text nor an object"),
        ([{}], "has no value"),
        ([{"value": 10**5000}], "has no value"),
        ([{"value": " \u200b"}], "has no value"),
        ([""], "has no value"),
        ([{"value": "a", "children": {"b": 1}}], "are not a list"),
        (nested(limits.OPTION_DEPTH + 1), "nested more than"),
        (nested(900), "nested more than"),
        (["x"] * (limits.DATA_OPTIONS + 1), "more than 1000 options"),
        ([{"value": str(at), "children": ["x"] * 100} for at in range(10)], "more than 1000 options"),
    ],
)
def test_options_that_are_refused(data: Any, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        options_from(data)


def test_the_bounds_of_options() -> None:
    assert len(options_from(list(range(limits.DATA_OPTIONS)))) == limits.DATA_OPTIONS
    assert options_from(nested(limits.OPTION_DEPTH))
    assert options_from(["\ud800"])[0].stored == "\ufffd"  # half a character is shown as one that is none


def test_items() -> None:
    first, second = items_from(
        [{"id": 1, "title": "T", "body": "B"}, {"id": "b", "html": f"<p>words</p><img src=sha256:{HASH}>"}]
    )
    assert (first.stored, first.shown, first.hint) == ("1", "T", "B")
    assert (second.hint, second.picture) == ("words", HASH)


NO_ITEMS: list[Any] = [
    *(None, [], {}, "x", [1], [{}], [{"id": None}], [{"id": True}], [{"id": ""}], [{"id": 10**5000}]),
    [{"id": 1}, {"id": "1"}],
    [{"id": at} for at in range(limits.LIST_ITEMS + 1)],
    [{"id": at, "html": "<" * 20_000} for at in range(11)],
]


@pytest.mark.parametrize("data", NO_ITEMS, ids=range(len(NO_ITEMS)))
def test_items_that_are_refused(data: Any) -> None:
    with pytest.raises(ValueError, match="list"):
        items_from(data)


def test_much_markup_takes_no_time() -> None:
    began = time.process_time()
    options_from([{"value": str(at), "html": "<" * 20_000} for at in range(limits.DATA_OPTIONS)])
    items_from([{"id": at, "html": "<" * 999} for at in range(limits.LIST_ITEMS)])
    assert time.process_time() - began < 3


def test_words() -> None:
    assert (word("a"), word(5), word(-5)) == ("a", "5", "-5")
    strange: list[Any] = [True, None, 1.5, 10**15, [], {}]
    assert [word(value) for value in strange] == [None] * 6


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("a<b>c</b>", "a c"),
        ("1 < 2 &amp; &lt;i&gt;", "1 < 2 & <i>"),
        ("<script>x<y</script>z<style>.a{}</style>", "z"),
        ("a<!-- <b> > -->c", "a c"),
        ("a<b", "a"),
        ("a<script>b", "a"),
        ("<SCRIPT>x</ScRiPt >y", "y"),
        ("", ""),
        ("İ<script>İ</script>x", "İ x"),  # letters that grow when they are made small
    ],
)
def test_words_of_html(html: str, words: str) -> None:
    assert from_html(html)[0] == words


@pytest.mark.parametrize(
    ("html", "picture"),
    [
        (f"<img src='sha256:{HASH}'>", HASH),
        (f'<IMG alt=x SRC = "SHA256:{HASH.upper()}" >', HASH),
        (f"<img src='sha256:{HASH}0'>", ""),
        ("<img src='https://127.0.0.1/x.png'>", ""),
        (f"<a src='sha256:{HASH}'>", ""),
        (f"<img src='x'><img src='sha256:{HASH}'>", HASH),
    ],
)
def test_pictures_of_html(html: str, picture: str) -> None:
    assert from_html(html)[1] == picture


PIECES = (
    "<",
    "<!--",
    "<a ",
    "<a b='",
    "&",
    "</",
    "<script>",
    "<!",
    "<img src",
    "<img src = '",
    "&#",
    " ",
    "=",
)


@pytest.mark.parametrize("piece", PIECES)
def test_hostile_html_takes_no_time(piece: str) -> None:
    began = time.process_time()
    from_html(piece * (limits.TEXT_LENGTH // len(piece)))
    assert time.process_time() - began < 0.5


@given(st.lists(st.sampled_from([*PIECES, "x", ">", "-->", "</script>", '"']), max_size=40).map("".join))
def test_any_html(html: str) -> None:
    words, picture = from_html(html)
    assert len(words) <= len(html) and len(picture) in (0, 64)


def test_a_sign_alone_goes_with_its_word() -> None:
    assert option_of({"value": "Positive", "html": "<span>&#128512;</span>"}).shown == "\U0001f600 Positive"
    assert option_of({"value": "a", "html": "<b>Good</b>"}).shown == "Good"
