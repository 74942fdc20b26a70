# SPDX-License-Identifier: Apache-2.0
"""A box through a video: between key frames it moves evenly, and two of them are compared frame by frame."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from typing import Any, Self

from gems_protocol.modules.compare import runs
from gems_protocol.modules.compare.outlines import Outline, rectangle, units
from gems_protocol.modules.compare.shapes import FULL, Shape, Work

_SAMPLES = 6  # a life is looked at in 2**(this - 1) to 2**this places beside its ends
_STEP = 16  # what one look costs
_ROUND = 360_000_000
_SQUARE = (100, 100)  # a turned box of a video whose size an answer does not tell

Frame = tuple[int, int, int, int, int]  # x, y, width, height, rotation


class Track(Shape):
    """Label Studio's `sequence`: a key frame that is `enabled` leads to the next one, or to the video's end; after
    one that is not, there is no box until the next."""

    def __init__(self, sequence: list[dict[str, Any]], frames: int) -> None:
        found = {int(key["frame"]): key for key in sequence}
        self.frames = sorted(found)
        self.values = [_frame(found[frame]) for frame in self.frames]
        following = [*self.frames[1:], max(frames + 1, self.frames[-1] + 1)]
        self.life = runs.joined(
            (frame, after if found[frame].get("enabled", True) else frame + 1)
            for frame, after in zip(self.frames, following, strict=True)
        )
        self.total = runs.length(self.life)
        self.level = max((self.life[-1] - self.life[0]).bit_length() - _SAMPLES, 0)
        self.key = (tuple(self.frames), tuple(self.values), self.life)
        self._seen: dict[int, Outline] = {}
        boxes = [self.at(frame).box for frame in self.frames]
        left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
        right, low = max(box[2] for box in boxes), max(box[3] for box in boxes)
        self.room = rectangle(left, top, right - left, low - top, 0, _SQUARE)

    def at(self, frame: int) -> Outline:
        """The box of a frame in its life."""
        if frame not in self._seen:
            after = bisect_right(self.frames, frame)
            value = self.values[after - 1]
            if after < len(self.frames):
                start, way = self.frames[after - 1], self.frames[after] - self.frames[after - 1]
                value = tuple(  # type: ignore[assignment]
                    a + (b - a) * (frame - start) // way
                    for a, b in zip(value, self.values[after], strict=True)
                )
            x, y, width, height, rotation = value
            self._seen[frame] = rectangle(x, y, width, height, rotation, _SQUARE)
        return self._seen[frame]

    def bound(self, other: Self) -> int:
        """The share of frames that have both; nothing where the rooms they move in are apart."""
        if not self.room.bound(other.room):
            return 0
        if self.life == other.life:
            return FULL
        shared = runs.shared(self.life, other.life)
        return shared * FULL // (self.total + other.total - shared)

    def guess(self, other: Self) -> int:
        """What the rooms they move in share."""
        return self.room.bound(other.room)

    def overlap(self, other: Self, work: Work) -> int:
        """The mean overlap of all frames that have at least one of both; a look stands for the frames around it."""
        if work.left < 0:
            return 0
        level = max(self.level, other.level)
        ends = {*self.life, *other.life}
        first, last = min(ends), max(ends)
        looks = sorted(ends | {at << level for at in range((first >> level) + 1, ((last - 1) >> level) + 1)})
        if not work.spend(len(looks) * _STEP):
            return 0
        total = weight = 0
        for start, end in pairwise(looks):
            frame = (start + end - 1) // 2
            here, there = _alive(self.life, frame), _alive(other.life, frame)
            if here or there:
                weight += end - start
            if here and there:
                total += (end - start) * self.at(frame).overlap(other.at(frame), work)
        return total // max(weight, 1)


def _alive(life: tuple[int, ...], frame: int) -> bool:
    return bisect_right(life, frame) % 2 == 1


def _frame(key: dict[str, Any]) -> Frame:
    x, y, width, height = (units(key[part]) for part in ("x", "y", "width", "height"))
    return x, y, width, height, round(key.get("rotation", 0) * 1_000_000) % _ROUND
