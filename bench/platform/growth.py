# SPDX-License-Identifier: Apache-2.0
"""What the hot queries cost as done work piles up: times, rows read and plans at each number of stored tasks.

Each query is run 15 times after 3, about other people and campaigns each time; the time is that of the repository's
function, with the objects that it makes. Then PostgreSQL explains the very statements of one more run with ANALYZE.
"""

from __future__ import annotations

import json
import random
import re
import statistics
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from bench.platform import filling
from bench.platform.ground import Ground, settings
from bench.platform.postgres import Postgres
from bench.platform.queries import HOT, TAKING, Chance
from bench.result import Figure
from gems_platform.db import Database

RUNS, WARM = 15, 3
GROWING = ("tasks", "assignments", "batches", "lines", "events", "outcomes", "releases", "seats", "transfers")


@dataclass
class Seen:
    """One query at one size: milliseconds of each run, plans as text, tables it read from end to end."""

    times: list[float] = field(default_factory=list)
    plans: list[str] = field(default_factory=list)
    scans: set[str] = field(default_factory=set)
    buffers: int = 0


def measure(
    folder: Path, sizes: tuple[int, ...], postgres: Postgres | None
) -> tuple[list[Figure], dict[str, Any]]:
    """(figures, plans and sizes of the store by number of tasks)."""
    folder.mkdir(parents=True, exist_ok=True)
    url = postgres.database() if postgres else ""
    ground = Ground(settings(folder, url, allot_s=0))
    of = filling.pattern(ground)
    ground.close()
    engine = "PostgreSQL" if postgres else "SQLite"
    figures: list[Figure] = []
    told: dict[str, Any] = {}
    before = 0
    for size in sizes:
        began = time.monotonic()
        if postgres:
            filling.on_postgres(postgres, url.rpartition("@/")[2].partition("?")[0], before, size, of)
        else:
            filling.on_sqlite(folder / "platform" / "platform.sqlite3", before, size, of)
        before = size
        print(f"{engine}: {size:,} tasks after {time.monotonic() - began:.0f} s", flush=True)
        db = Database.unchecked(url or folder / "platform" / "platform.sqlite3")
        found = look(db, size, of.now)
        told[f"{size}"] = {
            "bytes": _bytes(db), "queries": {
                name: {"ms": statistics.median(seen.times), "buffers": seen.buffers, "scans": sorted(seen.scans),
                       "plans": seen.plans}
                for name, seen in found.items()
            },
        }  # fmt: skip
        db.close()
        figures += [
            Figure(f"{engine}, {size:,}: {name}{_mark(seen)}", "ms", tuple(seen.times))
            for name, seen in found.items()
        ]
    return figures, told


def _mark(seen: Seen) -> str:
    return f" [reads all of {', '.join(sorted(seen.scans))}]" if seen.scans else ""


def look(db: Database, total: int, now: int) -> dict[str, Seen]:
    """Run every hot query."""
    found = {}
    for name, query in HOT.items():
        seen = found[name] = Seen()
        chance = Chance(total, now, random.Random(name))
        for run in range(WARM + RUNS):
            with _session(db, name) as session:
                began = time.perf_counter()
                query(session, chance)
                if run >= WARM:
                    seen.times.append(1000 * (time.perf_counter() - began))
        with _session(db, name) as session:
            with _statements() as asked:
                query(session, chance)
            _explain(session, asked, seen, db.dialect)
    return found


def _session(db: Database, name: str) -> AbstractContextManager[Session]:
    """As the platform asks it: what takes rows is in a transaction that could write, and here does not."""
    return Session(db.engine) if name in TAKING else db.read()


@contextmanager
def _statements() -> Iterator[list[tuple[str, Any]]]:
    asked: list[tuple[str, Any]] = []

    def note(_c: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool) -> None:
        asked.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", note)
    yield asked
    event.remove(Engine, "before_cursor_execute", note)


def _explain(session: Session, asked: list[tuple[str, Any]], seen: Seen, dialect: str) -> None:
    done: set[str] = set()
    for statement, parameters in asked:
        if statement in done or not statement.lstrip().upper().startswith("SELECT"):
            continue
        done.add(statement)
        connection = session.connection()
        if dialect == "sqlite":
            rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).fetchall()
            plan = "\n".join(str(row[3]) for row in rows)
            seen.scans |= {name for name in re.findall(r"SCAN (\w+)\b(?! USING)", plan) if name in GROWING}
        else:
            rows = connection.exec_driver_sql(
                f"EXPLAIN (ANALYZE, BUFFERS) {statement}", parameters
            ).fetchall()
            plan = "\n".join(str(row[0]) for row in rows)
            seen.scans |= {name for name in re.findall(r"Seq Scan on (\w+)", plan) if name in GROWING}
            first = re.search(r"Buffers: shared(?: hit=(\d+))?(?: read=(\d+))?", plan)
            seen.buffers += sum(int(number or 0) for number in first.groups()) if first else 0
        seen.plans.append(plan)


def _bytes(db: Database) -> dict[str, int]:
    if db.dialect == "sqlite":
        return {"all": Path(str(db.engine.url.database)).stat().st_size}
    with db.read() as session:
        rows = session.connection().exec_driver_sql(
            "SELECT relname, pg_total_relation_size(oid) FROM pg_class "
            "WHERE relkind = 'r' AND relname = ANY(%(names)s)",
            {"names": [*GROWING]},
        )
        return {str(row[0]): int(row[1]) for row in rows}


def keep(path: Path, told: dict[str, Any]) -> None:
    """Write plans and sizes beside the figures."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
