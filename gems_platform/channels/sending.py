# SPDX-License-Identifier: Apache-2.0
"""Sends the platform's transactions: each is stored before it is sent, sent again until it is in a block that
counts, replaced by a dearer one of the same nonce when it is stuck, and sent again when its block was taken back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Protocol

from fastapi.concurrency import run_in_threadpool
from sqlalchemy.orm import Session

from gems_platform.channels import gas_fees, intents
from gems_platform.channels.chain import Chain, Fees, Mined, Signed, Unsigned
from gems_platform.channels.intents import Attempt, Call, Intent
from gems_platform.clock import Clock
from gems_platform.db import Contended, Database
from gems_platform.errors import ChainDown
from gems_platform.turns import Turn
from gems_protocol.signature import address_of

MOST_ATTEMPTS = 24  # of one intent: by 12.5 % each, that is 15 times the fees
_LOOK_S = 0.05
_PLAIN = 21_000  # gas of a transaction that calls nothing


class Purse(Protocol):
    """Who pays for gas, and how much: a platform's settings, or a stand-alone watch-tower's."""

    @property
    def keys(self) -> dict[str, bytes]: ...
    @property
    def gas_price_cap(self) -> int: ...
    @property
    def stuck_blocks(self) -> int: ...
    @property
    def block_wait_s(self) -> float: ...


class Sender:
    """The only one who signs transactions of the hub's payer and of the relayer, or of a tower."""

    def __init__(self, settings: Purse, db: Database, chain: Chain, clock: Clock) -> None:
        self._settings, self._db, self._chain, self._clock = settings, db, chain, clock
        self._keys = settings.keys
        self._turn = Turn(db, "sending", chain.sending)
        self._promise()

    @property
    def turn(self) -> Turn:
        """Held by whoever signs, from before it looks at what is under way."""
        return self._turn

    async def send(
        self, key: bytes, calls: Sequence[Call], also: Callable[[Session, list[Signed]], None] | None = None
    ) -> list[Signed]:
        """Sign these calls with nonces in a row, store them (and `also`, in one transaction), then send them.

        Raises Reverted when one would fail, and ChainDown: before anything was signed, or when it is stored and
        was not sent yet (follow_up sends it). Raises Contended, and nothing happened, when another process sent
        meanwhile: the turn goes to it when this one's connection to the store is cut.
        """
        async with self.turn:
            return await self.send_in_turn(key, calls, also)

    async def send_in_turn(
        self, key: bytes, calls: Sequence[Call], also: Callable[[Session, list[Signed]], None] | None = None
    ) -> list[Signed]:
        """`send` for whoever holds `turn`."""
        chain, sender = self._chain, address_of(key)
        gas = [await chain.gas(sender, call.to, call.data) for call in calls]
        fees = gas_fees.first(await chain.fees(), self._settings.gas_price_cap)
        if fees is None:
            raise _too_dear()
        height = await chain.block_number()
        await run_in_threadpool(self._promise)
        nonce = await chain.next_nonce(sender)
        unsigned = [
            Unsigned(call.to, call.data, units, nonce + place)
            for place, (call, units) in enumerate(zip(calls, gas, strict=True))
        ]
        signed = [chain.sign_with(key, one, fees) for one in unsigned]

        def store() -> None:
            with self._db.write() as session:
                if intents.is_taken(session, sender, nonce) or any(
                    intents.is_sent(session, call) for call in calls
                ):
                    raise Contended("another process sent at the same time")
                for call, one, ready in zip(calls, unsigned, signed, strict=True):
                    first = Attempt(ready, fees, height)
                    intents.add(session, call, sender, one, first, self._clock.now())
                if also is not None:
                    also(session, signed)

        await run_in_threadpool(store)
        await run_in_threadpool(self._promise)
        for ready in signed:
            await chain.broadcast(ready.raw)
        return signed

    async def find(self, name: str) -> Intent | None:
        """The newest intent of a name."""

        def work() -> Intent | None:
            with self._db.read() as session:
                return intents.newest(session, name)

        return await run_in_threadpool(work)

    async def under_way(self, name: str | None = None) -> Sequence[Intent]:
        """What may still happen, or be taken back."""

        def work() -> Sequence[Intent]:
            with self._db.read() as session:
                return intents.live(session, name)

        return await run_in_threadpool(work)

    async def in_block(self, name: str) -> None:
        """Wait a little for the newest intent of a name to be in a block; raises ChainDown when it is in none,
        or failed."""
        for _ in range(max(1, int(self._settings.block_wait_s / _LOOK_S))):
            intent = await self.find(name)
            found = None if intent is None else await self._mined(intent)
            if found is not None:
                if not found[1].succeeded:
                    raise ChainDown("A transaction of the treasury failed.", retryable=False)
                return
            await asyncio.sleep(_LOOK_S)
        raise ChainDown("A transaction of the treasury is not in a block yet.")

    async def follow_up(self) -> None:
        """Look after everything under way; raises ChainDown at the end: one that is refused holds up no other."""
        fault: ChainDown | None = None
        counts = await self._reopen()
        for sender, count in counts:
            try:
                await self._fill(sender, count)
            except ChainDown as error:
                fault = error
        for intent in await self.under_way():
            try:
                await self._follow(intent)
            except ChainDown as error:
                fault = error
        await run_in_threadpool(self._promise)
        if fault is not None:
            raise fault

    async def _fill(self, sender: str, count: int) -> None:
        """A nonce that neither the node nor an intent has stops all later ones: a payment of nothing takes it.

        It was another's, which the node forgot, or of a store that went back. Signing a waiting call again with it
        could make the call happen twice.
        """
        nonces = {intent.call.nonce for intent in await self.under_way() if intent.sender == sender}
        if not nonces or min(nonces) <= count or sender not in self._keys:
            return
        if await self._chain.nonce(sender, "pending") != count:
            return  # somebody's is there
        fees = gas_fees.first(await self._chain.fees(), self._settings.gas_price_cap)
        if fees is None:
            raise _too_dear()
        height, call = await self._chain.block_number(), Unsigned(sender, b"", _PLAIN, count)
        first = Attempt(self._chain.sign_with(self._keys[sender], call, fees), fees, height)

        def store() -> None:
            with self._db.write() as session:
                if intents.is_taken(session, sender, count, count):
                    return  # another process was quicker
                intents.add(session, Call("gap", sender, b""), sender, call, first, self._clock.now())

        await run_in_threadpool(store)

    async def _reopen(self) -> list[tuple[str, int]]:
        """A reorganisation deeper than what counts gives nonces back: what was done with them is done again.

        How many transactions of each sender the chain has.
        """

        def known() -> list[str]:
            with self._db.read() as session:
                return list(intents.senders(session))

        counts = [(one, await self._chain.nonce(one, "latest")) for one in await run_in_threadpool(known)]

        def store() -> None:
            with self._db.write() as session:
                for sender, count in counts:
                    intents.reopen(session, sender, count)

        await run_in_threadpool(store)
        return counts

    async def _follow(self, intent: Intent) -> None:
        found = await self._mined(intent)
        if found is None:
            count = await self._chain.nonce(intent.sender, await self._chain.settled())
            if count > intent.call.nonce:  # else one of its own may have come between the two questions
                found = await self._mined(intent)
                if found is None:
                    await self._keep(intent, "lost", intent.tx_hash)
                    return
        if found is None:
            await self._keep(intent, "sent", intent.tx_hash)
            await self._push(intent)
            return
        signed, mined = found
        deep = await self._chain.block_number() - mined.block + 1 >= self._chain.depth
        end = "done" if mined.succeeded else "failed"
        await self._keep(intent, end if deep else "mined", signed.tx_hash)

    async def _push(self, intent: Intent) -> None:
        newest, height = intent.attempts[-1], await self._chain.block_number()
        stuck = height - newest.height >= self._settings.stuck_blocks
        if stuck and await self._chain.nonce(intent.sender, "latest") == intent.call.nonce:
            now, cap = await self._chain.fees(), self._settings.gas_price_cap
            fees = gas_fees.raised(newest.fees, now, cap)
            if fees is not None and len(intent.attempts) < MOST_ATTEMPTS:
                newest = await self._replace(intent, fees, height)
        try:
            await self._chain.broadcast(newest.signed.raw)
        except ChainDown as error:
            if "nonce" not in error.message:  # else its place was just taken: the next look says by what
                raise

    async def _replace(self, intent: Intent, fees: Fees, height: int) -> Attempt:
        """The same call with the same nonce, for more: whichever is mined, the other never is."""
        signed = self._chain.sign_with(self._keys[intent.sender], intent.call, fees)
        attempt = Attempt(signed, fees, height)

        def store() -> None:
            with self._db.write() as session:
                intents.add_attempt(session, intent.id, attempt, self._clock.now())

        await run_in_threadpool(store)
        return attempt

    async def _mined(self, intent: Intent) -> tuple[Signed, Mined] | None:
        for attempt in reversed(intent.attempts):
            found = await self._chain.mined(attempt.signed.tx_hash)
            if found is not None:
                return attempt.signed, found
        return None

    async def _keep(self, intent: Intent, state: str, tx_hash: str) -> None:
        if (intent.state, intent.tx_hash) == (state, tx_hash):
            return

        def store() -> None:
            with self._db.write() as session:
                intents.keep(session, intent.id, state, tx_hash)

        await run_in_threadpool(store)

    def _promise(self) -> None:
        with self._db.read() as session:
            self._chain.taken = intents.promised(session)


def _too_dear() -> ChainDown:
    return ChainDown(
        "Gas costs more at the moment than this platform pays.",
        safe="Nothing was sent.",
        action="Try again later.",
    )
