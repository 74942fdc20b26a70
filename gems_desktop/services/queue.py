# SPDX-License-Identifier: Apache-2.0
"""The rules of keeping work at hand, without any side effect: how many tasks, how many bytes, and why not more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from gems_desktop.services.facts import CampaignFacts

DAY_OF_WORK_S = 6 * 3_600  # what a person does in a day: six hours at the tasks
MEGABYTE = 1_000_000
LEAST_FREE_BYTES = 200 * MEGABYTE  # room that stays on the disk whatever is taken
BYTES_A_TASK = 20_000  # a task without files: its data, its proof, its answer, its journal
MOST_A_BATCH = 1_000
CLOCK_MAY_DIFFER_S = 300
LONG_GAP_S = 3_600  # after so long without a look at the platform, leases are looked at before anything else

#: why no more work was fetched by itself; "" when there is enough
OFF, ENOUGH, METERED, MEGABYTES = "off", "", "metered", "megabytes"
DISK, NO_CAMPAIGN, REFUSED = "disk", "no_campaign", "refused"


@dataclass(frozen=True, slots=True)
class Limits:
    """What the person allows. metered: whether networks that count megabytes may be used too."""

    keep: bool
    days: int
    bytes_a_day: int
    metered: bool


@dataclass(frozen=True, slots=True)
class AtHand:
    """What is here. seconds: of all tasks that are ready; used: bytes of today; owed: of files still to come.

    free: bytes on the disk, None when that is not known. counted: whether the network counts megabytes.
    """

    seconds: int
    used: int
    owed: int
    free: int | None
    counted: bool


@dataclass(frozen=True, slots=True)
class Wish:
    """How many tasks to lease of one campaign now; `count` 0 with the reason why not."""

    campaign_id: str
    count: int
    why_not: str = ""


def seconds_a_task(campaign: CampaignFacts) -> int:
    """What one task takes: measured over everybody's work, else as the requester expects; at least a second."""
    return max(1, campaign.measured_seconds or campaign.expected_seconds)


def bytes_left(limits: Limits, used: int) -> int:
    """What today's megabytes still allow."""
    return max(0, limits.bytes_a_day - used)


def may_download(limits: Limits, hand: AtHand) -> str:
    """Why nothing may be downloaded now, or ""."""
    if hand.counted and not limits.metered:
        return METERED
    return MEGABYTES if bytes_left(limits, hand.used) == 0 else ENOUGH


def room_for(size: int, free: int | None) -> bool:
    """Whether the disk takes `size` bytes and keeps what it needs to store answers."""
    return free is None or free - size >= LEAST_FREE_BYTES


def wish(limits: Limits, hand: AtHand, campaign: CampaignFacts) -> Wish:
    """How much of this campaign to lease, so that all tasks together are `days` of work.

    Media count before they are leased: those of tasks that are here and still to come, then those of each task
    more.
    """
    if not limits.keep:
        return Wish(campaign.campaign_id, 0, OFF)
    missing = limits.days * DAY_OF_WORK_S - hand.seconds
    if missing <= 0:
        return Wish(campaign.campaign_id, 0, ENOUGH)
    why_not = may_download(limits, hand)
    if why_not:
        return Wish(campaign.campaign_id, 0, why_not)
    each = seconds_a_task(campaign)
    size = campaign.media_bytes_per_task + BYTES_A_TASK
    by_time = -(-missing // each)
    by_bytes = (bytes_left(limits, hand.used) - hand.owed) // size
    by_disk = by_time if hand.free is None else (hand.free - hand.owed - LEAST_FREE_BYTES) // size
    # what cannot be done before its lease runs out is somebody else's
    by_lease = (campaign.lease_s * DAY_OF_WORK_S // 86_400 - hand.seconds) // each
    count = min(by_time, by_bytes, by_disk, by_lease, campaign.tasks_open, MOST_A_BATCH)
    if count > 0:
        return Wish(campaign.campaign_id, count)
    for bound, reason in ((by_disk, DISK), (by_bytes, MEGABYTES), (campaign.tasks_open, NO_CAMPAIGN)):
        if bound <= 0:
            return Wish(campaign.campaign_id, 0, reason)
    return Wish(campaign.campaign_id, 0, ENOUGH)  # the work here takes as long as a lease of it lasts


def choices(
    campaigns: Iterable[CampaignFacts], worked_in: frozenset[str], hidden: frozenset[str]
) -> list[CampaignFacts]:
    """Campaigns to fetch more of: mine already, offered to me, not hidden or blocked; the better paid first.

    `CampaignFacts.can_lease` holds what else it takes: a passed practice set, a bond that its stake fits into.
    """
    mine = [
        campaign
        for campaign in campaigns
        if campaign.campaign_id in worked_in
        and campaign.can_lease
        and not campaign.set_aside
        and not (campaign.content_warning is not None and hidden & set(campaign.content_warning.categories))
    ]
    return sorted(mine, key=lambda one: (one.pay_per_hour is None, -_hourly(one), one.campaign_id))


def _hourly(campaign: CampaignFacts) -> int:
    return campaign.pay_per_hour.units if campaign.pay_per_hour is not None else 0


class InBatch(Protocol):
    """What is sealed with its batch."""

    @property
    def batch_id(self) -> str: ...
    @property
    def due_at(self) -> int: ...


B = TypeVar("B", bound=InBatch)


def most_urgent_first(items: Sequence[B]) -> list[list[B]]:
    """Items by batch, each in its order, the batch that runs out first before the others."""
    batches: dict[str, list[B]] = {}
    for item in items:
        batches.setdefault(item.batch_id, []).append(item)
    return sorted(batches.values(), key=lambda batch: (min(item.due_at for item in batch), batch[0].batch_id))


def clock_differs(here: int, platform: int) -> int:
    """Seconds that this computer's clock is ahead of the platform's; 0 while that does not matter."""
    ahead = here - platform
    return ahead if abs(ahead) > CLOCK_MAY_DIFFER_S else 0
