# SPDX-License-Identifier: Apache-2.0
"""Stores as earlier versions left them: made by their own migrations, with a row in every table that they had."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from gems_desktop.adapters.store_engine import MIGRATIONS, open_engine
from gems_desktop.adapters.store_tables import BY_NAME, CHECKSUM, TABLES, checksum


def config() -> Config:
    """Where the client's migrations are."""
    made = Config()
    made.set_main_option("script_location", str(MIGRATIONS))
    return made


def heads() -> list[str]:
    """Every version that the client's store ever had, the first one first."""
    scripts = ScriptDirectory.from_config(config()).walk_revisions()
    return sorted(script.revision for script in scripts)


def make(folder: Path, version: str, rows: int = 1) -> Path:
    """A store of `version` with `rows` rows in each of its tables; its file."""
    folder.mkdir(exist_ok=True)
    path = folder / "gems.db"
    engine = open_engine(path)
    made = config()
    with engine.begin() as connection:
        made.attributes["connection"] = connection
        command.upgrade(made, version)
    engine.dispose()
    with closing(sqlite3.connect(path)) as database:
        for table in tables(database):
            for number in range(1, rows + 1):
                _fill(database, table, number)
        database.commit()
    return path


def tables(database: sqlite3.Connection) -> list[str]:
    """The tables with records; what is counted over them is made from them."""
    found = database.execute("SELECT name FROM sqlite_master WHERE type='table'")
    return sorted(name for (name,) in found if name in BY_NAME)


def contents(path: Path) -> tuple[str, dict[str, list[tuple[object, ...]]]]:
    """(version, rows by table) of a database file; of each row the columns of the first version on, by name."""
    with closing(sqlite3.connect(path)) as database:
        found: dict[str, list[tuple[object, ...]]] = {}
        for name in tables(database):
            names = [row[1] for row in database.execute(f"PRAGMA table_info({name})")]
            listed = ",".join(f'"{one}"' for one in names)
            rows = database.execute(f"SELECT {listed} FROM {name}").fetchall()  # noqa: S608 - our own names
            found[name] = sorted((tuple(sorted(zip(names, row, strict=True))) for row in rows), key=repr)
        version = database.execute("SELECT version_num FROM alembic_version").fetchone()
        return str(version[0]), found


def holds_all(new: dict[str, list[tuple[object, ...]]], old: dict[str, list[tuple[object, ...]]]) -> bool:
    """Whether each old row is among the new ones, with the columns that were added since beside it."""
    return all(
        any(set(row) <= set(there) for there in new.get(name, ()))
        for name, rows in old.items()
        for row in rows
    )


def _fill(database: sqlite3.Connection, table: str, number: int) -> None:
    """A row with a value in each column that must have one."""
    columns = database.execute(f"PRAGMA table_info({table})").fetchall()
    row = {name: _value(kind, name, number) for _, name, kind, *_ in columns if name != CHECKSUM}
    if any(name == CHECKSUM for _, name, *_ in columns):
        row[CHECKSUM] = checksum({name: row[name] for name in row if name in TABLES[BY_NAME[table]].c})
    marks = ",".join("?" * len(row))
    names = ",".join(f'"{name}"' for name in row)
    database.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(row.values()))  # noqa: S608


def _value(kind: str, name: str, number: int) -> object:
    kind = kind.upper()
    if kind in ("INTEGER", "BIGINT", "BOOLEAN"):
        return number if kind != "BOOLEAN" else number % 2 == 1
    if kind == "BLOB":
        return b"x" * 32
    return str(number)
