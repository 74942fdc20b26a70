# SPDX-License-Identifier: Apache-2.0
"""Answers on chain what is brought against this hub or its requesters' money; what stands there decides, each time.

Nothing is remembered that the chain could take back: a restart or a reorganisation only means to look again.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from fastapi.concurrency import run_in_threadpool

from gems_platform.channels import service as channel_service
from gems_platform.channels.chain import Chain
from gems_platform.channels.sending import Sender
from gems_platform.clock import Clock
from gems_platform.db import Database
from gems_platform.disputes import answers, repository
from gems_platform.disputes.attempts import Attempt, Place, attempt
from gems_platform.disputes.bringing import Bringer
from gems_platform.disputes.following import AGAIN, Following
from gems_platform.disputes.reading import OVER, OnChain
from gems_platform.disputes.recourse import Recourse
from gems_platform.disputes.repository import VERDICT
from gems_platform.disputes.setup import SetUp
from gems_platform.disputes.tables import DisputeRow
from gems_platform.errors import ChainDown
from gems_platform.schemas import raw
from gems_platform.settings import Settings
from gems_protocol.dispute import Pending, TaskOnChain


@dataclass(frozen=True, slots=True)
class _Watched:
    key: str
    kind: str
    place: Place
    state: str
    over_at: int


class Adjudicator:
    """Looks at each new block, and every `dispute_s` seconds without one."""

    def __init__(self, settings: Settings, db: Database, chain: Chain, clock: Clock, sender: Sender) -> None:
        self._settings, self._db, self._chain, self._clock = settings, db, chain, clock
        self._on_chain = OnChain(chain, settings.hub_payer)
        self._bringer = Bringer(settings, db, self._on_chain, sender)
        self._following = Following(db, chain, self._on_chain, clock, settings.hub_payer)
        self._setup = SetUp(settings, db, chain, clock, self._on_chain, sender)
        self._recourse = Recourse(settings, db, clock, self._on_chain, self._bringer, sender)
        self._seen = (-1, 0)

    async def follow_up(self) -> None:
        """Everything that is due; raises ChainDown at the end: one that cannot be done holds up no other."""
        head, now = await self._chain.block_number(), self._clock.now()
        if head == self._seen[0] and now - self._seen[1] < self._settings.dispute_s:
            return
        fault: ChainDown | None = None

        async def part(work: Callable[[], Awaitable[None]]) -> None:
            nonlocal fault
            try:
                await work()
            except ChainDown as error:
                fault = error

        await part(self._setup.follow_up)
        await part(lambda: self._following.read(head))
        for one in await run_in_threadpool(self._live):
            await part(lambda one=one: self._look(one, head))  # type: ignore[misc]
        await part(self._recourse.follow_up)
        if fault is not None:
            raise fault
        self._seen = (head, now)

    def _live(self) -> list[_Watched]:
        with self._db.read() as session:
            return [_watched(row) for row in repository.live(session)]

    async def _look(self, one: _Watched, head: int) -> None:
        is_verdict = one.kind == VERDICT
        state = await (self._verdict(one) if is_verdict else self._silence(one))
        ended = state in ("none", "paid", "reopened", "covered", "over")
        over_at = (one.over_at or head) if ended and state == one.state else head if ended else 0
        over = ended and head - over_at >= AGAIN  # deeper than anything is read again, or taken back

        def keep() -> None:
            with self._db.write() as session:
                row = session.get_one(DisputeRow, (one.key, one.kind))
                row.state, row.over_at, row.over = state, over_at, over

        if (state, over_at, over) != (one.state, one.over_at, False):
            await run_in_threadpool(keep)

    async def _verdict(self, one: _Watched) -> str:
        word = await self._on_chain.task(raw(one.key))
        if word.state.is_pending:
            known, standing = await run_in_threadpool(self._known, one, word.digest)
            if known is not None and standing is not None:
                exits = await self._on_chain.exits(raw(one.place[0]))
                now, blocks = self._clock.now(), exits not in (0, OVER)
                if answers.wants_panel(known, word, standing):
                    self._tell(one, "was appealed on chain and needs the votes of the next panel until then")
                for answer in answers.about_verdict(known, word, standing, now, blocks):
                    force = blocks and answer.function == "finalize"
                    await self._bringer.bring(known, answer, force)
        return word.state.name.lower()

    async def _silence(self, one: _Watched) -> str:
        claim = await self._on_chain.silent(raw(one.key))
        if claim.until in (0, OVER):
            return "over" if claim.until else "none"
        known, _ = await run_in_threadpool(self._known, one, 0)
        if known is None:
            return "claimed"
        judged = (await self._on_chain.task(raw(one.key))).state is not TaskOnChain.NONE
        found = answers.about_silence(known, claim, judged)
        if not await self._bringer.first(known, found):
            await self._not_answered(one, known)
        return "claimed"

    async def _not_answered(self, one: _Watched, known: Attempt) -> None:
        if known.accepted and known.owed:
            self._tell(one, "is claimed as not paid, and that is right: it was accepted. It is paid now")

            def settle() -> None:
                with self._db.write() as session:
                    channel_service.settle(session, self._settings, known.miner, self._clock.now())

            await run_in_threadpool(settle)
        elif known.accepted:
            self._tell(one, "is claimed as not paid, and its miner has not released what it was paid")
        elif known.accepted is None:
            self._tell(one, "is claimed as not judged, and that is right: there is no verdict yet")
        else:
            self._tell(one, "is claimed as not judged, and its rejection cannot be shown by the votes")

    def _tell(self, one: _Watched, what: str) -> None:
        campaign, index, attempt = one.place
        self._bringer.tell(f"attempt {attempt} at task {index} of {campaign} {what}", logging.ERROR)

    def _known(self, one: _Watched, digest: int) -> tuple[Attempt | None, Pending | None]:
        with self._db.read() as session:
            found = attempt(session, self._settings, one.place)
            return found, repository.standing(session, one.key, digest)


def _watched(row: DisputeRow) -> _Watched:
    return _Watched(row.task_key, row.kind, (row.campaign_id, row.index, row.attempt), row.state, row.over_at)
