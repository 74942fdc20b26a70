# SPDX-License-Identifier: Apache-2.0
"""Sealing 10,000 answers and journalling edits with the real store and the real signer process."""

import asyncio
import json
import tempfile
import time
from pathlib import Path

from bench.result import CannotMeasure, Figure, Result
from gems_desktop.services.live import LiveSession
from gems_desktop.services.network import Network
from gems_desktop.services.records import AnswerRecord, CampaignRecord, ItemRecord
from gems_desktop.session import open_session
from gems_protocol import canonical
from gems_protocol.amount import ZERO, Amount
from gems_protocol.campaign import Manifest, ModuleInfo, PolicyInfo, Terms, result_hash

ANSWERS = 10_000
EDITS = 500
RUNS = 5
CONFIG = (
    '<View><Text name="text" value="$text"/><Choices name="mood" toName="text">'
    '<Choice value="good"/><Choice value="bad"/></Choices></View>'
)
#: The test words of BIP-39; nobody's wallet.
WORDS = b"abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about"
ADDRESS = "0x" + "11" * 20


def run() -> Result:
    """Measure in RUNS fresh profiles after one warm-up."""
    asyncio.run(measure())
    runs = [asyncio.run(measure()) for _ in range(RUNS)]
    seals = tuple(seal for seal, _ in runs)
    edits = [sorted(values) for _, values in runs]
    method = (
        f"Sealing: WorkService.seal() over one batch of {ANSWERS:,} finished answers of a Choices task, until it "
        "returns: read, every hash, Merkle root, one signature by the signer process, stored with fsync, database "
        f"backed up. Edits: WorkService.record() of one choice {EDITS} times in a batch of 1,000 tasks, from the "
        "call to its durable return; median and 99th percentile of each run. Fresh profile on the temporary "
        "folder's disk each run. Not in it: the platform, the window."
    )
    return Result(
        method,
        (
            Figure("seal 10,000 answers", "ms", seals),
            Figure("edit, durable, p50", "ms", tuple(values[len(values) // 2] for values in edits)),
            Figure("edit, durable, p99", "ms", tuple(values[len(values) * 99 // 100] for values in edits)),
        ),
    )


async def measure() -> tuple[float, list[float]]:
    """Return the milliseconds of one sealing and those of each edit."""
    nowhere = "http://127.0.0.1:9"
    network = Network(
        "bench", 1, (nowhere,), nowhere, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, True
    )
    with tempfile.TemporaryDirectory() as folder:
        session = await open_session(Path(folder), network)
        try:
            await session.wallet.restore(bytearray(WORDS))
            await session.wallet.protect(bytearray(b"a password of the bench"))
            return await _seal(session), await _edit(session)
        finally:
            await session.close()


async def _seal(session: LiveSession) -> float:
    answer = {"mood": ["good"]}
    hashed = "0x" + result_hash(answer).hex()
    text = canonical.dumps(answer).decode()
    campaign = _campaign()
    items = [_item(campaign.campaign_id, "0x" + "aa" * 32, n, "FINISHED") for n in range(ANSWERS)]
    answers = [AnswerRecord(item.item_id, text, hashed, item.item_id, 1) for item in items]
    await session.context.store.run(lambda tx: tx.put(campaign, *items, *answers))
    start = time.perf_counter()
    sealed = await session.work.seal()
    took = (time.perf_counter() - start) * 1000
    if sealed != ANSWERS:
        raise CannotMeasure(f"{sealed} of {ANSWERS} answers were sealed")
    return took


async def _edit(session: LiveSession) -> list[float]:
    batch = "0x" + "bb" * 32
    items = [_item(_campaign().campaign_id, batch, ANSWERS + n, "LEASED") for n in range(1000)]
    await session.context.store.run(lambda tx: tx.put(*items))
    values = []
    for n in range(EDITS):
        edit = {"op": "choose", "control": "mood", "option": "good"}
        start = time.perf_counter()
        await session.work.record(items[n].item_id, edit)
        values.append((time.perf_counter() - start) * 1000)
    return values


def _campaign() -> CampaignRecord:
    none = bytes(32)
    terms = Terms(
        *(ADDRESS, ADDRESS, Amount(5), Amount(0), Amount(0), Amount(1), 5, 7, 4, 3, 3600, 1, 9**12),
        *(none, none, ADDRESS, none, none),
    )  # fmt: skip
    manifest = Manifest(
        *("a", "b", "c", ModuleInfo("s", "1", "t", "e", CONFIG), PolicyInfo("consensus", 2, 2)),
        *(5, 86400, ("en",), ""),
    )  # fmt: skip
    told = json.dumps({"terms": terms.to_json(), "manifest": manifest.to_json()})
    return CampaignRecord("0x" + terms.campaign_id().hex(), told, "", False, 1)


def _item(campaign_id: str, batch_id: str, number: int, state: str) -> ItemRecord:
    return ItemRecord(
        item_id=f"0x{number:064x}",
        batch_id=batch_id,
        campaign_id=campaign_id,
        kind="work",
        position=number + 1,
        index=number,
        attempt=0,
        round=0,
        reward=Amount(5),
        stake=ZERO,
        due_at=9**11,
        state=state,
        changed_at=1,
        assignment="{}",
        signature="0x",
        data=json.dumps(
            {"text": "A sentence of some length that somebody has to judge, as it may come." * 2}
        ),
        start="[]",
        media="[]",
    )
