# SPDX-License-Identifier: Apache-2.0
"""The tables of the store, made from the records, and the way from a row to a record and back."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields
from typing import Any, TypeVar

from sqlalchemy import Boolean, Column, Index, Integer, LargeBinary, MetaData, Table, Text
from sqlalchemy.types import TypeEngine

from gems_desktop.adapters.store_counts import computed_columns, count_tables, item_indexes, versions_table
from gems_desktop.adapters.store_seal import RowDamaged, Sealer, seal_row, unseal_row
from gems_desktop.services.records import (
    RECORDS,
    DebitRecord,
    EditRecord,
    EventRecord,
    ItemRecord,
    LineRecord,
    Record,
    SealedRecord,
)
from gems_protocol.amount import Amount

R = TypeVar("R", bound=Record)
SCHEMA = MetaData()
CHECKSUM = "row_sha256"
_TYPES: dict[str, type[TypeEngine[Any]]] = {"str": Text, "int": Integer, "bool": Boolean, "Amount": Text}


def _table(kind: type[Record]) -> Table:
    columns: list[Column[Any]] = []
    for field in fields(kind):
        key = field.name == kind.KEY
        columns.append(
            Column(
                field.name,
                _TYPES[str(field.type)](),
                primary_key=key,
                nullable=False,
                index=field.name in kind.INDEXED,
                autoincrement=key and kind is EditRecord,
            )
        )
    if kind.CHECKED:
        columns.append(Column(CHECKSUM, LargeBinary, nullable=False))
    if kind is ItemRecord:
        columns += computed_columns()
    return Table(kind.TABLE, SCHEMA, *columns, sqlite_autoincrement=kind is EditRecord)


TABLES: dict[type[Record], Table] = {kind: _table(kind) for kind in RECORDS}
BY_NAME: dict[str, type[Record]] = {kind.TABLE: kind for kind in RECORDS}
COUNTS: dict[str, Table] = count_tables(SCHEMA)
VERSIONS = versions_table(SCHEMA)
item_indexes(TABLES[ItemRecord])
Index("ix_events_refused", TABLES[EventRecord].c.kind, sqlite_where=TABLES[EventRecord].c.refused)
Index("ix_sealed_unsent", TABLES[SealedRecord].c.due_at, sqlite_where=TABLES[SealedRecord].c.receipt == "")
Index("ix_lines_at", TABLES[LineRecord].c.at)
Index("ix_lines_place", TABLES[LineRecord].c.place)
Index("ix_debits_signed_at", TABLES[DebitRecord].c.signed_at)


_AMOUNTS: dict[str, tuple[str, ...]] = {
    kind.TABLE: tuple(field.name for field in fields(kind) if str(field.type) == "Amount") for kind in RECORDS
}


def plain(record: Record) -> dict[str, Any]:
    """The row's columns as JSON can hold them."""
    row = {field.name: getattr(record, field.name) for field in fields(record)}
    for name in _AMOUNTS[record.TABLE]:
        row[name] = str(row[name])
    return row


def checksum(row: dict[str, Any]) -> bytes:
    """SHA-256 over all columns of a row in their stored form, so that it can be checked without the key."""
    return hashlib.sha256(json.dumps(row, sort_keys=True).encode()).digest()


def to_row(record: Record, sealer: Sealer | None) -> dict[str, Any]:
    """What is written for `record`; raises WalletLocked when something of it is sealed and there is no key."""
    row = plain(record)
    seal_row(type(record), row, sealer)
    if isinstance(record, EditRecord) and record.seq == 0:
        del row["seq"]
    return row


def stored(kind: type[Record], row: dict[str, Any]) -> dict[str, Any]:
    """A row in its stored form, with its checksum where its table has one."""
    return row | {CHECKSUM: checksum(row)} if kind.CHECKED else row


def checked(kind: type[Record], row: dict[str, Any]) -> dict[str, Any]:
    """The stored form without its checksum; raises RowDamaged when that does not fit."""
    row = dict(row)
    if kind.CHECKED and row.pop(CHECKSUM) != checksum(row):
        raise RowDamaged(kind.TABLE)
    return row


def to_record(kind: type[R], row: dict[str, Any], sealer: Sealer | None) -> R:
    """The record of a row; raises RowDamaged, or WalletLocked when something of it is sealed and there is no key."""
    row = checked(kind, row)
    unseal_row(kind, row, sealer)
    for name in _AMOUNTS[kind.TABLE]:
        try:
            row[name] = Amount(int(row[name]))
        except ValueError as error:
            raise RowDamaged(kind.TABLE) from error
    return kind(**row)
