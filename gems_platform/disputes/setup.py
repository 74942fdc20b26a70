# SPDX-License-Identifier: Apache-2.0
"""The hub's place in Judge: its hot key registered, its collateral filled up to what the operator decided."""

from __future__ import annotations

import logging

from fastapi.concurrency import run_in_threadpool
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from gems_platform.channels.chain import Chain, Reverted, approve_data
from gems_platform.channels.intents import Call
from gems_platform.channels.sending import Sender
from gems_platform.clock import Clock
from gems_platform.db import Database
from gems_platform.disputes.reading import OnChain
from gems_platform.disputes.tables import CollateralOrderRow
from gems_platform.settings import Settings
from gems_protocol.contracts.calls import call_data

LOG = logging.getLogger("gems_platform")
_SIGNER, _APPROVE, _ADD = "judge:signer", "judge:approve", "judge:collateral"
_LEAVE, _FINISH = "leave", "finish"


def order(session: Session, name: str) -> None:
    """Leave with the collateral ("leave"), take it when its delay is over ("finish"), or fill it up again ("fill")."""
    if name == "fill":
        session.execute(delete(CollateralOrderRow))
    else:
        session.merge(CollateralOrderRow(name=name))


def orders(session: Session) -> frozenset[str]:
    """What the operator wants now."""
    return frozenset(session.scalars(select(CollateralOrderRow.name)))


class SetUp:
    """One step at a look: each is seen on chain before the next."""

    def __init__(
        self,
        settings: Settings,
        db: Database,
        chain: Chain,
        clock: Clock,
        on_chain: OnChain,
        sender: Sender,
    ) -> None:
        self._settings, self._db, self._chain, self._clock = settings, db, chain, clock
        self._on_chain, self._sender = on_chain, sender
        self._told = ""

    async def follow_up(self) -> None:
        """Whatever is missing; raises ChainDown."""
        settings, judge = self._settings, await self._on_chain.judge()
        if settings.hub != settings.hub_payer:
            until = await self._on_chain.signer_until(settings.hub)
            if until == 0:
                await self._once(Call(_SIGNER, judge, call_data("Judge", "set_signer", settings.hub)))
                return
        wanted = await run_in_threadpool(self._orders)
        if wanted:
            await self._leave(judge, wanted)
        elif settings.collateral:
            await self._fill(judge)

    def _orders(self) -> frozenset[str]:
        with self._db.read() as session:
            return orders(session)

    async def _leave(self, judge: str, wanted: frozenset[str]) -> None:
        total, reserved, leaves_at = await self._on_chain.collateral()
        if _LEAVE in wanted and total and not leaves_at and _FINISH not in wanted:
            await self._once(Call("judge:leave", judge, call_data("Judge", "start_collateral_exit")))
        elif _FINISH in wanted and total > reserved and 0 < leaves_at <= self._clock.now():
            try:
                await self._once(Call("judge:left", judge, call_data("Judge", "finish_collateral_exit")))
            except Reverted as error:
                if "delay not over" not in error.message:  # the chain's clock is a little behind this one
                    raise

    async def _fill(self, judge: str) -> None:
        settings, payer = self._settings, self._settings.hub_payer
        total, _, leaves_at = await self._on_chain.collateral()
        missing = settings.collateral - total
        if missing <= 0 or leaves_at or await self._sender.under_way(_ADD):
            return
        if await self._chain.gem_balance(payer) < missing:
            self._tell("the treasury does not hold the collateral that the settings name")
            return
        if await self._chain.gem_allowance(payer, judge) < missing:
            await self._once(Call(_APPROVE, settings.gem, approve_data(judge, missing)))
            return
        await self._once(Call(_ADD, judge, call_data("Judge", "add_collateral", payer, missing)))

    async def _once(self, call: Call) -> None:
        async with self._sender.turn:
            if not await self._sender.under_way(call.name):
                await self._sender.send_in_turn(self._settings.hub_payer_key, [call])

    def _tell(self, what: str) -> None:
        if what != self._told:
            LOG.warning("%s", what)
        self._told = what
