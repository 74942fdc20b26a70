# SPDX-License-Identifier: Apache-2.0
"""Where the things of a chart stand: slots of points, heights of values, which labels have room. Pure numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """The plot's edges in pixels, how many points share it, and the values of its foot and its top.

    mirrored: the first point stands at the right.
    """

    left: float
    top: float
    right: float
    bottom: float
    count: int
    low: float = 0.0
    high: float = 1.0
    mirrored: bool = False

    @property
    def slot(self) -> float:
        """Pixels of one point."""
        return (self.right - self.left) / max(1, self.count)

    def x(self, index: int) -> float:
        """The middle of a point's slot."""
        at = self.count - 1 - index if self.mirrored else index
        return self.left + (at + 0.5) * self.slot

    def y(self, value: float) -> float:
        """The height of a value, within the plot."""
        span = self.high - self.low
        part = (value - self.low) / span if span > 0 else 0.0
        return self.bottom - (self.bottom - self.top) * max(0.0, min(1.0, part))

    def at(self, x: float) -> int:
        """The point whose slot holds `x`; -1 beside the plot or without points."""
        if not self.count or not self.left <= x < self.right:
            return -1
        at = min(self.count - 1, int((x - self.left) / self.slot))
        return self.count - 1 - at if self.mirrored else at


def labels_with_room(widths: Sequence[float], slot: float, gap: float = 10.0) -> list[int]:
    """Which labels are written so that none meets another: the last, the first, and evenly spaced ones between."""
    count = len(widths)
    if not count:
        return []
    step = max(1, -(-int(max(widths) + gap) // max(1, int(slot))))
    chosen = list(range(count - 1, -1, -step))[::-1]
    if chosen[0] and _apart(widths, 0, chosen[0], slot, gap):
        chosen.insert(0, 0)
    return chosen


def _apart(widths: Sequence[float], one: int, other: int, slot: float, gap: float) -> bool:
    return (other - one) * slot >= (widths[one] + widths[other]) / 2 + gap


def kept_inside(middle: float, width: float, whole: float) -> float:
    """The left edge of a label in the middle of `middle`, moved so that it is wholly within 0..whole."""
    return max(0.0, min(middle - width / 2, whole - width))
