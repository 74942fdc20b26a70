# SPDX-License-Identifier: Apache-2.0
"""Brings an answer on chain: stored before it is sent, never beside itself, and only what is worth it."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from fastapi.concurrency import run_in_threadpool

from gems_platform.channels.chain import Reverted
from gems_platform.channels.intents import Call
from gems_platform.channels.sending import Sender
from gems_platform.db import Database
from gems_platform.disputes import repository
from gems_platform.disputes.answers import Answer
from gems_platform.disputes.attempts import Attempt
from gems_platform.disputes.reading import OnChain
from gems_platform.schemas import text
from gems_platform.settings import Settings
from gems_protocol.contracts.calls import call_data

MOST_FAILURES = 3  # transactions of one answer that were mined and reverted
PREFIX = "dispute:"
LOG = logging.getLogger("gems_platform")


class Bringer:
    """Whoever brings something twice meets its intent under way, or a contract that refuses it."""

    def __init__(self, settings: Settings, db: Database, on_chain: OnChain, sender: Sender) -> None:
        self._settings, self._db, self._on_chain, self._sender = settings, db, on_chain, sender
        self._told: set[str] = set()

    async def each(self, attempt: Attempt, answers: Sequence[Answer]) -> None:
        """All of these; raises ChainDown."""
        for answer in answers:
            await self.bring(attempt, answer)

    async def first(self, attempt: Attempt, answers: Sequence[Answer]) -> bool:
        """The first that the contract takes; whether there was one."""
        for answer in answers:
            if await self.bring(attempt, answer) is None:
                return True
        return False

    async def bring(self, attempt: Attempt, answer: Answer, force: bool = False) -> str | None:
        """Send it unless it is under way; None if so, else why not, in the contract's words or in ours.

        force: though it saves less than `settings.dispute_least`. Raises ChainDown.
        """
        if answer.saves < self._settings.dispute_least and not force:
            return "not worth it"
        name = ":".join([PREFIX + answer.function, text(attempt.key), answer.detail]).rstrip(":")
        if await run_in_threadpool(self._failed, name):
            self.tell(f"{name} was refused {MOST_FAILURES} times and is not sent again", logging.ERROR)
            return "failed"
        to = await self._on_chain.address(answer.contract)
        call = Call(
            name, to, call_data(answer.contract, answer.function, *answer.arguments), attempt.place[0]
        )
        async with self._sender.turn:
            if await self._sender.under_way(name):
                return None
            try:
                await self._sender.send_in_turn(self._settings.hub_payer_key, [call])
            except Reverted as error:
                if "window not over" not in error.message:  # the chain's clock is a little behind this one
                    self.tell(f"{name}: {error.message}", logging.WARNING)
                return error.message
        return None

    def tell(self, what: str, level: int) -> None:
        """Say something to the operator, once."""
        if what not in self._told:
            self._told.add(what)
            LOG.log(level, "%s", what)

    def _failed(self, name: str) -> bool:
        with self._db.read() as session:
            return repository.failures(session, name) >= MOST_FAILURES
