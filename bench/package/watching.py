# SPDX-License-Identifier: Apache-2.0
"""When a window was first painted and when it came to rest, told by the pixels of the X server alone.

No program is asked for times: peers have no probes, so ours are measured without them too.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from bench.result import CannotMeasure
from tests.window.x_screen import XScreen

ROWS, COLUMNS = 96, 16  # the screen is compared by as many pieces, each a part of one line of pixels
CONTENT = 1  # pieces with more than an edge in them that make a painted window of a plain area
ALIKE = 16  # so few pieces may differ from the picture that is waited for
BLINK = 8  # so few pieces may change while a window rests: a cursor, a clock, a small spinner
POLL_S = 0.004
Picture = tuple[bytes, ...]


@dataclass(frozen=True)
class Seen:
    """Monotonic seconds: of the first painted content, of the page that can be used, whole."""

    first: float
    ready: float


def changed(before: Picture, after: Picture) -> int:
    """How many pieces differ."""
    return sum(one != other for one, other in zip(before, after, strict=True))


def painted(empty: Picture, now: Picture) -> bool:
    """Whether something is to be seen on `now` that is more than plain areas."""
    different = (piece for before, piece in zip(empty, now, strict=True) if before != piece)
    return sum(_edges(piece) > 1 for piece in different) >= CONTENT


def _edges(piece: bytes) -> int:
    """How often the colour changes along a piece: once where a plain window ends."""
    if piece == piece[:4] * (len(piece) // 4):
        return 0
    return sum(piece[at : at + 4] != piece[at - 4 : at] for at in range(4, len(piece), 4))


def known(pictures: Sequence[Picture], now: Picture) -> bool:
    """Whether `now` is one of these, but for small things."""
    return any(changed(one, now) <= ALIKE for one in pictures)


def picture(screen: XScreen) -> Picture:
    """The pieces of the screen now: bytes of BGRX."""
    width = screen.width // COLUMNS
    lines = range(0, screen.height, max(1, screen.height // ROWS))
    return tuple(
        piece for line in lines for piece in _cut(screen.line(line), width * 4)
    )  # one slice of the mapped file a line: quick enough to look 250 times a second


def _cut(line: bytes, size: int) -> list[bytes]:
    return [line[at : at + size] for at in range(0, size * COLUMNS, size)]


def rest(screen: XScreen, quiet_s: float, patience_s: float, unlike: Sequence[Picture] = ()) -> Picture:
    """The picture in which the screen comes to rest: nothing larger changes for `quiet_s`; none of `unlike`."""
    begun = last = time.monotonic()
    shown = picture(screen)
    while True:
        time.sleep(POLL_S * 10)
        now, at = picture(screen), time.monotonic()
        if changed(shown, now) > BLINK:
            shown, last = now, at
        if at - last >= quiet_s and not known(unlike, now):
            return now
        if at - begun > patience_s:
            raise CannotMeasure("the window does not come to rest")


def watch(screen: XScreen, empty: Picture, wanted: Picture, patience_s: float) -> Seen:
    """Wait until the screen looks like `wanted`; `empty` is what it looked like before. Raises CannotMeasure."""
    begun = time.monotonic()
    first = 0.0
    shown: Picture = ()
    while True:
        now, at = picture(screen), time.monotonic()
        if now != shown:
            shown = now
            if not first and painted(empty, now):
                first = at
            if first and changed(wanted, now) <= ALIKE:
                return Seen(first, at)
        if at - begun > patience_s:
            missing = f"{changed(wanted, now)} of {len(now)} pieces are not as awaited"
            raise CannotMeasure(missing if first else "no painted window")
        time.sleep(POLL_S)
