# SPDX-License-Identifier: Apache-2.0
"""Deep JSON is refused before the parser sees it; everything else is read as json.loads reads it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gems_desktop.adapters.bounded_json import depth, loads

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


def nesting(value: object) -> int:
    if isinstance(value, dict | list):
        return 1 + max(map(nesting, value.values() if isinstance(value, dict) else value), default=0)
    return 0


@given(VALUES, st.booleans())
def test_reads_what_json_reads_and_sees_its_depth(value: object, ascii_only: bool) -> None:
    body = json.dumps(value, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass")
    assert depth(body) == nesting(value)
    assert loads(body, 100) == value


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 500_000,
        b'{"a":' * 200_000,
        b'"\\"" ' + b"[" * 200_000,
        b'"]]]]",' + b"[" * 200_000,
        b'["' + b'\\"' * 500_000,
        b'["\\',
        "[".encode("utf-16") * 50_000,
        b"\xff",
        b"[NaN]",
        b"",
        b"[" * 33 + b"]" * 33,
    ],
)
def test_refuses(body: bytes) -> None:
    with pytest.raises(ValueError):
        loads(body)
