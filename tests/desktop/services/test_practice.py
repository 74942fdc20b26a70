# SPDX-License-Identifier: Apache-2.0
"""Practice before the first task, and what workers say of a campaign afterwards."""

from __future__ import annotations

from typing import Any

import pytest

from gems_desktop.services.errors import AnswerIncomplete, NothingToDo, PlatformLied
from gems_protocol.amount import Amount
from gems_protocol.errors import GemsError
from tests.desktop.services.conftest import Open
from tests.desktop.services.test_lies import Lying, delivered, judged
from tests.platform.world import BAD, GOOD, World

PRACTICE = [
    {"data": {"text": "Lovely."}, "answer": GOOD, "hint": "A kind word."},
    {"data": {"text": "Awful."}, "answer": BAD, "hint": "Read it <b>again</b>."},
]


async def test_practice_is_passed_before_the_first_lease(live: World, opened: Open) -> None:
    campaign = await live.campaign(2, params={"practice_ppm": 1_000_000}, extra={"practice": PRACTICE})
    miner = await opened("miner")
    [shown] = await miner.sync.campaigns(refresh=True)
    assert not shown.can_lease and "practice" in shown.why_not and not shown.practice_passed
    with pytest.raises(GemsError):
        await miner.sync.fetch_batch(campaign, 1)
    found = await miner.sync.practice(campaign)
    assert [task.place for task in found.tasks] == [0, 1] and found.share_ppm == 1_000_000
    assert not found.passed and "<choices" in found.config.lower()
    with pytest.raises(AnswerIncomplete):
        await miner.sync.answer_practice(campaign, {0: GOOD, 1: []})
    result = await miner.sync.answer_practice(campaign, {0: GOOD, 1: GOOD})
    assert (result.right, result.of, result.passed) == (1, 2, False)
    assert [item.right for item in result.items] == [True, False] and "again" in result.items[1].hint
    result = await miner.sync.answer_practice(campaign, {0: GOOD, 1: BAD})
    assert result.passed
    [shown] = await miner.sync.campaigns()
    assert shown.can_lease and shown.practice_passed
    await miner.sync.fetch_batch(campaign, 1)


@pytest.mark.parametrize(
    "odd",
    [
        {"tasks": [{"place": 0, "data": 5}], "share_ppm": 1, "passed": False},
        {"tasks": [{"place": 0, "data": {}}] * 2, "share_ppm": 1, "passed": False},
        {"tasks": [{"place": 0, "data": {}}], "share_ppm": "1", "passed": False},
        {"tasks": 3, "share_ppm": 1, "passed": False},
    ],
)
async def test_an_odd_practice_set_is_a_lie(live: World, opened: Open, odd: dict[str, Any]) -> None:
    campaign = await live.campaign(1, extra={"practice": PRACTICE})
    miner = await opened("miner")
    Lying(miner, lambda path, answer: odd if path.endswith("/practice") else answer)
    with pytest.raises(PlatformLied):
        await miner.sync.practice(campaign)


async def test_how_the_requester_was_is_asked_once(live: World, opened: Open) -> None:
    """When all that was sent is judged; not before, not twice, and not where it was said already."""
    miner = await opened("miner")
    campaign = await delivered(live, miner, 2)
    [shown] = await miner.sync.campaigns(refresh=True)
    assert await miner.reports.to_rate() is None
    await judged(live, opened, 2)
    await miner.sync.pull()
    found = await miner.reports.to_rate()
    assert found is not None and found.campaign_id == campaign
    assert (found.requester, found.title) == (shown.requester, shown.title)
    assert await miner.reports.to_rate() == found  # nobody has seen it yet
    await miner.reports.rating_asked(campaign)
    assert await miner.reports.to_rate(found.campaign_id) == found  # it stands on the screen
    assert await miner.reports.to_rate() is None
    await miner.reports.rate(campaign, 5, 4, 3, 2)
    assert await miner.reports.to_rate(found.campaign_id) is None


async def test_who_worked_there_rates_once(live: World, opened: Open) -> None:
    miner = await opened("miner")
    campaign = await delivered(live, miner, 1)
    with pytest.raises(GemsError):
        await miner.reports.rate(campaign, 5, 4, 3, 2)
    await judged(live, opened, 1)
    await miner.sync.pull()
    with pytest.raises(NothingToDo):
        await miner.reports.rate(campaign, 6, 4, 3, 2)
    await miner.reports.rate(campaign, 1, 1, 1, 1)
    await miner.reports.rate(campaign, 5, 4, 3, 2)
    [shown] = await miner.sync.campaigns(refresh=True)
    assert shown.rated
    report = await miner.reports.report(shown.requester, refresh=True)
    marks = {one.question: (one.count, one.median, one.good) for one in report.ratings}
    assert marks == {"pay": (1, 5, 1), "clarity": (1, 4, 1), "speed": (1, 3, 0), "fairness": (1, 2, 0)}
    assert (report.accepted, report.decisions_accepted, report.decisions_reverted) == (1, 2, 0)
    assert report.checked_on_chain and {check.what for check in report.chain} == {"funded", "paid_out"}
    funded = next(check for check in report.chain if check.what == "funded")
    assert funded.told == funded.on_chain > Amount(0)
    assert [one.code for one in report.explanations] == ["few_decisions"]
