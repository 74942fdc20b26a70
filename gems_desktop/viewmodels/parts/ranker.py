# SPDX-License-Identifier: Apache-2.0
"""Items put in order, or sorted into buckets, by drag or by key: each move is one edit of the whole order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Property, QObject, Signal, Slot

from gems_desktop.viewmodels.parts.part import Part
from gems_desktop.viewmodels.rows import RowsModel
from gems_protocol.modules import Node
from gems_protocol.modules.tree import Option
from gems_protocol.modules.values_choice import UNSORTED


@dataclass(frozen=True, slots=True)
class Item:
    """One card: `number` counts from 1 inside its column."""

    stored: str
    number: int
    title: str
    body: str
    picture: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column: all items where there are no buckets, what is unsorted, or one bucket. `key` moves a card there;
    empty where an option on the screen has that key.
    """

    name: str
    title: str
    key: str
    ranked: bool
    items: QObject
    count: int


class RankerPart(Part):
    """The columns of one Ranker, and moves between and inside them. Columns are addressed by their place."""

    changed = Signal()

    def __init__(self, task: Any, node: Node) -> None:
        super().__init__(task, node)
        self._columns = RowsModel(Column, self)
        self._models: list[RowsModel] = []

    def open(self, node: Node, data: dict[str, Any]) -> None:
        """Show another task's items."""
        super().open(node, data)
        self.refresh()

    def refresh(self) -> None:
        """Read the order anew."""
        order, items = self._order(), {item.stored: item for item in self._items()}
        while len(self._models) < len(order):
            self._models.append(RowsModel(Item, self))
        rows = []
        for at, (name, stored) in enumerate(order.items()):
            cards = [_card(items[each], place + 1) for place, each in enumerate(stored) if each in items]
            self._models[at].replace(cards)
            rows.append(self._column(at, name, len(cards)))
        self._columns.replace(rows)
        self.changed.emit()

    @Slot(int, int, int, int, result=bool)
    def move(self, column: int, at: int, to_column: int, to: int) -> bool:
        """Move the card at `at` of a column to place `to` of a column, counted without the card itself."""
        order = self._order()
        names = list(order)
        if not (0 <= column < len(names) and 0 <= to_column < len(names)):
            return False
        source, target = order[names[column]], order[names[to_column]]
        if not 0 <= at < len(source):
            return False
        item = source.pop(at)
        target.insert(max(0, min(to, len(target))), item)
        return self._put(order)

    @Slot(result=bool)
    def keep(self) -> bool:
        """Answer that the order is right as it stands."""
        return self._put(self._order())

    def _put(self, order: dict[str, list[str]]) -> bool:
        name = self.node.name
        value = {"ranker": order}
        return self.task.do({"op": "put", "control": name, "value": value, **self.task.about(name)})

    def _items(self) -> tuple[Option, ...]:
        shown = self.task.module.shown(self.node.to_name)
        return shown.options if shown is not None else ()

    def _names(self) -> list[str]:
        if not self.node.options:
            return [self.node.name]
        buckets = [option.stored for option in self.node.options]
        return buckets if self._first() != UNSORTED else [UNSORTED, *buckets]

    def _first(self) -> str:
        """Where items lie that nobody moved: the bucket that says so, else the list itself."""
        if not self.node.options:
            return self.node.name
        return next((option.stored for option in self.node.options if option.selected), UNSORTED)

    def _order(self) -> dict[str, list[str]]:
        """The columns as they stand: the answer's, and what it does not name where items begin."""
        found = self.task.result(self.node)
        given = found["value"]["ranker"] if found is not None else {}
        order = {name: list(given.get(name, ())) for name in self._names()}
        named = {stored for column in order.values() for stored in column}
        order[self._first()] += [item.stored for item in self._items() if item.stored not in named]
        return order

    def _column(self, at: int, name: str, count: int) -> Column:
        bucket = self.node.option(name) if self.node.options else None
        shown = self.task.module.shown(self.node.to_name)
        title = bucket.shown if bucket is not None else shown.get("title") if shown is not None else ""
        key = str(at + 1) if self.node.options and at < 9 and not self.task.claims(str(at + 1)) else ""
        return Column(name, title, key, bucket is not None or not self.node.options, self._models[at], count)

    columns = Property(QObject, lambda self: self._columns, constant=True)
    sorting = Property(bool, lambda self: bool(self.node.options), notify=changed)
    keyed = Property(bool, lambda self: any(row.key for row in self._columns.rows), notify=changed)
    given = Property(bool, lambda self: self.task.result(self.node) is not None, notify=changed)


class ListPart(Part):
    """The items of a List that nothing ranks."""

    changed = Signal()

    def __init__(self, task: Any, node: Node) -> None:
        super().__init__(task, node)
        self._items = RowsModel(Item, self)

    def open(self, node: Node, data: dict[str, Any]) -> None:
        """Show another task's items."""
        super().open(node, data)
        self._items.replace([_card(option, at + 1) for at, option in enumerate(node.options)])
        self.changed.emit()

    items = Property(QObject, lambda self: self._items, constant=True)
    title = Property(str, lambda self: self.node.get("title"), notify=changed)


def _card(option: Option, number: int) -> Item:
    return Item(option.stored, number, option.text or "", option.hint, option.picture)
