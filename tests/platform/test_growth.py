# SPDX-License-Identifier: Apache-2.0
"""Hot queries go by indexes whatever the number of tasks: none goes over a table, none sorts more than it gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event, select
from sqlalchemy.orm import Session

from gems_platform.campaigns import repository as campaigns
from gems_platform.channels import repository as channels
from gems_platform.db import Database
from gems_platform.matching import repository as matching
from gems_platform.matching import tallies
from gems_platform.reviews import repository as reviews
from gems_platform.tasks import repository as tasks
from gems_platform.tasks.tables import TaskRow

C, W = "0x" + "c1" * 32, "0x" + "bb" * 20
HOT: dict[str, Callable[[Session], Any]] = {
    "open tasks": lambda session: tasks.open_at(session, C, False, 5, 99, 66),
    "had before": lambda session: tasks.barred(session, C, [1, 2, 3], W),
    "taken": lambda session: tasks.take_open(session, C, [1, 2, 3]),
    "in hand": lambda session: matching.in_hand(session, C, W),
    "had": lambda session: matching.had(session, C, W, 10),
    "seats": lambda session: reviews.wanting(session, W, 40),
    "oldest seats": lambda session: reviews.oldest_wanting(session, 200),
    "taken seats": lambda session: reviews.take_wanting(session, [(C, 1)]),
    "share": lambda session: reviews.seats_in(session, C, W),
    "kept seats": lambda session: matching.held(session, W, 5),
    "wishes": lambda session: matching.waiting(session, "review", 5),
    "counts": lambda session: tallies.counts(session, C),
    "spent": lambda session: tallies.spent_of(session, C),
    "held": lambda session: campaigns.held(session, C),
    "times": lambda session: campaigns.work_times(session, C),
    "batches": lambda session: tasks.open_batches(session, W),
    "void": lambda session: tasks.void_since(session, W, 5),
    "unconfirmed": lambda session: tasks.unconfirmed(session, 5),
    "overdue": lambda session: tasks.overdue(session, 5),
    "overdue seats": lambda session: reviews.overdue(session, 5),
    "late rounds": lambda session: reviews.late_rounds(session, 5),
    "over": lambda session: reviews.over_batches(session),
    "owed": lambda session: channels.workers_owed(session),
    "to settle": lambda session: tasks.due_to_settle(session, 5),
}
_PARTIAL = "SCAN tasks USING INDEX ix_tasks_wanting"  # over those with a free seat, in order and limited


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    with closing(Database(Path(tmp_path_factory.mktemp("growth")) / "platform.sqlite3")) as made:
        yield made


@contextmanager
def _told(into: list[tuple[str, Any]]) -> Iterator[None]:
    def before(_connection: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        into.append((statement, values))

    event.listen(Engine, "before_cursor_execute", before)
    yield
    event.remove(Engine, "before_cursor_execute", before)


def plan(db: Database, query: Callable[[Session], Any]) -> list[str]:
    """How SQLite goes about the statements of a query."""
    seen: list[tuple[str, Any]] = []
    with db.read() as session:
        with _told(seen):
            query(session)
        raw = session.connection().connection.cursor()
        found = []
        for statement, values in seen:
            if statement.startswith("SELECT"):
                found += [row[3] for row in raw.execute("EXPLAIN QUERY PLAN " + statement, values)]
    return found


def _grows(step: str) -> bool:
    return step.startswith("SCAN ") and step != _PARTIAL and "(subquery" not in step and "anon_" not in step


@pytest.mark.parametrize("name", HOT)
def test_no_hot_query_goes_over_a_table(db: Database, name: str) -> None:
    steps = plan(db, HOT[name])
    assert steps and not [step for step in steps if _grows(step)]


def test_one_that_does_is_seen(db: Database) -> None:
    """The control."""
    steps = plan(db, lambda session: session.scalars(select(TaskRow).where(TaskRow.input_hash == "0x")).all())
    assert [step for step in steps if _grows(step)]
