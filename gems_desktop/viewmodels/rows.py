# SPDX-License-Identifier: Apache-2.0
"""A list of frozen rows as a Qt model whose roles are the fields of the row."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from PySide6.QtCore import (
    Property,
    QAbstractListModel,
    QByteArray,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Signal,
)

#: Of Qt.ItemDataRole, which is not asked: that makes all of Qt's enumerations, 13 ms before the first frame.
_DISPLAY, _USER = 0, 0x100
_FIRST_ROLE = _USER + 1
_Index = QModelIndex | QPersistentModelIndex


class RowsModel(QAbstractListModel):
    """Rows of one frozen dataclass; `replace` redraws only what differs, so lists keep their place."""

    countChanged = Signal()

    def __init__(self, row_type: type, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._names = [field.name for field in fields(row_type)]
        self._rows: tuple[Any, ...] = ()

    @property
    def rows(self) -> tuple[Any, ...]:
        """The rows as they are shown."""
        return self._rows

    def replace(self, rows: tuple[Any, ...] | list[Any]) -> None:
        """Show `rows`: changed ones are redrawn, added and removed ones at the end too."""
        new, old = tuple(rows), self._rows
        if new == old:
            return
        shared = min(len(new), len(old))
        if len(new) < len(old):
            self.beginRemoveRows(QModelIndex(), len(new), len(old) - 1)
            self._rows = old[: len(new)]
            self.endRemoveRows()
        changed = [at for at in range(shared) if new[at] != old[at]]
        self._rows = new[:shared]
        if changed:
            self.dataChanged.emit(self.index(changed[0]), self.index(changed[-1]))
        if len(new) > shared:
            self.beginInsertRows(QModelIndex(), shared, len(new) - 1)
            self._rows = new
            self.endInsertRows()
        if len(new) != len(old):
            self.countChanged.emit()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Number of rows."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = _DISPLAY) -> Any:
        """One field of one row."""
        at = role - _FIRST_ROLE
        if not index.isValid() or not 0 <= at < len(self._names):
            return None
        return getattr(self._rows[index.row()], self._names[at])

    def roleNames(self) -> dict[int, QByteArray]:
        """Roles are the row's field names (lowerCamel, as QML sees them)."""
        return {_FIRST_ROLE + at: QByteArray(name.encode()) for at, name in enumerate(self._names)}

    count = Property(int, lambda self: len(self._rows), notify=countChanged)


class PagedRowsModel(RowsModel):
    """Rows that are brought page by page: a view that nears the end asks, and `wanted` tells who brings them."""

    wanted = Signal()

    def __init__(self, row_type: type, parent: QObject | None = None) -> None:
        super().__init__(row_type, parent)
        self._more = False
        self._asked = False

    def show_page(self, rows: tuple[Any, ...] | list[Any], more: bool) -> None:
        """Show `rows`; more: whether there are others after them."""
        self._more, self._asked = more, False
        self.replace(rows)

    def canFetchMore(self, parent: _Index) -> bool:
        """Whether a view may ask for the next page."""
        return not parent.isValid() and self._more and not self._asked

    def fetchMore(self, parent: _Index) -> None:
        """A view asks for the next page; it comes later."""
        if self.canFetchMore(parent):
            self._asked = True
            self.wanted.emit()
