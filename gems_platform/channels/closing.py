# SPDX-License-Identifier: Apache-2.0
"""The hub closes a channel: freezes signing in the store first, then starts the close with the newest voucher.

What follows is there already: the treasury brings the debit, `ending` ends the close. Every step is read off the
store and the chain, so a crash between two of them changes nothing (ADR 0073).
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from fastapi.concurrency import run_in_threadpool
from sqlalchemy.orm import Session

from gems_platform.channels import hub, repository, service
from gems_platform.channels.chain import Chain, Reverted, start_close_data
from gems_platform.channels.intents import Call
from gems_platform.channels.sending import Sender
from gems_platform.channels.tables import ChannelRow
from gems_platform.channels.tower import Tower
from gems_platform.db import Database
from gems_platform.errors import ChainDown, Conflict, NotFound, Restored
from gems_platform.schemas import raw
from gems_platform.settings import Settings
from gems_platform.tasks import repository as tasks
from gems_platform.watching.worth import worth
from gems_protocol.messages import Voucher

NO_VOUCHER = ((0, 0, 0), bytes(65))  # what a channel closes with in which nothing was ever signed


@dataclass(frozen=True, slots=True)
class Frozen:
    """A channel in which nothing is signed any more; `batches` of its worker are not settled."""

    channel_id: str
    seq: int
    batches: int


def freeze(session: Session, settings: Settings, worker: str, now: int, *, whatever: bool = False) -> Frozen:
    """Settle what can be settled, then sign nothing more in the worker's channel; again changes nothing.

    Raises NotFound without a channel, Conflict while work of the worker waits for its verdict or its voucher,
    unless `whatever`: it could not be paid through this channel any more.
    """
    row = repository.of_worker(session, worker)
    if row is None:
        raise NotFound("This worker has no channel.")
    open_batches = len(tasks.open_batches(session, worker))
    if not row.stopped:
        if row.doubted_at and not whatever:
            raise Restored()
        service.settle(session, settings, worker, now)
        session.flush()
        waiting = open_batches or repository.owed(session, worker)
        if waiting and not whatever:
            raise Conflict(
                f"Work of this worker is not settled yet: {open_batches} batches.",
                safe="The channel stays open.",
                action="Wait for the verdicts. What is closed now could not be paid through this channel any more.",
            )
        row.frozen = "hub"
    return Frozen(row.id, row.seq, open_batches)


def newest(row: ChannelRow, tower: Tower) -> tuple[tuple[int, int, int], bytes]:
    """The highest voucher of a channel: of the hub's books or, after these were restored, of its tower."""
    kept = tower.best(row.id)
    mine = Voucher(raw(row.id), row.paid, row.bonded, row.seq) if row.voucher_signature is not None else None
    if kept is not None and (mine is None or worth(kept.voucher) > worth(mine)):
        return kept.row[1], kept.signature
    if mine is None or row.voucher_signature is None:
        return NO_VOUCHER
    return (mine.paid, mine.bonded, mine.seq), raw(row.voucher_signature)


class ChannelCloser:
    """Starts the closes of channels that the hub froze."""

    def __init__(self, settings: Settings, db: Database, chain: Chain, sender: Sender, tower: Tower) -> None:
        self._settings, self._db, self._chain = settings, db, chain
        self._sender, self._tower = sender, tower

    async def follow_up(self) -> None:
        """Start what is due; raises ChainDown at the end: one that cannot be started holds up no other."""
        fault: ChainDown | None = None

        def due() -> list[tuple[str, bytes]]:
            with self._db.read() as session:
                return [(row.id, self._data(row)) for row in repository.to_close(session)]

        for channel_id, data in await run_in_threadpool(due):
            try:
                await self._start(channel_id, data)
            except ChainDown as error:
                fault = error
        if fault is not None:
            raise fault

    def _data(self, row: ChannelRow) -> bytes:
        one = hub.config(row)
        config = (one.payer, one.signer, one.worker, one.delay, one.salt)
        return start_close_data(config, *newest(row, self._tower))

    async def _start(self, channel_id: str, data: bytes) -> None:
        shown = await self._chain.channel(raw(channel_id))
        if shown.closing != 0 or shown.deposit == 0:  # the chain's word comes with the treasury's next look
            return
        async with self._sender.turn:
            name = f"close:{channel_id}"
            if any(intent.state == "sent" for intent in await self._sender.under_way(name)):
                return
            call = Call(name, self._settings.channels, data, json.dumps({"channel": channel_id}))
            try:
                await self._sender.send_in_turn(self._settings.hub_payer_key, [call])
            except Reverted:
                if (await self._chain.channel(raw(channel_id))).closing == 0:  # else the worker was quicker
                    raise
