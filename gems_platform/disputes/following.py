# SPDX-License-Identifier: Apache-2.0
"""Reads from a stored block on which attempts came up in Campaigns or Judge; the last blocks are read again."""

from __future__ import annotations

import logging
from typing import Any

from fastapi.concurrency import run_in_threadpool
from sqlalchemy.orm import Session

from gems_platform.campaigns import repository as campaigns
from gems_platform.campaigns.facts import facts
from gems_platform.channels.chain import Chain
from gems_platform.clock import Clock
from gems_platform.db import Database
from gems_platform.disputes import repository
from gems_platform.disputes.reading import OnChain, event_of
from gems_platform.disputes.repository import SILENT, VERDICT
from gems_platform.schemas import text
from gems_platform.watching.reading import first_block_since, pages
from gems_protocol.contracts.calls import topic
from gems_protocol.dispute import Pending

AGAIN = 64  # blocks behind the newest that are read again each time
_DAY = 86_400
LOG = logging.getLogger("gems_platform")


class Following:
    """What events are for: they name attempts and show standings. What stands is asked of the contracts."""

    def __init__(self, db: Database, chain: Chain, on_chain: OnChain, clock: Clock, hub: str) -> None:
        """hub: the address that stands in this hub's campaigns."""
        self._db, self._chain, self._on_chain, self._clock = db, chain, on_chain, clock
        self._hub = hub
        self._unknown: set[str] = set()

    async def read(self, head: int) -> None:
        """Read on up to a block; raises ChainDown."""
        judge = await self._on_chain.judge()
        hub = "0x" + bytes(12).hex() + self._hub[2:]
        pending, silent = topic("Campaigns", "Pending"), topic("Judge", "Silent")
        await self._read(self._chain.campaigns, [text(pending)], head, self._keep_pending)
        await self._read(judge, [text(silent), hub], head, self._keep_silent)

    async def _read(self, contract: str, topics: list[str], head: int, keep: Any) -> None:
        first = await run_in_threadpool(self._mark, contract)
        if first is None:
            first = await self._start()
        async for last, found in pages(
            self._chain, topics, min(first, max(0, head + 1 - AGAIN)), head, contract
        ):

            def store(last: int = last, found: list[dict[str, Any]] = found) -> None:
                with self._db.write() as session:
                    for event in found:
                        keep(session, event)
                    repository.keep_mark(session, contract, last + 1)

            await run_in_threadpool(store)

    def _mark(self, contract: str) -> int | None:
        with self._db.read() as session:
            return repository.mark(session, contract)

    async def _start(self) -> int:
        """No verdict is older than the first campaign."""

        def oldest() -> int | None:
            with self._db.read() as session:
                return repository.oldest_campaign(session)

        since = await run_in_threadpool(oldest)
        return await first_block_since(self._chain, (since or self._clock.now()) - _DAY)

    def _keep_pending(self, session: Session, event: dict[str, Any]) -> None:
        told = event_of("Campaigns", "Pending", event)
        campaign, key = text(told["id"]), text(told["key"])
        row = campaigns.find(session, campaign)
        if row is None or facts(row).terms.hub != self._hub:
            return
        repository.watch(session, VERDICT, key, (campaign, told["index"], told["attempt"]))
        repository.keep_standing(session, key, Pending.of(told["standing"]))

    def _keep_silent(self, session: Session, event: dict[str, Any]) -> None:
        told = event_of("Judge", "Silent", event)
        key, miner = text(told["key"]), str(told["miner"]).lower()
        for place in repository.handed_in(session, miner):
            if repository.key_of(place) == key:
                repository.watch(session, SILENT, key, place)
                return
        if key not in self._unknown:
            self._unknown.add(key)
            LOG.error("a claim that this hub is silent names work that the store does not know: %s", key)
