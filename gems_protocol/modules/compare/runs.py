# SPDX-License-Identifier: Apache-2.0
"""Stretches on a line as one flat sequence (start, end, start, end, ...), sorted and apart: spans, times, mask rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def joined(stretches: Iterable[tuple[int, int]]) -> tuple[int, ...]:
    """The flat sequence of stretches that may touch or overlap; those without a length vanish."""
    found: list[int] = []
    for start, end in sorted(stretches):
        if end <= start:
            continue
        if found and start <= found[-1]:
            found[-1] = max(found[-1], end)
        else:
            found += (start, end)
    return tuple(found)


def length(flat: Sequence[int]) -> int:
    """How long all stretches are together."""
    return sum(flat[1::2]) - sum(flat[::2])


def shared(one: Sequence[int], two: Sequence[int]) -> int:
    """The length that both cover."""
    i = j = total = 0
    while i < len(one) and j < len(two):
        start = one[i] if one[i] > two[j] else two[j]
        if one[i + 1] < two[j + 1]:
            end = one[i + 1]
            i += 2
        else:
            end = two[j + 1]
            j += 2
        if end > start:
            total += end - start
    return total
