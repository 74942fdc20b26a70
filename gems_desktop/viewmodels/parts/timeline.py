# SPDX-License-Identifier: Apache-2.0
"""What sound, film and series share: regions as stretches on a line of time, made and changed by hand and by key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot

from gems_desktop.items.timeline_rows import Stretch
from gems_desktop.items.timeline_view import clock
from gems_desktop.viewmodels.parts.part import Part
from gems_desktop.viewmodels.task_hand import shapes
from gems_desktop.viewmodels.task_regions import RegionFacts
from gems_protocol.modules import Node
from gems_protocol.text import line

if TYPE_CHECKING:
    from gems_desktop.viewmodels.task import TaskViewModel

NOTE_LENGTH = 120  # characters of a transcript that stand in its stretch


class TimelinePart(Part):
    """What a TimeCanvas shows and does. Values are those of the axis: seconds, pictures or the series' own time.

    A subclass declares `changed` (what stands still changed) and `moved` (the position did), says what its axis is,
    and turns stretches into values of regions and back.
    """

    changed: Any
    moved: Any

    body = ""  # how TimeCanvas paints it: wave, film or series
    kinds = frozenset({"time"})  # of regions that stand on its line

    def __init__(self, task: TaskViewModel, node: Node) -> None:
        super().__init__(task, node)
        self._stretches: tuple[Stretch, ...] = ()
        self._others: tuple[Stretch, ...] = ()
        self.mark: tuple[float, float] | None = None  # where a fault is
        self.begin: float | None = None  # set by key, until it becomes a region
        self.end: float | None = None
        self._marks = False

    # --- what a subclass says ----------------------------------------------------------------------------
    @property
    def whole(self) -> tuple[float, float]:
        """Where the axis begins and ends; equal while that is unknown."""
        return 0.0, 0.0

    @property
    def least(self) -> float:
        """The shortest part of the axis that is worth to be seen alone."""
        return 0.05

    @property
    def position(self) -> float:
        """Where the play head or the cursor is."""
        return 0.0

    @property
    def head(self) -> float:
        """Where the line of the play head stands."""
        return self.position

    @property
    def running(self) -> bool:
        """Whether it plays."""
        return False

    @property
    def problem_words(self) -> str:
        """Why nothing can be shown, or nothing."""
        return ""

    def shown(self) -> None:
        """A person sees what is to be judged."""

    def seek(self, value: float) -> None:
        """Move the play head or the cursor."""

    def by_key(self, steps: int, size: str) -> float:
        """The position after `steps` of a key; `size` is small, large or fine."""
        return self.position + steps

    def snapped(self, start: float, end: float, part: str) -> tuple[float, float]:
        """Ends as an answer can hold them, within the whole; `part` is what was moved: start, end, body or new."""
        return start, end

    def value_of(self, start: float, end: float, row: int) -> dict[str, Any] | None:
        """The geometry of a region; None where it would be none."""
        return None

    def ends_of(self, facts: RegionFacts) -> tuple[float, float] | None:
        """Where a region stands; None where it cannot be told."""
        return None

    def row_of(self, facts: RegionFacts) -> int:
        """The row of a region, -1 for all rows."""
        return -1

    def tick_words(self, value: float, step: float) -> str:
        """A number of the ruler, whose neighbours are `step` away."""
        return clock(value, step)

    def play_key(self) -> bool:
        """What Space does."""
        return False

    def playRegion(self) -> bool:
        """Play the selected region alone."""
        return False

    def letter(self, text: str) -> bool:
        """What a letter does here that nothing else uses."""
        return False

    def hover(self, value: float) -> None:
        """The pointer is over a place of the axis."""

    def bring(self, stretch: Stretch) -> None:
        """A region was selected elsewhere: go where it begins."""
        self.seek(stretch.start)

    def picked(self, identity: str, value: float) -> None:
        """A region was clicked at a place, or reached by key."""

    # --- what is shown -----------------------------------------------------------------------------------
    def open(self, node: Node, data: dict[str, Any]) -> None:
        """Show another task's data."""
        super().open(node, data)
        self.begin = self.end = None
        self._marks = bool(node.name) and any(True for _ in shapes(self.task.module, node.name))

    def refresh(self) -> None:
        """Read the regions anew."""
        notes = self._notes()
        selected = str(self.task.selected)
        self._stretches = tuple(
            made
            for facts in self.task.regions_on(self.node.name)
            if facts.kind in self.kinds
            and (made := self._stretch(facts, facts.id == selected, notes.get(facts.id, ""))) is not None
        )
        self._others = self._read_others()
        self.mark = self._read_mark()
        self.changed.emit()

    def _notes(self) -> dict[str, str]:
        """What was written about each region."""
        found: dict[str, str] = {}
        for result in self.task.results:
            if result["type"] == "textarea" and "id" in result:
                text = " ".join(result["value"].get("text", ()))
                found.setdefault(result["id"], line(text, NOTE_LENGTH))
        return found

    def _stretch(
        self, facts: RegionFacts, selected: bool = False, note: str = "", dashed: bool = False
    ) -> Stretch | None:
        ends = self.ends_of(facts)
        if ends is None:
            return None
        return Stretch(
            facts.id,
            *ends,
            facts.colour,
            facts.text,
            note,
            row=self.row_of(facts),
            selected=selected,
            locked=facts.locked or not self.may_change,
            dashed=dashed,
        )

    def _read_others(self) -> tuple[Stretch, ...]:
        return tuple(
            made
            for facts in self.task.other_on(self.node.name)
            if facts.kind in self.kinds and (made := self._stretch(facts, dashed=True)) is not None
        )

    def _read_mark(self) -> tuple[float, float] | None:
        mark = self.task.mark_on(self.node.name)
        return self.ends_of_mark(mark) if mark is not None else None

    def ends_of_mark(self, mark: dict[str, Any]) -> tuple[float, float] | None:
        """Where a mark stands on the axis; None for one that stands elsewhere."""
        return (float(mark["start"]), float(mark["end"])) if mark["kind"] == "time" else None

    def stretches(self) -> tuple[Stretch, ...]:
        """The regions that are not hidden, then those of another answer."""
        return self._stretches + self._others

    def stretch(self, identity: str) -> Stretch | None:
        """The region of that id."""
        return next((each for each in self._stretches if each.id == identity), None)

    @property
    def selected(self) -> Stretch | None:
        """The selected region, where it stands here."""
        return self.stretch(str(self.task.selected))

    @property
    def may_change(self) -> bool:
        """Whether regions can be changed at all."""
        return self._marks and not self.task.readOnly

    @property
    def may_draw(self) -> bool:
        """Whether a drag makes a region now."""
        tool = self.task.tool(self.node.name)
        return tool is not None and tool.kind in self.kinds

    @property
    def hand_colour(self) -> str:
        """The colour of what a drag makes."""
        return self.task.colour(self.task.tool(self.node.name))

    # --- what a person does ------------------------------------------------------------------------------
    def put(self, start: float, end: float, row: int) -> bool:
        """Make a region with the label in hand."""
        if not self.may_draw:
            return False
        value = self.value_of(*self.snapped(min(start, end), max(start, end), "new"), row)
        return value is not None and bool(self.task.add(self.node.name, value))

    def change(self, identity: str, start: float, end: float, part: str) -> bool:
        """Move a region or one of its ends."""
        stretch = self.stretch(identity)
        if stretch is None or stretch.locked or stretch.fixed:
            return False
        value = self.value_of(*self.snapped(min(start, end), max(start, end), part), max(stretch.row, 0))
        return value is not None and bool(self.task.change(identity, value))

    def click(self, value: float) -> None:
        """What a click beside every region does."""
        self.task.select("")
        self.seek(value)

    @property
    def is_marking(self) -> bool:
        """Whether a click or Enter marks the place of a fault."""
        return bool(self.task.marking)

    def point_out(self, start: float, end: float) -> bool:
        """Mark a fault between two places of the axis."""
        return bool(self.task.placeMark(self.node.name, {"kind": "time", "start": start, "end": end}))

    @Slot(result=bool)
    def setBegin(self) -> bool:
        """The play head is where a region begins: the selected one, or the one that Enter makes."""
        return self._set_edge("start")

    @Slot(result=bool)
    def setEnd(self) -> bool:
        """The play head is where a region ends: the selected one, or the one that Enter makes."""
        return self._set_edge("end")

    def _set_edge(self, part: str) -> bool:
        at = self.edge(part)
        chosen = self.selected
        if chosen is not None and not chosen.fixed:
            start, end = (at, chosen.end) if part == "start" else (chosen.start, at)
            return start < end and self.change(chosen.id, start, end, part)
        if not self.may_draw:
            return False
        if part == "start":
            self.begin = at
            self.end = None if self.end is not None and self.end <= at else self.end
        else:
            self.end = at
            self.begin = None if self.begin is not None and self.begin >= at else self.begin
        self.changed.emit()
        return True

    def edge(self, part: str) -> float:
        """Where a region begins or ends that is set by key now."""
        return self.position

    @Slot(result=bool)
    def make(self) -> bool:
        """Make the region between the two places that were set; what is not set is the play head."""
        start = self.begin if self.begin is not None else self.edge("start")
        end = self.end if self.end is not None else self.edge("end")
        if self.begin is None and self.end is None:
            return False
        self.begin = self.end = None
        made = self.put(start, end, 0)
        self.changed.emit()
        return made

    def forget_edges(self) -> bool:
        """Forget what was set by key; whether there was anything."""
        had = self.begin is not None or self.end is not None
        self.begin = self.end = None
        if had:
            self.changed.emit()
        return had

    # --- keys ----------------------------------------------------------------------------------------
    def uses(self, key: str) -> bool:
        """Whether the module gives this key to an option."""
        return bool(self.task.uses(key))

    def key_for(self, letter: str, otherwise: str) -> str:
        """The key to be shown: the letter, or another where the module has given that away."""
        return otherwise if self.uses(letter) else letter.upper()
