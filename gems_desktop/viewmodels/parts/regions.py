# SPDX-License-Identifier: Apache-2.0
"""The regions of the answer as a list: number, label, what is marked; selected, hidden, locked, taken away there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Property, QObject, Signal, Slot

from gems_desktop.viewmodels.parts.part import Part
from gems_desktop.viewmodels.rows import RowsModel
from gems_desktop.viewmodels.task_regions import RegionFacts
from gems_protocol.modules import Node


@dataclass(frozen=True, slots=True)
class Listed:
    """One region as the list shows it; `kind` as in RegionFacts, `from_s` and `to_s` are seconds, -1 for none."""

    stored: str
    number: int
    kind: str
    label: str
    colour: str
    snippet: str
    from_s: float
    to_s: float
    seen: bool
    locked: bool
    selected: bool


class RegionsPart(Part):
    """The list of regions. Messages of a chat are regions too, but the chat lists them itself."""

    changed = Signal()

    def __init__(self, task: Any, node: Node) -> None:
        super().__init__(task, node)
        self._rows = RowsModel(Listed, self)
        self._shown: tuple[RegionFacts, ...] = ()

    def refresh(self) -> None:
        """Read the regions and the selection anew."""
        self._shown = tuple(each for each in self.task.regions() if each.kind != "message")
        self._rows.replace([_listed(each, each.id == str(self.task.selected)) for each in self._shown])
        self.changed.emit()

    @Slot(str)
    def select(self, identity: str) -> None:
        """Select a region; the selected one again selects none."""
        self.task.select("" if identity == str(self.task.selected) else identity)

    @Slot(str, result=bool)
    def drop(self, identity: str) -> bool:
        """Take a region away; a locked one stays."""
        return self.task.remove(identity)

    @Slot()
    def hideAll(self) -> None:
        """Hide every region, or show all again when none is seen."""
        self.task.setAllHidden(any(not each.hidden for each in self._shown))

    def _at(self) -> int:
        return next((at for at, each in enumerate(self._shown) if each.id == str(self.task.selected)), -1)

    def _questioned(self) -> bool:
        """Whether something is asked about single regions, which then stands below the list."""
        return any(control.per_region for control in self.task.module.controls())

    rows = Property(QObject, lambda self: self._rows, constant=True)
    count = Property(int, lambda self: len(self._shown), notify=changed)
    current = Property(int, _at, notify=changed)
    questioned = Property(bool, _questioned, notify=changed)
    anySeen = Property(bool, lambda self: any(not each.hidden for each in self._shown), notify=changed)


def _listed(facts: RegionFacts, selected: bool) -> Listed:
    start, end = _times(facts)
    return Listed(
        stored=facts.id,
        number=facts.number,
        kind=facts.kind,
        label=facts.text,
        colour=facts.colour,
        snippet=facts.snippet,
        from_s=start,
        to_s=end,
        seen=not facts.hidden,
        locked=facts.locked,
        selected=selected,
    )


def _times(facts: RegionFacts) -> tuple[float, float]:
    """Where a region in a recording begins and ends, in seconds; (-1, -1) for any other."""
    start, end = facts.value.get("start"), facts.value.get("end")
    if facts.kind == "time" and isinstance(start, (int, float)) and isinstance(end, (int, float)):
        return float(start), float(end)
    return -1.0, -1.0
