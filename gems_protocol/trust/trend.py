# SPDX-License-Identifier: Apache-2.0
"""Whether a worker's recent answers are better or worse than before: decayed evidence, and an arrow.

Decay shows a trend and may demote; only undecayed evidence promotes, or seats would be easy to capture.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from math import exp, log, sqrt

from gems_protocol.trust.wilson import wilson

RECENT = 20  # half-lives, in judged tasks
LONG_RUN = 200
SIGNIFICANT = 2.5  # standard deviations

#: One judged task: how much it counts, and whether it was accepted; oldest first.
Point = tuple[float, bool]


class Direction(Enum):
    """Where the recent answers point, compared with the long run."""

    UP = "up"
    LEVEL = "level"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Trend:
    """recent, long_run: decayed shares of accepted tasks, 0 without any. lower, upper: of the long run.

    direction: LEVEL unless the difference is significant.
    """

    direction: Direction
    recent: float
    long_run: float
    lower: float
    upper: float


def decay(half_life: float) -> float:
    """What one more judged task leaves of the weight of those before it."""
    return exp(-log(2.0) / half_life)


def n_max(half_life: float) -> float:
    """The most evidence that a decayed sum of unit weights can hold."""
    return 1 / (1 - decay(half_life))


def decayed(points: Iterable[Point], half_life: float) -> tuple[float, float]:
    """(s, n): n <- n 2^(-1/h) + w and s <- s 2^(-1/h) + w y over the points."""
    kept, s, n = decay(half_life), 0.0, 0.0
    for weight, right in points:
        n = n * kept + weight
        s = s * kept + (weight if right else 0.0)
    return s, n


def trend(points: Sequence[Point]) -> Trend:
    """The trend of the judged tasks, oldest first."""
    slow, fast = decay(LONG_RUN), decay(RECENT)
    s, n, s_fast, n_fast, real = 0.0, 0.0, 0.0, 0.0, 0.0
    for weight, right in points:
        n = n * slow + weight
        n_fast = n_fast * fast + weight
        s *= slow
        s_fast *= fast
        real += weight
        if right:
            s += weight
            s_fast += weight
    if n == 0 or n_fast == 0:
        return Trend(Direction.LEVEL, 0.0, 0.0, 0.0, 1.0)
    recent, long_run = s_fast / n_fast, s / n
    evidence = min(real, (1 + fast) / (1 - fast))
    spread = sqrt(max(0.0, long_run * (1 - long_run)) / evidence)
    moved = recent - long_run
    direction = Direction.LEVEL
    if spread > 0 and abs(moved) / spread > SIGNIFICANT:
        direction = Direction.UP if moved > 0 else Direction.DOWN
    lower, upper = wilson(min(s, n), n)
    return Trend(direction, recent, long_run, lower, upper)
