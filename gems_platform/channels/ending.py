# SPDX-License-Identifier: Apache-2.0
"""Ends each channel of this hub whose close has waited long enough, so that the worker gets the bond unasked."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi.concurrency import run_in_threadpool
from sqlalchemy.orm import Session

from gems_platform.channels import repository
from gems_platform.channels.chain import Chain, Reverted, finish_close_data
from gems_platform.channels.tables import ChannelRow
from gems_platform.channels.upkeep_tables import ChannelEndRow
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
    signed: str | None
    tx_hash: str | None


class ChannelEnder:
    """The transaction is stored before it is sent. The contract ends a channel once, however often it is sent."""

    def __init__(self, settings: Settings, db: Database, chain: Chain, clock: Clock) -> None:
        self._settings, self._db, self._chain, self._clock = settings, db, chain, clock

    async def follow_up(self) -> None:
        """Everything that is due; raises ChainDown at the end: one that cannot be ended holds up no other."""
        fault: ChainDown | None = None

        def due() -> list[_Due]:
            with self._db.read() as session:
                return [_due(session, row) for row in repository.closes_over(session, self._clock.now())]

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
        elif due.signed is not None and due.tx_hash is not None:
            await self._again(due.channel_id, due.signed, due.tx_hash)
        elif registered >= due.debited:  # else the treasury brings the debit first
            await self._first(due)

    async def _first(self, due: _Due) -> None:
        data, key = finish_close_data(due.config), self._settings.hub_payer_key
        async with self._chain.sending:
            try:
                signed = await self._chain.sign(key, self._settings.channels, data)
            except Reverted as error:
                if "delay not over" in error.message:
                    return  # the chain's clock is a little behind this one
                raise
            await run_in_threadpool(self._intend, due.channel_id, signed.raw, signed.tx_hash)
            await self._chain.broadcast(signed.raw)

    async def _again(self, channel_id: str, signed: str, tx_hash: str) -> None:
        if await self._chain.succeeded(tx_hash) is None:
            try:
                await self._chain.broadcast(signed)
                return
            except ChainDown as error:
                if "nonce" not in error.message:
                    raise
        await run_in_threadpool(self._forget, channel_id)  # its place was taken: it is signed anew

    def _intend(self, channel_id: str, signed: str, tx_hash: str) -> None:
        with self._db.write() as session:
            session.add(ChannelEndRow(id=channel_id, raw=signed, tx_hash=tx_hash, at=self._clock.now()))

    def _forget(self, channel_id: str) -> None:
        with self._db.write() as session:
            row = repository.end(session, channel_id)
            if row is not None:
                session.delete(row)

    def _ended(self, channel_id: str) -> None:
        with self._db.write() as session:
            repository.channel(session, channel_id).ends_at = 0


def _due(session: Session, row: ChannelRow) -> _Due:
    config, end = (row.payer, row.signer, row.worker, row.delay, row.salt), repository.end(session, row.id)
    debited = row.debited if row.debit_signature is not None else 0
    return _Due(row.id, config, debited, end.raw if end else None, end.tx_hash if end else None)
