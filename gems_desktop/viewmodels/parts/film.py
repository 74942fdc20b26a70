# SPDX-License-Identifier: Apache-2.0
"""A film's player and its timeline, counted in pictures.

The axis counts pictures from 0, a picture reaches from its number to the next; answers count from 1.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot

from gems_desktop.items.movie_player import MoviePlayer
from gems_desktop.viewmodels.parts.played import PlayedPart
from gems_desktop.viewmodels.task_rows import picture_of
from gems_protocol.modules import Node
from gems_protocol.modules.answer import seconds

if TYPE_CHECKING:
    from gems_desktop.viewmodels.task import TaskViewModel

_LARGE = 10  # pictures that a key with Shift goes


class FilmPart(PlayedPart):
    """Playing and stepping; a subclass adds what is marked."""

    body = "film"
    most_rate = 2.0

    def __init__(self, task: TaskViewModel, node: Node) -> None:
        super().__init__(task, node)
        if self.media is not None:
            self.player = MoviePlayer(self.media, self)
            self.player.frameChanged.connect(self._on_frame)
            self.player.readyChanged.connect(self._on_ready)
            self.player.problemChanged.connect(self._on_problem)
            self.player.playingChanged.connect(self.moved)

    def open(self, node: Node, data: dict[str, Any]) -> None:
        """Show another task's film."""
        super().open(node, data)
        self._range = None
        self.sha256 = picture_of(node, data)
        if self.player is None or not self.sha256:
            self.task.failed(node.name, self.tr("This task names no film."))
            return
        self.player.open(self.sha256, _frame_rate(node))
        self.player.muted = node.flag("muted")
        self.task.sync.join(self.player, self.player.frameChanged, node)
        self.refresh()

    def _on_problem(self) -> None:
        if self.player.problem:
            self.task.failed(self.node.name, str(self.player.problem))
        self.changed.emit()

    def _on_frame(self) -> None:
        player = self.player
        if self._range is not None and player.playing and player.frame >= self._range[1]:
            if self._loop:
                player.seekFrame(int(self._range[0]))
            else:
                player.pause()
                self._range = None
        self.moved.emit()

    def film_shown(self, size: tuple[int, int]) -> None:
        """A picture of the film is on the screen, decoded for `size` pixels."""
        self.task.painted(self.node.name, self.sha256, size)

    def ends_of_mark(self, mark: dict[str, Any]) -> tuple[float, float] | None:
        """The pictures at the seconds of a mark, or the one that it stands on."""
        grid = self.player.grid if self.player is not None else None
        if mark["kind"] == "point" and "frame" in mark:
            return mark["frame"] - 0.5, mark["frame"] - 0.5
        if grid is None or mark["kind"] != "time":
            return None
        return grid.at(mark["start"]) + 0.5, grid.at(mark["end"]) + 0.5

    def point_out(self, start: float, end: float) -> bool:
        """Mark a fault between two pictures (from 0), by their times."""
        grid = self.player.grid if self.player is not None else None
        if grid is None:
            return False
        first, last = (seconds(grid.time_of(int(value))) for value in (start, end))
        return super().point_out(first, last)

    # --- the axis ----------------------------------------------------------------------------------------
    @property
    def frames(self) -> int:
        """How many pictures there are."""
        return int(self.player.frames) if self.player is not None else 0

    @property
    def frame(self) -> int:
        """The picture that is looked at, from 1."""
        return int(self.player.frame) + 1 if self.player is not None else 1

    @property
    def fps(self) -> float:
        """Pictures a second."""
        return float(self.player.fps) if self.player is not None else 0.0

    @property
    def whole(self) -> tuple[float, float]:
        """From before the first to behind the last picture."""
        return 0.0, float(self.frames)

    @property
    def least(self) -> float:
        """Some pictures."""
        return 8.0

    @property
    def position(self) -> float:
        """The picture that is looked at, from 0."""
        return float(self.frame - 1)

    @property
    def head(self) -> float:
        """The middle of that picture."""
        return self.position + 0.5

    @property
    def problem_words(self) -> str:
        """Why nothing can be shown, or nothing."""
        if self.player is None or not self.sha256:
            return self.tr("This task names no film.")
        return str(self.player.problem)

    def seek(self, value: float) -> None:
        """Go to the picture at a place of the axis."""
        if self.player is not None and self.frames:
            self._range = None
            self.player.seekFrame(max(0, min(int(value), self.frames - 1)))

    def by_key(self, steps: int, size: str) -> float:
        """One picture, or ten."""
        if self.player is not None:
            self.player.pause()
        return self.position + steps * (_LARGE if size == "large" else 1)

    def edge(self, part: str) -> float:
        """A stretch begins before the picture that is looked at, and ends behind it."""
        return self.position + (1 if part == "end" else 0)

    def tick_words(self, value: float, step: float) -> str:
        """Pictures count from 1."""
        return str(round(value) + 1)

    def snapped(self, start: float, end: float, part: str) -> tuple[float, float]:
        """Whole pictures."""
        last = float(self.frames)
        if part == "body":
            first = max(0, min(round(start), self.frames - round(end - start)))
            return float(first), float(min(self.frames, first + round(end - start)))
        first = max(0, min(math.floor(start + 1e-9), self.frames - 1))
        return float(first), min(last, float(max(first + 1, math.ceil(end - 1e-9))))

    def value_of(self, start: float, end: float, row: int) -> dict[str, Any] | None:
        """{ranges}: pictures from 1, both within."""
        return {"ranges": [{"start": round(start) + 1, "end": round(end)}]} if self.frames else None

    # --- playing -----------------------------------------------------------------------------------------
    def key(self, text: str) -> bool:
        """Space plays, comma and full stop step, wherever the keyboard is in the task."""
        if self.player is None or not self.leads or text not in (" ", ",", "."):
            return False
        if text == " ":
            self.toggle()
        else:
            self.step(1 if text == "." else -1)
        return True

    @Slot(int)
    def step(self, steps: int) -> None:
        """Some pictures on or back."""
        if self.player is not None:
            self._range = None
            self.player.step(steps)

    @Slot(result=bool)
    def playRegion(self) -> bool:
        """Play the selected region alone; pause while it plays."""
        chosen = self.selected
        if self.player is None or chosen is None:
            return False
        if self.player.playing:
            self._range = None
            self.player.pause()
            return True
        self._range = (int(chosen.start), max(int(chosen.start), int(chosen.end) - 1))
        self.player.seekFrame(int(self._range[0]))
        self.player.play()
        return True

    def film_words(self) -> str:
        """Which picture is looked at."""
        return self.tr("Picture {at} of {whole}").format(at=self.frame, whole=self.frames)


def _frame_rate(node: Node) -> float:
    """The pictures a second that the author counts; 0 for the film's own."""
    try:
        wanted = float(node.get("frameRate") or 0)
    except ValueError:
        return 0.0
    return wanted if 0 < wanted <= 240 else 0.0
