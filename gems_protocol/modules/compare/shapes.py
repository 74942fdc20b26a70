# SPDX-License-Identifier: Apache-2.0
"""What a region covers, and how much of it two regions share: points, stretches, and what a table below can tell."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Hashable, Sequence
from math import isqrt
from typing import Self

from gems_protocol.modules.compare import runs

FULL = 1 << 40  # an overlap of one: whole numbers compare quickly and alike everywhere
UNITS = 1_000_000  # of a percent
_PICTURE = 100 * UNITS
_NEAR = 25  # a point further than a 25th of the diagonal shares nothing with another


class Work:
    """How many steps one comparison may still take: a hostile answer must not hold everybody up."""

    def __init__(self, steps: int) -> None:
        self.left = steps

    def spend(self, steps: int) -> bool:
        """Whether there was as much left."""
        self.left -= steps
        return self.left >= 0


class Shape(ABC):
    """What one region covers; `key` is equal for equal shapes, and only shapes of one class are compared."""

    key: Hashable

    @abstractmethod
    def bound(self, other: Self) -> int:
        """What `overlap` is at most, at once."""

    def guess(self, other: Self) -> int:
        """What `overlap` is likely to be, at once: the likeliest pairs are looked at first."""
        return self.bound(other)

    @abstractmethod
    def overlap(self, other: Self, work: Work) -> int:
        """Intersection over union in parts of FULL; 0 when there is no work left."""


class Mark(Shape):
    """A place that is the same or not, such as a span whose length nobody can tell."""

    def __init__(self, key: Hashable) -> None:
        self.key = key

    def bound(self, other: Self) -> int:
        """All or nothing."""
        return FULL if self.key == other.key else 0

    def overlap(self, other: Self, work: Work) -> int:
        """All or nothing."""
        return self.bound(other)


class Point(Shape):
    """A point of a picture, x and y in UNITS of a percent, the picture's size in pixels."""

    def __init__(self, x: int, y: int, width: int, height: int) -> None:
        self.x, self.y, self.width, self.height = x, y, width, height
        self.key = (x, y)

    def bound(self, other: Self) -> int:
        """One minus the distance in 25ths of the picture's diagonal."""
        width, height = max(self.width, other.width), max(self.height, other.height)
        square = ((self.x - other.x) * width) ** 2 + ((self.y - other.y) * height) ** 2
        distance = isqrt((square << 80) // (width * width + height * height))
        return max(FULL - _NEAR * distance // _PICTURE, 0)

    def overlap(self, other: Self, work: Work) -> int:
        """The bound is exact."""
        return self.bound(other)


class Stretches(Shape):
    """Stretches on a line: characters, microseconds, frames, or the pixels of a mask in reading order."""

    def __init__(self, flat: Sequence[int], key: Hashable = None) -> None:
        self.flat = flat
        self.key = tuple(flat) if key is None else key
        self.total = runs.length(flat)

    def bound(self, other: Self) -> int:
        """What the outer ends and the lengths allow; exact for one stretch against one."""
        most, least = max(self.total, other.total), min(self.total, other.total)
        if not least:
            return 0
        shared = min(self.flat[-1], other.flat[-1]) - max(self.flat[0], other.flat[0])
        shared = min(max(shared, 0), least)
        if len(self.flat) == len(other.flat) == 2:
            return shared * FULL // (most + least - shared)
        return shared * FULL // most

    def overlap(self, other: Self, work: Work) -> int:
        """Shared over joint length."""
        if not work.spend((len(self.flat) + len(other.flat)) // 2):
            return 0
        shared = runs.shared(self.flat, other.flat)
        return shared * FULL // max(self.total + other.total - shared, 1)
