# SPDX-License-Identifier: Apache-2.0
"""The sound that goes with a dialogue: all of it, or one turn alone, and which turn is heard now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Property, QObject, Signal, Slot

from gems_desktop.items.sound_player import SoundPlayer
from gems_protocol.modules import Node
from gems_protocol.modules.check import MEDIA
from gems_protocol.modules.reading import Turn

if TYPE_CHECKING:
    from gems_desktop.viewmodels.task import TaskViewModel


class TurnSound(QObject):
    """Plays a dialogue's sound. `turn` is the number of the turn that is heard, -1 for none."""

    changed = Signal()

    def __init__(self, task: TaskViewModel, parent: QObject) -> None:
        super().__init__(parent)
        self._task = task
        self._turns: tuple[Turn, ...] = ()
        self._there = False
        self._turn = -1
        self.player: SoundPlayer | None = None

    def open(self, node: Node, data: dict[str, Any], turns: tuple[Turn, ...]) -> None:
        """Another task's dialogue is shown; without sound there is nothing to play."""
        named = data.get(node.sound) if node.sound else None
        sha256 = named.removeprefix("sha256:") if isinstance(named, str) and MEDIA.fullmatch(named) else ""
        media = self._task.media
        self._turns, self._turn = turns, -1
        self._there = bool(sha256) and media is not None
        if sha256 and media is not None:
            if self.player is None:
                self.player = SoundPlayer(media, self)
                self.player.positionChanged.connect(self._on_moved)
                self.player.playingChanged.connect(self._on_moved)
                self.player.readyChanged.connect(self.changed)
                self.player.problemChanged.connect(self.changed)
            self.player.open(sha256)
            self._task.sync.join(self.player, self.player.positionChanged, node)
        elif self.player is not None:
            self.player.shut()
        self.changed.emit()

    @Slot()
    def _on_moved(self) -> None:
        """Find the turn that is heard."""
        at = self.player.now() if self.player is not None and self.player.running() else -1.0
        self._turn = next(
            (
                number
                for number, turn in enumerate(self._turns)
                if turn.start is not None
                and turn.start <= at < (turn.end if turn.end is not None else at + 1)
            ),
            -1,
        )
        self.changed.emit()

    @Slot()
    def toggle(self) -> None:
        """Play on, or pause."""
        if self.player is not None and self._there:
            self.player.toggle()

    @Slot(int)
    def playTurn(self, number: int) -> None:
        """Play one turn alone, or pause; one without times is played with all from where it stands."""
        if self.player is None or not self._there:
            return
        turn = self._turns[number] if 0 <= number < len(self._turns) else None
        if self.player.running() or turn is None or turn.start is None:
            self.player.toggle()
        elif turn.end is None:
            self.player.seek(turn.start)
            self.player.play()
        else:
            self.player.playRange(turn.start, turn.end)

    @property
    def heard(self) -> int:
        """The turn that is heard."""
        return self._turn

    def _plays(self) -> bool:
        return self.player is not None and self.player.running()

    there = Property(bool, lambda self: self._there, notify=changed)
    playing = Property(bool, _plays, notify=changed)
    ready = Property(bool, lambda self: self.player is not None and bool(self.player.facts), notify=changed)
    position = Property(
        float, lambda self: self.player.now() if self.player is not None else 0.0, notify=changed
    )
    problem = Property(
        str, lambda self: str(self.player.property("problem")) if self.player else "", notify=changed
    )
    turn = Property(int, lambda self: self._turn, notify=changed)
