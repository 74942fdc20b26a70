# SPDX-License-Identifier: Apache-2.0
"""A text, a text with markup or a dialogue: the sheet that is shown, and the stretches marked on it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Property, QObject, Signal, Slot

from gems_desktop.viewmodels.parts.part import Part
from gems_desktop.viewmodels.parts.turn_sound import TurnSound
from gems_desktop.viewmodels.task_hand import shapes
from gems_desktop.viewmodels.task_regions import RegionFacts
from gems_desktop.viewmodels.task_rows import shown_text
from gems_protocol.modules import Node
from gems_protocol.modules.reading import (
    Sheet,
    Turn,
    from_hypertext,
    from_text,
    from_turns,
    place_of,
    turns_of,
    value_of,
)
from gems_protocol.modules.reading.words import Words

if TYPE_CHECKING:
    from gems_desktop.viewmodels.task import TaskViewModel


@dataclass(frozen=True, slots=True)
class Span:
    """A marked stretch: `start` and `end` in the sheet's text (UTF-16 units)."""

    id: str
    start: int
    end: int
    text: str
    colour: str
    labels: tuple[str, ...] = ()
    differs: bool = False  # the answer it is compared with has no such span


@dataclass(frozen=True, slots=True)
class Link:
    """A relation between two spans, by id. `direction` is right, left or bi."""

    one: str
    two: str
    text: str
    direction: str


class TextPart(Part):
    """What a TextCanvas shows and does."""

    changed = Signal()

    def __init__(self, task: TaskViewModel, node: Node) -> None:
        super().__init__(task, node)
        self._data: dict[str, Any] = {}
        self._sheet: Sheet | None = None  # read when it is first asked for: a text without marks needs none
        self._words: Words | None = None
        self.turns: tuple[Turn, ...] = ()
        self.spans: tuple[Span, ...] = ()
        self.others: tuple[Span, ...] = ()
        self.links: tuple[Link, ...] = ()
        self.mark: tuple[int, int] | None = None  # where a reviewer saw a fault
        self._marks = False
        self.turn_sound = TurnSound(task, self)
        self.turn_sound.changed.connect(self._on_sound)
        self.heard = -1  # the turn of a dialogue that is heard now

    # --- what is shown -----------------------------------------------------------------------------------
    def open(self, node: Node, data: dict[str, Any]) -> None:
        """Show another task's text."""
        super().open(node, data)
        self._data, self._sheet, self._words = data, None, None
        self.turns = turns_of(node, data.get(node.variable)) if node.tag == "Paragraphs" else ()
        self.turn_sound.open(node, data, self.turns)
        self._marks = bool(node.name and shapes(self.task.module, node.name))
        self.refresh()

    def leave(self) -> None:
        """Stop the sound of a dialogue."""
        if self.turn_sound.player is not None:
            self.turn_sound.player.shut()

    @property
    def sheet(self) -> Sheet:
        """The text as it is shown."""
        if self._sheet is None:
            if self.node.tag == "Paragraphs":
                self._sheet = from_turns(self.turns, dialogue=self.node.get("layout") == "dialogue")
            elif self.node.tag == "HyperText":
                self._sheet = from_hypertext(shown_text(self.node, self._data), picture=self.tr("[picture]"))
            else:
                self._sheet = from_text(shown_text(self.node, self._data))
        return self._sheet

    @property
    def words(self) -> Words:
        """Its words, sentences and paragraphs."""
        if self._words is None:
            self._words = Words(self.sheet)
        return self._words

    def refresh(self) -> None:
        """Read the spans anew."""
        name = self.node.name
        self.spans = self._placed(self.task.regions_on(name))
        self.others = self._placed(self.task.other_on(name))
        self.mark = self._mark()
        shown = {span.id for span in self.spans}
        self.links = tuple(
            Link(one["from_id"], one["to_id"], ", ".join(one.get("labels", ())), one["direction"])
            for one in self.task.results
            if one["type"] == "relation" and one["from_id"] in shown and one["to_id"] in shown
        )
        self.changed.emit()

    def _placed(self, found: Iterable[RegionFacts]) -> tuple[Span, ...]:
        """The spans of regions that this text has a place for."""
        return tuple(
            Span(each.id, *place, each.text, each.colour, each.labels, self.task.differs(each.id))
            for each in found
            if (place := place_of(self.sheet, each.value)) is not None
        )

    def _mark(self) -> tuple[int, int] | None:
        """Where the mark at a fault is shown."""
        mark = self.task.mark_on(self.node.name)
        if mark is None:
            return None
        if mark["kind"] == "region":
            span = self.span(mark["id"])
            return (span.start, span.end) if span is not None else None
        if mark["kind"] != "span":
            return None
        base = 0
        if "paragraph" in mark:
            source = next((one for one in self.sheet.sources if one.path == str(mark["paragraph"])), None)
            base = source.start if source is not None else 0
        return self.sheet.alignment.to_shown(base + mark["start"], base + max(mark["end"], mark["start"] + 1))

    def span(self, identity: str) -> Span | None:
        """The span of that id."""
        return next((each for each in self.spans if each.id == identity), None)

    @Slot()
    def _on_sound(self) -> None:
        if self.turn_sound.heard != self.heard:
            self.heard = self.turn_sound.heard
            self.changed.emit()

    def listen(self, place: int) -> bool:
        """Play the turn at a place of the shown text; false where there is no sound."""
        if not self.turn_sound.property("there"):
            return False
        blocks = self.sheet.blocks
        at = bisect_right(blocks, place, key=lambda block: block.start) - 1
        self.turn_sound.playTurn(blocks[max(at, 0)].group)
        return True

    @property
    def chosen(self) -> str:
        """The id of the selected region, on this text or elsewhere."""
        return str(self.task.selected)

    @property
    def takes_marks(self) -> bool:
        """Whether the module has anything marked on this text."""
        return self._marks

    @property
    def granularity(self) -> str:
        """To what a mark is widened: symbol, word, sentence or paragraph."""
        return self.node.get("granularity", "symbol")

    @property
    def may_change(self) -> bool:
        """Whether spans can be changed at all."""
        return self._marks and not self.task.readOnly

    # --- what a person does ------------------------------------------------------------------------------
    def add(self, start: int, end: int) -> bool:
        """Mark a stretch with the label in hand; one that is marked so already is selected instead."""
        place = self.words.widened(start, end, self.granularity)
        tool = self.task.tool(self.node.name)
        if place is None or tool is None:
            return False
        for span in self.spans:
            if (span.start, span.end) == place and span.labels == ((tool.label,) if tool.label else ()):
                self.task.select(span.id)
                return True
        value = value_of(self.sheet, *place)
        return value is not None and bool(self.task.add(self.node.name, value))

    def change(self, identity: str, start: int, end: int) -> bool:
        """Move the ends of a span."""
        span = self.span(identity)
        if span is None or not start < end or (start, end) == (span.start, span.end):
            return False
        value = value_of(self.sheet, start, end)
        return value is not None and bool(self.task.change(identity, value))

    def differ(self, one: tuple[int, int], two: tuple[int, int]) -> bool:
        """Whether two stretches of the shown text hold other characters of the task's text."""
        return self.sheet.alignment.to_raw(*one) != self.sheet.alignment.to_raw(*two)

    def take_by_key(self, key: str) -> bool:
        """Take in hand the label that has this key, if it marks this text."""
        place = self.task.place_of_key(key)
        if place is None or not self.may_change:
            return False
        control = self.task.module.control(place[0])
        if control is None or self.node.name not in control.to_names or not control.tag.endswith("abels"):
            return False
        self.task.take(*place)
        return True

    def point_out(self, start: int, end: int) -> bool:
        """Mark a fault at a stretch of the shown text, or at the word at a place of it; whether one was marked."""
        if start == end:
            start, end = self.words.at(start) or (start, start + 1)
        raw = self.sheet.alignment.to_raw(start, end)
        source = self.sheet.source_at(raw[0]) if raw is not None else None
        if raw is None or source is None:
            return False
        mark: dict[str, Any] = {"kind": "span", "start": raw[0], "end": raw[1]}
        if self.sheet.kind == "paragraphs":
            mark["paragraph"] = int(source.path)
            mark["start"], mark["end"] = raw[0] - source.start, min(raw[1], source.end) - source.start
        return bool(self.task.placeMark(self.node.name, mark))

    @property
    def seeks_fault(self) -> bool:
        """Whether a click or Enter marks a fault instead of a stretch."""
        return self.task.beside.marking

    sound = Property(QObject, lambda self: self.turn_sound, constant=True)
    marks = Property(bool, lambda self: self._marks, notify=changed)
    plain = Property(
        bool,
        lambda self: not (self._marks or self.seeks_fault or self.others or self.mark is not None),
        notify=changed,
    )
    count = Property(int, lambda self: len(self.spans), notify=changed)
    shown = Property(str, lambda self: self.sheet.text.rstrip("\n"), notify=changed)
