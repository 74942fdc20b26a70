# SPDX-License-Identifier: Apache-2.0
"""Counters follow every row, and what screens ask is looked up: proven by the plans, not by a clock."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from bench.engine import queue as crowd
from gems_desktop.adapters.store import SqliteStore
from gems_desktop.services import at_hand, outbox
from gems_desktop.services.channels import open_batches, stakes_at_risk
from gems_desktop.services.facts import ItemState
from gems_desktop.services.facts_queue import OutboxFilter
from gems_desktop.services.ledger import earned_by_day, ledger_lines
from gems_desktop.services.record_of_work import my_record, my_reviews
from gems_desktop.services.records import BatchRecord, ItemRecord, LineRecord
from gems_protocol.amount import Amount

NOW = 1_700_000_000
ITEM = ItemRecord(
    *("i", "b", "c", "work", 1, 0, 0, 0, Amount(5), Amount(1), NOW + 60, "LEASED", NOW, "{}", "0x", ""),
    *("", "[]"),
)
LINE = LineRecord("l", 0, NOW, 1, "c", 0, 0, 0, "reward", "i", Amount(5))


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqliteStore]:
    made = SqliteStore(tmp_path)
    await made.open()
    yield made
    await made.close()


def churn(tx: Any, chance: random.Random, steps: int) -> None:
    """Insert, replace, change and remove at random."""
    states = [state.name for state in ItemState]
    for _ in range(steps):
        name = f"i{chance.randrange(40)}"
        item = replace(
            ITEM,
            item_id=name,
            batch_id=f"b{chance.randrange(5)}",
            campaign_id=f"c{chance.randrange(3)}",
            kind=chance.choice(("work", "review")),
            state=chance.choice(states),
            outcome=chance.choice((-1, 0, 1)),
            final=chance.random() < 0.5,
            reward=Amount(chance.randrange(3)),
            stake=Amount(chance.randrange(2)),
        )
        match chance.randrange(4):
            case 0 | 1:
                tx.put(item)
            case 2:
                tx.change(ItemRecord, name, state=item.state, final=item.final, outcome=item.outcome)
            case _:
                tx.remove(ItemRecord, name)
        line = replace(LINE, line_id=name, seq=chance.randrange(3), at=NOW + 86_400 * chance.randrange(3))
        tx.put(line) if chance.random() < 0.7 else tx.remove(LineRecord, name)


def counted(tx: Any) -> None:
    """Every count is what a scan gives."""
    items = tx.find(ItemRecord)
    by = ("kind", "state", "shelf", "final", "over", "outcome", "campaign_id", "reward", "stake")
    scanned = Counter(tx.rows(ItemRecord, by))
    assert {tuple(row[:-1]): row[-1] for row in tx.tally(ItemRecord, by)} == scanned
    per_batch = ("batch_id", "kind", "state", "final", "campaign_id")
    waiting = Counter(tx.rows(ItemRecord, per_batch, over=False))
    assert {tuple(row[:-1]): row[-1] for row in tx.tally(BatchRecord, per_batch)} == waiting
    lines = Counter(
        (at // 86_400, kind, amount)
        for seq, at, kind, amount in tx.rows(LineRecord, ("seq", "at", "kind", "amount"))
        if seq
    )
    assert {tuple(row[:-1]): row[-1] for row in tx.tally(LineRecord, ("day", "kind", "amount"))} == lines
    for state in ItemState:
        assert tx.count(ItemRecord, state=state.name) == sum(item.state == state.name for item in items)


@pytest.mark.parametrize("seed", range(2))
async def test_counts_are_what_a_scan_gives(store: SqliteStore, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(5):
        await store.run(lambda tx: churn(tx, chance, 60))
        with pytest.raises(ValueError, match="undone"):
            await store.run(lambda tx: undone(tx, chance))
        await store.run(counted)


def undone(tx: Any, chance: random.Random) -> None:
    churn(tx, chance, 20)
    raise ValueError("undone")


def churned(tx: Any) -> None:
    churn(tx, random.Random(1), 300)
    counted(tx)


async def test_the_control_a_trigger_that_is_gone_is_noticed(store: SqliteStore) -> None:
    await store.run(lambda tx: tx._connection.exec_driver_sql("DROP TRIGGER items_recounted"))
    with pytest.raises(AssertionError):
        await store.run(churned)


ASKED: dict[str, Callable[[Any], Any]] = {
    "page": lambda tx: outbox.page(tx, OutboxFilter(), (NOW, 5), 100, NOW),
    "search": lambda tx: outbox.page(tx, OutboxFilter("all", "campaign"), None, 100, NOW),
    "rejected": lambda tx: outbox.page(tx, OutboxFilter("rejected"), None, 100, NOW),
    "queue": lambda tx: at_hand.read(tx, NOW, NOW),
    "batches": open_batches,
    "stakes": stakes_at_risk,
    "days": earned_by_day,
    "ledger": lambda tx: ledger_lines(tx, 500),
    "reviews": my_reviews,
}


async def scans(store: SqliteStore, asked: Callable[[Any], Any]) -> list[str]:
    """Steps of the plans of what `asked` reads that walk a whole large table."""
    said: list[tuple[str, Any]] = []
    listen = (
        "before_cursor_execute",
        lambda c, cu, statement, values, x, m: said.append((statement, values)),
    )
    event.listen(store._engine, *listen)
    await store.run(asked)
    event.remove(store._engine, *listen)

    def plans(tx: Any) -> list[str]:
        found = []
        for statement, values in said:
            if statement.startswith("SELECT"):
                rows = tx._connection.exec_driver_sql("EXPLAIN QUERY PLAN " + statement, values)
                found += [row[3] for row in rows]
        return [step for step in found if step in ("SCAN items", "SCAN lines", "SCAN edits", "SCAN events")]

    return await store.run(plans)


async def test_screens_look_up_and_never_scan(store: SqliteStore, tmp_path: Path) -> None:
    await store.run(lambda tx: tx.put(*crowd._campaigns()))
    crowd.fill(tmp_path / "gems.db", 600)
    assert {name: await scans(store, ask) for name, ask in ASKED.items()} == {name: [] for name in ASKED}


async def test_the_control_without_its_index_the_ledger_scans(store: SqliteStore, tmp_path: Path) -> None:
    rejected = replace(ITEM, state="REJECTED", outcome=-1, final=True)
    await store.run(lambda tx: tx.put(rejected))
    await store.run(lambda tx: tx._connection.exec_driver_sql("DROP INDEX ix_items_redo_of"))
    assert await scans(store, ASKED["ledger"]) == ["SCAN items"]


async def test_what_is_derived_is_kept_until_it_changes(store: SqliteStore) -> None:
    first = await store.run(my_record)
    assert await store.run(my_record) is first
    await store.run(lambda tx: tx.put(replace(ITEM, state="DELIVERED")))  # nothing of the record yet
    assert await store.run(my_record) is first
    await store.run(
        lambda tx: tx.change(ItemRecord, "i", state="ACCEPTED", final=True, judged=True, outcome=1)
    )
    assert await store.run(my_record) is not first

    def taken_back(tx: Any) -> None:
        tx.change(ItemRecord, "i", judged_at=9)
        my_record(tx)
        raise ValueError("undone")

    before = await store.run(lambda tx: tx.version("record"))
    with pytest.raises(ValueError, match="undone"):
        await store.run(taken_back)
    assert await store.run(lambda tx: tx.version("record")) == before
    assert store._memos == {}  # what was derived from rows that are gone is gone too
