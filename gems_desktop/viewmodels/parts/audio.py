# SPDX-License-Identifier: Apache-2.0
"""A recording: its player, and the stretches of time that are marked in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Property, QObject, Qt, Signal, Slot

from gems_desktop.items.sound_player import SoundPlayer
from gems_desktop.items.timeline_view import clock
from gems_desktop.viewmodels.parts.played import PlayedPart
from gems_desktop.viewmodels.task_regions import RegionFacts
from gems_desktop.viewmodels.task_rows import picture_of
from gems_desktop.viewmodels.words import sentence
from gems_protocol.modules import Node
from gems_protocol.modules.answer import seconds

if TYPE_CHECKING:
    from gems_desktop.viewmodels.task import TaskViewModel

SHORTEST_S = 0.005  # of a region: a click and a slip of the hand make none
KEY_STEPS_S = {"fine": 0.1, "small": 1.0, "large": 5.0}
_LOOP_SLACK_S = 0.05


class AudioPart(PlayedPart):
    """What the waveform of an Audio shows and does."""

    changed = Signal()
    moved = Signal()

    body = "wave"

    def __init__(self, task: TaskViewModel, node: Node) -> None:
        super().__init__(task, node)
        self._unread = ""
        if self.media is not None:
            self.player = SoundPlayer(self.media, self)
            self.player.positionChanged.connect(self.moved)
            self.player.readyChanged.connect(self._on_ready)
            self.player.problemChanged.connect(self._on_problem)
            self.player.silentChanged.connect(self._on_silent)
            # later: the player has finished stopping then
            self.player.playingChanged.connect(self._on_playing, Qt.ConnectionType.QueuedConnection)

    def open(self, node: Node, data: dict[str, Any]) -> None:
        """Show another task's recording."""
        super().open(node, data)
        self._range, self._unread = None, ""
        self.sha256 = picture_of(node, data)
        if self.player is None or not self.sha256:
            self.task.failed(node.name, self.tr("This task names no recording."))
            return
        self.player.open(self.sha256)
        self.player.rate = _speed(node)
        self.task.sync.join(self.player, self.player.positionChanged, node)
        self.refresh()

    def _on_problem(self) -> None:
        if self.player is not None and self.player.problem:
            self.task.failed(self.node.name, self.player.problem)
        self.changed.emit()

    def failed(self, why: str) -> None:
        """The wave cannot be read."""
        self._unread = sentence(why)
        self.task.failed(self.node.name, self._unread)
        self.changed.emit()

    def _on_playing(self) -> None:
        player = self.player
        if player is None or player.playing or self._range is None:
            return
        if self._loop and player.position >= self._range[1] - _LOOP_SLACK_S:
            player.playRange(*self._range)
        else:
            self._range = None

    def point_out(self, start: float, end: float) -> bool:
        """Mark a fault between two seconds."""
        return super().point_out(seconds(start), seconds(end))

    def shown(self) -> None:
        """The wave is on the screen."""
        self.task.painted(self.node.name, self.sha256, (0, 0))

    @property
    def problem_words(self) -> str:
        """Why nothing can be shown, or nothing."""
        if self.player is None or not self.sha256:
            return self.tr("This task names no recording.")
        return self._unread or str(self.player.problem)

    # --- the axis ----------------------------------------------------------------------------------------
    @property
    def whole(self) -> tuple[float, float]:
        """The recording's length in seconds."""
        return 0.0, self.player.duration if self.player is not None else 0.0

    @property
    def position(self) -> float:
        """The second that is heard."""
        return float(self.player.position) if self.player is not None else 0.0

    @property
    def channels(self) -> int:
        """How many channels there are."""
        return int(self.player.channels) if self.player is not None else 0

    @property
    def split(self) -> bool:
        """Whether regions belong to single channels."""
        return self.node.flag("splitChannels") and self.channels > 1

    def seek(self, value: float) -> None:
        """Go to a second."""
        if self.player is not None:
            self._range = None
            self.player.seek(value)

    def by_key(self, steps: int, size: str) -> float:
        """A tenth of a second, one second or five."""
        return self.position + steps * KEY_STEPS_S[size]

    def snapped(self, start: float, end: float, part: str) -> tuple[float, float]:
        """Within the recording; a region that is moved keeps its length."""
        last, length = self.whole[1], end - start
        if part == "body":
            start = max(0.0, min(start, last - length))
            return start, min(last, start + length)
        return max(0.0, start), min(end, last)

    def value_of(self, start: float, end: float, row: int) -> dict[str, Any] | None:
        """{start, end, channel}."""
        if end - start < SHORTEST_S:
            return None
        return {"start": seconds(start), "end": seconds(end), "channel": row if self.split else 0}

    def ends_of(self, facts: RegionFacts) -> tuple[float, float] | None:
        """Where a region begins and ends."""
        return float(facts.value["start"]), float(facts.value["end"])

    def row_of(self, facts: RegionFacts) -> int:
        """Its channel, where regions belong to channels."""
        return min(int(facts.value.get("channel", 0)), self.channels - 1) if self.split else -1

    # --- playing -----------------------------------------------------------------------------------------
    def key(self, text: str) -> bool:
        """Space plays and pauses wherever the keyboard is in the task."""
        if text != " " or self.player is None or not self.leads:
            return False
        self.toggle()
        return True

    @Slot(result=bool)
    def playRegion(self) -> bool:
        """Play the selected region alone, again and again with `loop`; pause while it plays."""
        chosen = self.selected
        if self.player is None or chosen is None:
            return False
        if self.player.playing:
            self._range = None
            self.player.pause()
        else:
            self._range = (chosen.start, chosen.end)
            self.player.playRange(*self._range)
        return True

    def _words(self) -> str:
        return self.tr("{at} of {whole}").format(
            at=clock(self.position, 0.1), whole=clock(self.whole[1], 0.1)
        )

    def _on_silent(self) -> None:
        self.changed.emit()

    playerObject = Property(QObject, lambda self: self.player, constant=True)
    loop = Property(bool, lambda self: self._loop, lambda self, on: self.set_loop(on), notify=changed)
    first = Property(bool, lambda self: self.leads, notify=changed)
    marks = Property(bool, lambda self: self.may_change, notify=changed)
    hasSelected = Property(bool, lambda self: self.selected is not None, notify=changed)
    pending = Property(bool, lambda self: self.begin is not None or self.end is not None, notify=changed)
    count = Property(int, lambda self: len(self._stretches), notify=changed)
    words = Property(str, _words, notify=moved)
    silent = Property(bool, lambda self: self.player is not None and self.player.silent, notify=changed)
    beginKey = Property(str, lambda self: self.key_for("i", "["), notify=changed)
    endKey = Property(str, lambda self: self.key_for("o", "]"), notify=changed)
    loopKey = Property(str, lambda self: self.key_for("l", ""), notify=changed)


def _speed(node: Node) -> float:
    """The rate that the author asks for."""
    try:
        wanted = float(node.get("defaultSpeed", "1"))
    except ValueError:
        return 1.0
    return wanted if 0.25 <= wanted <= 3.0 else 1.0
