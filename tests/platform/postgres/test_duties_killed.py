# SPDX-License-Identifier: Apache-2.0
"""All that is due is done once however it is done: cut off at any step and begun again, or by two at the same time."""

from __future__ import annotations

import asyncio
import json
import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from gems_desktop.local.chain import Chain as LocalChain
from gems_desktop.local.chain import serve as serve_chain
from gems_platform.app import serve
from gems_platform.channels.sending_tables import IntentRow
from gems_platform.channels.tables import ChannelRow, LineRow, RelayedClaimRow
from gems_platform.channels.upkeep_tables import VoucherDayRow
from gems_platform.events.tables import EventRow
from gems_platform.reviews.tables import SeatRow
from gems_platform.settings import Settings
from gems_platform.tasks.tables import AssignmentRow, BatchRow, TaskRow
from gems_protocol.amount import UNIT
from gems_protocol.messages import Spend
from gems_protocol.signature import address_of
from tests.faults.fleet_books import wrong
from tests.faults.platform_life import told
from tests.helpers.postgres import Postgres
from tests.platform.claiming import claim_body
from tests.platform.conftest import HandClock, key
from tests.platform.deploying import CHAIN_ID
from tests.platform.world import POOR, World, world

ROOT = Path(__file__).resolve().parents[3]
DAYS = 3 * 86_400
Digest = dict[str, Any]


@dataclass
class Due:
    """A platform with something due of every kind, to be copied as it stands."""

    settings: Settings
    chain: Path
    at: int


async def _prepare(live: World) -> None:
    """A claim and a Spend on their way, vouchers, a top-up, a voucher file, weights; leases that ran out."""
    anna, ben, carl = [await live.person(name) for name in ("anna", "ben", "carl")]
    verifiers = [await live.person(f"verifier {number}") for number in range(2)]
    campaign = await live.campaign(8)
    for who in (anna, ben, carl, *verifiers):
        await who.post("/v1/channel", {})
    await live.work(anna, campaign, 2)
    for who in verifiers:
        await live.review(who, 2)
    await live.tick()
    await anna.post("/v1/relay/claims", await claim_body(live, anna))
    await live.work(anna, campaign, 2)
    for who in verifiers:
        await live.review(who, 2)
    await live.lease(ben, campaign, 2)
    body = {"request_id": "0x" + "c" * 64, "campaign_id": campaign, "count": 1}
    await carl.post("/v1/leases", body)  # and never confirmed
    requester = await live.person("requester")
    due = await requester.get(f"/v1/campaigns/{campaign}/spend-due")
    message = Spend(bytes.fromhex(campaign[2:]), int(due["spent"]), int(due["seq"]) + 1)
    signature = message.sign(live.settings.campaigns_domain, requester.key)
    signed = {"message": message.to_json(), "signature": "0x" + signature.hex()}
    await requester.post(f"/v1/campaigns/{campaign}/spends", signed)


@pytest.fixture
async def due(tmp_path: Path) -> Due:
    clock = HandClock()
    changes = {"channel_deposit": 2 * UNIT, "channel_headroom": 3 * UNIT // 2}
    async with world(tmp_path, clock, **changes) as live:
        await _prepare(live)
        settings = live.settings
    return Due(settings, tmp_path / "chain.sqlite", clock.at + DAYS)


@contextmanager
def _zygote() -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.platform.postgres.duty_life"]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield process
        assert process.stdin is not None
        process.stdin.close()


@dataclass
class Bench:
    """Does what is due on copies."""

    due: Due
    postgres: Postgres
    folder: Path
    process: subprocess.Popen[str]
    runs: int = 0

    @asynccontextmanager
    async def copy(self) -> AsyncIterator[Settings]:
        """The platform and its chain as they were."""
        self.runs += 1
        chain = self.folder / f"chain {self.runs}.sqlite"
        for path in self.due.chain.parent.glob("chain.sqlite*"):
            shutil.copyfile(path, str(chain) + path.name.removeprefix("chain.sqlite"))
        rich = {address_of(key(name)): 10**24 for name in POOR}
        node = await serve_chain(LocalChain.open(chain, CHAIN_ID, rich, clock=lambda: self.due.at))
        url = await asyncio.to_thread(self.postgres.copy, self.due.settings.store_url)
        yield replace(self.due.settings, store_url=url, rpc_url=node.url)
        await node.close()
        await asyncio.to_thread(self.postgres.drop, url)

    async def once(self, settings: Settings, *kills: int, half: str = "") -> list[dict[str, Any]]:
        """A process for each of these, at the same time, killed at that step (0: never); half: see Steps."""
        orders = [
            {"settings": told(settings), "at": self.due.at, "kill": kill, "half": half} for kill in kills
        ]
        stdin, stdout = self.process.stdin, self.process.stdout
        assert stdin is not None and stdout is not None
        stdin.write(json.dumps(orders) + "\n")
        stdin.flush()
        found: list[dict[str, Any]] = json.loads(await asyncio.to_thread(stdout.readline))
        return found

    async def end(self, settings: Settings) -> Digest:
        """What it comes to, after whoever comes next did what is still due."""
        clock = HandClock(self.due.at)
        server = await serve(settings, clock=clock, ticking=False)
        try:
            for _ in range(3):
                await server.app.state.ticker.tick()
            context = server.app.state.context
            with context.db.read() as session:
                assert wrong(session) == []
                found = _digest(session)
            for who in ("hub payer", "relayer", "anna"):
                found[who] = await context.chain.gem_balance(address_of(key(who)))
            return found
        finally:
            await server.close()


def _digest(session: Any) -> Digest:
    def rows(table: Any) -> list[Any]:
        return list(session.scalars(select(table)).all())

    intents = rows(IntentRow)
    nonces = Counter((one.sender, one.nonce) for one in intents)
    assert set(nonces.values()) <= {1}, nonces
    return {
        "tasks": Counter(one.state for one in rows(TaskRow)),
        "work": Counter(one.state for one in rows(AssignmentRow)),
        "seats": Counter(one.state for one in rows(SeatRow)),
        "batches": Counter((one.state, one.released) for one in rows(BatchRow)),
        "lines": Counter((one.worker, one.kind, one.amount, one.seq) for one in rows(LineRow)),
        "channels": {
            one.worker: (one.paid, one.bonded, one.seq, one.deposit, one.claimed) for one in rows(ChannelRow)
        },
        "claims": Counter(one.state for one in rows(RelayedClaimRow)),
        "days": [(one.day, len(one.rows)) for one in rows(VoucherDayRow)],
        "events": Counter((one.account, one.kind) for one in rows(EventRow)),
        "intents": Counter((one.name.partition(":")[0], one.state) for one in intents),
    }


@pytest.fixture
def bench(due: Due, postgres: Postgres, tmp_path: Path) -> Iterator[Bench]:
    with _zygote() as process:
        yield Bench(due, postgres, tmp_path, process)


async def _whole(bench: Bench) -> tuple[Digest, int]:
    """What is done undisturbed, and in how many steps."""
    async with bench.copy() as settings:
        (done,) = await bench.once(settings, 0)
        assert done["status"] == 0 and done["steps"] > 100, done
        return await bench.end(settings), done["steps"]


async def _killed(bench: Bench, wanted: Digest, *steps: int) -> None:
    async with bench.copy() as settings:
        for step in steps:
            await bench.once(settings, step)
        assert await bench.end(settings) == wanted, steps


async def _twice(bench: Bench, wanted: Digest, *kills: int) -> None:
    async with bench.copy() as settings:
        await bench.once(settings, *kills)
        assert await bench.end(settings) == wanted, kills


@pytest.mark.long
async def test_cut_off_or_done_by_two_at_once_it_is_done_once(bench: Bench) -> None:
    wanted, steps = await _whole(bench)
    assert (
        wanted["work"]["expired"] == 2
        and wanted["work"]["void"] == 1
        and wanted["claims"] == {"confirmed": 1}
    )
    assert wanted["intents"]["redeem", "done"] == 1 and len(wanted["days"]) == 2
    await _killed(bench, wanted, steps // 2)
    await _twice(bench, wanted, 0, 0)


@pytest.mark.long
@pytest.mark.parametrize("half", ["UPDATE assignments", "UPDATE lines"])
async def test_half_a_transaction_would_be_seen(bench: Bench, half: str) -> None:
    """The control: of one transaction a part is kept."""
    wanted, _ = await _whole(bench)
    async with bench.copy() as settings:
        (done,) = await bench.once(settings, 0, half=half)
        assert done["killed"]
        try:
            found = await bench.end(settings)
        except (AssertionError, SQLAlchemyError):
            return
        assert found != wanted


@pytest.mark.long
async def test_cut_off_anywhere(bench: Bench) -> None:
    """GEMS_KILLS of all steps (50 unless told), each in a copy; and again while it is done again; and with another."""
    wanted, steps = await _whole(bench)
    number = int(os.environ.get("GEMS_KILLS", "50"))
    some = sorted(random.sample(range(1, steps + 1), min(number, steps)))
    for place, step in enumerate(some):
        match place % 3:
            case 0:
                await _killed(bench, wanted, step)
            case 1:
                await _killed(bench, wanted, step, random.randint(1, steps))
            case _:
                await _twice(bench, wanted, step, 0)
