# SPDX-License-Identifier: Apache-2.0
"""Checks beside verdicts, over the local network: practice before the first task, and how audits were drawn."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from gems_desktop.cli import main
from gems_desktop.local.keys import NEIGHBOURS
from gems_desktop.services.facts import ItemState
from gems_platform.client.requesting import objections
from gems_platform.client.requesting.private_file import Private
from gems_protocol.amount import Amount
from gems_protocol.audit import DAY_S
from gems_protocol.errors import GemsError
from tests.e2e.flows import Stage, local_network, mood

pytestmark = pytest.mark.asyncio(loop_scope="module")
MR = Amount.gem("0.30")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stage(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    async with local_network(tmp_path_factory.mktemp("checks")) as running:
        yield running


async def test_practice_comes_before_the_first_lease_and_never_tells_the_answer(stage: Stage) -> None:
    miner = await stage.newcomer()
    texts = ("This one is good.", "This one is bad.")
    rows = [{"data": {"text": text}, "answer": mood({"text": text}), "hint": "Read on."} for text in texts]
    params = {"practice_ppm": 1_000_000}
    campaign = await stage.campaign("evidence", ms="0.10 GEM", practice=rows, params=params)
    await miner.sync.campaigns(refresh=True)
    with pytest.raises(GemsError):
        await miner.sync.fetch_batch(campaign.campaign_id, 1)
    shown = await miner.sync.practice(campaign.campaign_id)
    assert [task.data["text"] for task in shown.tasks] == list(texts) and not shown.passed
    right = {task.place: mood(task.data) for task in shown.tasks}
    found = await miner.sync.answer_practice(
        campaign.campaign_id, {**right, 1: mood(shown.tasks[1].data, True)}
    )
    assert (found.right, found.of, found.passed) == (1, 2, False)
    assert [(item.right, item.hint) for item in found.items] == [(True, ""), (False, "Read on.")]
    assert (await miner.sync.answer_practice(campaign.campaign_id, right)).passed
    await stage.work(miner, campaign)
    assert await stage.judged(campaign, NEIGHBOURS) == 3
    assert (await stage.paid(miner))[0] == MR


async def test_a_draw_with_the_days_seed_is_checked_by_the_client_and_by_anybody(
    stage: Stage, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    miner = await stage.newcomer()
    campaign = await stage.campaign("girm", 3, ms="0", seeds=True)
    private = Private(last_seed=campaign.draft.seeds)

    async def next_day() -> None:
        """The seed of the day that is over is shown, and its work drawn with it."""
        stage.clock.at += DAY_S
        now = stage.clock.at
        shown = await objections.show_seeds(
            stage.requester, campaign.campaign_id, private, now, lambda _: None
        )
        assert shown == [now // DAY_S - 1]
        await stage.tick()

    await stage.work(miner, campaign)
    await stage.tick()
    assert (await stage.item(miner, campaign)).state is ItemState.DELIVERED
    await next_day()
    assert await stage.judged(campaign, NEIGHBOURS) == 5, "a newcomer's first answer is audited in any case"
    await stage.work(miner, campaign)
    await next_day()
    with_seed = await stage.judged(campaign, NEIGHBOURS)
    await stage.work(miner, campaign)  # and for this one no seed is shown: zero, a day later
    await stage.later(2 * DAY_S)
    without = await stage.judged(campaign, NEIGHBOURS)
    await stage.paid(miner)
    record = await miner.trust.audit_record()
    drawn = [votes == 5 for votes in (without, with_seed)]
    assert (record.submissions, record.had, record.not_revealed) == (2, sum(drawn), 0)
    assert record.without_seed == 1 and record.sentence == "Nothing unusual."
    assert [(row.drawn, row.checked, row.seeded) for row in record.rows] == [
        (drawn[0], True, False),
        (drawn[1], True, True),
    ]
    file = tmp_path / "evidence.json"
    await miner.trust.export_evidence(record.rows[-1].item_id, str(file))
    assert main(["audit", "verify", str(file), "--network", str(stage.running.network_file)]) == 0
    said = capsys.readouterr().out
    assert "in the requester's chain" in said and "The verdict is fair." in said
    value = json.loads(file.read_text("utf-8"))
    value["evidence"]["audit"]["seed"] = "0x" + "77" * 32
    file.write_text(json.dumps(value), "utf-8")
    assert main(["audit", "verify", str(file)]) == 1
    assert "NOT FAIR" in capsys.readouterr().out
