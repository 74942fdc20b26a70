# SPDX-License-Identifier: Apache-2.0
"""Where a moment stands on a line of pixels; pure, so that zooming in time can be tested without a window."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

STEP = 1.5  # of one key press or wheel notch
PAGE = 0.85  # of what is seen: how far a page key goes
# Steps between two numbers of a ruler that count in seconds.
SECOND_STEPS = (
    *(0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30),
    *(60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 43200, 86400),
    *(172800, 432000, 864000, 2592000, 7776000, 31536000, 157680000, 315360000),
)


@dataclass(frozen=True, slots=True)
class Axis:
    """The part of `first` to `last` that `width` pixels show, from `left` on; `least` is the shortest part shown."""

    first: float = 0.0
    last: float = 0.0
    width: float = 0.0
    zoom: float = 1.0
    left: float = 0.0
    least: float = 1e-6

    @property
    def empty(self) -> bool:
        """Whether nothing can be placed."""
        return self.last <= self.first or self.width <= 0

    @property
    def length(self) -> float:
        """How much is seen."""
        return (self.last - self.first) / self.zoom

    @property
    def right(self) -> float:
        """The end of what is seen."""
        return self.left + self.length

    def x_of(self, value: float) -> float:
        """The pixel of a value, outside the view too."""
        return 0.0 if self.empty else (value - self.left) / self.length * self.width

    def at(self, x: float) -> float:
        """The value under a pixel, kept within the whole."""
        if self.empty:
            return self.first
        return min(max(self.left + x / self.width * self.length, self.first), self.last)

    def spanning(self, first: float, last: float, least: float) -> Axis:
        """The same width over another whole, all of it seen."""
        return Axis(first, last, self.width, 1.0, first, least)

    def resized(self, width: float) -> Axis:
        """The same view, as wide as `width`."""
        return replace(self, width=max(0.0, width))

    def zoomed(self, factor: float, x: float) -> Axis:
        """Closer by `factor`, with what is under pixel `x` staying there."""
        if self.empty:
            return self
        most = max(1.0, (self.last - self.first) / max(self.least, 1e-9))
        here = self.at(x)
        zoom = min(max(self.zoom * factor, 1.0), most)
        made = replace(self, zoom=zoom)
        return replace(made, left=here - x / self.width * made.length).bounded()

    def fitted(self) -> Axis:
        """All of it."""
        return replace(self, zoom=1.0, left=self.first)

    def panned(self, by: float) -> Axis:
        """Moved by a value."""
        return replace(self, left=self.left + by).bounded()

    def bounded(self) -> Axis:
        """Moved back where it reaches beyond the whole."""
        return replace(self, left=max(self.first, min(self.left, self.last - self.length)))

    def showing(self, value: float) -> Axis:
        """Paged on so that a value is in view; as it is when it already is."""
        if self.empty or self.left <= value <= self.right:
            return self
        return replace(self, left=value - self.length * (1 - PAGE)).bounded()


def step_for(axis: Axis, room: float, steps: Sequence[float] = ()) -> float:
    """The distance of two numbers on a ruler, `room` pixels or more; 1, 2 or 5 times ten without `steps`."""
    least = room / max(axis.width, 1.0) * axis.length
    for step in steps:
        if step >= least:
            return step
    power = 10.0 ** math.floor(math.log10(max(least, 1e-12)))
    return next(times * power for times in (1, 2, 5, 10) if times * power >= least)


def ticks(axis: Axis, step: float) -> list[float]:
    """The values of a ruler's numbers, one beyond each edge of the view."""
    if axis.empty or step <= 0:
        return []
    first = math.floor(axis.left / step)
    count = min(500, math.ceil(axis.right / step) - first + 1)
    return [(first + at) * step for at in range(count)]


def clock(seconds: float, step: float = 1.0) -> str:
    """Seconds as people read them: 1:05, 0:03.250, 1:00:00; as exact as `step` needs."""
    places = 0 if step >= 1 else min(3, math.ceil(-math.log10(step) - 1e-9))
    units = round(seconds * 10**places)
    whole, part = divmod(units, 10**places)
    minutes, left = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    text = f"{hours}:{minutes:02d}:{left:02d}" if hours else f"{minutes}:{left:02d}"
    return f"{text}.{part:0{places}d}" if places else text
