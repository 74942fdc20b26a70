# SPDX-License-Identifier: Apache-2.0
"""What stands beside the answer on the screen: another answer to compare with, and the mark at the place of a fault."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gems_desktop.viewmodels.task_regions import RegionFacts, regions
from gems_protocol.errors import MalformedMessage
from gems_protocol.modules.answer import Region
from gems_protocol.modules.compare import pairs
from gems_protocol.modules.mark import Mark, parse_mark

if TYPE_CHECKING:
    from gems_desktop.viewmodels.task import TaskViewModel


class Beside:
    """Another answer, read once; which of the own regions it has too; a mark, and whether one is being placed."""

    def __init__(self, task: TaskViewModel) -> None:
        self._task = task
        self.forget()

    def forget(self) -> None:
        """Another task is shown."""
        self.other: list[Region] = []
        self.mark: Mark | None = None
        self.marking = False
        self._read: tuple[RegionFacts, ...] | None = None
        self._paired: frozenset[str] | None = None

    def changed(self) -> None:
        """The own answer changed."""
        self._paired = None

    # --- another answer ----------------------------------------------------------------------------------
    def show(self, other: list[Region]) -> None:
        """Show `other` beside the answer; an empty one takes it away."""
        self.other = list(other)
        self._read = self._paired = None
        self._task.besideChanged()
        self._task.otherChanged.emit()

    def on(self, name: str, page: int = 0) -> tuple[RegionFacts, ...]:
        """The regions of the other answer on an object."""
        if self._read is None:
            self._read = regions(self.other, self._task.module, self._task.colours)
        return tuple(each for each in self._read if each.to_name == name and each.page == page)

    def differs(self, identity: str) -> bool:
        """Whether an own region has no partner in the other answer."""
        if not self.other:
            return False
        if self._paired is None:
            found = pairs(self._task.results, self.other, self._task.module)
            self._paired = frozenset(pair.first for pair in found)
        return identity not in self._paired

    # --- the place of a fault ----------------------------------------------------------------------------
    def put(self, value: Any) -> bool:
        """Put the mark, or take it away (None); false, and nothing changes, for what is no mark."""
        try:
            mark = None if value is None else parse_mark(value)
        except MalformedMessage:
            return False
        self.mark, self.marking = mark, False
        self._told()
        return True

    def place(self, name: str, mark: dict[str, Any]) -> bool:
        """Put the mark on an object while one is asked for."""
        return self.marking and self.put({**mark, "on": name})

    def ask(self, marking: bool) -> None:
        """Begin or end asking for the place; only an answer that is looked at has faults to mark."""
        marking = marking and bool(self._task.property("readOnly"))
        if marking != self.marking:
            self.marking = marking
            self._told()

    def mark_on(self, name: str, page: int = 0) -> Mark | None:
        """The mark, if it is about that object and page."""
        mark = self.mark
        if mark is None or mark["on"] != name or mark.get("page", page) != page:
            return None
        return mark

    def _told(self) -> None:
        self._task.besideChanged()
        self._task.markChanged.emit()
