# SPDX-License-Identifier: Apache-2.0
"""Fills a store with the rows of `rows.py`: COPY on PostgreSQL without its indexes, one transaction on SQLite."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import inspect, update

from bench.platform.ground import Ground
from bench.platform.postgres import Postgres
from bench.platform.rows import BLOCK, EVERY, Pattern, Row
from gems_platform.campaigns.tables import CampaignRow
from gems_platform.channels.tables import LineRow
from gems_platform.tasks.tables import AssignmentRow, TaskRow
from gems_protocol.compressed import is_packed, unpack

_CHUNK = 1 << 20


def pattern(ground: Ground) -> Pattern:
    """One campaign, task and answered assignment as the platform stores them, taken from its own services."""
    from gems_platform.submissions import service
    from gems_platform.submissions.schemas import NewSubmission
    from gems_protocol.signature import address_of

    campaign, who = ground.campaign(64), ground.worker()
    batch, hashes = ground.batch(who, campaign, 1)
    body = ground.submission(who, batch, hashes).partition(b"\r\n\r\n")[2]
    sent = NewSubmission.model_validate_json(unpack(body, 1 << 24) if is_packed(body) else body)
    with ground.db.write() as session:
        service.submit(session, ground.settings, address_of(who.key), sent, ground.now)
    with ground.db.read() as session:
        given = session.get_one(AssignmentRow, hashes[0])
        task = session.get_one(TaskRow, (campaign, given.index))
        return Pattern(_row(session.get_one(CampaignRow, campaign)), _row(task), _row(given), ground.now)


def history(ground: Ground, postgres: Postgres | None, tasks: int = BLOCK) -> None:
    """What a platform has after some work, nothing of it due: its indexes have pages enough that not all writers meet
    in one."""
    of = pattern(ground)
    of = replace(of, now=of.now + 10 * 86_400)
    if postgres:
        url = ground.settings.store_url
        on_postgres(postgres, url.rpartition("@/")[2].partition("?")[0], 0, tasks, of)
    else:
        on_sqlite(Path(ground.settings.store), 0, tasks, of)
    with ground.db.write() as session:
        session.execute(update(LineRow).values(seq=1))


def _row(of: Any) -> Row:
    found = {}
    for one in inspect(of).mapper.column_attrs:
        value = getattr(of, one.key)
        column = one.columns[0]
        found[column.name] = str(value) if type(column.type).__name__ == "Units" else value
    return found


def on_postgres(postgres: Postgres, database: str, first: int, end: int, of: Pattern) -> None:
    """Add tasks first..end and what belongs to them; keys are not checked, indexes are made anew afterwards."""
    with psycopg.connect(
        host=str(postgres.folder), user="gems", dbname=database, autocommit=True
    ) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("SET maintenance_work_mem = '1GB'")
        for table, rows in EVERY.items():
            anew = []
            if end - first > 2 * BLOCK:
                found = connection.execute(
                    "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s AND indexname NOT IN "
                    "(SELECT conname FROM pg_constraint)", (table,)).fetchall()  # fmt: skip
                for name, made in found:
                    connection.execute(f'DROP INDEX "{name}"'.encode())
                    anew.append(made)
            _copy(connection, table, rows(first, end, of))
            for made in anew:
                connection.execute(made.encode())
            connection.execute(f"VACUUM ANALYZE {table}".encode())
        connection.execute("CHECKPOINT")


def _copy(connection: psycopg.Connection[Any], table: str, rows: Iterator[Row]) -> None:
    one = next(rows, None)
    if one is None:
        return
    names = ", ".join(one)
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN".encode()) as copy:
        held: list[str] = []
        size = 0
        for row in chain((one,), rows):
            line = "\t".join([_text(value) for value in row.values()])
            held.append(line)
            size += len(line)
            if size > _CHUNK:
                copy.write("\n".join(held) + "\n")
                held, size = [], 0
        if held:
            copy.write("\n".join(held) + "\n")


def _text(value: Any) -> str:
    if type(value) is str:
        if "\\" in value or "\n" in value or "\t" in value:
            return value.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")
        return value
    if value is None:
        return "\\N"
    return str(value)


def on_sqlite(path: Path, first: int, end: int, of: Pattern) -> None:
    """The same into an SQLite file."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA foreign_keys=OFF")
    connection.execute("PRAGMA cache_size=-400000")
    for table, rows in EVERY.items():
        found = rows(first, end, of)
        one = next(found, None)
        if one is not None:
            marks = ", ".join("?" * len(one))
            into = f"INSERT INTO {table} ({', '.join(one)}) VALUES ({marks})"  # noqa: S608 - names of our own
            connection.executemany(into, (tuple(row.values()) for row in chain((one,), found)))
        connection.commit()
    connection.execute("ANALYZE")
    connection.commit()
    connection.close()
