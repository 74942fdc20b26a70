# SPDX-License-Identifier: Apache-2.0
"""The tests of this folder are those of SQLite again, on a real PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from gems_platform.db import Database
from gems_platform.duties.jobs import migrate
from tests.helpers.postgres import Postgres
from tests.platform import stores
from tests.platform.conftest import clock, http, person, server, settings

__all__ = ["clock", "http", "person", "server", "settings"]


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    running = Postgres.new()
    yield running
    running.close()


@pytest.fixture(scope="session")
def migrated(postgres: Postgres) -> str:
    """The name of a database with all tables and no rows."""
    postgres.sql("CREATE DATABASE migrated TEMPLATE template0")
    with closing(Database(postgres.url("migrated"))) as db:
        migrate(db, postgres.url("migrated"))
    return "migrated"


@pytest.fixture(autouse=True)
def on_postgres(postgres: Postgres, migrated: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    made: list[str] = []

    def place() -> str:
        made.append(postgres.database(migrated))
        return made[-1]

    monkeypatch.setattr(stores, "place", place)
    yield
    for url in made:
        postgres.drop(url)
