# SPDX-License-Identifier: Apache-2.0
"""Marks at the place of a fault: what is one is read back as it was, everything else is refused in words."""

from __future__ import annotations

import contextlib
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gems_protocol.errors import MalformedMessage
from gems_protocol.modules.mark import parse_mark

GOOD: list[dict[str, Any]] = [
    {"kind": "point", "on": "photo", "x": 12.5, "y": 100},
    {"kind": "point", "on": "photo", "page": 3, "x": 0, "y": 0.0001},
    {"kind": "point", "on": "film", "frame": 1, "x": 5, "y": 5},
    {"kind": "span", "on": "text", "start": 0, "end": 4},
    {"kind": "span", "on": "talk", "start": 2, "end": 2, "paragraph": 7},
    {"kind": "time", "on": "sound", "start": 0.25, "end": 1},
    {"kind": "time", "on": "curve", "start": -5, "end": 1.7e12},
    {"kind": "region", "on": "photo", "id": "b1"},
]
POINT = GOOD[0]


@pytest.mark.parametrize("mark", GOOD)
def test_a_mark_is_read_back(mark: dict[str, Any]) -> None:
    assert parse_mark(mark) == mark


@pytest.mark.parametrize(
    "wrong",
    [
        None,
        [],
        "x",
        {},
        {**POINT, "kind": "circle"},
        {**POINT, "kind": ["point"]},
        {**POINT, "more": 1},
        {**POINT, "x": 101},
        {**POINT, "x": -1},
        {**POINT, "x": math.nan},
        {**POINT, "x": 10**400},
        {**POINT, "x": math.inf},
        {**POINT, "x": True},
        {**POINT, "x": "12"},
        {**POINT, "page": -1},
        {**POINT, "page": 0.5},
        {**POINT, "frame": 0},
        {**POINT, "on": ""},
        {**POINT, "on": "a\nb"},
        {**POINT, "on": "x" * 1000},
        {"kind": "point", "on": "photo", "x": 1},
        {"kind": "span", "on": "text", "start": 4, "end": 3},
        {"kind": "span", "on": "text", "start": 1.5, "end": 3},
        {"kind": "time", "on": "sound", "start": 2, "end": 1},
        {"kind": "time", "on": "sound", "start": "0", "end": 1},
        {"kind": "region", "on": "photo", "id": 5},
    ],
)
def test_what_is_no_mark_is_refused(wrong: Any) -> None:
    with pytest.raises(MalformedMessage):
        parse_mark(wrong)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=8,
)


@given(
    st.fixed_dictionaries(
        {}, optional=dict.fromkeys(("kind", "on", "x", "y", "start", "end", "id"), ANYTHING)
    )
)
def test_nothing_breaks_it(value: Any) -> None:
    value["kind"] = value.get("kind") if not isinstance(value.get("kind"), str) else "point"
    with contextlib.suppress(MalformedMessage):
        assert parse_mark(value) == value
