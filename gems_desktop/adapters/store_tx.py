# SPDX-License-Identifier: Apache-2.0
"""What the store writes inside one transaction, and what of it the second journal repeats."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields
from typing import Any, TypeVar

from sqlalchemy import Connection, Executable, RowMapping, Select, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from gems_desktop.adapters.store_query import QueryTx, parts
from gems_desktop.adapters.store_seal import Sealer, seal_row
from gems_desktop.adapters.store_tables import CHECKSUM, TABLES, stored, to_row
from gems_desktop.services.records import ItemRecord, Record
from gems_protocol.errors import MalformedMessage

T = TypeVar("T")
REOPENED = "DRAFT"  # the state of an item whose answer is written on: the journal has to know


class SqliteTx(QueryTx):
    """Implements Tx: reads and writes inside one transaction."""

    def __init__(
        self,
        connection: Connection,
        sealer: Sealer | None,
        memos: dict[str, tuple[Any, Any]] | None = None,
    ) -> None:
        self._connection = connection
        self._sealer = sealer
        self._memos = {} if memos is None else memos
        self.journalled: list[dict[str, Any]] = []
        self.wrote = False

    def put(self, *records: Record) -> None:
        """Insert, or replace the row with the same key."""
        for record in records:
            row = self.write(type(record), to_row(record, self._sealer))
            if record.JOURNALLED:
                self.journalled.append({"table": record.TABLE, "row": row})

    def write(self, kind: type[Record], row: dict[str, Any]) -> dict[str, Any]:
        """Insert or replace a row in its stored form (without checksum); the row with its key."""
        self.wrote = True
        whole = stored(kind, row)
        if kind.KEY in whole:
            self._connection.execute(_UPSERTS[kind], whole)
            return row
        made = self._connection.execute(_INSERTS[kind], whole).inserted_primary_key
        return {kind.KEY: made[0], **row} if made is not None else row

    def select(self, query: Select[Any]) -> list[RowMapping]:
        """Rows as they are stored."""
        return list(self._connection.execute(query).mappings())

    def stored(self, kind: type[Record], key: str | int) -> dict[str, Any] | None:
        """A row as it is stored, without its checksum; not checked."""
        table = TABLES[kind]
        query = select(*(table.c[field.name] for field in fields(kind))).where(table.c[kind.KEY] == key)
        found = self._connection.execute(query).mappings().first()
        return None if found is None else dict(found)

    def change(self, kind: type[Record], key: str | int | tuple[str, ...], /, **values: Any) -> None:
        """Set columns of one unchecked row, or of each of several."""
        if kind.CHECKED:
            raise TypeError("checked rows are put whole")
        self.wrote = True
        table = TABLES[kind]
        keys: tuple[Any, ...] = key if isinstance(key, tuple) else (key,)
        if any(values.get(name) for name in kind.SEALED):
            for one in keys:
                row = {kind.KEY: one, **values}
                seal_row(kind, row, self._sealer)
                self._connection.execute(update(table).where(table.c[kind.KEY] == one).values(**row))
        else:
            for part in parts(keys):
                self._connection.execute(update(table).where(table.c[kind.KEY].in_(part)).values(**values))
        if kind is ItemRecord and values.get("state") == REOPENED:
            self.journalled += [{"table": kind.TABLE, "reopened": one} for one in keys]

    def remove(self, kind: type[Record], key: str | int, /) -> None:
        """Delete one row."""
        self.wrote = True
        table = TABLES[kind]
        self._connection.execute(table.delete().where(table.c[kind.KEY] == key))
        if kind.JOURNALLED:
            self.journalled.append({"table": kind.TABLE, "gone": key})

    def whole(self, work: Callable[[], T], /) -> T:
        """See Tx."""
        kept = len(self.journalled)
        try:
            with self._connection.begin_nested(), in_range():
                return work()
        except BaseException:
            del self.journalled[kept:]
            self._memos.clear()  # what was derived from rows that are gone again
            raise


@contextmanager
def in_range() -> Iterator[None]:
    """Numbers of others may be signed and still be larger than a row holds; raises MalformedMessage then."""
    try:
        yield
    except OverflowError as error:
        raise MalformedMessage("A number is larger than any that can be kept.") from error


def _upsert(kind: type[Record]) -> Executable:
    """Made once: SQLAlchemy takes milliseconds to look through the values of a wide row otherwise."""
    made = upsert(TABLES[kind])
    names = [field.name for field in fields(kind) if field.name != kind.KEY]
    names += [CHECKSUM] if kind.CHECKED else []
    return made.on_conflict_do_update(
        index_elements=[kind.KEY], set_={name: made.excluded[name] for name in names}
    )


_UPSERTS = {kind: _upsert(kind) for kind in TABLES}
_INSERTS = {kind: insert(TABLES[kind]) for kind in TABLES}
