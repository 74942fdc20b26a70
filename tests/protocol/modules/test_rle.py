# SPDX-License-Identifier: Apache-2.0
"""Masks and their code: round trips, what other encoders write, and codes that are broken or far too large."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gems_protocol.modules import rle

MOST = 1_000_000


def bits(*parts: str) -> list[int]:
    """Bytes from bits."""
    text = "".join(parts)
    text += "0" * (-len(text) % 8)
    return [int(text[at : at + 8], 2) for at in range(0, len(text), 8)]


def header(count: int, word: int = 8) -> str:
    return f"{count:032b}{word - 1:05b}" + "".join(f"{size - 1:04b}" for size in (3, 4, 8, 16))


@settings(max_examples=300)
@given(st.integers(1, 70), st.integers(1, 40), st.data())
def test_round_trip(width: int, height: int, data: st.DataObject) -> None:
    row = st.sampled_from([b"\x00", b"\xff"])
    pieces = data.draw(st.lists(st.tuples(row, st.integers(1, width * height)), min_size=1, max_size=20))
    mask = b"".join(value * count for value, count in pieces)[: width * height].ljust(width * height, b"\x00")
    code = rle.encode(width, height, mask)
    assert rle.decode(code, width * height) == mask and rle.pixels(code, MOST) == width * height


def test_long_runs() -> None:
    mask = b"\x00" * 70_001 + b"\xff" * 140_000 + b"\x00"
    code = rle.encode(1, len(mask), mask)
    assert rle.decode(code, len(mask)) == mask and len(code) < 80


def test_the_alpha_of_another_encoder_counts() -> None:
    # one pixel of (1, 2, 3, 255) value by value, then seven equal bytes, then a last one of 0
    words = "".join(f"{value:08b}" for value in (1, 2, 3, 255))
    code = bits(
        header(12), "0", "00", f"{3:03b}", words, "1", "00", f"{6:03b}", f"{9:08b}", "000", "000", f"{0:08b}"
    )
    assert rle.decode(code, 3) == b"\xff\xff\x00"
    assert rle.decode([*code, 0], 3) == b"\xff\xff\x00"  # a whole byte behind the end


def test_large_and_simple_stays_small() -> None:
    row = b"\x00" * 1000 + b"\xff" * 1500 + b"\x00" * 1500
    mask = b"\x00" * 2_000_000 + row * 2000 + b"\x00" * 2_000_000
    code = rle.encode(4000, 3000, mask)
    assert len(code) < 20_000 and rle.decode(code, 12_000_000) == mask


@pytest.mark.parametrize(
    "code",
    [
        [],
        [0],
        bits(header(0)),
        bits(header(3), "1", "00", "010", "00000000"),
        bits(header(4)),
        bits(header(4), "1", "00", "111", "00000000"),
        bits(header(4), "0", "00", "011", "00000000"),
        bits(header(4, 16), "1", "00", "011", "0" * 16),
        bits(header(4), "1", "00", "011", "00000000", "0" * 40),
        bits(header(2**32 - 4), "1", "11", "1" * 16, "00000000"),
        [256] * 20,
        [-1] * 20,
        [1.5] * 20,
        [True] * 20,
        "text",
        None,
    ],
)
def test_broken(code: list[int]) -> None:
    with pytest.raises(ValueError, match=r"mask|bytes"):
        rle.decode(code, MOST)
    with pytest.raises(ValueError, match=r"mask|bytes"):
        rle.pixels(code, MOST)


def test_larger_than_allowed() -> None:
    code = rle.encode(10, 10, b"\xff" * 100)
    with pytest.raises(ValueError, match="size"):
        rle.decode(code, 99)


@settings(max_examples=300)
@given(st.lists(st.integers(0, 255), max_size=60), st.integers(0, 60))
def test_any_bytes(code: list[int], count: int) -> None:
    for given_code in (code, [*bits(header(count))[:6], *code]):
        try:
            mask = rle.decode(given_code, 1000)
        except ValueError:
            continue
        assert len(mask) == rle.pixels(given_code, 1000) and not mask.translate(None, b"\x00\xff")


@pytest.mark.parametrize(("width", "height", "mask"), [(2, 2, b"\x00"), (0, 0, b""), (1, 2, b"\x00\x01")])
def test_no_mask(width: int, height: int, mask: bytes) -> None:
    with pytest.raises(ValueError, match="mask"):
        rle.encode(width, height, mask)


def test_too_much_detail() -> None:
    with pytest.raises(ValueError, match="detail"):
        rle.encode(rle.MOST_RUNS + 1, 1, bytes(255 * (at % 2) for at in range(rle.MOST_RUNS + 1)))
