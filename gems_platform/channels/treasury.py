# SPDX-License-Identifier: Apache-2.0
"""The hub's money on chain: it opens and tops up channels, watches escrows and channels, redeems Spends."""

from __future__ import annotations

from fastapi.concurrency import run_in_threadpool
from sqlalchemy.orm import Session

from gems_platform.campaigns import repository as campaigns
from gems_platform.campaigns.facts import facts
from gems_platform.channels import doubt, intents, repository, service
from gems_platform.channels.chain import (
    Chain,
    Signed,
    approve_data,
    deposit_many_data,
    redeem_data,
    submit_debit_data,
)
from gems_platform.channels.intents import Call
from gems_platform.channels.sending import Sender
from gems_platform.db import Contended, Database
from gems_platform.schemas import raw, text
from gems_platform.settings import Settings
from gems_platform.turns import Turn

_ROWS = 128  # rows of deposit_many
_PLENTY = 2**255
_DEPOSIT = "deposit"


class Treasury:
    """One at a time: what is on its way, or may be taken back, is never sent a second time beside itself."""

    def __init__(self, settings: Settings, db: Database, chain: Chain, sender: Sender) -> None:
        self._settings, self._db, self._chain, self._sender = settings, db, chain, sender
        self._lock = Turn(db, "treasury")
        self._seen: tuple[int, int, int] | None = None

    async def watch(self) -> None:
        """Look at escrows and channels when a block, a campaign or a channel is new; raises ChainDown."""

        def known() -> tuple[int, int]:
            with self._db.read() as session:
                return len(campaigns.watched(session)), len(repository.every(session))

        now = (await self._chain.block_number(), *await run_in_threadpool(known))
        if now != self._seen:
            await self.watch_campaigns()
            await self.watch_channels()
            await self.register_debits()
            self._seen = now

    async def top_up(self) -> None:
        """Open or top up every channel that needs it; raises ChainDown, Contended."""
        async with self._lock:
            seen, who = await run_in_threadpool(self._lacking)
            if not who:
                return
            # What was on its way and is not any more is in the chain, and need not have been read from it yet.
            await self.watch_channels(who)
            needs = [row for row in await run_in_threadpool(self._needs) if row[0] in who]
            for at in range(0, len(needs), _ROWS):
                seen = await self._deposit(needs[at : at + _ROWS], seen)

    def _lacking(self) -> tuple[int, set[str]]:
        """The newest deposit's id, and whose channels need one while none is under way."""
        with self._db.read() as session:
            (_, seen), live = intents.last_two(session, _DEPOSIT), intents.live(session, _DEPOSIT)
        under_way = {who for one in live for who in one.about.split()}
        return seen, {worker for worker, _ in self._needs()} - under_way

    def _needs(self) -> list[tuple[str, int]]:
        with self._db.read() as session:
            found = [
                (row.worker, service.needs_deposit(session, self._settings, row))
                for row in repository.every(session)
            ]
        return [(worker, amount) for worker, amount in found if amount]

    async def _deposit(self, rows: list[tuple[str, int]], seen: int) -> int:
        """Put these down; the deposit's id. seen: the newest deposit's when it was looked who needs one."""
        settings, total = self._settings, sum(amount for _, amount in rows)
        if await self._chain.gem_allowance(settings.hub_payer, settings.channels) < total:
            await self._once(Call("approve", settings.gem, approve_data(settings.channels, _PLENTY)))
        workers, amounts = [row[0] for row in rows], [row[1] for row in rows]
        data = deposit_many_data(settings.hub, settings.channel_delay_s, 0, workers, amounts)
        made = seen

        def remember(session: Session, signed: list[Signed]) -> None:
            nonlocal made
            before, made = intents.last_two(session, _DEPOSIT)
            if before != seen:
                raise Contended("another process put deposits down at the same time")
            for worker in workers:
                row = repository.of_worker(session, worker)
                if row is not None:
                    row.tx_hash = signed[0].tx_hash

        call = Call(_DEPOSIT, settings.channels, data, " ".join(workers))
        await self._sender.send(settings.hub_payer_key, [call], remember)
        await self._sender.in_block(_DEPOSIT)
        await self.watch_channels(set(workers))
        return made

    async def _once(self, call: Call) -> None:
        """Send it unless one of its name is under way, and wait a little for its block; raises ChainDown."""
        if not await self._sender.under_way(call.name):
            await self._sender.send(self._settings.hub_payer_key, [call])
        await self._sender.in_block(call.name)

    async def watch_channels(self, workers: set[str] | None = None) -> None:
        """Read deposits, claims and closings from the chain; raises ChainDown."""

        def known() -> list[tuple[str, bytes]]:
            with self._db.read() as session:
                rows = repository.every(session)
                return [(row.worker, raw(row.id)) for row in rows if workers is None or row.worker in workers]

        seen = [(who, await self._chain.channel(name)) for who, name in await run_in_threadpool(known)]

        def store() -> None:
            with self._db.write() as session:
                for worker, found in seen:
                    row = repository.of_worker(session, worker)
                    if row is not None:
                        row.deposit, row.claimed = found.deposit, found.claimed
                        row.closing, row.ends_at = found.closing != 0, found.ends_at
                        doubt.read_from_chain(row, found.deposit)

        if seen:
            await run_in_threadpool(store)

    async def register_debits(self) -> None:
        """Bring the newest debit of every channel that closes; raises ChainDown.

        Stakes that came back are in `bonded` as well as in `debited`: without its debit the contract would pay
        a worker all of them again, out of the rest of the deposit.
        """

        def known() -> list[tuple[bytes, int, bytes]]:
            with self._db.read() as session:
                return [
                    (
                        raw(row.id),
                        row.debited,
                        submit_debit_data(
                            (row.payer, row.signer, row.worker, row.delay, row.salt),
                            row.debited,
                            raw(str(row.debit_hash)),
                            raw(row.debit_signature),
                        ),
                    )
                    for row in repository.every(session)
                    if row.closing and row.debit_signature is not None
                ]

        async with self._lock:
            for channel_id, debited, data in await run_in_threadpool(known):
                registered = (await self._chain.channel(channel_id)).debit_open
                if registered is not None and registered < debited:
                    name = f"debit:{text(channel_id)}:{debited}"
                    await self._once(Call(name, self._settings.channels, data))

    async def watch_campaigns(self) -> None:
        """Open drafts whose escrow covers all their tasks, and read what was redeemed; raises ChainDown."""

        def known() -> list[str]:
            with self._db.read() as session:
                return [row.id for row in campaigns.watched(session)]

        names = await run_in_threadpool(known)
        seen = [
            (name, await self._chain.funded(raw(name)), await self._chain.redeemed(raw(name)))
            for name in names
        ]

        def store() -> None:
            with self._db.write() as session:
                for name, funded, redeemed in seen:
                    row = campaigns.find(session, name)
                    if row is None:
                        continue  # a draft that was over is forgotten
                    row.funded, row.redeemed = funded, redeemed
                    if row.state == "draft" and funded >= facts(row).terms.cost().units * row.tasks_total:
                        row.state = "open"

        if seen:
            await run_in_threadpool(store)

    async def redeem(self) -> None:
        """Take from each escrow what its requester signed for; raises ChainDown."""

        def known() -> list[tuple[str, tuple[object, ...], int, int, bytes]]:
            with self._db.read() as session:
                return [
                    (
                        row.id,
                        facts(row).terms.abi(),
                        row.spend_signed,
                        row.spend_seq,
                        raw(row.spend_signature),
                    )
                    for row in campaigns.watched(session)
                    if row.spend_signature is not None and min(row.spend_signed, row.funded) > row.redeemed
                ]

        async with self._lock:
            due = await run_in_threadpool(known)
            for campaign, terms, spent, seq, signature in due:
                name = f"redeem:{campaign}:{seq}"
                before = await self._sender.find(name)
                if before is None or before.state == "lost":  # one that paid nothing is not sent again
                    data = redeem_data(terms, spent, seq, signature)
                    await self._once(Call(name, self._settings.campaigns, data))
        if due:
            await self.watch_campaigns()
