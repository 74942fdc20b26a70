# SPDX-License-Identifier: Apache-2.0
"""Brush masks as Label Studio's run-length code: the bytes of an RGBA picture packed by thi.ng's rle-pack.

The stream is 32 bits with the count of bytes, 5 with the word size less one (always 8 bits here), four times 4 with
the sizes of lengths less one; then runs: 1 bit (1 a repeated value, 0 values one by one), 2 bits that choose the size
of the length, the length less one, the value or values. Only the fourth byte of a pixel, its alpha, says whether
it is painted; written are all four alike, as Label Studio's own converter does. Masks are bytes of 0 or 255.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

MOST_RUNS = 40_000  # of one mask: more do not fit an answer, and a hand does not paint them
_SIZES = (3, 4, 8, 16)
_LONGEST = 1 << _SIZES[-1]
_SLACK = 16  # bits behind the last run: some encoders add a whole byte


def encode(width: int, height: int, mask: bytes) -> list[int]:
    """The code of a mask of one byte a pixel, row by row; raises ValueError for another size or too much detail."""
    if width < 1 or height < 1 or len(mask) != width * height:
        raise ValueError("a mask is not of its picture's size")
    if mask.translate(None, b"\x00\xff"):
        raise ValueError("a mask holds something else than 0 and 255")
    words = [f"{4 * len(mask):032b}", f"{7:05b}", *(f"{size - 1:04b}" for size in _SIZES)]
    for count, (length, painted) in enumerate(_stretches(mask)):
        if count >= MOST_RUNS:
            raise ValueError("a mask has too much detail")
        value = "11111111" if painted else "00000000"
        length *= 4
        while length > _LONGEST:
            words.append(f"111{_LONGEST - 1:016b}{value}")
            length -= _LONGEST
        choice = 0 if length <= 8 else 1 if length <= 16 else 2 if length <= 256 else 3
        words.append(f"1{choice:02b}{length - 1:0{_SIZES[choice]}b}{value}")
    bits = "".join(words)
    bits += "0" * (-len(bits) % 8)
    return list(int(bits, 2).to_bytes(len(bits) // 8, "big"))


def decode(rle: list[int], most_pixels: int) -> bytes:
    """The mask, one byte a pixel; raises ValueError for a code that is broken or of more than `most_pixels`."""
    parts: list[bytes] = []
    for start, end, values in _runs(_packed(rle), most_pixels):
        if len(values) == 1:
            parts.append((b"\xff" if values[0] else b"\x00") * (end // 4 - start // 4))
        else:
            alphas = values[3 - start % 4 :: 4]
            parts.append(bytes(255 if alpha else 0 for alpha in alphas))
    return b"".join(parts)


def pixels(rle: list[int], most_pixels: int) -> int:
    """How many pixels a code stands for, read to its end without making the mask; raises ValueError as `decode`."""
    return _pixels(_packed(rle), most_pixels)


@lru_cache(maxsize=64)
def _pixels(packed: bytes, most_pixels: int) -> int:
    return sum(end - start for start, end, _ in _runs(packed, most_pixels)) // 4


def _packed(rle: list[int]) -> bytes:
    if type(rle) is not list or set(map(type, rle)) != {int}:
        raise ValueError("a mask is not a list of bytes")
    return bytes(rle)  # raises ValueError for what is no byte


def _stretches(mask: bytes) -> Iterator[tuple[int, bool]]:
    """Lengths in pixels of what is alike, and whether it is painted."""
    at, painted = 0, mask[:1] == b"\xff"
    while at < len(mask):
        end = mask.find(b"\x00" if painted else b"\xff", at)
        end = len(mask) if end < 0 else end
        yield end - at, painted
        at, painted = end, not painted


class _Bits:
    """Reads whole numbers of up to 32 bits from the front of bytes."""

    def __init__(self, packed: bytes) -> None:
        self.packed = packed
        self.at = 0
        self.left = 8 * len(packed)

    def read(self, size: int) -> int:
        if size > self.left:
            raise ValueError("a mask ends too early")
        first, last = self.at >> 3, (self.at + size + 7) >> 3
        window = int.from_bytes(self.packed[first:last], "big")
        self.at += size
        self.left -= size
        return window >> (8 * last - self.at) & ((1 << size) - 1)


def _runs(packed: bytes, most_pixels: int) -> Iterator[tuple[int, int, bytes]]:
    """(start, end, one repeated value or all values) in bytes of the RGBA picture, without gaps."""
    bits = _Bits(packed)
    total = bits.read(32)
    if total % 4 or not 0 < total <= 4 * most_pixels:
        raise ValueError("a mask is not of an allowed size")
    if bits.read(5) != 7:
        raise ValueError("a mask does not hold bytes")
    sizes = [bits.read(4) + 1 for _ in range(4)]
    at = 0
    while at < total:
        repeated = bits.read(1)
        end = at + 1 + bits.read(sizes[bits.read(2)])
        if end > total:
            raise ValueError("a mask is longer than it says")
        if repeated:
            values = bytes((bits.read(8),))
        else:
            values = bytes(bits.read(8) for _ in range(end - at))
        yield at, end, values
        at = end
    if bits.left >= _SLACK:
        raise ValueError("a mask holds more than it says")
