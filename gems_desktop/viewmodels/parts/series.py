# SPDX-License-Identifier: Apache-2.0
"""A series of measurements: its curves, the cursor, and stretches or moments that are marked in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Property, QObject, Signal

from gems_desktop.items.series_body import Curve
from gems_desktop.items.timeline_view import SECOND_STEPS
from gems_desktop.viewmodels.parts.series_data import Series, read, time_words
from gems_desktop.viewmodels.parts.timeline import TimelinePart
from gems_desktop.viewmodels.task_regions import RegionFacts
from gems_protocol.modules import Node

if TYPE_CHECKING:
    from gems_desktop.viewmodels.task import TaskViewModel

_STEPS = {"fine": 1, "small": 1, "large": 10}  # samples


class SeriesPart(TimelinePart):
    """What the plots of a TimeSeries show and do. The position is the cursor, which stands on a sample."""

    changed = Signal()
    moved = Signal()

    body = "series"

    def __init__(self, task: TaskViewModel, node: Node) -> None:
        super().__init__(task, node)
        self._series = Series()
        self._problem = ""
        self.sample = 0

    def open(self, node: Node, data: dict[str, Any]) -> None:
        """Show another task's series."""
        super().open(node, data)
        self.sample = 0
        found = read(node, data.get(node.variable))
        self._series = found if isinstance(found, Series) else Series()
        self._problem = ""
        if isinstance(found, str):
            self._problem = (
                self.tr("The times of this series cannot be read.")
                if found == "times"
                else self.tr("This task brings no series.")
            )
        self.refresh()

    # --- the axis ----------------------------------------------------------------------------------------
    @property
    def whole(self) -> tuple[float, float]:
        """The first and the last time; one sample stands in the middle of something."""
        first, last = self._series.whole
        return (first, last) if last > first or not self._series.times else (first - 0.5, first + 0.5)

    @property
    def least(self) -> float:
        """Some samples."""
        first, last = self.whole
        return max((last - first) / max(len(self._series.times), 1) * 4, 1e-9)

    @property
    def times(self) -> tuple[float, ...]:
        """The time of each sample."""
        return self._series.times

    @property
    def curves(self) -> tuple[Curve, ...]:
        """One for each channel."""
        return self._series.curves

    @property
    def overview(self) -> tuple[Curve, ...]:
        """The channels of the overview."""
        names = self.node.words("overviewChannels")
        return tuple(curve for curve in self.curves if curve.column in names) or self.curves[:1]

    @property
    def steps(self) -> tuple[float, ...]:
        """Steps of the ruler."""
        return SECOND_STEPS if self._series.dated else ()

    @property
    def problem_words(self) -> str:
        """Why nothing can be shown, or nothing."""
        return self._problem

    @property
    def position(self) -> float:
        """The time under the cursor."""
        times = self._series.times
        return times[self.sample] if self.sample < len(times) else 0.0

    def seek(self, value: float) -> None:
        """Put the cursor on the sample next to a time."""
        if self._series.times:
            sample = self._series.nearest(value)
            if sample != self.sample:
                self.sample = sample
                self.moved.emit()

    def by_key(self, steps: int, size: str) -> float:
        """One sample, or ten."""
        times = self._series.times
        if not times:
            return 0.0
        return times[max(0, min(self.sample + steps * _STEPS[size], len(times) - 1))]

    def tick_words(self, value: float, step: float) -> str:
        """A number of the ruler."""
        return time_words(value, self._series.dated, step)

    def snapped(self, start: float, end: float, part: str) -> tuple[float, float]:
        """Ends stand on samples."""
        times = self._series.times
        if not times:
            return start, end
        return times[self._series.nearest(start)], times[self._series.nearest(end)]

    def value_of(self, start: float, end: float, row: int) -> dict[str, Any] | None:
        """{start, end, instant}, the times as the task has them."""
        if not self._series.times:
            return None
        ends = self._stored(start), self._stored(end)
        return {"start": ends[0], "end": ends[1], "instant": ends[0] == ends[1]}

    def _stored(self, value: float) -> float | int | str:
        at = self._series.nearest(value)
        if self._series.texts:
            return self._series.texts[at]
        found = self._series.times[at]
        return int(found) if found.is_integer() else found

    def ends_of(self, facts: RegionFacts) -> tuple[float, float] | None:
        """Where a region begins and ends."""
        ends = self._read(facts.value["start"]), self._read(facts.value["end"])
        return (ends[0], ends[1]) if ends[0] is not None and ends[1] is not None else None

    def _read(self, value: float | int | str) -> float | None:
        if isinstance(value, str):
            at = self._series.places.get(value)
            return self._series.times[at] if at is not None else None
        return float(value)

    # --- what a person does ------------------------------------------------------------------------------
    def click(self, value: float) -> None:
        """Marks a moment; while a region is selected it only lets go of that."""
        had = bool(self.task.selected)
        super().click(value)
        if not had and self.may_draw:
            self.put(self.position, self.position, 0)

    def hover(self, value: float) -> None:
        """The cursor follows the pointer."""
        self.seek(value)

    def picked(self, identity: str, value: float) -> None:
        """The cursor goes where a region was clicked."""
        self.seek(value)

    def make(self) -> bool:
        """The region between the ends that were set; without any, a moment at the cursor."""
        if self.begin is None and self.end is None:
            return self.selected is None and self.put(self.position, self.position, 0)
        return super().make()

    def value_words(self, curve: Curve) -> str:
        """A channel's name and its value at the cursor."""
        value = curve.values[self.sample] if self.sample < len(curve.values) else None
        shown = "–" if value is None else f"{value:.6g}"
        return f"{curve.name}  {shown} {curve.units}".rstrip()

    def _words(self) -> str:
        if not self._series.times:
            return ""
        first, last = self.whole
        at = time_words(self.position, self._series.dated, max((last - first) / 1e5, 1e-6))
        return ", ".join([at, *(self.value_words(curve) for curve in self.curves)])

    marks = Property(bool, lambda self: self.may_change, notify=changed)
    hasSelected = Property(bool, lambda self: self.selected is not None, notify=changed)
    pending = Property(bool, lambda self: self.begin is not None or self.end is not None, notify=changed)
    count = Property(int, lambda self: len(self._stretches), notify=changed)
    words = Property(str, _words, notify=moved)
    beginKey = Property(str, lambda self: self.key_for("i", "["), notify=changed)
    endKey = Property(str, lambda self: self.key_for("o", "]"), notify=changed)
    playerObject = Property(QObject, lambda self: None, constant=True)
