# SPDX-License-Identifier: Apache-2.0
"""The rows of a task as QML reads them, with a model of options and a part for those that need one."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from gems_desktop.viewmodels.parts import PARTS
from gems_desktop.viewmodels.parts.part import Part
from gems_desktop.viewmodels.rows import RowsModel
from gems_desktop.viewmodels.task_colours import colour
from gems_desktop.viewmodels.task_rows import REGIONS, OptionFacts, RowFacts
from gems_protocol.modules import Module, bind

if TYPE_CHECKING:
    from gems_desktop.viewmodels.task import TaskViewModel


@dataclass(frozen=True)
class TaskRow:
    """One row as QML reads it; `options` is a RowsModel of OptionFacts, `part` the element's own view model."""

    kind: str
    name: str
    side: str
    hidden: bool
    text: str
    picture: str
    target: str
    hint: str
    multiple: bool
    flowing: bool
    needed: bool
    region: bool
    lines: int
    most: int
    texts: list[str]
    options: QObject | None
    part: QObject | None


_SAME = tuple(field.name for field in fields(TaskRow) if field.name not in ("texts", "options", "part"))


class TaskList:
    """The rows of the task on the screen. Parts and models of options stay while the kinds of rows do."""

    def __init__(self, task: TaskViewModel) -> None:
        self._task = task
        self._options: dict[int, RowsModel] = {}
        self._parts: dict[int, Part] = {}
        self._gone: list[Part] = []  # of other kinds of rows; let go once no row shows them
        self.model = RowsModel(TaskRow, task)

    @property
    def rows(self) -> tuple[TaskRow, ...]:
        """The rows as they are shown."""
        return self.model.rows

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts that are shown."""
        return tuple(row.part for row in self.rows if isinstance(row.part, Part) and not row.hidden)

    def show(self, facts: tuple[RowFacts, ...], texts: list[list[str]], *, opening: bool) -> None:
        """Show `facts`; `texts` holds what stands in the fields of each. `opening`: it is another task."""
        made = tuple(self._row(at, row, texts[at], opening) for at, row in enumerate(facts))
        if [row.kind for row in made] != [row.kind for row in self.rows]:
            self.model.replace([])
        self.model.replace(made)
        for row in made:
            if isinstance(row.part, Part):
                row.part.refresh()
        while self._gone:
            gone = self._gone.pop()
            gone.leave()
            gone.deleteLater()

    def _row(self, at: int, row: RowFacts, texts: list[str], opening: bool) -> TaskRow:
        options: RowsModel | None = None
        if row.options:
            options = self._options.get(at)
            if options is None:
                options = self._options[at] = RowsModel(OptionFacts, self._task)
            options.replace(
                tuple(replace(fact, colour=colour(fact.colour, n)) for n, fact in enumerate(row.options))
            )
        same: dict[str, Any] = {name: getattr(row, name) for name in _SAME}
        return TaskRow(**same, texts=texts, options=options, part=self._part(at, row, opening))

    def _part(self, at: int, row: RowFacts, opening: bool) -> Part | None:
        module = self._task.module
        node = next((each for each in module.nodes if each.place == row.place), module.root)
        kind = PARTS.get(REGIONS if row.kind == REGIONS else node.tag)
        if kind is None:
            return None
        part = self._parts.get(at)
        if type(part) is not kind:
            self._gone += [] if part is None else [part]
            part = self._parts[at] = kind(self._task, node)
            opening = True
        if opening:
            part.open(node, self._task.data)
        return part


def bound(module: Module, data: dict[str, Any]) -> Module:
    """`module` for the task `data`; as it is when the data does not fit, which the platform refuses at creation."""
    try:
        return module if module.bound else bind(module, data)
    except ValueError:
        return module
