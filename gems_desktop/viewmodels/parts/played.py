# SPDX-License-Identifier: Apache-2.0
"""What sound and film share beyond a line of time: a player, what of it is played alone, and its keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot

from gems_desktop.viewmodels.parts.timeline import TimelinePart

if TYPE_CHECKING:
    from gems_desktop.viewmodels.task import TaskViewModel
    from gems_protocol.modules import Node

RATES = (0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 2.5, 3.0)


class PlayedPart(TimelinePart):
    """A recording or a film. A subclass makes the player and says what of it is played alone."""

    most_rate = RATES[-1]

    def __init__(self, task: TaskViewModel, node: Node) -> None:
        super().__init__(task, node)
        self.media = task.media
        self.sha256 = ""
        self.player: Any = None  # a SoundPlayer or a MoviePlayer where there is a client
        self._range: tuple[float, float] | None = None  # what is played alone
        self._loop = False

    def leave(self) -> None:
        """Stop, and drop what is being read."""
        if self.player is not None:
            self.player.shut()

    def _on_ready(self) -> None:
        self.refresh()
        self.moved.emit()

    @property
    def running(self) -> bool:
        """Whether it plays."""
        return self.player is not None and bool(self.player.playing)

    @property
    def leads(self) -> bool:
        """Whether the keys that hold for the whole task are this player's: the first one's."""
        return bool(self.task.sync.leads(self.player))

    def play_key(self) -> bool:
        """Space plays and pauses."""
        self.toggle()
        return True

    def letter(self, text: str) -> bool:
        """< and > change the rate, L plays a stretch again and again."""
        if text in "<>":
            self.faster(1 if text == ">" else -1)
        elif text == "l":
            self.set_loop(not self._loop)
        else:
            return False
        return True

    @Slot()
    def toggle(self) -> None:
        """Play or pause."""
        if self.player is not None:
            self._range = None
            self.player.toggle()

    @Slot()
    def rest(self) -> None:
        """Stop: nobody sees it any more."""
        if self.player is not None:
            self._range = None
            self.player.pause()

    @Slot(int)
    def faster(self, steps: int) -> None:
        """Play faster, or slower with negative steps."""
        if self.player is not None:
            self.player.rate = next_rate(float(self.player.rate), steps, self.most_rate)

    def set_loop(self, loop: bool) -> None:
        """Play a stretch again and again, or once."""
        if loop != self._loop:
            self._loop = loop
            self.changed.emit()


def next_rate(rate: float, steps: int, most: float) -> float:
    """The rate so many steps on."""
    near = min(range(len(RATES)), key=lambda at: abs(RATES[at] - rate))
    return min(RATES[max(0, min(near + steps, len(RATES) - 1))], most)
