# SPDX-License-Identifier: Apache-2.0
"""Ends each channel of this hub whose close has waited long enough, so that the worker gets the bond unasked."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi.concurrency import run_in_threadpool

from gems_platform.channels import repository
from gems_platform.channels.chain import Chain, Reverted, finish_close_data
from gems_platform.channels.intents import Call
from gems_platform.channels.sending import Sender
from gems_platform.channels.tables import ChannelRow
from gems_platform.clock import Clock
from gems_platform.db import Database
from gems_platform.errors import ChainDown
from gems_platform.schemas import raw
from gems_platform.settings import Settings


@dataclass(frozen=True, slots=True)
class _Due:
    channel_id: str
    config: tuple[str, str, str, int, int]
    debited: int


class ChannelEnder:
    """The contract ends a channel once, however often it is sent."""

    def __init__(self, settings: Settings, db: Database, chain: Chain, clock: Clock, sender: Sender) -> None:
        self._settings, self._db, self._chain, self._clock = settings, db, chain, clock
        self._sender = sender

    async def follow_up(self) -> None:
        """Everything that is due; raises ChainDown at the end: one that cannot be ended holds up no other."""
        fault: ChainDown | None = None

        def due() -> list[_Due]:
            with self._db.read() as session:
                return [_due(row) for row in repository.closes_over(session, self._clock.now())]

        for one in await run_in_threadpool(due):
            try:
                await self._end(one)
            except ChainDown as error:
                fault = error
        if fault is not None:
            raise fault

    async def _end(self, due: _Due) -> None:
        registered = (await self._chain.channel(raw(due.channel_id))).debit_open
        if registered is None:  # ended, by whomever
            await run_in_threadpool(self._ended, due.channel_id)
        elif registered >= due.debited:  # else the treasury brings the debit first
            await self._send(due)

    async def _send(self, due: _Due) -> None:
        name = f"finish:{due.channel_id}"
        async with self._sender.turn:
            if any(intent.state == "sent" for intent in await self._sender.under_way(name)):
                return
            call = Call(name, self._settings.channels, finish_close_data(due.config))
            try:
                await self._sender.send_in_turn(self._settings.hub_payer_key, [call])
            except Reverted as error:
                if "delay not over" not in error.message:  # the chain's clock is a little behind this one
                    raise

    def _ended(self, channel_id: str) -> None:
        with self._db.write() as session:
            repository.channel(session, channel_id).ends_at = 0


def _due(row: ChannelRow) -> _Due:
    debited = row.debited if row.debit_signature is not None else 0
    return _Due(row.id, (row.payer, row.signer, row.worker, row.delay, row.salt), debited)
