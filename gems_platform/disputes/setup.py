# SPDX-License-Identifier: Apache-2.0
"""The hub's place in Judge: its hot key registered, its collateral filled up to what the operator decided."""

from __future__ import annotations

import logging

from gems_platform.channels.chain import Chain, approve_data
from gems_platform.channels.intents import Call
from gems_platform.channels.sending import Sender
from gems_platform.disputes.reading import OnChain
from gems_platform.settings import Settings
from gems_protocol.contracts.calls import call_data

LOG = logging.getLogger("gems_platform")
_SIGNER, _APPROVE, _ADD = "judge:signer", "judge:approve", "judge:collateral"


class SetUp:
    """One step at a look: each is seen on chain before the next."""

    def __init__(self, settings: Settings, chain: Chain, on_chain: OnChain, sender: Sender) -> None:
        self._settings, self._chain, self._on_chain, self._sender = settings, chain, on_chain, sender
        self._told = ""

    async def follow_up(self) -> None:
        """Whatever is missing; raises ChainDown."""
        settings, judge = self._settings, await self._on_chain.judge()
        if settings.hub != settings.hub_payer:
            until = await self._on_chain.signer_until(settings.hub)
            if until == 0:
                await self._once(Call(_SIGNER, judge, call_data("Judge", "set_signer", settings.hub)))
                return
        if settings.collateral:
            await self._fill(judge)

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
