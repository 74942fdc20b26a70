# SPDX-License-Identifier: Apache-2.0
"""One worker on a local network whom a state machine drives: real store, real platform, real contracts.

The chain is the real py-evm one. Requests go over real HTTP; a `Line` loses or doubles the ones that a rule names.
"""

from __future__ import annotations

import asyncio
import itertools
import os
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from eth_utils import keccak

from gems_desktop.local.keys import NEIGHBOURS
from gems_desktop.services.errors import Offline
from gems_desktop.services.facts import ItemState, OutboxItem
from gems_desktop.services.live import LiveSession
from gems_desktop.services.ports import Tx
from gems_desktop.services.records import SealedRecord, VoucherRecord
from gems_desktop.session import open_session, signer_config
from gems_desktop.signer.inprocess import InProcessSigner
from gems_platform.app import serve
from gems_platform.campaigns import repository as campaigns
from gems_platform.channels import repository as channels
from gems_protocol.amount import Amount
from gems_protocol.signature import address_of
from tests.e2e.flows import HandClock, Offered, Stage, local_network

TODO = (ItemState.LEASED, ItemState.DRAFT)
FRESH_S = 15 * 86_400  # campaigns last 30 days, and time passes in every example
EXAMPLES = 20  # that share a campaign
_NUMBERS = itertools.count(1)


@dataclass
class TurnClock:
    """The stage's time; `slept` is set when the sync loop has done a turn."""

    stage: HandClock
    slept: asyncio.Event = field(default_factory=asyncio.Event)

    def now(self) -> int:
        return self.stage.at

    def monotonic(self) -> float:
        return float(self.stage.at)

    async def sleep(self, seconds: float) -> None:
        self.slept.set()
        await asyncio.sleep(0)

    def random_bytes(self, count: int) -> bytes:
        return os.urandom(count)


@dataclass
class Line:
    """The platform's port; the next POST to `path` meets `fault`."""

    inner: Any
    path: str = ""
    fault: str = ""

    def __getattr__(self, name: str) -> Any:
        return getattr(self.inner, name)

    async def post(self, path: str, body: Any, **more: Any) -> Any:
        fault, hit = self.fault, self.path and path.startswith(self.path)
        if not hit or not fault:
            return await self.inner.post(path, body, **more)
        self.fault = ""
        if fault == "request lost":
            raise Offline
        answer = await self.inner.post(path, body, **more)
        if fault == "answer lost":
            raise Offline
        again = await self.inner.post(path, body, **more)
        assert again == answer, "the same request twice got two answers"
        return again


@dataclass(frozen=True)
class Facts:
    """What a person sees and what the store keeps, as it must be after closing and opening again."""

    outbox: tuple[OutboxItem, ...]
    drafts: tuple[tuple[str, Any, int, int], ...]
    earnings: Any
    ledger: tuple[Any, ...]
    sealed: tuple[SealedRecord, ...]
    voucher: VoucherRecord | None

    @property
    def receipts(self) -> dict[str, str]:
        """By root."""
        return {batch.root: batch.receipt for batch in self.sealed if batch.receipt}


@dataclass
class Worker:
    """Somebody with a profile, and what they can do; every word is one step of the machine."""

    stage: Stage
    campaign: Offered
    free: Offered
    folder: Path
    key: bytes
    session: LiveSession
    line: Line
    clock: TurnClock

    @property
    def address(self) -> str:
        return address_of(self.key)

    async def reopen(self) -> None:
        """Close the profile and open it again."""
        await self.session.close()
        await self._open()

    async def _open(self) -> None:
        network = self.stage.running.network
        signer = InProcessSigner(signer_config(self.folder, network), self.key)
        self.clock = TurnClock(self.stage.clock)
        self.session = await open_session(self.folder, network, signer=signer, clock=self.clock)
        self.line = Line(self.session.context.platform)
        self.session.context.platform = self.line

    async def facts(self) -> Facts:
        work = self.session.work
        outbox = tuple(await work.outbox())
        drafts = []
        for item in outbox:
            if item.state in TODO:
                task = await work.open(item.item_id)
                drafts.append((item.item_id, task.answer, len(task.edits), task.undone))

        def look(tx: Tx) -> tuple[tuple[SealedRecord, ...], VoucherRecord | None]:
            best = tx.find(VoucherRecord, order="seq", descending=True, limit=1)
            return tuple(tx.find(SealedRecord)), best[0] if best else None

        earnings = await self.session.earnings.facts()
        ledger = tuple(await self.session.earnings.ledger())
        sealed, voucher = await self.session.context.store.run(look)
        return Facts(outbox, tuple(sorted(drafts, key=lambda d: d[0])), earnings, ledger, sealed, voucher)

    async def lease(self, free: bool, count: int) -> None:
        await self.session.sync.fetch_batch((self.free if free else self.campaign).campaign_id, count)

    async def turn(self) -> None:
        """The platform does what is due, then one turn of the loop that the application runs."""
        await self.stage.tick()
        self.clock.slept.clear()
        running = asyncio.create_task(self.session.sync.run())
        slept = asyncio.create_task(self.clock.slept.wait())
        await asyncio.wait([running, slept], return_when=asyncio.FIRST_COMPLETED)
        for task in (running, slept):
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def judge(self, misread: bool) -> None:
        for name in NEIGHBOURS[:4]:
            await self.stage.judge(name, self.campaign, misread=misread)

    async def on_chain(self) -> tuple[int, int, int]:
        """The wallet; claimed and deposit of the channel."""
        running = self.stage.running
        with running.platform.app.state.context.db.read() as session:
            row = channels.of_worker(session, self.address)
            channel_id = row.id if row is not None else "0x" + "00" * 32
        channel = await running.chain.channel(bytes.fromhex(channel_id[2:]))
        return await running.chain.gem_balance(self.address), channel.claimed, channel.deposit

    def moved(self) -> list[tuple[str, int]]:
        """Every movement to this worker by the platform's ledger: what for, how much."""
        db = self.stage.running.platform.app.state.context.db
        found = []
        with db.read() as session:
            for offered in (self.campaign, self.free):
                for row in campaigns.transfers(session, offered.campaign_id):
                    if row.target.endswith(self.address):
                        what = f"{offered.campaign_id}/{row.index}/{row.attempt}/{row.round}/{row.why}/{row.target}"
                        found.append((what, row.amount))
        return found


class World:
    """The network that all examples share, on an event loop of its own."""

    campaign: Offered
    free: Offered
    _left = 0

    def __init__(self, folder: Path) -> None:
        self.loop = asyncio.new_event_loop()
        self._stack = AsyncExitStack()
        self.stage: Stage = self.run(self._stack.enter_async_context(local_network(folder)))
        self._made_at = 0

    def run(self, work: Any) -> Any:
        """Wait for a coroutine."""
        return self.loop.run_until_complete(work)

    async def _campaigns(self) -> None:
        if self.stage.clock.at - self._made_at < FRESH_S and self._left > 0:
            self._left -= 1
            return
        self._made_at, self._left = self.stage.clock.at, EXAMPLES
        self.campaign = await self.stage.campaign("consensus", EXAMPLES * 10, z=1, rounds=1)
        free: dict[str, Any] = {"ms": "0", "params": {"hold_s": 0}}
        self.free = await self.stage.campaign("commissioned", EXAMPLES * 10, **free)

    async def worker(self) -> Worker:
        """Somebody new, with some bond to stake."""
        await self._campaigns()
        number = next(_NUMBERS)
        folder = self.stage.folder / f"worker-{number}"
        folder.mkdir(mode=0o700)
        key = keccak(text=f"engine {number}")
        made = Worker(self.stage, self.campaign, self.free, folder, key, None, None, None)  # type: ignore[arg-type]
        await made._open()
        try:
            await self._begin(made)
        except BaseException:
            await made.session.close()
            raise
        return made

    async def _begin(self, made: Worker) -> None:
        await made.session.sync.campaigns(refresh=True)
        await made.session.sync.fetch_batch(self.free.campaign_id, 2)
        await made.session.earnings.set_bond_target(Amount.gem("0.30"))
        await self.stage.send(made.session)
        await made.turn()

    async def restart(self) -> None:
        """The platform stops and comes back."""
        running = self.stage.running
        settings = running.platform.app.state.context.settings
        port = int(running.platform.url.rsplit(":", 1)[1])
        await running.platform.close()
        running.platform = await serve(settings, port=port, clock=self.stage.clock, ticking=False)

    def close(self) -> None:
        """Stop everything."""
        self.run(self._stack.aclose())
        self.loop.close()
