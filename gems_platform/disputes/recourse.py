# SPDX-License-Identifier: Apache-2.0
"""The hub's own claims: work that it paid for a requester who signs no Spend, and leaves or is long over."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi.concurrency import run_in_threadpool

from gems_platform.campaigns import reports
from gems_platform.campaigns.facts import facts
from gems_platform.channels.sending import Sender
from gems_platform.clock import Clock
from gems_platform.db import Database
from gems_platform.disputes import covering, repository
from gems_platform.disputes.answers import own_verdict
from gems_platform.disputes.attempts import Attempt, Place, attempt
from gems_platform.disputes.bringing import PREFIX, Bringer
from gems_platform.disputes.reading import OVER, OnChain
from gems_platform.schemas import raw
from gems_platform.settings import Settings

_DAY = 86_400
_AT_ONCE = 20  # claims of a campaign at one look, each only when the last one is in a block
_WAIT = ("day's cap", "not enough left")  # refusals that are of the campaign, not of a task


@dataclass(frozen=True, slots=True)
class _Owing:
    """A campaign whose requester owes for tasks that no Spend pays, the oldest verdict first."""

    campaign_id: str
    ends: int
    places: tuple[Place, ...]


class Recourse:
    """One claim of a campaign under way at a time: each is judged by what the ones before left of the day's cap."""

    def __init__(
        self,
        settings: Settings,
        db: Database,
        clock: Clock,
        on_chain: OnChain,
        bringer: Bringer,
        sender: Sender,
    ) -> None:
        self._settings, self._db, self._clock = settings, db, clock
        self._on_chain, self._bringer, self._sender = on_chain, bringer, sender
        self._unproven: dict[Place, int] = {}  # -> the Unix day on which that was found
        self._capped: dict[str, int] = {}  # campaign -> the Unix day whose cap is used up

    async def follow_up(self) -> None:
        """Bring what is due; raises ChainDown."""
        now = self._clock.now()
        for one in await run_in_threadpool(self._owing, now):
            exits = await self._on_chain.exits(raw(one.campaign_id))
            late = now >= one.ends + self._settings.recourse_after_s
            if exits != OVER and (exits or late) and self._capped.get(one.campaign_id) != now // _DAY:
                await self._claim(one, now)

    def _owing(self, now: int) -> list[_Owing]:
        """An exit starts only when a campaign has ended, so that nothing is asked of the chain before."""
        found, today = [], now // _DAY
        with self._db.read() as session:
            for row in repository.funded(session):
                ends = facts(row).terms.ends
                if ends > now or row.funded <= row.redeemed:
                    continue
                spent, lines = reports.spend_due(session, row)
                paid = covering.covered(session, row, lines) if spent > row.spend_signed else None
                if paid is None:
                    continue
                taken = paid | repository.judged_on_chain(session, row.id).keys()
                places = tuple(
                    place
                    for given in repository.judged(session, row.id)
                    if self._unproven.get(place := (given.campaign_id, given.index, given.attempt)) != today
                    and repository.key_of(place) not in taken
                )
                found.append(_Owing(row.id, ends, places))
        return found

    async def _claim(self, one: _Owing, now: int) -> None:
        for place in one.places[:_AT_ONCE]:
            if await self._waiting(one.campaign_id):
                return

            def known(place: Place = place) -> Attempt | None:
                with self._db.read() as session:
                    return attempt(session, self._settings, place)

            found = await run_in_threadpool(known)
            answer = own_verdict(found) if found is not None else None
            if found is None or answer is None or answer.saves < self._settings.dispute_least:
                self._unproven[place] = now // _DAY
                continue
            refused = await self._bringer.bring(found, answer)
            if refused is None:
                continue
            if any(words in refused for words in _WAIT):
                self._capped[one.campaign_id] = now // _DAY
                return
            self._unproven[place] = now // _DAY

    async def _waiting(self, campaign_id: str) -> bool:
        """Whether a claim of a campaign is in no block yet."""
        live = await self._sender.under_way()
        return any(
            intent.state == "sent" and intent.about == campaign_id and intent.name.startswith(PREFIX)
            for intent in live
        )
