# SPDX-License-Identifier: Apache-2.0
"""Keeps days of work at hand: tops leases up while others are pending, and looks first after a long gap."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

from gems_desktop.services import at_hand, meter
from gems_desktop.services.budget import Budget, limits_of, says_counted
from gems_desktop.services.context import Context
from gems_desktop.services.cursor import get_value, set_value
from gems_desktop.services.errors import BatchRefused, NoRoom, PlatformRefused
from gems_desktop.services.facts import CampaignFacts, ItemState, Problem, Topic
from gems_desktop.services.facts_queue import QueueFacts
from gems_desktop.services.ports import Tx
from gems_desktop.services.queue import (
    DAY_OF_WORK_S,
    DISK,
    ENOUGH,
    LEAST_FREE_BYTES,
    LONG_GAP_S,
    NO_CAMPAIGN,
    OFF,
    REFUSED,
    AtHand,
    Limits,
    choices,
    clock_differs,
    may_download,
    wish,
)
from gems_desktop.services.records import ItemRecord
from gems_desktop.services.settings import chosen

PLATFORM_TIME = "platform_time"
_KEPT_EVERY_S = 60  # how old the stored time may get
_LISTED_EVERY_S = 600  # how old the list of campaigns may be that more is taken from
_AGAIN_AFTER_S = 600  # how long a campaign is left alone that refused
_DAY_S = 86_400
_HURRY_PART = 4  # topped up once a quarter of what is wished for is missing


class Keeping:
    """Of one profile. `campaigns` and `lease` are Sync's; `budget` says what may be downloaded."""

    def __init__(
        self,
        context: Context,
        budget: Budget,
        campaigns: Callable[[bool], Awaitable[list[CampaignFacts]]],
        lease: Callable[[str, int], Awaitable[str]],
    ) -> None:
        self._c, self.budget = context, budget
        self._campaigns, self._lease = campaigns, lease
        self.why_not = ENOUGH
        self.clock_problem: Problem | None = None
        self._last_look: int | None = None
        self._kept_at = 0
        self._listed_at = -float(_LISTED_EVERY_S)
        self._left_alone: dict[str, float] = {}

    async def facts(self) -> QueueFacts:
        """See Work.queue."""
        now, here = self._c.platform.time(), self._c.clock.now()
        found = await self._c.store.run(lambda tx: at_hand.read(tx, now, here))
        metered = found.metered if found.metered is not None else self._c.machine.metered()
        return replace(
            found,
            metered=metered,
            why_not=(self.why_not or self.budget.why) if found.keeps else self.budget.why,
            files_wait=self.budget.waiting,
            problem=self.clock_problem or self._disk_problem(),
        )

    def _disk_problem(self) -> Problem | None:
        free = self._c.machine.free_bytes()
        if free is None or free >= LEAST_FREE_BYTES:
            return None
        told = NoRoom()
        return Problem(told.message, told.safe, told.action, True, "no_room")

    def long_gap(self) -> bool:
        """Whether so much time has passed since the last look (or the start) that leases are looked at first."""
        last, now = self._last_look, self._c.clock.now()
        return last is None or not 0 <= now - last <= LONG_GAP_S

    async def looked(self) -> None:
        """The platform was reached: keep its time, and compare this computer's clock with it."""
        self._last_look = here = self._c.clock.now()
        now = self._c.platform.time()
        if now - self._kept_at >= _KEPT_EVERY_S:
            await self._c.store.run(lambda tx: set_value(tx, PLATFORM_TIME, now))
            self._kept_at = now
        ahead = clock_differs(here, now)
        told = _wrong_clock(ahead) if ahead else None
        if told != self.clock_problem:
            self.clock_problem = told
            self._c.publish(Topic.PROBLEM, Topic.CONNECTION, Topic.WORK)

    async def remember(self) -> None:
        """Go on by the platform's time where an earlier run left it, though the clock was moved back since."""
        at = await self._c.store.run(lambda tx: get_value(tx, PLATFORM_TIME, 0))
        self._c.platform.heard(int(at))

    async def top_up(self) -> int:
        """Lease what is missing; the number of tasks. Raises Offline and what lies; a refusal is only noted."""
        before = self.why_not
        taken, self.why_not = await self._top_up()
        if taken or before != self.why_not:
            self._c.publish(Topic.WORK, Topic.CONNECTION)
        return taken

    async def _top_up(self) -> tuple[int, str]:
        limits, hand, hidden, mine = await self._c.store.run(self._read)
        if not limits.keep:
            return 0, OFF
        wished = limits.days * DAY_OF_WORK_S
        if hand.seconds > wished - wished // _HURRY_PART:
            return 0, ENOUGH
        why_not = may_download(limits, hand)
        if why_not:
            return 0, why_not
        refresh = self._c.clock.monotonic() - self._listed_at >= _LISTED_EVERY_S
        offered = choices(await self._campaigns(refresh), mine, hidden)
        if refresh:
            self._listed_at = self._c.clock.monotonic()
        if not offered:
            return 0, NO_CAMPAIGN
        return await self._take(limits, hand, offered)

    async def _take(self, limits: Limits, hand: AtHand, offered: list[CampaignFacts]) -> tuple[int, str]:
        """From one campaign at a time; what is taken counts at the next look."""
        why_not = ENOUGH
        for campaign in offered:
            if self._left_alone.get(campaign.campaign_id, 0.0) > self._c.clock.monotonic():
                why_not = REFUSED
                continue
            wished = wish(limits, hand, campaign)
            why_not = wished.why_not
            if not wished.count:
                continue
            try:
                await self._lease(campaign.campaign_id, wished.count)
            except NoRoom:
                return 0, DISK
            except (BatchRefused, PlatformRefused):
                self._left_alone[campaign.campaign_id] = self._c.clock.monotonic() + _AGAIN_AFTER_S
                why_not = REFUSED
                continue
            self._listed_at = -float(_LISTED_EVERY_S)  # what is left of it is asked for before the next
            return wished.count, ENOUGH
        return 0, why_not

    def _read(self, tx: Tx) -> tuple[Limits, AtHand, frozenset[str], frozenset[str]]:
        hand = AtHand(
            seconds=at_hand.seconds_ready(tx),
            used=meter.bytes_on(tx, meter.day_of(self._c.clock.now())),
            owed=self.budget.waiting,
            free=self._c.machine.free_bytes(),
            counted=self.budget.counted(says_counted(tx)),
        )
        hidden = frozenset(chosen(tx).get("hidden_content", ()))
        given_back = ItemState.RETURNED.name
        counted = tx.tally(ItemRecord, ("campaign_id", "state"), kind="work")
        mine = frozenset(campaign_id for campaign_id, state, _ in counted if state != given_back)
        return limits_of(tx), hand, hidden, mine


def _wrong_clock(ahead: int) -> Problem:
    if abs(ahead) >= _DAY_S:
        return Problem(
            message="The date of this computer is wrong.",
            safe="Deadlines go by the platform's time, so nothing of yours is late because of it.",
            action="Set the clock of this computer; times that it shows are off until then.",
            retryable=False,
            code="wrong_clock",
        )
    return Problem(
        message="The clock of this computer is wrong.",
        safe="Deadlines go by the platform's time, so nothing of yours is late because of it.",
        action="Set the clock of this computer; times that it shows are off until then.",
        retryable=False,
        code="wrong_clock",
    )
