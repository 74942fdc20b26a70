# SPDX-License-Identifier: Apache-2.0
"""A film: its player, boxes that move through it by key frames, and stretches on its timeline.

The axis counts pictures from 0, a picture reaches from its number to the next; answers count from 1.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Property, QObject, Signal, Slot

from gems_desktop.items import movie_boxes
from gems_desktop.items.shapes.base import Value
from gems_desktop.items.timeline_rows import Stretch
from gems_desktop.viewmodels.parts.film import FilmPart
from gems_desktop.viewmodels.task_hand import shapes
from gems_desktop.viewmodels.task_regions import RegionFacts
from gems_protocol.modules import Node
from gems_protocol.modules.answer import percentage

if TYPE_CHECKING:
    from gems_desktop.viewmodels.task import TaskViewModel

BOX, TIMELINE = "videorectangle", "timeline"


@dataclass(frozen=True, slots=True)
class MovieBox:
    """A box on the picture that is shown; `key` tells that this picture is one of its key frames."""

    id: str
    value: Value
    colour: str
    text: str
    selected: bool = False
    locked: bool = False
    key: bool = False
    dashed: bool = False


class VideoPart(FilmPart):
    """What the picture and the timeline of a Video show and do."""

    changed = Signal()
    moved = Signal()

    kinds = frozenset({BOX, TIMELINE})

    def __init__(self, task: TaskViewModel, node: Node) -> None:
        super().__init__(task, node)
        self._rows: tuple[str, ...] = ()
        self._row_of: dict[str, int] = {}
        task.handChanged.connect(self.refresh)

    def ends_of(self, facts: RegionFacts) -> tuple[float, float] | None:
        """Where a region begins and ends."""
        if facts.kind == TIMELINE:
            ranges = facts.value["ranges"]
            return ranges[0]["start"] - 1.0, float(ranges[-1]["end"])
        sequence = facts.value["sequence"]
        return sequence[0]["frame"] - 1.0, float(max(self.frames, sequence[-1]["frame"]))

    def row_of(self, facts: RegionFacts) -> int:
        """A box has its own row, stretches with one label share theirs."""
        return self._row_of.get(_row_key(facts), -1)

    # --- what is shown -----------------------------------------------------------------------------------
    def refresh(self) -> None:
        """Read the regions anew, and give each its row."""
        names: list[str] = []
        self._row_of = {}
        for facts in self.task.regions_on(self.node.name):
            key = _row_key(facts)
            if facts.kind in self.kinds and key not in self._row_of:
                self._row_of[key] = len(names)
                names.append(f"{facts.number} {facts.text}".strip() if facts.kind == BOX else facts.text)
        tool = self.task.tool(self.node.name)
        if tool is not None and tool.kind == TIMELINE and f"{TIMELINE} {tool.label}" not in self._row_of:
            self._row_of[f"{TIMELINE} {tool.label}"] = len(names)
            option = tool.labels.option(tool.label) if tool.labels is not None else None
            names.append(option.shown if option is not None else tool.label)
        self._rows = tuple(names)
        super().refresh()

    @property
    def row_names(self) -> tuple[str, ...]:
        """What stands before each row."""
        return self._rows

    @property
    def hand_row(self) -> int:
        """The row of the label in hand."""
        tool = self.task.tool(self.node.name)
        return self._row_of.get(f"{TIMELINE} {tool.label}", -1) if tool is not None else -1

    def _stretch(
        self, facts: RegionFacts, selected: bool = False, note: str = "", dashed: bool = False
    ) -> Stretch | None:
        made = super()._stretch(facts, selected, note, dashed)
        if made is None:
            return None
        made = replace(made, text="", note="")  # the row says it
        if facts.kind == TIMELINE:
            ranges = facts.value["ranges"]
            gaps = tuple(
                (float(one["end"]), two["start"] - 1.0)
                for one, two in itertools.pairwise(ranges)
                if one["end"] < two["start"]
            )
            return replace(made, gaps=gaps, fixed=len(ranges) > 1)
        sequence = facts.value["sequence"]
        there = movie_boxes.stretches(sequence, self.frames)
        ends = [float(end) for _, end in there]
        starts = [start - 1.0 for start, _ in there[1:]] + [made.end]
        return replace(
            made,
            points=tuple((each["frame"] - 0.5, bool(each["enabled"])) for each in sequence),
            gaps=tuple((a, b) for a, b in zip(ends, starts, strict=True) if a < b),
            fixed=True,
        )

    @property
    def may_draw(self) -> bool:
        """Whether a drag on the timeline makes a stretch now."""
        tool = self.task.tool(self.node.name)
        return tool is not None and tool.kind == TIMELINE and self.frames > 0

    @property
    def may_box(self) -> bool:
        """Whether a drag on the picture makes a box now."""
        tool = self.task.tool(self.node.name)
        return tool is not None and tool.kind == BOX and self.frames > 0

    def boxes(self) -> tuple[MovieBox, ...]:
        """The boxes on the picture that is looked at, then those of another answer."""
        mine = self._boxes_of(self.task.regions_on(self.node.name), dashed=False)
        return mine + self._boxes_of(self.task.other_on(self.node.name), dashed=True)

    def pin(self) -> tuple[float, float] | None:
        """Where a fault is on the picture that is looked at, in percent."""
        mark = self.task.mark_on(self.node.name)
        if mark is None or mark["kind"] != "point" or mark.get("frame", self.frame) != self.frame:
            return None
        return float(mark["x"]), float(mark["y"])

    def pin_down(self, x: float, y: float) -> bool:
        """Mark a fault on the picture that is looked at."""
        mark = {"kind": "point", "x": percentage(x), "y": percentage(y), "frame": self.frame}
        return bool(self.task.placeMark(self.node.name, mark))

    def _boxes_of(self, found: tuple[RegionFacts, ...], *, dashed: bool) -> tuple[MovieBox, ...]:
        boxes = []
        selected = "" if dashed else str(self.task.selected)
        for facts in found:
            if facts.kind != BOX or not movie_boxes.seen(facts.value["sequence"], self.frame):
                continue
            value = movie_boxes.place(facts.value["sequence"], self.frame)
            if value is not None:
                key = any(each["frame"] == self.frame for each in facts.value["sequence"])
                locked = facts.locked or not self.may_change
                here = facts.id == selected
                boxes.append(MovieBox(facts.id, value, facts.colour, facts.text, here, locked, key, dashed))
        return tuple(boxes)

    def _sequence(self) -> list[dict[str, Any]] | None:
        """The key frames of the selected box, where it may be changed."""
        facts = self.task.region(str(self.task.selected))
        if facts is None or facts.kind != BOX or facts.locked or facts.to_name != self.node.name:
            return None
        return list(facts.value["sequence"])

    # --- what a person does ------------------------------------------------------------------------------
    def add_box(self, value: Value) -> bool:
        """A new box, with a key frame on this picture."""
        if not self.may_box:
            return False
        made = {
            "framesCount": self.frames,
            "duration": round(float(self.player.duration), 6),
            "sequence": [movie_boxes.key_frame(self.frame, value, True, self.fps)],
        }
        return bool(self.task.add(self.node.name, made))

    def move_box(self, value: Value) -> bool:
        """The selected box is there on this picture: a key frame."""
        sequence = self._sequence()
        return sequence is not None and self._put(movie_boxes.moved(sequence, self.frame, value, self.fps))

    def _put(self, sequence: list[dict[str, Any]] | None) -> bool:
        return sequence is not None and bool(
            self.task.change(str(self.task.selected), {"sequence": sequence})
        )

    @Slot(result=bool)
    def toggleKey(self) -> bool:
        """Make this picture a key frame of the selected box, or none any more."""
        sequence = self._sequence()
        return sequence is not None and self._put(movie_boxes.toggled_key(sequence, self.frame, self.fps))

    @Slot(result=bool)
    def toggleThere(self) -> bool:
        """The selected box is gone after this picture, or there again from it on."""
        sequence = self._sequence()
        return sequence is not None and self._put(movie_boxes.toggled_there(sequence, self.frame, self.fps))

    def bring(self, stretch: Stretch) -> None:
        """Go where a region begins, unless it is there on this picture."""
        boxed = any(box.id == stretch.id for box in self.boxes())
        within = not stretch.points and stretch.start <= self.position < stretch.end
        if not boxed and not within:
            self.seek(stretch.start)

    def picked(self, identity: str, value: float) -> None:
        """The film goes where a region was clicked."""
        self.seek(value)

    def letter(self, text: str) -> bool:
        """K and G change key frames."""
        return (
            self.toggleKey() if text == "k" else self.toggleThere() if text == "g" else super().letter(text)
        )

    def _draws(self, kind: str) -> bool:
        module = self.task.module
        found = shapes(module, self.node.name) if self.node.name else ()
        wanted = "VideoRectangle" if kind == BOX else "TimelineLabels"
        return self.may_change and any(node.tag == wanted for node in found)

    def _key_here(self) -> bool:
        sequence = self._sequence()
        return sequence is not None and any(each["frame"] == self.frame for each in sequence)

    def _there(self) -> bool:
        last = movie_boxes.before(self._sequence() or [], self.frame)
        return last is not None and bool(last["enabled"])

    playerObject = Property(QObject, lambda self: self.player, constant=True)
    loop = Property(bool, lambda self: self._loop, lambda self, on: self.set_loop(on), notify=changed)
    first = Property(bool, lambda self: self.leads, notify=changed)
    marks = Property(bool, lambda self: self._draws(TIMELINE), notify=changed)
    draws = Property(bool, lambda self: self._draws(BOX), notify=changed)
    mayBox = Property(bool, lambda self: self.may_box, notify=changed)
    hasBox = Property(bool, lambda self: self._sequence() is not None, notify=changed)
    keyHere = Property(bool, _key_here, notify=moved)
    there = Property(bool, _there, notify=moved)
    hasSelected = Property(bool, lambda self: self.selected is not None, notify=changed)
    hasSound = Property(
        bool, lambda self: self.player is not None and self.player.sound is not None, notify=changed
    )
    pending = Property(bool, lambda self: self.begin is not None or self.end is not None, notify=changed)
    count = Property(int, lambda self: len(self._stretches), notify=changed)
    words = Property(str, lambda self: self.film_words(), notify=moved)
    silent = Property(bool, lambda self: False, constant=True)
    beginKey = Property(str, lambda self: self.key_for("i", "["), notify=changed)
    endKey = Property(str, lambda self: self.key_for("o", "]"), notify=changed)
    loopKey = Property(str, lambda self: self.key_for("l", ""), notify=changed)
    keyKey = Property(str, lambda self: self.key_for("k", ""), notify=changed)
    thereKey = Property(str, lambda self: self.key_for("g", ""), notify=changed)


def _row_key(facts: RegionFacts) -> str:
    return facts.id if facts.kind == BOX else f"{TIMELINE} {facts.labels[0] if facts.labels else ''}"
