# SPDX-License-Identifier: Apache-2.0
"""How the store is read: by index, in pages by key, as a few columns, or from counts that triggers keep."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, false, func, literal_column, select, true, tuple_, union_all
from sqlalchemy.sql import operators
from sqlalchemy.sql.elements import ColumnElement, UnaryExpression

from gems_desktop.adapters.store_seal import Sealer
from gems_desktop.adapters.store_tables import CHECKSUM, COUNTS, TABLES, VERSIONS, to_record
from gems_desktop.services.queries import Above, Beside, Not, Page, UpTo
from gems_desktop.services.records import Record

T = TypeVar("T")
R = TypeVar("R", bound=Record)
_KEYS_AT_ONCE = 10_000
_ARMS_AT_MOST = 400  # SQLite joins at most 500 selects
_UNINDEXED: Any = operators.custom_op("+")  # SQLite looks nothing up by `+column`
_ROW: ColumnElement[int] = literal_column("rowid")


class QueryTx:
    """The reading half of Tx."""

    _connection: Connection
    _memos: dict[str, tuple[Any, Any]]
    _sealer: Sealer | None

    def get(self, kind: type[R], key: str | int, /) -> R | None:
        """The row with this key."""
        table = TABLES[kind]
        query = select(*_columns(kind)).where(table.c[kind.KEY] == key)
        row = self._connection.execute(query).mappings().first()
        return None if row is None else self._record(kind, dict(row))

    def find(
        self,
        kind: type[R],
        /,
        *,
        order: str | tuple[str, ...] = "",
        descending: bool = False,
        limit: int = 0,
        omit: tuple[str, ...] = (),
        **where: Any,
    ) -> list[R]:
        """See Tx."""
        if () in where.values():
            return []  # any of none
        table = TABLES[kind]
        query = select(*_columns(kind, omit)).where(*_wanted(table, where))
        for name in (order,) if isinstance(order, str) else order:
            by = table.c[name or kind.KEY]
            query = query.order_by(by.desc() if descending else by)
        if limit:
            query = query.limit(limit)
        left_out = dict.fromkeys(omit, "")
        return [
            self._record(kind, dict(row) | left_out) for row in self._connection.execute(query).mappings()
        ]

    def rows(
        self,
        kind: type[Record],
        columns: tuple[str, ...],
        /,
        *,
        order: str = "",
        descending: bool = False,
        limit: int = 0,
        distinct: bool = False,
        **where: Any,
    ) -> list[tuple[Any, ...]]:
        """See Tx."""
        sealed = set(columns) & set(kind.SEALED)
        if sealed:
            raise TypeError(f"{sorted(sealed)} are encrypted at rest: `find` reads them")
        if () in where.values():
            return []
        table = TABLES[kind]
        query = select(*(table.c[name] for name in columns)).where(*_wanted(table, where))
        if order:
            query = query.order_by(table.c[order].desc() if descending else table.c[order])
        if distinct:
            query = query.distinct()
        if limit:
            query = query.limit(limit)
        return [tuple(row) for row in self._connection.execute(query)]

    def page(
        self,
        kind: type[R],
        order: str,
        /,
        *,
        limit: int,
        after: tuple[int, int] | None = None,
        omit: tuple[str, ...] = (),
        arms: Sequence[dict[str, Any]],
    ) -> Page[R]:
        """See Tx."""
        table = TABLES[kind]
        place = tuple_(table.c[order], _ROW)
        past = () if after is None else (place < tuple_(*after),)
        selects = [
            select(table.c[order].label("at"), _ROW.label("row")).where(*_wanted(table, arm), *past)
            for arm in arms[:_ARMS_AT_MOST]
        ]
        if not selects:
            return Page((), None)
        joined = union_all(*selects).order_by(literal_column("at").desc(), literal_column("row").desc())
        keys = [tuple(row) for row in self._connection.execute(joined.limit(limit + 1))]
        shown = keys[:limit]
        query = select(*_columns(kind, omit), _ROW.label("_row")).where(
            literal_column("rowid").in_([row for _, row in shown])
        )
        left_out = dict.fromkeys(omit, "")
        found = {
            row["_row"]: {name: value for name, value in row.items() if name != "_row"} | left_out
            for row in self._connection.execute(query).mappings()
        }
        records = tuple(self._record(kind, found[row]) for _, row in shown)
        return Page(records, (shown[-1][0], shown[-1][1]) if len(keys) > limit else None)

    def count(self, kind: type[Record], /, **where: Any) -> int:
        """How many rows `find` would give; from the counters where they know."""
        counts = COUNTS.get(kind.TABLE)
        if counts is not None and kind.TABLE == "items" and where.keys() <= set(counts.c.keys()) - {"n"}:
            query = select(func.coalesce(func.sum(counts.c.n), 0)).where(*_wanted(counts, where))
        else:
            table = TABLES[kind]
            query = select(func.count()).select_from(table).where(*_wanted(table, where))
        return int(self._connection.execute(query).scalar_one())

    def tally(self, kind: type[Record], by: tuple[str, ...], /, **where: Any) -> list[tuple[Any, ...]]:
        """See Tx."""
        counts = COUNTS[kind.TABLE]
        columns = [counts.c[name] for name in by]
        query = select(*columns, func.sum(counts.c.n)).where(*_wanted(counts, where)).group_by(*columns)
        return [tuple(row) for row in self._connection.execute(query)]

    def version(self, name: str, /) -> int:
        """See Tx."""
        query = select(VERSIONS.c.n).where(VERSIONS.c.name == name)
        return int(self._connection.execute(query).scalar_one())

    def memo(self, name: str, version: Any, work: Callable[[], T], /) -> T:
        """See Tx."""
        kept = self._memos.get(name)
        if kept is None or kept[0] != version:
            kept = self._memos[name] = (version, work())
        found: T = kept[1]
        return found

    def _record(self, kind: type[R], row: dict[str, Any]) -> R:
        return to_record(kind, row, self._sealer)


def _columns(kind: type[Record], omit: tuple[str, ...] = ()) -> list[ColumnElement[Any]]:
    table = TABLES[kind]
    if omit and kind.CHECKED:
        raise TypeError("a checked row is read whole")
    names = [field.name for field in fields(kind) if field.name not in omit]
    return [table.c[name] for name in (*names, CHECKSUM)[: len(names) + kind.CHECKED]]


def _wanted(table: Table, where: dict[str, Any]) -> list[ColumnElement[bool]]:
    """`where` as conditions: equal, any of a tuple, or a comparison."""
    return [_condition(table.c[name], value) for name, value in where.items()]


def _condition(column: Any, value: Any) -> ColumnElement[bool]:
    found: ColumnElement[bool]
    match value:
        case tuple():
            found = column.in_(value)
        case Above():
            found = column > _literal(value.value)
        case UpTo():
            found = column <= value.value
        case Not():
            found = column != _literal(value.value)
        case Beside():
            found = _condition(UnaryExpression(column, operator=_UNINDEXED, type_=column.type), value.value)
        case bool():
            found = column == true() if value else column == false()
        case _:
            found = column == _literal(value)
    return found


def _literal(value: Any) -> Any:
    """Nothing as a constant in the statement, by which SQLite knows a partial index; the rest is bound."""
    if value == "":
        return literal_column("''")
    return literal_column("0") if value == 0 and type(value) is int else value


def parts(keys: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Split what is asked for at once, since a statement takes 32,766 values at most."""
    for start in range(0, len(keys), _KEYS_AT_ONCE):
        yield keys[start : start + _KEYS_AT_ONCE]
