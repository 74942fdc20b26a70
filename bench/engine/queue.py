# SPDX-License-Identifier: Apache-2.0
"""Screens and searches of the queue at 10,000, 100,000 and 1,000,000 stored tasks, with the real services and store."""

from __future__ import annotations

import asyncio
import json
import os
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

from bench.engine.sealing import ADDRESS, CONFIG, WORDS
from bench.result import Figure, Result
from gems_desktop.services.channels import new_channel, open_batches, stakes_at_risk
from gems_desktop.services.facts_queue import OutboxFilter
from gems_desktop.services.ledger import earned_by_day
from gems_desktop.services.live import LiveSession
from gems_desktop.services.network import Network
from gems_desktop.services.records import (
    BatchRecord,
    CampaignRecord,
    ChannelRecord,
    ItemRecord,
    LineRecord,
    Record,
)
from gems_desktop.session import open_session
from gems_protocol.amount import Amount
from gems_protocol.campaign import Manifest, ModuleInfo, PolicyInfo, Terms
from gems_protocol.channel import Config

SIZES = tuple(int(text) for text in os.environ.get("GEMS_BENCH_TASKS", "10000,100000,1000000").split(","))
RUNS = 15
CAMPAIGNS = 200
A_BATCH = 50
AT_HAND = 500  # tasks that are leased; what is in flight does not grow with what is over
START = 1_700_000_000
#: of a hundred tasks that are over or on their way: what became of them
STATES = ("PAID",) * 90 + ("REJECTED",) * 6 + ("EXPIRED",) * 2 + ("RETURNED",) * 2
IN_FLIGHT = ("LEASED", "DRAFT", "FINISHED", "SEALED", "DELIVERED", "ACCEPTED", "DISPUTED")


def run() -> Result:
    """Measure each size in a fresh profile."""
    figures: list[Figure] = []
    for size in SIZES:
        for name, values in asyncio.run(measure(size)).items():
            figures.append(Figure(f"{name}, {size:,}", "ms", values))
    method = (
        f"{RUNS} calls of each after one warm-up, from the call of the service to its return, in a fresh profile with "
        f"so many items in {CAMPAIGNS} campaigns and batches of {A_BATCH}: {AT_HAND} of each state that is still in "
        "flight, the rest over (90 % paid with their lines, 6 % rejected for good, 4 % out of time or given back). "
        "Rows are written straight into SQLite beforehand; the counters' triggers are on meanwhile. Warm file cache; "
        "A page is 100 items. Not in it: the window."
    )
    return Result(method, tuple(figures))


async def measure(size: int) -> dict[str, tuple[float, ...]]:
    """Return the milliseconds of each question at `size` items."""
    nowhere = "http://127.0.0.1:9"
    network = Network(
        "bench", 1, (nowhere,), nowhere, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, True
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        session = await open_session(folder, network)
        try:
            await session.wallet.restore(bytearray(WORDS))
            await session.wallet.protect(bytearray(b"a password of the bench"))
            await session.context.store.run(lambda tx: tx.put(*_campaigns(), _channel(), _open_task()))
            fill(folder / "gems.db", size)
            return {what: await _time(ask) for what, ask in await _questions(session)}
        finally:
            await session.close()


async def _questions(session: LiveSession) -> list[tuple[str, Callable[[], Awaitable[Any]]]]:
    work, store = session.work, session.context.store
    first = await work.outbox_page(OutboxFilter())
    deep = first.after
    for _ in range(20):
        deep = (await work.outbox_page(OutboxFilter(), deep)).after
    return [
        ("outbox, first page", lambda: work.outbox_page(OutboxFilter())),
        ("outbox, 21st page", lambda: work.outbox_page(OutboxFilter(), deep)),
        ("outbox, rejected", lambda: work.outbox_page(OutboxFilter("rejected"))),
        ("outbox, search one", lambda: work.outbox_page(OutboxFilter("all", "campaign 17"))),
        ("outbox, search many", lambda: work.outbox_page(OutboxFilter("all", "campaign"))),
        ("queue facts", work.queue),
        ("next task", work.current),
        ("status strip", session.sync.facts),
        ("open batches", lambda: store.run(open_batches)),
        ("stakes at risk", lambda: store.run(stakes_at_risk)),
        ("earned by day", lambda: store.run(earned_by_day)),
        ("ledger, 500 lines", session.earnings.ledger),
        ("expire", session.sync.expire),
    ]


async def _time(ask: Callable[[], Awaitable[Any]]) -> tuple[float, ...]:
    values = []
    for _ in range(RUNS + 1):
        start = time.perf_counter()
        await ask()
        values.append((time.perf_counter() - start) * 1000)
    return tuple(values[1:])


def fill(path: Path, size: int) -> None:
    """Write `size` items with their batches and lines, by another connection and many at a time."""
    with sqlite3.connect(path, timeout=60) as database:
        database.execute("PRAGMA synchronous=OFF")
        items, lines = _insert(ItemRecord), _insert(LineRecord)
        for start in range(0, size, 10_000):
            numbers = range(start, min(size, start + 10_000))
            database.executemany(items, [_item(number, size) for number in numbers])
            paid = [number for number in numbers if _state(number, size) == "PAID"]
            database.executemany(lines, [_line(number) for number in paid])
        batches = [_batch(number) for number in range(0, size, A_BATCH)]
        database.executemany(_insert(BatchRecord), batches)
    database.close()


def _insert(kind: type[Record]) -> str:
    names = [field.name for field in fields(kind)]
    listed = ", ".join(f'"{name}"' for name in names)
    return f"INSERT INTO {kind.TABLE} ({listed}) VALUES ({', '.join('?' * len(names))})"  # noqa: S608 - our own names


def _state(number: int, size: int) -> str:
    late = size - 1 - number
    if late < AT_HAND * len(IN_FLIGHT):
        return IN_FLIGHT[late // AT_HAND]
    return STATES[number % 100]


def _row(kind: type[Record], /, **values: Any) -> tuple[Any, ...]:
    empty = {"str": "", "int": 0, "bool": False, "Amount": "0"}
    return tuple(values.get(field.name, empty[str(field.type)]) for field in fields(kind))


def _item(number: int, size: int) -> tuple[Any, ...]:
    state = _state(number, size)
    batch = number // A_BATCH
    judged = state in ("PAID", "REJECTED", "ACCEPTED")
    return _row(
        ItemRecord,
        item_id=f"0x{number:064x}",
        batch_id=f"0x{batch:064x}",
        campaign_id=_ID[batch % CAMPAIGNS],
        kind="work",
        position=number % A_BATCH + 1,
        index=number,
        reward=str(10**17 * (1 + batch % 7)),
        stake=str(10**16 * (batch % 3)),
        due_at=4_000_000_000 + batch * 60,
        state=state,
        changed_at=START + number,
        assignment="{}" + "x" * 700,
        signature="0x" + "ab" * 65,
        data="",
        start="",
        media="[]",
        outcome=0 if not judged else -1 if state == "REJECTED" else 1,
        judged=judged,
        judged_at=number if judged else 0,
        final=judged,
    )


def _line(number: int) -> tuple[Any, ...]:
    batch = number // A_BATCH
    return _row(
        LineRecord,
        line_id=f"{number:064x}",
        seq=1 + batch,
        at=START + number,
        place=number,
        campaign_id=_ID[batch % CAMPAIGNS],
        index=number,
        kind="reward",
        item_id=f"0x{number:064x}",
        amount=str(10**17 * (1 + batch % 7)),
    )


def _batch(number: int) -> tuple[Any, ...]:
    batch = number // A_BATCH
    return _row(
        BatchRecord,
        batch_id=f"0x{batch:064x}",
        kind="work",
        campaign_id=_ID[batch % CAMPAIGNS],
        root=f"0x{batch:064x}",
        size=A_BATCH,
        stake_total=str(10**18),
        due_at=4_000_000_000 + batch * 60,
        leased_at=START,
    )


def _open_task() -> ItemRecord:
    """The task that is open, which alone is read with its data."""
    about = (
        f"0x{1:064x}",
        _ID[0],
        "work",
        99,
        9**9,
        0,
        0,
        Amount(5),
        Amount(0),
        3_999_999_999,
        "DRAFT",
        START,
    )
    return ItemRecord("0xopen", *about, "{}", "0x", '{"text": "A sentence."}', "[]", "[]")


def _channel() -> ChannelRecord:
    return new_channel(Config(ADDRESS, ADDRESS, ADDRESS, 700_000, 1), 10**22, 0, 0, START)


def _campaigns() -> list[CampaignRecord]:
    none = bytes(32)
    found = []
    for number in range(CAMPAIGNS):
        terms = Terms(
            *(ADDRESS, ADDRESS, Amount(5), Amount(0), Amount(0), Amount(1), 5, 7, 4, 3, 3600, 1, 9**12),
            *(none, none, ADDRESS, none, number.to_bytes(32)),
        )
        manifest = Manifest(
            f"Campaign {number}",
            *("b", "c", ModuleInfo("s", "1", "t", "e", CONFIG), PolicyInfo("consensus", 2, 2)),
            *(5, 86400, ("en",), ""),
        )  # fmt: skip
        told = json.dumps({"terms": terms.to_json(), "manifest": manifest.to_json()})
        found.append(CampaignRecord("0x" + terms.campaign_id().hex(), told, "", False, 1))
    return found


_ID = [record.campaign_id for record in _campaigns()]


def table(figures: tuple[Figure, ...]) -> str:
    """Return the medians as the rows of RESULTS.md."""
    by_name: dict[str, list[str]] = {}
    for figure in figures:
        name, _, _ = figure.name.rpartition(", ")
        by_name.setdefault(name, []).append(f"{statistics.median(figure.values):.1f}")
    return "\n".join(f"| {name} | {' | '.join(values)} |" for name, values in by_name.items())
