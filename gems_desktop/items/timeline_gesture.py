# SPDX-License-Identifier: Apache-2.0
"""What the pointer does on a line of time: play from here, look elsewhere, and one edit for each drag of a region."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QPointF, Qt

from gems_desktop.items.timeline_rows import Hit, Rows, Stretch, hit
from gems_desktop.items.timeline_view import Axis

SLIP = 4.0  # pixels a pointer may move in a click
_EDGES = ("start", "end")


@dataclass
class Stage:
    """A part on a line of time. `look` changes the view, `update` paints anew."""

    look: Callable[[Axis], None]
    update: Callable[[], None]
    part: Any = None  # a TimelinePart
    axis: Axis = field(default_factory=Axis)
    rows: Rows = field(default_factory=Rows)
    foot: float = 0.0  # the height of the overview below the rows

    def hit(self, x: float, y: float) -> Hit | None:
        """What is under a point."""
        return hit(self.part.stretches(), self.axis, self.rows, x, y) if self.part is not None else None


class Gesture:
    """A press and what follows it. `live` holds the ends of what is made or changed as they would be now."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._mode = ""
        self._begun = QPointF()
        self._from = 0.0
        self.stretch: Stretch | None = None
        self.row = 0
        self.live: tuple[float, float] | None = None

    def press(self, point: QPointF, middle: bool) -> None:
        """Begin to pan, to play from elsewhere, to draw or to change a region."""
        stage, part = self._stage, self._stage.part
        self.cancel()
        if part is None or stage.axis.empty:
            return
        self._begun, self._from = point, stage.axis.at(point.x())
        self.row = stage.rows.at(point.y())
        if middle:
            self._mode = "pan"
        elif point.y() > stage.rows.bottom:
            self._mode = "overview"
            self._centre(point)
        elif part.is_marking:
            self._mode = "mark"
        elif point.y() < stage.rows.top:
            self._mode = "seek"
            part.seek(self._from)
        elif (found := stage.hit(point.x(), point.y())) is not None:
            part.task.select(found.stretch.id)
            self.stretch = part.stretch(found.stretch.id)
            fixed = self.stretch is None or self.stretch.locked or self.stretch.fixed
            self._mode = "" if fixed else found.part
            if fixed:
                part.picked(found.stretch.id, self._from)
        else:
            self._mode = "new" if part.may_draw else "seek"
            if self._mode == "seek":
                part.click(self._from)
        stage.update()

    def _centre(self, point: QPointF) -> None:
        axis = self._stage.axis
        whole = axis.last - axis.first
        middle = axis.first + point.x() / axis.width * whole
        self._stage.look(axis.panned(middle - axis.length / 2 - axis.left))

    def move(self, point: QPointF) -> None:
        """Go on with what the press began."""
        stage, part = self._stage, self._stage.part
        if part is None or not self._mode:
            return
        if self._mode == "overview":
            self._centre(point)
        elif self._mode == "pan":
            axis = stage.axis
            stage.look(axis.panned((self._begun.x() - point.x()) / axis.width * axis.length))
            self._begun = point
        elif self._mode == "seek":
            part.seek(stage.axis.at(point.x()))
        elif self._mode == "mark":
            here = stage.axis.at(point.x())
            if self.live is not None or (point - self._begun).manhattanLength() > SLIP:
                self.live = min(self._from, here), max(self._from, here)
                stage.update()
        elif self._mode and (self.live is not None or (point - self._begun).manhattanLength() > SLIP):
            self.live = self._ends(stage.axis.at(point.x()))
            stage.update()

    def _ends(self, here: float) -> tuple[float, float]:
        part = self._stage.part
        if self.stretch is None:
            start, end, moved = min(self._from, here), max(self._from, here), "new"
        elif self._mode == "body":
            by = here - self._from
            start, end, moved = self.stretch.start + by, self.stretch.end + by, "body"
        else:
            kept = self.stretch.end if self._mode == "start" else self.stretch.start
            start, end, moved = min(kept, here), max(kept, here), self._mode
        snapped: tuple[float, float] = part.snapped(start, end, moved)
        return snapped

    def release(self) -> None:
        """Finish: one edit for the whole drag."""
        mode, live, stretch, row = self._mode, self.live, self.stretch, self.row
        begun, part = self._from, self._stage.part
        self.cancel()
        if part is None or not mode:
            return
        if mode == "mark":
            part.point_out(*(live or (begun, begun)))
        elif stretch is not None:
            if live is not None:
                part.change(stretch.id, *live, mode)
            else:
                part.picked(stretch.id, begun)
        elif mode == "new":
            if live is not None:
                part.put(*live, row)
            else:
                part.click(begun)
        self._stage.update()

    def cancel(self) -> bool:
        """Let go as if nothing had been grasped; whether something was."""
        had = self.live is not None
        self._mode, self.live, self.stretch = "", None, None
        if had:
            self._stage.update()
        return had

    @property
    def drawing(self) -> bool:
        """Whether a region is being made or changed."""
        return self.live is not None

    def cursor(self, point: QPointF) -> Qt.CursorShape:
        """What shows what a press would do."""
        stage = self._stage
        if stage.part is None or point.y() < stage.rows.top or point.y() > stage.rows.bottom:
            return Qt.CursorShape.PointingHandCursor
        if self._mode in _EDGES:
            return Qt.CursorShape.SizeHorCursor
        found = stage.hit(point.x(), point.y())
        if found is None or stage.part.is_marking:
            return Qt.CursorShape.CrossCursor if stage.part.may_draw else Qt.CursorShape.PointingHandCursor
        if found.part in _EDGES:
            return Qt.CursorShape.SizeHorCursor
        return Qt.CursorShape.ArrowCursor
