# SPDX-License-Identifier: Apache-2.0
"""D-Bus messages: what is written is read alike, what a real bus wrote is read, and malformed bytes are refused."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gems_desktop.adapters.dbus_wire import (
    CALL,
    MOST_BYTES,
    Malformed,
    Message,
    decode,
    encode,
    size_of,
    types,
)

_texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
_simple: dict[str, st.SearchStrategy[object]] = {
    "y": st.integers(0, 255),
    "b": st.booleans(),
    "n": st.integers(-(2**15), 2**15 - 1),
    "u": st.integers(0, 2**32 - 1),
    "x": st.integers(-(2**63), 2**63 - 1),
    "d": st.floats(allow_nan=False),
    "s": _texts,
}


def _values(kind: str) -> st.SearchStrategy[object]:
    if kind in _simple:
        return _simple[kind]
    if kind == "v":
        return st.sampled_from(sorted(_simple)).flatmap(lambda k: st.tuples(st.just(k), _simple[k]))
    if kind[:2] == "a{":
        key, value = types(kind[2:-1])
        return st.dictionaries(_values(key), _values(value), max_size=4)
    if kind[0] == "a":
        return st.lists(_values(kind[1:]), max_size=4)
    return st.tuples(*(_values(inner) for inner in types(kind[1:-1])))


@given(
    st.data(), st.lists(st.sampled_from([*_simple, "v", "a{sv}", "a(nsx)", "aay", "a{ya(bd)}"]), max_size=5)
)
def test_what_is_written_is_read_alike(data: st.DataObject, kinds: list[str]) -> None:
    body = tuple(data.draw(_values(kind)) for kind in kinds)
    sent = Message(
        CALL, 7, "/a/b", "a.b", "Do", "", 3, "to.me", ":1.1", signature="".join(kinds), body=body, flags=1
    )
    raw = encode(sent)
    assert size_of(raw[:16]) == len(raw)
    assert decode(raw) == sent


def test_bytes_of_the_specification_are_read() -> None:
    """A big-endian Hello, written by hand."""
    fields = b"\x01\x01o\x00\x00\x00\x00\x02/a\x00\x00\x00\x00\x00\x00\x03\x01s\x00\x00\x00\x00\x02Hi\x00"
    raw = b"B\x01\x00\x01\x00\x00\x00\x00\x00\x00\x00\x09" + len(fields).to_bytes(4, "big") + fields
    raw += bytes(-len(raw) % 8)
    assert decode(raw) == Message(CALL, 9, "/a", member="Hi")


@given(st.binary(max_size=200), st.integers(0, 80), st.binary(min_size=1, max_size=8))
def test_spoiled_bytes_are_refused_or_read_and_nothing_else(junk: bytes, at: int, with_: bytes) -> None:
    good = encode(Message(CALL, 1, "/a", "a.b", "C", signature="sa{sv}", body=("x", {"k": ("i", 1)})))
    spoiled = good[:at] + with_ + good[at + len(with_) :]
    for raw in (spoiled, good[:16] + junk):
        with suppress(Malformed):
            if size_of(raw[:16].ljust(16, b"\0")) <= len(raw):
                decode(raw)


@pytest.mark.parametrize("signature", ["a", "(s", "z", "a{s", "a" * 40 + "s"])
def test_malformed_signatures(signature: str) -> None:
    with pytest.raises(Malformed):
        types(signature)


def test_a_huge_message_is_refused_before_it_is_read() -> None:
    start = encode(Message(CALL, 1, "/a", member="B"))[:16]
    with pytest.raises(Malformed):
        size_of(start[:4] + MOST_BYTES.to_bytes(4, "little") + start[8:])
