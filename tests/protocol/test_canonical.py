# SPDX-License-Identifier: Apache-2.0
"""JSON that is hashed has one encoding, and JSON from outside is read strictly."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gems_protocol import canonical
from gems_protocol.errors import MalformedMessage

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-canonical.MAX_INTEGER, canonical.MAX_INTEGER)
    | st.floats(allow_nan=False, allow_infinity=False).filter(lambda x: abs(x) < 2**53 or x != int(x))
    | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)


@given(JSON)
def test_reading_what_was_written_gives_the_same_and_the_same_bytes(value: Any) -> None:
    data = canonical.dumps(value)
    assert canonical.loads(data) == value == json.loads(data)
    assert canonical.dumps(canonical.loads(data)) == data


@pytest.mark.parametrize(
    ("value", "text"),
    [  # RFC 8785, appendix B, and ECMA-262 Number::toString
        (0.0, "0"), (-0.0, "0"), (5e-324, "5e-324"), (1.7976931348623157e308, "1.7976931348623157e+308"),
        (9007199254740992.0, "9007199254740992"), (295147905179352830000.0, "295147905179352830000"),
        (1e21, "1e+21"), (1e23, "1e+23"), (9.999999999999997e22, "9.999999999999997e+22"), (1e-6, "0.000001"),
        (1e-7, "1e-7"), (333333333.3333333, "333333333.3333333"),
        (-0.0000033333333333333333, "-0.0000033333333333333333"),
        (1.0, "1"), (12.5, "12.5"), (100.0, "100"), (0.1, "0.1"), (1424953923781206.2, "1424953923781206.2"),
    ],
)  # fmt: skip
def test_numbers_are_written_as_ecmascript_does(value: float, text: str) -> None:
    assert canonical.dumps(value).decode() == text


def test_keys_are_sorted_by_utf16_and_text_is_kept() -> None:
    value = {"\U0001f600": 1, "\ufb33": 2, "a": "é\n\x01", "": None}
    assert canonical.dumps(value).decode() == '{"":null,"a":"é\\n\\u0001","\U0001f600":1,"\ufb33":2}'


@pytest.mark.parametrize(
    "value", [float("nan"), float("inf"), 2**53, -(2**53), {1: 2}, "\ud800", {"\ud800": 1}, {1}, b"x"]
)
def test_what_json_cannot_hold_alike_is_refused(value: Any) -> None:
    with pytest.raises(MalformedMessage):
        canonical.dumps(value)


@pytest.mark.parametrize(
    "data",
    [
        b"", b"{", b'{"a":1,"a":2}', b"NaN", b"-Infinity", b"1e999", b"9007199254740992", b"9" * 5000, b"[1,]",
        b"\xff", b'"\\ud800"', b"[" * 33 + b"]" * 33, b"[" * 100_000, b'{"a":' * 40 + b"1" + b"}" * 40,
        b'"' + b"x" * canonical.MAX_BYTES + b'"', b"\xef\xbb\xbf1", b"1 2",
    ],
)  # fmt: skip
def test_doubtful_json_is_refused(data: bytes) -> None:
    with pytest.raises(MalformedMessage):
        canonical.loads(data)


def test_brackets_in_texts_are_not_nesting() -> None:
    assert canonical.loads(json.dumps("[" * 100 + '"' + "{" * 50).encode()) == "[" * 100 + '"' + "{" * 50


def test_depth_counts_the_same_when_writing() -> None:
    deep: Any = 1
    for _ in range(33):
        deep = [deep]
    with pytest.raises(MalformedMessage):
        canonical.dumps(deep)
    assert canonical.loads(canonical.dumps(deep[0])) == deep[0]


@pytest.mark.parametrize("part", [b'\\"', b'"\\', b'\\\\"', b'"[', b"\\"])
def test_odd_quotes_cost_no_more_than_their_length(part: bytes) -> None:
    """Tried again from each quote, this would take minutes."""
    before = time.process_time()
    with pytest.raises(MalformedMessage):
        canonical.loads(b'"' + part * (900_000 // len(part)))
    assert time.process_time() - before < 5
