# SPDX-License-Identifier: Apache-2.0
"""20 MB over 32 kbit/s with a cut every 20 seconds, in simulated time: each byte about once, one receipt.

Method (tests/helpers/bad_line.py): the line's clock runs by the bytes that cross it, 4,000 a second; at each multiple
of 20 seconds the connection is cut at exactly that byte, and the last 1,000 bytes (a quarter of a second on their
way) have been sent but never arrive. The client's monotonic clock and its waiting are the line's.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from gems_desktop.services import sync_send
from gems_desktop.services.facts import ItemState
from gems_desktop.services.records import AttemptRecord, SealedRecord
from gems_protocol.errors import GemsError
from tests.faults.lines import Behind, behind, states
from tests.helpers.bad_line import BadLine, Slow

CONFIG = """<View><Text name="text" value="$text"/><TextArea name="said" toName="text"/></View>"""
SPEED, CUT_S, ON_THE_WAY = 4_000, 20, 1_000
PRINTABLE = [chr(code) for code in range(0x20, 0x7F) if chr(code) not in '"\\']


def _noise(size: int, seed: int) -> list[str]:
    """Texts that hardly pack, each as long as one may be."""
    whole = "".join(random.Random(seed).choices(PRINTABLE, k=size))
    return [f"a{whole[at : at + 9_000].strip()}z" for at in range(0, size, 9_000)]


async def _sealed(there: Behind, tasks: int, size: int) -> tuple[str, SealedRecord]:
    """A worker's name who has sealed answers of `size` characters each; the line is fast meanwhile."""
    slow, there.line.slow = there.line.slow, None
    campaign = await there.live.campaign(tasks)
    session = await there.session("miner")
    await session.sync.fetch_batch(campaign, tasks)
    task, place = await session.work.current(), 0
    while task is not None:
        edit = {"op": "write", "control": "said", "texts": _noise(size, place)}
        await session.work.record(task.item_id, edit)
        task, place = await session.work.finish(task.item_id), place + 1
    assert await session.work.seal() == tasks
    [sealed] = await session.context.store.run(lambda tx: tx.find(SealedRecord))
    await session.close()
    there.line.slow = slow
    return "miner", sealed


async def _send(there: Behind, name: str, passes: int) -> int:
    """Let the loop's sending have so many turns, with a restart of the client now and then; the deliveries."""
    session = await there.session(name)
    delivered = 0
    for turn in range(passes):
        if turn % 20 == 19:
            await session.close()
            session = await there.session(name)
        try:
            delivered += await session.sync._flush(by_hand=True)
        except GemsError:
            there.line.time += 2
        if delivered:
            assert await states(session) == {ItemState.DELIVERED}
            break
    await session.close()
    return delivered


async def _measure(tmp_path: Path, tasks: int, size: int) -> tuple[float, int, float]:
    line = BadLine(Slow(SPEED, CUT_S, ON_THE_WAY))
    async with behind(tmp_path, line, lease_limit=1000) as there:
        name, _ = await _sealed(there, tasks, size)
        line.up.clear()
        line.body_up.clear()
        assert await _send(there, name, 500) == 1
        assert there.counts()[:2] == (1, tasks)
        sent = sum(count for path, count in line.body_up.items() if path.startswith("/v1/uploads/"))
        [upload] = there.uploads()
        return sent / upload, upload, sum(line.up.values()) / upload


@pytest.fixture(autouse=True)
def _typed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.platform.world.CONFIG", CONFIG)


async def test_most_of_a_megabyte_crosses_a_line_that_drops_every_20_seconds(tmp_path: Path) -> None:
    ratio, size, with_heads = await _measure(tmp_path, 5, 189_000)
    assert size > 700_000 and 1.0 <= ratio <= 1.05
    assert with_heads <= 1.15


@pytest.mark.long
async def test_twenty_megabytes_cross_a_line_that_drops_every_20_seconds(tmp_path: Path) -> None:
    ratio, size, with_heads = await _measure(tmp_path, 131, 189_000)
    print(f"{size:,} bytes, each sent {ratio:.4f} times, with heads {with_heads:.4f}")
    assert size > 20_000_000 and 1.0 <= ratio <= 1.05


async def test_the_control_a_whole_body_never_arrives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same batch in one request, as a client without resumable uploads sends it."""
    monkeypatch.setattr(sync_send, "DIRECT", 100_000_000)
    line = BadLine(Slow(SPEED, CUT_S, ON_THE_WAY))
    async with behind(tmp_path, line) as there:
        name, sealed = await _sealed(there, 2, 189_000)
        line.body_up.clear()
        assert await _send(there, name, 6) == 0
        assert there.counts()[:2] == (0, 0)
        assert line.body_up["/v1/submissions"] > 2 * len(sealed.body)
        session = await there.session(name)
        [attempt] = await session.context.store.run(lambda tx: tx.find(AttemptRecord))
        assert attempt.tries == 6 and attempt.problem == "Offline"
        await session.close()
