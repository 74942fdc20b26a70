# SPDX-License-Identifier: Apache-2.0
"""The rules of the queue: how many tasks, within which megabytes, which first; and where an item stands."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gems_desktop.services.facts import CampaignFacts, ItemState
from gems_desktop.services.facts_queue import Stage
from gems_desktop.services.progress import progress
from gems_desktop.services.queue import (
    BYTES_A_TASK,
    DAY_OF_WORK_S,
    DISK,
    ENOUGH,
    LEAST_FREE_BYTES,
    MEGABYTE,
    MEGABYTES,
    METERED,
    NO_CAMPAIGN,
    OFF,
    AtHand,
    Limits,
    choices,
    clock_differs,
    most_urgent_first,
    wish,
)
from gems_desktop.services.records import AttemptRecord, ItemRecord
from gems_protocol.amount import ZERO, Amount
from gems_protocol.content_warning import ContentWarning

NOW = 1_800_000_000
CAMPAIGN = CampaignFacts(
    *("c1", "t", "d", "i", "m", "consensus", "0x", False, Amount(5), Amount(5), ZERO, 0, 0, ZERO, 60),
    *(30, Amount.gem("2"), 0, 7 * 86_400, NOW * 2, 5_000, 9_000, None, None, None, True),
)
LIMITS = Limits(keep=True, days=1, bytes_a_day=100 * MEGABYTE, metered=False)
HAND = AtHand(seconds=0, used=0, owed=0, free=None, counted=False)
ITEM = ItemRecord(
    *("i1", "b1", "c1", "work", 1, 0, 0, 0, Amount(5), ZERO, NOW + 7_200, "LEASED", NOW, "{}", "0x", "{}"),
    *("[]", "[]"),
)


def test_a_day_of_work_by_what_a_task_takes() -> None:
    assert wish(LIMITS, HAND, CAMPAIGN).count == DAY_OF_WORK_S // 30
    slower = replace(CAMPAIGN, measured_seconds=None)
    assert wish(LIMITS, HAND, slower).count == DAY_OF_WORK_S // 60
    some = replace(HAND, seconds=DAY_OF_WORK_S - 100)
    assert wish(LIMITS, some, CAMPAIGN).count == 4  # 100 seconds are missing: more than three tasks
    assert wish(LIMITS, replace(HAND, seconds=DAY_OF_WORK_S), CAMPAIGN) == (
        replace(wish(LIMITS, HAND, CAMPAIGN), count=0, why_not=ENOUGH)
    )


def test_never_more_than_the_campaign_or_a_lease_has() -> None:
    assert wish(LIMITS, HAND, replace(CAMPAIGN, tasks_open=7)).count == 7
    none = wish(LIMITS, HAND, replace(CAMPAIGN, tasks_open=0))
    assert (none.count, none.why_not) == (0, NO_CAMPAIGN)
    # a lease of a quarter of a day holds an hour and a half of work
    assert wish(LIMITS, HAND, replace(CAMPAIGN, lease_s=21_600)).count == 5_400 // 30


@pytest.mark.parametrize("size", [1_000_000, 3_000_000])
def test_files_count_before_they_are_leased(size: int) -> None:
    heavy = replace(CAMPAIGN, media_bytes_per_task=size)
    free = 100 * MEGABYTE
    assert wish(LIMITS, HAND, heavy).count == free // (size + BYTES_A_TASK)
    used = replace(HAND, used=60 * MEGABYTE, owed=30 * MEGABYTE)
    assert wish(LIMITS, used, heavy).count == 10 * MEGABYTE // (size + BYTES_A_TASK)
    full = wish(LIMITS, replace(HAND, used=free), heavy)
    assert (full.count, full.why_not) == (0, MEGABYTES)
    owed = wish(LIMITS, replace(HAND, owed=free), heavy)
    assert (owed.count, owed.why_not) == (0, MEGABYTES)


def test_not_on_networks_that_count_unless_allowed() -> None:
    counted = replace(HAND, counted=True)
    assert wish(LIMITS, counted, CAMPAIGN).why_not == METERED
    assert wish(replace(LIMITS, metered=True), counted, CAMPAIGN).count > 0
    assert wish(replace(LIMITS, keep=False), HAND, CAMPAIGN).why_not == OFF


def test_the_disk_keeps_what_answers_need() -> None:
    room = replace(HAND, free=LEAST_FREE_BYTES + 10 * BYTES_A_TASK)
    assert wish(LIMITS, room, CAMPAIGN).count == 10
    full = wish(LIMITS, replace(HAND, free=LEAST_FREE_BYTES), CAMPAIGN)
    assert (full.count, full.why_not) == (0, DISK)


def test_only_campaigns_that_are_mine_offered_and_not_hidden() -> None:
    better = replace(CAMPAIGN, campaign_id="c2", pay_per_hour=Amount.gem("3"))
    unknown = replace(CAMPAIGN, campaign_id="c3", pay_per_hour=None)
    strange = replace(CAMPAIGN, campaign_id="c4")
    refused = replace(CAMPAIGN, campaign_id="c5", can_lease=False)
    gory = replace(CAMPAIGN, campaign_id="c6", content_warning=ContentWarning(("violence",), ""))
    mine = frozenset({"c1", "c2", "c3", "c5", "c6"})
    found = choices([unknown, CAMPAIGN, strange, refused, gory, better], mine, frozenset({"violence"}))
    assert [one.campaign_id for one in found] == ["c2", "c1", "c3"]


def test_the_batch_that_runs_out_first_is_sealed_first() -> None:
    late = [replace(ITEM, item_id=f"l{n}", batch_id="a", due_at=NOW + 900 + n) for n in range(2)]
    soon = [replace(ITEM, item_id=f"s{n}", batch_id="z", due_at=NOW + 60 + n) for n in range(2)]
    assert [items[0].batch_id for items in most_urgent_first([*late, *soon])] == ["z", "a"]


@pytest.mark.parametrize(("ahead", "told"), [(0, 0), (300, 0), (-300, 0), (301, 301), (-86_400, -86_400)])
def test_a_clock_that_differs_by_more_than_five_minutes(ahead: int, told: int) -> None:
    assert clock_differs(NOW + ahead, NOW) == told


TRIED = AttemptRecord("0xr", 3, NOW + 90, "Offline", "", 250, 1_000)


@pytest.mark.parametrize(
    ("state", "attempt", "stage", "problem", "next_", "at"),
    [
        (ItemState.LEASED, None, Stage.DRAFT, "", "finish", ITEM.due_at),
        (ItemState.DRAFT, None, Stage.DRAFT, "", "finish", ITEM.due_at),
        (ItemState.FINISHED, None, Stage.DRAFT, "", "seal", ITEM.due_at),
        (ItemState.FINISHED, TRIED, Stage.DRAFT, "Offline", "seal", ITEM.due_at),
        (ItemState.SEALED, None, Stage.SEALED, "", "send", ITEM.due_at),
        (ItemState.SEALED, TRIED, Stage.SEALED, "Offline", "retry", NOW + 90),
        (ItemState.SEALED, replace(TRIED, next_at=NOW), Stage.SEALED, "Offline", "retry", 0),
        (ItemState.SENDING, TRIED, Stage.SENDING, "", "sending", 0),
        (ItemState.DELIVERED, TRIED, Stage.DELIVERED, "", "verdict", 0),
        (ItemState.DISPUTED, None, Stage.JUDGED, "", "verdict", 0),
        (ItemState.ACCEPTED, None, Stage.JUDGED, "", "pay", 0),
        (ItemState.REJECTED, None, Stage.JUDGED, "", "", 0),
        (ItemState.PAID, None, Stage.PAID, "", "", 0),
        (ItemState.EXPIRED, None, Stage.ENDED, "expired", "", 0),
        (ItemState.RETURNED, None, Stage.ENDED, "", "", 0),
    ],
)
def test_every_state_says_what_happens_next(
    state: ItemState, attempt: AttemptRecord | None, stage: Stage, problem: str, next_: str, at: int
) -> None:
    found = progress(replace(ITEM, state=state.name), attempt, NOW)
    assert (found.stage, found.problem, found.next, found.at) == (stage, problem, next_, at)


def test_a_rejection_that_can_be_answered_and_bytes_on_their_way() -> None:
    rejected = replace(ITEM, state="REJECTED", outcome=-1, appeal_until=NOW + 5)
    assert (progress(rejected, None, NOW).next, progress(rejected, None, NOW).at) == ("answer", NOW + 5)
    assert progress(replace(ITEM, state="SENDING"), TRIED, NOW).sent_ppm == 250_000
    assert progress(replace(ITEM, state="SENDING"), replace(TRIED, size=0), NOW).sent_ppm == 0
