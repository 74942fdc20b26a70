# SPDX-License-Identifier: Apache-2.0
"""What is counted and read of a PostgreSQL: two engines on one pool, and transactions that lose against others."""

from __future__ import annotations

from contextlib import closing

import pytest
from sqlalchemy import select, text

from gems_platform.accounts.tables import AccountRow
from gems_platform.db import Contended, Database
from gems_platform.observing import reading, store_events
from gems_platform.observing.metrics import Metrics
from gems_platform.settings import Settings

ONE, OTHER = "0x" + "aa" * 20, "0x" + "bb" * 20


def _counted(metrics: Metrics, name: str, **labels: str) -> float:
    return metrics.registry.get_sample_value(name, labels) or 0.0


def test_each_transaction_counts_once_and_contention_is_seen(settings: Settings) -> None:
    with closing(Database(settings.store)) as db:
        metrics = Metrics()
        store_events.watch(db, metrics)
        with db.write() as session:
            session.add_all([AccountRow(address=name, created_at=0) for name in (ONE, OTHER)])
        with db.read() as session:
            found = reading.read(session, settings, {}, db.version(), 1)
        assert (found.queue.tasks_open, found.campaigns_total, set(found.late.values())) == (0, 0, {0})
        with pytest.raises(Contended), db.write() as mine:
            mine.scalars(select(AccountRow)).all()
            with db.write() as other:
                other.execute(text("UPDATE accounts SET created_at = created_at + 1"))
            mine.execute(text("UPDATE accounts SET created_at = created_at + 1"))
        kept = {"kind": "write", "end": "committed"}
        assert _counted(metrics, "gems_store_transactions_total", **kept) == 2
        lost = {"kind": "write", "end": "rolled_back"}
        assert _counted(metrics, "gems_store_transactions_total", **lost) == 1
        assert _counted(metrics, "gems_store_transactions_total", kind="read", end="read") >= 1
        assert _counted(metrics, "gems_store_contended_total") == 1
