# SPDX-License-Identifier: Apache-2.0
"""Rows as text that every engine reads alike: a line of JSON for each, columns by name in the table's order."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

from sqlalchemy import BigInteger, Connection, Integer, MetaData, Table, inspect, select, text

from gems_platform.operating.faults import bad_backup

VERSION_TABLE = "alembic_version"
_ROWS = 2_000  # read, or written, at a time
_BLOCK = 16_000_000  # bytes that are written at a time, or one row:
_LONGEST = 100_000_000  # a day's vouchers of 480,000 channels


def tables_of(connection: Connection) -> list[Table]:
    """The platform's tables as the store has them, those that others refer to first; not the queue's."""
    names = [name for name in inspect(connection).get_table_names() if not name.startswith("procrastinate_")]
    found = MetaData()
    found.reflect(connection, only=names, resolve_fks=False)
    return [table for table in found.sorted_tables if table.name != VERSION_TABLE]


def lines(connection: Connection, table: Table) -> Iterator[bytes]:
    """Every row of a table, in the order of its key."""
    names = [column.name for column in table.columns]
    yield json.dumps(names).encode() + b"\n"
    key = list(table.primary_key.columns) or list(table.columns)
    found = connection.execution_options(stream_results=True, yield_per=_ROWS).execute(
        select(table).order_by(*key)
    )
    for row in found:
        yield (
            json.dumps([_out(value) for value in row], ensure_ascii=False, separators=(",", ":")).encode()
            + b"\n"
        )


def rows_in(content: IO[bytes]) -> Iterator[bytes]:
    """The lines of a table; raises BadBackup for one that is longer than any row."""
    while line := content.readline(_LONGEST):
        if len(line) == _LONGEST:
            raise bad_backup("A row is longer than any row is.")
        yield line


def put(connection: Connection, table: Table, rows: Iterator[bytes]) -> int:
    """Put the lines of a table back into it; how many rows. Raises BadBackup for other columns or a bad line."""
    try:
        names = json.loads(next(rows))
    except (StopIteration, ValueError, RecursionError) as error:
        raise bad_backup(f"The rows of {table.name} cannot be read.") from error
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise bad_backup(f"The rows of {table.name} cannot be read.")
    if sorted(names) != sorted(column.name for column in table.columns):
        raise bad_backup(f"The table {table.name} has other columns.")
    count = 0
    for block in _blocks(rows):
        values = [_row(table, names, line) for line in block]
        connection.execute(table.insert(), values)
        count += len(values)
    return count


def number_on(connection: Connection, tables: Iterable[Table]) -> None:
    """On PostgreSQL rows that are numbered go on after those that were put back."""
    if connection.dialect.name != "postgresql":
        return
    for table in tables:
        for column in table.primary_key.columns:
            if not isinstance(column.type, Integer | BigInteger):
                continue
            query = text("SELECT pg_get_serial_sequence(:table, :column)")
            sequence = connection.scalar(query, {"table": f'"{table.name}"', "column": column.name})
            if sequence is not None:
                last = connection.scalar(select(column).order_by(column.desc()).limit(1))
                told = {"sequence": sequence, "last": last or 1, "used": last is not None}
                connection.execute(text("SELECT setval(CAST(:sequence AS regclass), :last, :used)"), told)


def _row(table: Table, names: list[str], line: bytes) -> dict[str, Any]:
    try:
        values = json.loads(line)
        return {name: _in(value) for name, value in zip(names, values, strict=True)}
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise bad_backup(f"A row of {table.name} cannot be read.") from error


def _blocks(rows: Iterator[bytes]) -> Iterator[list[bytes]]:
    block: list[bytes] = []
    size = 0
    for row in rows:
        block.append(row)
        size += len(row)
        if len(block) == _ROWS or size > _BLOCK:
            yield block
            block, size = [], 0
    if block:
        yield block


def _out(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return {"b": base64.b64encode(bytes(value)).decode("ascii")}
    if isinstance(value, Decimal | date | datetime):
        raise TypeError(f"a {type(value).__name__} has no portable form: keep whole numbers or text")
    return value


def _in(value: Any) -> Any:
    return base64.b64decode(value["b"], validate=True) if isinstance(value, dict) else value
