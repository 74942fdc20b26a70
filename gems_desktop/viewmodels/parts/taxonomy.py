# SPDX-License-Identifier: Apache-2.0
"""A tree of classes: which branches are open, what is searched for, which places are chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Property, QObject, Signal, Slot

from gems_desktop.viewmodels.parts.part import Part
from gems_desktop.viewmodels.rows import RowsModel
from gems_protocol.modules import Node, limits
from gems_protocol.modules.tree import Option

_OPEN_BELOW = 12  # a tree of so few places is open from the start
Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """One place of the tree as it is shown. `above` names the places it lies in, where those are not on the screen."""

    text: str
    hint: str
    above: str
    depth: int
    leaf: bool
    opened: bool
    chosen: bool
    inside: int  # how many places below it are chosen
    able: bool


@dataclass(frozen=True, slots=True)
class Chosen:
    """One chosen place, by its full name or its own."""

    text: str
    full: str


class TaxonomyPart(Part):
    """The tree of one Taxonomy. Rows are addressed by their place among the shown ones."""

    changed = Signal()

    def __init__(self, task: Any, node: Node) -> None:
        super().__init__(task, node)
        self._tree = RowsModel(Branch, self)
        self._picked = RowsModel(Chosen, self)
        self._open: set[Path] = set()
        self._search = ""
        self._shown: list[tuple[Path, Option]] = []

    def open(self, node: Node, data: dict[str, Any]) -> None:
        """Show another task's tree; what was open stays open, since it is mostly the same tree."""
        first = not self._shown
        super().open(node, data)
        self._search = ""
        every = list(node.every_option())
        if first and len(every) <= _OPEN_BELOW:
            self._open = {path for path, option in every if option.children}
        self._names = {path: option.shown for path, option in every}
        self.refresh()

    def refresh(self) -> None:
        """Read the answer and what is open anew."""
        chosen = self._chosen()
        self._shown = self._found() if self._search else self._opened()
        self._tree.replace([self._branch(path, option, chosen) for path, option in self._shown])
        self._picked.replace([self._picked_row(path) for path in chosen])
        self.changed.emit()

    @Slot(str)
    def search(self, text: str) -> None:
        """Show the places whose names hold `text`, wherever they lie; all of the tree for an empty one."""
        self._search = text.strip().casefold()
        self.refresh()

    @Slot(int, bool, result=bool)
    def expand(self, at: int, opened: bool) -> bool:
        """Open or close a branch; false where there is nothing to open or close."""
        if self._search or not 0 <= at < len(self._shown):
            return False
        path, option = self._shown[at]
        if not option.children or (path in self._open) == opened:
            return False
        (self._open.add if opened else self._open.discard)(path)
        self.refresh()
        return True

    @Slot(int, result=int)
    def parentOf(self, at: int) -> int:
        """The row of the branch that a row lies in; -1 for none."""
        path = self._shown[at][0] if 0 <= at < len(self._shown) else ()
        return next((row for row, (other, _) in enumerate(self._shown) if other == path[:-1]), -1)

    @Slot(int)
    def toggle(self, at: int) -> None:
        """Choose the place of a row, or take it back; a branch that cannot be chosen opens or closes."""
        if not 0 <= at < len(self._shown):
            return
        path, option = self._shown[at]
        if option.children and self.node.flag("leafsOnly"):
            self.expand(at, path not in self._open)
            return
        chosen = self._chosen()
        if path in chosen:
            self._put([other for other in chosen if other != path])
        elif self._room(chosen):
            self._put([*chosen, path])

    @Slot(int)
    def drop(self, at: int) -> None:
        """Take back the chosen place of that number."""
        chosen = self._chosen()
        self._put([path for number, path in enumerate(chosen) if number != at])

    def _put(self, paths: list[Path]) -> None:
        order = {path: at for at, path in enumerate(self._names)}
        paths = sorted(paths, key=lambda path: order.get(path, len(order)))
        value = {"taxonomy": [list(path) for path in paths]} if paths else None
        name = self.node.name
        self.task.do({"op": "put", "control": name, "value": value, **self.task.about(name)})

    def _chosen(self) -> list[Path]:
        found = self.task.result(self.node)
        return [tuple(path) for path in found["value"]["taxonomy"]] if found is not None else []

    def _most(self) -> int:
        return self.node.number("maxUsages", limits.TAXONOMY_PATHS) or limits.TAXONOMY_PATHS

    def _room(self, chosen: list[Path]) -> bool:
        return len(chosen) < min(self._most(), limits.TAXONOMY_PATHS)

    def _opened(self) -> list[tuple[Path, Option]]:
        """The places that no closed branch hides, in order."""
        every = self.node.every_option()
        return [(path, option) for path, option in every if self._reached(path)]

    def _reached(self, path: Path) -> bool:
        return all(path[:end] in self._open for end in range(1, len(path)))

    def _found(self) -> list[tuple[Path, Option]]:
        every = self.node.every_option()
        return [(path, option) for path, option in every if self._search in option.shown.casefold()]

    def _branch(self, path: Path, option: Option, chosen: list[Path]) -> Branch:
        blocked = bool(option.children) and self.node.flag("leafsOnly")
        here = path in chosen
        return Branch(
            text=option.shown,
            hint=option.hint,
            above=self._full(path[:-1]) if self._search else "",
            depth=0 if self._search else len(path) - 1,
            leaf=not option.children or bool(self._search),
            opened=path in self._open,
            chosen=here,
            inside=sum(len(other) > len(path) and other[: len(path)] == path for other in chosen),
            able=not blocked and (here or self._room(chosen)),
        )

    def _picked_row(self, path: Path) -> Chosen:
        full = self._full(path)
        return Chosen(full if self.node.flag("showFullPath") else self._names.get(path, path[-1]), full)

    def _full(self, path: Path) -> str:
        between = self.node.get("pathSeparator") or " / "
        return between.join(self._names.get(path[:end], path[end - 1]) for end in range(1, len(path) + 1))

    tree = Property(QObject, lambda self: self._tree, constant=True)
    picked = Property(QObject, lambda self: self._picked, constant=True)
    full = Property(bool, lambda self: not self._room(self._chosen()), notify=changed)
    most = Property(int, _most, notify=changed)
    searching = Property(str, lambda self: self._search, notify=changed)
    empty = Property(bool, lambda self: not self._shown, notify=changed)
    branching = Property(
        bool, lambda self: any(option.children for option in self.node.options), notify=changed
    )
