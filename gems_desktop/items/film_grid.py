# SPDX-License-Identifier: Apache-2.0
"""The numbers of a film's pictures as a task counts them, and which pictures to ask for next; pure."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from gems_desktop.decoding.media_facts import MediaFacts
from gems_desktop.decoding.media_limits import FRAME_CACHE_BYTES, MAX_FRAMES, MAX_RUN

#: Pictures a second that a task may count at most.
MOST_FPS = 240.0


@dataclass(frozen=True)
class FilmGrid:
    """Pictures are the file's own, or with `wish` > 0 (the module's framerate) as many a second as that.

    The second is how Label Studio counts: picture n is what is shown n / framerate seconds after the beginning.
    """

    facts: MediaFacts
    wish: float = 0.0

    @property
    def fps(self) -> float:
        """Pictures a second."""
        return min(self.wish, MOST_FPS) if self.wish > 0 else self.facts.fps

    @property
    def count(self) -> int:
        """How many pictures there are."""
        if self.wish <= 0:
            return self.facts.frames
        return max(1, min(MAX_FRAMES, math.ceil(self.facts.duration_s * self.fps - 1e-6)))

    def time_of(self, number: int) -> float:
        """When a picture begins, in seconds."""
        return number / self.fps if self.wish > 0 else self.facts.time_of(number)

    def at(self, seconds: float) -> int:
        """The picture that is shown at a time."""
        if self.wish <= 0:
            return self.facts.frame_at(seconds)
        return max(0, min(self.count - 1, int(seconds * self.fps + 1e-6)))

    def in_file(self, number: int) -> int:
        """The file's own number of a picture: what is shown in the middle of its time."""
        return self.facts.frame_at((number + 0.5) / self.fps) if self.wish > 0 else number


def run_length(width: int, height: int) -> int:
    """How many pictures of a size to ask for at once: three runs fit into what is held."""
    return max(1, min(MAX_RUN, FRAME_CACHE_BYTES // (3 * 4 * max(1, width * height))))


def run_to(shown: int, forward: bool, run: int) -> tuple[int, int]:
    """The run (first, count) of file numbers to ask for to see `shown`.

    Forward only that one comes first, since every other would make it wait. Backward those before it come with it:
    a decoder has to pass them anyway.
    """
    first = shown if forward else max(0, shown - run + 1)
    return first, shown - first + 1


def next_run(
    shown: int, last: int, forward: bool, run: int, held: Callable[[int], bool]
) -> tuple[int, int] | None:
    """The run (first, count) of file numbers to ask for ahead of `shown`, None if the next `run` of them are held.

    `last` is the film's last number.
    """
    if forward:
        for number in range(shown + 1, min(shown + run, last) + 1):
            if not held(number):
                return number, min(run, last - number + 1)
        return None
    for number in range(shown - 1, max(shown - run, 0) - 1, -1):
        if not held(number):
            return run_to(number, False, run)
    return None
