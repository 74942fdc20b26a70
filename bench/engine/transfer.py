# SPDX-License-Identifier: Apache-2.0
"""Bytes on the wire and time of sending 10,000 small answers to a real platform, counted by a proxy between the two."""

from __future__ import annotations

import asyncio
import json
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from bench.result import CannotMeasure, Figure, Result
from gems_desktop.services.live import LiveSession
from gems_desktop.services.records import AnswerRecord, ItemRecord, SealedRecord
from gems_protocol import canonical
from gems_protocol.campaign import result_hash
from tests.faults.lines import Behind, behind
from tests.helpers.bad_line import BadLine

BATCH, WORKERS, BATCHES = 1_000, 4, 10
ANSWER = [
    {"from_name": "mood", "id": "", "to_name": "text", "type": "choices", "value": {"choices": ["good"]}}
]


@dataclass(frozen=True, slots=True)
class Crossed:
    """What one worker's sending took: bytes both ways with heads, seconds, answers."""

    sent: int
    received: int
    seconds: float
    answers: int
    leased: int


def run() -> Result:
    """Send ten batches of 1,000 answers once, by four workers."""
    found = asyncio.run(measure())
    answers = sum(one.answers for one in found)
    bytes_each = tuple((one.sent + one.received) / one.answers for one in found)
    method = (
        f"{BATCHES} leased batches of {BATCH:,} Choices tasks by {WORKERS} workers, each sealed with one signature "
        "and sent by Sync.flush() to the real platform over loopback. Bytes: everything that crossed a proxy between "
        "them for it, requests and answers with their heads, both ways, signing in included; without TCP and TLS "
        "framing. Time: flush() until the receipts are stored, one worker after another, platform in the same "
        "process. Leasing is counted by itself: a task's signed assignment and its proof come down with it."
    )
    return Result(
        method,
        (
            Figure("bytes per answer, all told", "bytes", bytes_each),
            Figure("of these sent", "bytes", tuple(one.sent / one.answers for one in found)),
            Figure("leasing, bytes per task", "bytes", tuple(one.leased / one.answers for one in found)),
            Figure("sync of 10,000 answers", "s", (sum(one.seconds for one in found) * 10_000 / answers,)),
        ),
    )


async def measure() -> list[Crossed]:
    """One Crossed a worker."""
    found: list[Crossed] = []
    with tempfile.TemporaryDirectory() as folder:
        async with behind(Path(folder), BadLine(), lease_limit=BATCH) as there:
            campaigns = [await there.live.campaign(BATCH) for _ in range(BATCHES)]
            for number in range(WORKERS):
                share = campaigns[number::WORKERS]
                found.append(await _worker(there, f"worker {number}", share))
    return found


async def _worker(there: Behind, name: str, campaigns: list[str]) -> Crossed:
    session = await there.session(name)
    there.line.up.clear()
    there.line.down.clear()
    for campaign in campaigns:
        await session.sync.fetch_batch(campaign, BATCH)
    leased = sum(there.line.up.values()) + sum(there.line.down.values())
    await _answer(session)
    answers = await session.work.seal()
    there.line.up.clear()
    there.line.down.clear()
    start = time.perf_counter()
    delivered = await session.sync.flush()
    while await session.context.store.run(lambda tx: tx.count(SealedRecord, receipt="")):
        delivered += await session.sync.flush()
    took = time.perf_counter() - start
    if delivered != len(campaigns) or answers != BATCH * len(campaigns):
        raise CannotMeasure(f"{delivered} batches arrived with {answers} answers")
    await session.close()
    return Crossed(sum(there.line.up.values()), sum(there.line.down.values()), took, answers, leased)


async def _answer(session: LiveSession) -> None:
    """Finish everything that is leased, as Work does it, in one transaction."""
    items = await session.context.store.run(lambda tx: tx.find(ItemRecord, state="LEASED"))
    records = []
    for place, item in enumerate(items):
        answer = [{**ANSWER[0], "id": f"{place:08x}", "value": {"choices": [("good", "bad")[place % 2]]}}]
        text = canonical.dumps(answer).decode()
        salt = "0x" + session.context.random_id().hex()
        records.append(AnswerRecord(item.item_id, text, "0x" + result_hash(json.loads(text)).hex(), salt, 1))

    await session.context.store.run(lambda tx: tx.put(*records))
    names = tuple(item.item_id for item in items)
    await session.context.store.run(lambda tx: tx.change(ItemRecord, names, state="FINISHED"))


if __name__ == "__main__":
    for figure in run().figures:
        print(f"{figure.name:32} {figure.median:10.1f} {figure.unit}")
