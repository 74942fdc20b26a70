# SPDX-License-Identifier: Apache-2.0
"""A real platform behind the tests' bad line, and real sessions that only know the line."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from gems_desktop.services.facts import ItemState
from gems_desktop.services.live import LiveSession
from gems_desktop.services.network import Network
from gems_desktop.services.records import SealedRecord
from gems_desktop.session import open_session, signer_config
from gems_desktop.signer.inprocess import InProcessSigner
from gems_platform.submissions.tables import ReceiptRow
from gems_platform.tasks.tables import AssignmentRow, BatchRow
from gems_platform.uploads.tables import UploadRow
from gems_protocol.errors import GemsError
from tests.desktop.services.conftest import TestClock
from tests.helpers.bad_line import BadLine
from tests.platform.conftest import key
from tests.platform.world import World, world

CHOOSE = {"op": "choose", "control": "mood", "option": "good"}


class LineClock(TestClock):
    """Its monotonic time is the line's; sleeping takes the line's time too."""

    line: BadLine | None = None

    def monotonic(self) -> float:
        return self.line.time if self.line is not None else float(self.at)

    async def sleep(self, seconds: float) -> None:
        if self.line is not None:
            self.line.time += seconds
        await super().sleep(0)


@dataclass
class Behind:
    """A platform behind a line."""

    line: BadLine
    live: World
    network: Network
    folder: Path
    clock: LineClock
    sessions: list[LiveSession] = field(default_factory=list)

    async def session(self, name: str) -> LiveSession:
        """The session of somebody by name; a second call opens the same profile again, as after a restart."""
        folder = self.folder / "profiles" / name
        folder.mkdir(parents=True, exist_ok=True)
        signer = InProcessSigner(signer_config(folder, self.network), key(name))
        made = await open_session(folder, self.network, signer=signer, clock=self.clock)
        self.sessions.append(made)
        return made

    def counts(self) -> tuple[int, int, int]:
        """Receipts, submitted assignments and leased batches that the platform has."""
        with self.live.server.app.state.context.db.read() as session:
            submitted = select(func.count()).where(AssignmentRow.state == "submitted")
            return (
                session.scalar(select(func.count()).select_from(ReceiptRow)) or 0,
                session.scalar(submitted) or 0,
                session.scalar(select(func.count()).select_from(BatchRow)) or 0,
            )

    def uploads(self) -> list[int]:
        """The sizes of all uploads that the platform was told of."""
        with self.live.server.app.state.context.db.read() as session:
            return list(session.scalars(select(UploadRow.size)))


@asynccontextmanager
async def behind(folder: Path, line: BadLine, **settings: Any) -> AsyncIterator[Behind]:
    """A world behind `line`."""
    clock = LineClock()
    async with line, world(folder, clock, public_url=line.url, **settings) as live:
        line.aim(live.server.url)
        live.server.url = line.url
        made = live.settings
        network = Network(
            name="test",
            chain_id=made.chain_id,
            rpc_urls=(made.rpc_url,),
            platform_url=line.url,
            platform_signer=made.hub,
            gem=made.gem,
            channels=made.channels,
            campaigns=made.campaigns,
            hub_payer=made.hub_payer,
            relayer=made.relayer,
            practice=True,
        )
        clock.line = line
        found = Behind(line, live, network, folder, clock)
        yield found
        for session in found.sessions:
            if session.is_open:
                await session.close()


async def work(session: LiveSession, campaign: str, count: int) -> None:
    """Lease, do and seal so many tasks."""
    await session.sync.fetch_batch(campaign, count)
    task = await session.work.current()
    while task is not None:
        await session.work.record(task.item_id, CHOOSE)
        task = await session.work.finish(task.item_id)
    assert await session.work.seal() == count


async def until(session: LiveSession, attempt: Callable[[], Awaitable[object]], tries: int = 8) -> list[str]:
    """Try until nothing waits in the outbox; the kinds of faults met on the way."""
    met: list[str] = []
    for _ in range(tries):
        try:
            await attempt()
        except GemsError as error:
            met.append(type(error).__name__)
        if not await session.context.store.run(lambda tx: tx.count(SealedRecord, receipt="")):
            return met
    raise AssertionError(f"still unsent after {tries} tries: {met}")


async def states(session: LiveSession) -> set[ItemState]:
    """The states of everything in the outbox."""
    return {item.state for item in await session.work.outbox()}
