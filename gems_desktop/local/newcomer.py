# SPDX-License-Identifier: Apache-2.0
"""A newcomer who plays the window's main job through the window's services: wallet, work, redo, claim."""

from __future__ import annotations

import asyncio
import random
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

from gems_desktop.local.neighbours import stands
from gems_desktop.local.network import LocalNetwork, Offered
from gems_desktop.services.errors import NothingToDo
from gems_desktop.services.facts import AppealFacts, ClaimState, ItemState, OutboxItem
from gems_desktop.services.live import LiveSession
from gems_desktop.session import open_session
from gems_protocol.amount import Amount
from gems_protocol.errors import GemsError

_PATIENCE_S = 60.0
_LOOK_S = 0.3
_UNDER_WAY = (ItemState.SEALED, ItemState.SENDING, ItemState.DELIVERED, ItemState.DISPUTED)


class TookTooLong(GemsError):
    """What has to happen within seconds on a local network did not happen."""


async def until(what: str, look: Callable[[], Awaitable[bool]], patience_s: float = _PATIENCE_S) -> None:
    """Look until it is so; raises TookTooLong."""
    loop = asyncio.get_running_loop()
    last = loop.time() + patience_s
    while not await look():
        if loop.time() > last:
            raise TookTooLong(f"Waited {patience_s:.0f} seconds in vain: {what}.", action="Try again.")
        await asyncio.sleep(_LOOK_S)


@dataclass
class Newcomer:
    """Somebody with an empty wallet."""

    session: LiveSession
    offered: dict[str, Offered]
    sent: int = 0
    chance: random.Random = field(default_factory=lambda: random.Random(1))  # noqa: S311 - no secret
    redone: set[str] = field(default_factory=set)

    @classmethod
    async def arrive(cls, running: LocalNetwork, folder: Path) -> Newcomer:
        """Make a wallet in the signer process, type its words back, protect it with a password."""
        session = await open_session(folder, running.network, profile="newcomer")
        try:
            words = await session.wallet.create()
            typed = bytearray(b" ".join(bytes(word) for word in words))
            if not await session.wallet.confirm_words(typed):
                raise NothingToDo("The words that were typed back are not those of the wallet.")
            await session.wallet.protect(bytearray(secrets.token_hex(16).encode()))
        except BaseException:
            await session.close()
            raise
        return cls(session, {item.campaign_id: item for item in running.offered})

    async def address(self) -> str:
        """Lowercase 0x-hex."""
        return (await self.session.wallet.facts()).address

    async def take(self, campaign_id: str, count: int) -> int:
        """Lease at most `count` tasks; how many it got."""
        before = len(await self.session.work.outbox())
        await self.session.sync.fetch_batch(campaign_id, count)
        return len(await self.session.work.outbox()) - before

    async def do_all(self, *, wrong: int = 0) -> int:
        """Answer everything that is leased from the reference, the first `wrong` of it wrongly, and send it."""
        facts, done = await self.session.work.current(), 0
        while facts is not None:
            book = self.offered[facts.campaign_id].book
            answer = book.right(facts.data)
            if done < wrong and not facts.redo_reason:
                answer = book.wrong(facts.data, self.chance)
            if facts.redo_reason:
                self.redone.add(facts.item_id)
            await self.session.work.record(facts.item_id, {"op": "reset", "answer": answer})
            facts = await self.session.work.finish(facts.item_id)
            done += 1
        await self.session.work.seal()
        await self.session.sync.flush()
        self.sent += done
        return done

    async def verdicts(self) -> list[OutboxItem]:
        """Wait until everything that was sent is judged and paid; redo what was rejected, let the rest stand."""
        await until("for the verdicts", self._judged)
        while await self.session.work.current() is not None:
            await self.do_all()
            await until("for the verdict of the redo", self._judged)
        for item in await self.session.work.outbox():
            if stands(item):
                await self.session.work.let_stand(item.item_id)

        async def settled() -> bool:
            await self.session.sync.pull()
            items = await self.session.work.outbox()
            return all(item.final and item.state is not ItemState.ACCEPTED for item in items)

        await until("for the vouchers", settled)
        return await self.session.work.outbox()

    async def _judged(self) -> bool:
        await self.session.sync.pull()
        return not any(item.state in _UNDER_WAY for item in await self.session.work.outbox())

    async def appeal(self, reason: str) -> AppealFacts:
        """Wait for the rejection of what was sent last, have others judge it again; what it was made at."""
        await until("for the verdict", self._judged)
        open_ = [item for item in await self.session.work.outbox() if stands(item)]
        if not open_:
            raise NothingToDo("No rejection can be appealed.")
        offer = await self.session.work.appeal_offer(open_[0].item_id)
        await self.session.work.appeal(open_[0].item_id, reason)
        await self.session.sync.flush()
        return offer

    async def claim(self) -> tuple[Amount, Amount]:
        """Claim what is free through the relayer and wait for the chain; (amount, fee)."""
        quote = await self.session.earnings.quote_claim()
        await self.session.earnings.claim(quote)

        async def arrived() -> bool:
            facts = await self.session.earnings.facts()
            return all(claim.state is ClaimState.CLAIMED for claim in facts.claims)

        background = asyncio.create_task(self.session.sync.run())
        try:
            await until("for the claim to arrive", arrived)
        finally:
            background.cancel()
            await asyncio.wait([background])
        return quote.amount, quote.fee
