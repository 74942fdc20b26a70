# SPDX-License-Identifier: Apache-2.0
"""Somebody at the keyboard outside of the application: reads the screen, presses keys through X, counts."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from bench.keyboard_hour.accounts import Typed
from bench.keyboard_hour.photos import KINDS, read
from bench.result import CannotMeasure
from tests.window.hands import Hands
from tests.window.x_screen import XScreen

PATIENCE_S = 30.0
LOST_S = 5.0  # so long no press of Enter takes; a key was lost
POLL_S = 0.0003
LOOK_AT = 100  # memory is looked at after so many tasks


@dataclass
class Typist:
    """One run. pace_s: from a painted photo to its key, and a fifth of it from there to Enter."""

    screen: XScreen
    hands: Hands
    pace_s: float
    chance: random.Random
    drops: frozenset[int] = frozenset()  # photos whose key is only said to be pressed: the control
    typed: list[Typed] = field(default_factory=list)
    waits_ms: list[float] = field(default_factory=list)
    lost: list[int] = field(default_factory=list)  # tasks at which the window did not go on: a key never came

    def number(self, cells: list[tuple[int, int]]) -> int | None:
        """Which photo is painted, or None while it is none as a whole."""
        return read([sum(self.screen.pixel(x, y)) // 3 for x, y in cells])

    def round(self, cells: list[tuple[int, int]], tasks: int, look: Callable[[int], None]) -> None:
        """Do so many tasks; the last one leads to the pause, which is not measured. look: after each hundred."""
        for at in range(tasks):
            shown = self.wait_for(cells, lambda number: number is not None)
            if self.pace_s:
                time.sleep(self.pace_s * self.chance.uniform(0.6, 1.2))
            choice = self.chance.randrange(len(KINDS))
            self.typed.append(Typed(shown, f"{KINDS[choice]} 1"))
            if len(self.typed) not in self.drops:
                self.hands.key(str(choice + 1))
            if self.pace_s:
                time.sleep(self.pace_s * 0.2)
            pressed = time.perf_counter()
            self.hands.key("Return")
            if at < tasks - 1:
                self._goes_on(cells, shown, str(choice + 1), pressed)
            if len(self.typed) % LOOK_AT == 0:
                look(len(self.typed))

    def _goes_on(self, cells: list[tuple[int, int]], shown: int, key: str, pressed: float) -> None:
        """Wait for the next photo; where it does not come, note it, and press again so that the hour goes on."""

        def another(number: int | None) -> bool:
            return number not in (None, shown)

        try:
            self.wait_for(cells, another, LOST_S)
        except CannotMeasure:
            self.lost.append(len(self.typed))
            self.hands.key(key)
            self.hands.key("Return")
            self.wait_for(cells, another)
        else:
            self.waits_ms.append((time.perf_counter() - pressed) * 1000)

    def wait_for(
        self,
        cells: list[tuple[int, int]],
        wanted: Callable[[int | None], bool],
        patience_s: float = PATIENCE_S,
    ) -> int:
        """The number of the photo that is painted, as soon as it is a wanted one; raises CannotMeasure."""
        end = time.monotonic() + patience_s
        while not wanted(number := self.number(cells)):
            if time.monotonic() > end:
                raise CannotMeasure(f"after {len(self.typed)} tasks no further photo was painted")
            time.sleep(POLL_S)
        assert number is not None
        return number
