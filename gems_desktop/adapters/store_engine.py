# SPDX-License-Identifier: Apache-2.0
"""The SQLite engine: pragmas asserted at each connect, foreign faults turned into ours, schema kept current."""

from __future__ import annotations

import re
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, StaticPool, create_engine, event
from sqlalchemy.exc import DBAPIError

from gems_desktop import __version__
from gems_desktop.services.errors import DiskFull, NewerDatabase, StoreUnreadable

MIGRATIONS = Path(__file__).resolve().parent / "migrations"
HEAD = "0008"
WRITTEN_BY = "written_by"  # setting: the version of Gems that brought the database to its form
_VERSION = re.compile(r"[0-9]{1,4}(\.[0-9]{1,4}){1,3}", re.ASCII)
_FULL, _CORRUPT, _NOT_A_DATABASE = 13, 11, 26
_UNREADABLE = (3, 5, 6, 8, 10, 14)  # perm, busy, locked, readonly, io, cannot open


_NOT_TEXT = "Could not decode to UTF-8"  # Python's own words for a text that is none

Connect = Callable[[Path], Any]


class Damaged(Exception):
    """SQLite says that the file is not a sound database."""


def open_engine(path: Path, connect: Connect | None = None) -> Engine:
    """An engine with one connection, for one thread at a time; connect: another way to reach SQLite, for tests."""

    def reach() -> Any:
        if connect is not None:
            return connect(path)
        return sqlite3.connect(path, check_same_thread=False, isolation_level=None, timeout=5)

    engine = create_engine("sqlite://", poolclass=StaticPool, creator=reach)
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)
    return engine


def _set_pragmas(connection: sqlite3.Connection, _record: Any) -> None:
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    wanted |= {"trusted_schema": 0, "cell_size_check": 1}
    if sys.platform == "darwin":
        wanted |= {"fullfsync": 1, "checkpoint_fullfsync": 1}
    for name, value in wanted.items():
        connection.execute(f"PRAGMA {name}={value}")
        found = connection.execute(f"PRAGMA {name}").fetchone()
        if found is None or found[0] != value:
            raise StoreUnreadable


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


@contextmanager
def translated() -> Iterator[None]:
    """Turn SQLite's faults into DiskFull, StoreUnreadable or Damaged; anything else is a bug of ours."""
    try:
        yield
    except DBAPIError as error:
        fault = _fault(error.orig)
        if fault is None:
            raise
        raise fault from error
    except sqlite3.Error as error:
        fault = _fault(error)
        if fault is None:
            raise
        raise fault from error
    except OSError as error:
        raise (DiskFull() if error.errno in (28, 122) else StoreUnreadable()) from error


def _fault(error: BaseException | None) -> Exception | None:
    code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
    if code == _FULL:
        return DiskFull()
    if code in (_CORRUPT, _NOT_A_DATABASE):
        return Damaged()
    if code in _UNREADABLE:
        return StoreUnreadable()
    if not code and str(error).startswith(_NOT_TEXT):
        return Damaged()
    return None


def refuse_newer(path: Path) -> None:
    """Raise NewerDatabase for a database of a later version before anything of its folder is touched.

    Read without writing, so that a log that was left behind stays as it is; what cannot be read is looked at later.
    """
    if not path.exists():
        return
    how = "mode=ro" if path.with_name(f"{path.name}-wal").exists() else "immutable=1"  # which makes no log
    place = f"{path.absolute().as_uri()}?{how}"
    with suppress(sqlite3.Error), closing(sqlite3.connect(place, uri=True)) as found:
        version = str(found.execute("SELECT version_num FROM alembic_version").fetchone()[0])
        if version.isdecimal() and int(version) > int(HEAD):
            raise NewerDatabase(_writer(found), reads_before(path))


def reads_before(path: Path) -> bool:
    """Whether beside the database at `path` there is a copy from before an update that this version reads."""
    found = path.parent.glob(f"{path.name}.before-update-[0-9][0-9][0-9][0-9]")
    return any(int(one.name[-4:]) <= int(HEAD) for one in found)


def _writer(database: sqlite3.Connection) -> str:
    """The version of Gems that brought a database to its form, "" where it says nothing."""
    with suppress(sqlite3.Error):
        found = database.execute("SELECT value FROM settings WHERE name=?", (WRITTEN_BY,)).fetchone()
        if found is not None and _VERSION.fullmatch(str(found[0]).strip('"')):
            return str(found[0]).strip('"')
    return ""


def bring_up_to_date(engine: Engine) -> None:
    """Run the migrations that are missing; raises NewerDatabase for a database of a later version, untouched."""
    with translated(), engine.connect() as connection:
        known = connection.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type='table' AND name='alembic_version'"
        ).first()
        found = (
            connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() if known else None
        )
    if found == HEAD:
        return
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    revisions = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if found is not None and found not in revisions:
        raise NewerDatabase
    with translated(), engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        # so that an older program, which leaves all this alone, can say which one is needed
        connection.exec_driver_sql(
            "INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)", (WRITTEN_BY, f'"{__version__}"')
        )
