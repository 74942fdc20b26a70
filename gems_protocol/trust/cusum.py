# SPDX-License-Identifier: Apache-2.0
"""An alarm for a sudden fall: a Bernoulli CUSUM (Page 1954), which sees .95 -> .50 after some 11 tasks.

A lifetime bound would need 150. The alarm takes at most one letter at a time and never leads below C (`grades`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

from gems_protocol.trust.trend import Point

GOOD = 0.9  # p0: the level that is expected
BAD = 0.7  # p1: the level to be found
THRESHOLD = 5.0
FALL = GOOD - BAD
LEAST_LEVEL = 0.6
PRIOR = 10  # checked tasks that the expected level starts with
ACTIVE_FOR = 20  # judged tasks during which an alarm is shown


@dataclass(frozen=True, slots=True)
class Alarms:
    """raised: positions (from 0) at which the alarm rang; the sum starts again from 0 after each.

    began: for each of them, where the fall began that it found.
    statistic: the sum now. active: an alarm rang within the last `ACTIVE_FOR` judged tasks. tasks: judged tasks
    since that fall (else the present one) began; rejected: those of them that were not accepted.
    """

    raised: tuple[int, ...]
    began: tuple[int, ...]
    statistic: float
    tasks: int
    rejected: int
    active: bool


def increments(p0: float = GOOD, p1: float = BAD) -> tuple[float, float]:
    """(after a failure, after a success): the log-likelihood ratios of p1 against p0."""
    if not 0 < p1 < p0 < 1:
        raise ValueError("the level to be found lies below the expected one, both inside 0..1")
    return log((1 - p1) / (1 - p0)), log(p1 / p0)


def path(points: Sequence[Point], p0: float = GOOD, p1: float = BAD) -> list[float]:
    """S <- max(0, S + w d) after each point, without starting again at an alarm."""
    failure, success = increments(p0, p1)
    found, s = [], 0.0
    for weight, right in points:
        s = max(0.0, s + weight * (success if right else failure))
        found.append(s)
    return found


def watch(points: Sequence[Point], *, own_level: bool = True) -> Alarms:
    """The alarms over the judged tasks, oldest first; weights are the requesters'.

    own_level: expect the worker's own long-run share (at most `GOOD`, at least `LEAST_LEVEL`, starting from
    GOOD worth `PRIOR` tasks) as it was before the fall began; else expect `GOOD`. With a fixed GOOD an
    honest worker at .85 would be alarmed once in 260 tasks.
    """
    failure, success = increments()
    s, right_before, all_before = 0.0, GOOD * PRIOR, float(PRIOR)
    raised: list[int] = []
    falls: list[int] = []
    began = 0
    for position, (weight, right) in enumerate(points):
        if s == 0.0:
            began = position
            if own_level:
                level = min(GOOD, max(LEAST_LEVEL, right_before / all_before))
                failure, success = increments(level, level - FALL) if level < GOOD else increments()
        s = max(0.0, s + weight * (success if right else failure))
        all_before += weight
        if right:
            right_before += weight
        if s >= THRESHOLD:
            raised.append(position)
            falls.append(began)
            s = 0.0
    active = bool(raised) and len(points) - raised[-1] <= ACTIVE_FOR
    since = falls[-1] if active else began if s > 0 else len(points)
    rejected = sum(not right for _, right in points[since:])
    return Alarms(tuple(raised), tuple(falls), s, len(points) - since, rejected, active)
