# SPDX-License-Identifier: Apache-2.0
"""How far long work is and about how long the rest takes: smoothed, so that what is shown never jumps wildly."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

SETTLED_S = 2.0  # a pace that was measured for less says nothing
_NEWEST = 0.3  # how much the newest measure counts, of the pace and of what is left
_MOST = 1.25  # what is left grows at most so much from one look to the next
TOLD_EVERY_S = 1.0


@dataclass(frozen=True, slots=True)
class Pace:
    """An estimate over `amount` of any unit: begun and last moved at by the monotonic clock, seconds a unit, what was
    left then; left and each are None until there is something to measure."""

    amount: float
    begun: float
    at: float
    done: float = 0.0
    each: float | None = None
    left: float | None = None


def moved(pace: Pace, done: float, now: float) -> Pace:
    """The estimate after `done` of it; a look without progress changes nothing."""
    if done <= pace.done or now <= pace.at:
        return pace
    newest = (now - pace.at) / (done - pace.done)
    each = newest if pace.each is None else pace.each + _NEWEST * (newest - pace.each)
    if now - pace.begun < SETTLED_S:
        return replace(pace, at=now, done=done, each=each)
    raw = max(0.0, each * (pace.amount - done))
    return replace(pace, at=now, done=done, each=each, left=_smoothed(pace, raw, now))


def _smoothed(pace: Pace, raw: float, now: float) -> float:
    if pace.left is None:
        return raw
    expected = max(0.0, pace.left - (now - pace.at))
    return min(expected + _NEWEST * (raw - expected), max(_MOST * pace.left, 1.0))


def left_at(pace: Pace, now: float) -> int | None:
    """Whole seconds that are left; None where nothing can be said."""
    if pace.left is None:
        return None
    return max(1, round(pace.left - (now - pace.at)))


@dataclass(frozen=True, slots=True)
class LongWork:
    """What may take long: a former life that comes back, answers on their way out, files on their way in."""

    life: Going
    sending: Going
    fetching: Going

    def now(self, life: tuple[int, int] | None) -> Going:
        """The one to show; life: (done, total) of what comes back, None for nothing."""
        if life is None:
            self.life.end()
            return self.sending if self.sending.total else self.fetching
        if self.life.total != life[1]:
            self.life.begin(life[1])
        self.life.move(life[0])
        return self.life


class Going:
    """One kind of long work: `done` of `total` things for showing, measured by `amount` (bytes, or the things)."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._pace = Pace(0.0, 0.0, 0.0)
        self._told = 0.0
        self.done = self.total = 0

    def begin(self, total: int, amount: float = 0) -> None:
        """Work on so many things begins; amount: what they come to, by default as many."""
        now = self._monotonic()
        self.done, self.total, self._told = 0, total, now
        self._pace = Pace(amount or total, now, now)

    def move(self, done: int, amount: float = 0) -> bool:
        """So much is done by now; whether it is time to tell."""
        now = self._monotonic()
        self.done = min(done, self.total)
        self._pace = moved(self._pace, amount or done, now)
        if now - self._told < TOLD_EVERY_S:
            return False
        self._told = now
        return True

    def end(self) -> None:
        """It is over, one way or the other."""
        self.done = self.total = 0

    @property
    def left_s(self) -> int | None:
        """About how many seconds are left."""
        return left_at(self._pace, self._monotonic()) if self.total else None
