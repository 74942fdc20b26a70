# SPDX-License-Identifier: Apache-2.0
"""Relations between regions: made from the selected region to the next one, listed, named, turned, taken away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Property, QObject, Signal, Slot

from gems_desktop.viewmodels.parts.part import Part
from gems_desktop.viewmodels.rows import RowsModel
from gems_desktop.viewmodels.task_colours import colour
from gems_desktop.viewmodels.task_regions import RegionFacts
from gems_desktop.viewmodels.task_rows import OptionFacts
from gems_protocol.modules import Node, limits
from gems_protocol.modules.answer import Region
from gems_protocol.text import line

if TYPE_CHECKING:
    from gems_desktop.viewmodels.task import TaskViewModel

KEY = "r"
_ESCAPE = "\x1b"
_TURNS = {"right": "left", "left": "bi", "bi": "right"}


@dataclass(frozen=True, slots=True)
class Related:
    """One relation as the list shows it. `direction` is right, left or bi."""

    one: str
    two: str
    direction: str
    kinds: str
    current: bool


class RelationsPart(Part):
    """The list of relations, and the making of one: `linking` while the other region is looked for."""

    changed = Signal()

    def __init__(self, task: TaskViewModel, node: Node) -> None:
        super().__init__(task, node)
        self._rows = RowsModel(Related, self)
        self._options = RowsModel(OptionFacts, self)
        self._relations: list[Region] = []
        self._from = ""
        self._current: tuple[str, str] | None = None

    def open(self, node: Node, data: dict[str, Any]) -> None:
        """Show another task's relations."""
        super().open(node, data)
        self._from, self._current = "", None

    @Slot()
    def refresh(self) -> None:
        """Read the relations anew."""
        self._relations = [result for result in self.task.results if result["type"] == "relation"]
        there = {each.id: each for each in self.task.regions()}
        if self._from not in there:
            self._from = ""
        ends = [(one["from_id"], one["to_id"]) for one in self._relations]
        if self._current not in ends:
            self._current = None
        self._rows.replace([self._listed(one, there) for one in self._relations])
        chosen = self._kinds()
        self._options.replace(
            [
                OptionFacts(
                    stored=option.stored,
                    text=option.shown,
                    key="",
                    hint=option.hint,
                    colour=colour(option.colour, at),
                    picture="",
                    depth=0,
                    chosen=option.stored in chosen,
                )
                for at, option in enumerate(self.node.options)
            ]
        )
        self.changed.emit()

    def _listed(self, one: Region, there: dict[str, RegionFacts]) -> Related:
        return Related(
            _words(there.get(one["from_id"])),
            _words(there.get(one["to_id"])),
            one["direction"],
            ", ".join(self._name(stored) for stored in one.get("labels", ())),
            (one["from_id"], one["to_id"]) == self._current,
        )

    def _name(self, stored: str) -> str:
        option = self.node.option(stored)
        return option.shown if option is not None else line(stored, limits.LABEL_LENGTH)

    def _at(self) -> int:
        ends = [(one["from_id"], one["to_id"]) for one in self._relations]
        return ends.index(self._current) if self._current in ends else -1

    def _kinds(self) -> list[str]:
        """The kinds of the current relation."""
        return list(self._relations[self._at()].get("labels", ())) if self._at() >= 0 else []

    # --- making ------------------------------------------------------------------------------------------
    def key(self, text: str) -> bool:
        """R begins a relation at the selected region and, at another one, ends it; Escape gives it up."""
        if text == _ESCAPE and self._from:
            self.cancel()
            return True
        if text.lower() != KEY or not self._can_link():
            return False
        self.link()
        return True

    def _can_link(self) -> bool:
        return bool(self.task.selected) and not self.task.readOnly

    @Slot()
    def link(self) -> None:
        """Begin at the selected region, or end there."""
        selected = str(self.task.selected)
        if not self._can_link():
            return
        if not self._from:
            self._from = selected
            self.changed.emit()
        elif selected == self._from:
            self.cancel()
        else:
            self._relate(selected)

    def pointed(self, identity: str) -> None:
        """A region was pointed at: where one is looked for, that is it."""
        if self._from and identity not in ("", self._from):
            self._relate(identity)

    def _relate(self, to: str) -> None:
        ends = (self._from, to)
        self._from = ""
        self._current = ends
        if all((one["from_id"], one["to_id"]) != ends for one in self._relations):
            options = self.node.options
            labels = [options[0].stored] if len(options) == 1 else []
            self.task.do({"op": "relate", "from": ends[0], "to": ends[1], "labels": labels})
        self.refresh()

    @Slot()
    def cancel(self) -> None:
        """Look for no other region any more."""
        self._from = ""
        self.changed.emit()

    # --- the list ----------------------------------------------------------------------------------------
    @Slot(int)
    def pick(self, at: int) -> None:
        """Make a relation the current one, and show where it begins."""
        if 0 <= at < len(self._relations):
            one = self._relations[at]
            self._current = (one["from_id"], one["to_id"])
            self.task.select(one["from_id"])
            self.refresh()

    @Slot(str)
    def name(self, stored: str) -> None:
        """Give the current relation a kind, or take it back."""
        has = self._kinds()
        if self.node.multiple:
            order = [option.stored for option in self.node.options]
            wanted = sorted({*has} ^ {stored}, key=lambda each: order.index(each) if each in order else 0)
        else:
            wanted = [] if stored in has else [stored]
        self._change(self._at(), labels=wanted)

    @Slot(int)
    def turn(self, at: int) -> None:
        """Turn a relation: forwards, backwards, both ways."""
        if 0 <= at < len(self._relations):
            self._change(at, direction=_TURNS[self._relations[at]["direction"]])

    @Slot(int)
    def drop(self, at: int) -> None:
        """Take a relation away."""
        if 0 <= at < len(self._relations):
            one = self._relations[at]
            self.task.do({"op": "unrelate", "from": one["from_id"], "to": one["to_id"]})

    def _change(self, at: int, **values: Any) -> None:
        if not 0 <= at < len(self._relations):
            return
        one = {"labels": [], **self._relations[at], **values}
        self._current = (one["from_id"], one["to_id"])
        self.task.do(
            {
                "op": "relate",
                "from": one["from_id"],
                "to": one["to_id"],
                "labels": one["labels"],
                "direction": one["direction"],
            }
        )

    def _begun(self) -> str:
        return _words(self.task.region(self._from)) if self._from else ""

    rows = Property(QObject, lambda self: self._rows, constant=True)
    options = Property(QObject, lambda self: self._options, constant=True)
    count = Property(int, lambda self: len(self._relations), notify=changed)
    current = Property(int, _at, notify=changed)
    linking = Property(bool, lambda self: bool(self._from), notify=changed)
    begun = Property(str, _begun, notify=changed)
    canLink = Property(bool, _can_link, notify=changed)


def _words(facts: RegionFacts | None) -> str:
    """What a region is called in a relation."""
    if facts is None:
        return ""
    about = facts.snippet or facts.text
    return f"{facts.number} {about}" if about else str(facts.number)
