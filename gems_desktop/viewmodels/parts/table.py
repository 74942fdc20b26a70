# SPDX-License-Identifier: Apache-2.0
"""A table of the task as plain cells: names and values of one thing, or rows under the names of their columns."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Property, QObject, Signal

from gems_desktop.viewmodels.parts.part import Part
from gems_desktop.viewmodels.rows import RowsModel
from gems_protocol.modules import Node, limits
from gems_protocol.text import clean, line

_WIDEST = 40  # characters: a longer cell is wrapped


@dataclass(frozen=True, slots=True)
class Record:
    """One row of the table."""

    cells: list[str]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as shown. `pairs`: names and values instead of columns; `widths` are in characters."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    pairs: bool


def grid(value: Any) -> Grid:
    """What a task holds as a table: an object, a list of objects, a list of lists, or a list of single values."""
    given = value if isinstance(value, list) else [value] if isinstance(value, dict) else []
    given = given[: limits.TABLE_ROWS]
    if isinstance(value, dict):
        rows: list[tuple[str, ...]] = [
            (line(str(key), limits.LABEL_LENGTH), _cell(each)) for key, each in value.items()
        ]
        return _grid((), rows, pairs=True)
    if given and all(isinstance(row, dict) for row in given):
        heads = tuple(dict.fromkeys(str(key) for row in given for key in row))[: limits.TABLE_CELLS]
        filled = [tuple(_cell(row.get(head, "")) for head in heads) for row in given]
        return _grid(tuple(line(head, limits.LABEL_LENGTH) for head in heads), filled)
    plain = [row if isinstance(row, list) else [row] for row in given]
    most = min(max((len(row) for row in plain), default=0), limits.TABLE_CELLS)
    cells = [tuple(_cell(row[at]) if at < len(row) else "" for at in range(most)) for row in plain]
    return _grid((), cells)


def _grid(heads: tuple[str, ...], rows: list[tuple[str, ...]], *, pairs: bool = False) -> Grid:
    kept = tuple(rows[: limits.TABLE_ROWS])
    columns = zip(*(kept if not heads else (heads, *kept)), strict=True)
    widths = tuple(min(max(max(map(len, column)), 3), _WIDEST) for column in columns)
    return Grid(heads, kept, widths, pairs)


def _cell(value: Any) -> str:
    if isinstance(value, str):
        text = value
    elif value is None:
        text = ""
    else:
        text = json.dumps(value, ensure_ascii=False)
    return clean(text, max_length=limits.CELL_LENGTH)


class TablePart(Part):
    """The cells of one Table."""

    changed = Signal()

    def __init__(self, task: Any, node: Node) -> None:
        super().__init__(task, node)
        self._records = RowsModel(Record, self)
        self._grid = grid([])

    def open(self, node: Node, data: dict[str, Any]) -> None:
        """Show another task's table."""
        super().open(node, data)
        self._grid = grid(data.get(node.variable))
        self._records.replace([Record(list(row)) for row in self._grid.rows])
        self.changed.emit()

    records = Property(QObject, lambda self: self._records, constant=True)
    heads = Property(list, lambda self: list(self._grid.heads), notify=changed)
    widths = Property(list, lambda self: list(self._grid.widths), notify=changed)
    pairs = Property(bool, lambda self: self._grid.pairs, notify=changed)
