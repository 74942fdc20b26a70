# SPDX-License-Identifier: Apache-2.0
"""The store: one SQLite file, or one PostgreSQL that several processes share; a commit survives a power cut."""

from __future__ import annotations

import queue
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path
from typing import Any, TypeVar

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import BigInteger, Connection, Engine, Integer, String, TypeDecorator, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection
from sqlalchemy.orm import DeclarativeBase, Session

from gems_platform import engines
from gems_platform.errors import StoreBehind

T = TypeVar("T")
PLACE = "place"  # in a writing session's info: a number that no other writer of this process has now
TRIES = 8  # of one piece of work that others keep getting in the way of,
PATIENT = 2  # after so many of them it has the store to itself
#: Which try of a request or of a piece of work this is.
tries: ContextVar[int] = ContextVar("tries", default=1)
# A first statement that fixes no moment yet: what comes after it sees all that was done while it waited. A migration
# writes that table, so that no transaction overlaps one. A table read from end to end, as a small one is where that
# is cheapest, would be in the way of everybody who writes it: an index is used wherever there is one.
_BY_INDEX = "SET LOCAL enable_seqscan = off; "
_TOGETHER = text(_BY_INDEX + "LOCK TABLE alembic_version IN ROW SHARE MODE")
_ALONE = text(_BY_INDEX + "LOCK TABLE alembic_version IN EXCLUSIVE MODE")
_MIGRATIONS = Path(__file__).parent / "migrations"
_MIGRATING = 0x67656D73_00  # PostgreSQL's advisory locks: one process migrates at a time,
_NAMED = 0x67656D73  # and the first half of those that `alone` takes
#: PostgreSQL's codes of what went wrong only because others worked at the same time.
_IN_THE_WAY = frozenset({"40001", "40P01", "23505"})
#: And of what a server says that only reads, as a replica does before it takes over: it has no serializable either.
_ONLY_READS = frozenset({"25006", "0A000"})


class Contended(Exception):
    """Others changed what this transaction read or wrote: nothing of it happened, and it is to be done again."""


class Base(DeclarativeBase):
    """All tables of the platform. Whole numbers have 64 bits on every engine."""

    type_annotation_map = {int: BigInteger().with_variant(Integer, "sqlite")}  # noqa: RUF012


class Units(TypeDecorator[int]):
    """Base units as decimal text: the engines' integers have 64 bits, amounts have 128."""

    impl = String(40)
    cache_ok = True

    def process_bind_param(self, value: int | None, dialect: Any) -> str | None:
        """From Python to the store."""
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Any) -> int | None:
        """From the store to Python."""
        return None if value is None else int(value)


class Database:
    """Sessions on one store. On SQLite `write` holds the only writer's place from its begin to its commit; on
    PostgreSQL transactions are serializable, so that they add up to some order of one after the other, and one that
    cannot be put into such an order raises Contended."""

    def __init__(self, place: Path | str, *, migrate: bool | None = True) -> None:
        """place: the SQLite file, or a URL `postgresql+psycopg://...`.

        migrate: bring the tables up to date; if not, StoreBehind is raised when they are not of this version. None:
        whatever the version, see `unchecked`.
        """
        self._reader, self._writer, self._apart, writers = engines.open_store(place)
        first = secrets.randbelow(1 << 16) * writers
        self._places: queue.SimpleQueue[int] = queue.SimpleQueue()
        for number in range(first, first + writers):
            self._places.put(number)
        if migrate is None:
            return
        if migrate:
            self.migrate()
        elif self.is_behind():
            self.close()
            raise StoreBehind()

    @classmethod
    def unchecked(cls, place: Path | str) -> Database:
        """A store of whatever version, left as it is: for tools that move or copy it."""
        return cls(place, migrate=None)

    def is_behind(self) -> bool:
        """Whether its tables are of another version than this code."""
        return self.version() != head()

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self._writer.dialect.name

    @property
    def engine(self) -> Engine:
        """The engine whose transactions may write: for tools that look at the store as a whole."""
        return self._writer

    def migrate(self, to: str = "head") -> None:
        """Bring the tables up to a version, or down to an older one; processes that start together take turns."""
        with self._writer.connect() as connection:
            if self.dialect == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _MIGRATING})
            move_tables(connection, to)
            connection.commit()

    def version(self) -> str:
        """The version of the tables, "" before the first."""
        with self._reader.connect() as connection:
            return _version(connection)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one moment of the store and changes nothing."""
        with _told(), Session(self._reader) as session:
            yield session

    @contextmanager
    def write(self, *, apart: bool = False) -> Iterator[Session]:
        """A session that commits at its end, or changes nothing when an error leaves it; raises Contended.

        apart: each statement is right by itself, whatever others do between two of them, as where a key decides:
        such a transaction is never in anybody's way.
        """
        engine = self._apart if apart else self._writer
        with (
            self._place() as place,
            _told(),
            Session(engine, expire_on_commit=False) as session,
            session.begin(),
        ):
            session.info[PLACE] = place
            if self.dialect == "postgresql" and not apart:
                session.execute(_ALONE if tries.get() > PATIENT else _TOGETHER)
            yield session

    @contextmanager
    def _place(self) -> Iterator[int]:
        """One of the places of this process's writers, each held by one of them at a time."""
        place = self._places.get()
        try:
            yield place
        finally:
            self._places.put(place)

    def run(self, work: Callable[[Session], T], *, apart: bool = False) -> T:
        """`work` in a transaction of its own, again as long as others are in its way; raises Contended at last."""
        for count in range(1, TRIES + 1):
            before = tries.set(count)
            try:
                with self.write(apart=apart) as session:
                    return work(session)
            except Contended:
                if count == TRIES:
                    raise
            finally:
                tries.reset(before)
        raise AssertionError("unreachable")

    @contextmanager
    def alone(self, name: str) -> Iterator[None]:
        """Hold a name that no other process on this PostgreSQL holds; a process that dies lets go of it.

        So does one whose connection is cut, without being told: what is stored under a name must be right even if
        another holds it by now. On SQLite nothing is held: one process serves it.
        """
        if self.dialect != "postgresql":
            yield
            return
        with _told():
            line = self._reader.connect()
        with line.execution_options(isolation_level="AUTOCOMMIT") as connection:
            held = {"group": _NAMED, "name": name}
            with _told():
                connection.execute(text("SELECT pg_advisory_lock(:group, hashtext(:name))"), held)
            try:
                yield
            finally:
                with suppress(OperationalError):  # a connection that was cut took what it held with it
                    connection.execute(text("SELECT pg_advisory_unlock(:group, hashtext(:name))"), held)

    def close(self) -> None:
        """Close every connection."""
        self._reader.dispose()
        self._writer.dispose()


def head() -> str:
    """The version of the tables that this code works with."""
    return str(ScriptDirectory(str(_MIGRATIONS)).get_current_head())


def move_tables(connection: Connection, to: str = "head") -> None:
    """Bring the tables to a version, up or down, in the transaction that the connection has begun."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.attributes["connection"] = connection
    if to == "head" or _is_before(_version(connection), to):
        command.upgrade(config, to)
    else:
        command.downgrade(config, to)


def _version(connection: Connection) -> str:
    return MigrationContext.configure(connection).get_current_revision() or ""


def _is_before(version: str, other: str) -> bool:
    return other != "base" and version < other


def is_contended(error: DBAPIError) -> bool:
    """Whether only others' work at the same time was in the way."""
    return getattr(error.orig, "sqlstate", None) in _IN_THE_WAY


@contextmanager
def _told() -> Iterator[None]:
    """What is only others' being in the way is said as such; a store that cannot be reached or cannot write is an
    OperationalError, whatever its driver and the pool call it."""
    try:
        yield
    except NoConnection as error:
        raise OperationalError(None, None, error) from error
    except DBAPIError as error:
        if is_contended(error):
            raise Contended(str(error.orig).partition("\n")[0]) from error
        if getattr(error.orig, "sqlstate", None) in _ONLY_READS or error.connection_invalidated:
            raise OperationalError(error.statement, error.params, error.orig or error) from error
        raise
