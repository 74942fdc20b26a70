# SPDX-License-Identifier: Apache-2.0
"""A Label Studio export becomes a campaign on a whole platform, and its results a Label Studio project again."""

from __future__ import annotations

import json
from argparse import Namespace
from pathlib import Path

import pytest

from gems_desktop.commands.campaign import create_campaign
from gems_desktop.commands.campaign_results import show_results
from gems_platform.client.requesting.draft import read_draft
from gems_platform.client.requesting.imported import read_tasks
from gems_platform.client.requesting.private_file import read_private
from gems_platform.client.requesting.sent_tasks import TasksNotKept
from gems_protocol.contracts.calls import call_data
from gems_protocol.messages import Assignment
from gems_protocol.modules import parse
from tests.desktop.local.world import answer, write_campaign
from tests.desktop.requesting.test_with_platform import judged, miner, requester
from tests.desktop.requesting.test_with_platform import live as live
from tests.platform.conftest import clock as clock
from tests.platform.world import World

GOOD = answer("good")


async def test_from_label_studio_and_back(
    live: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_campaign(tmp_path / "c", policy="evidence", tasks=0, z=1, ms="0", vs="0")
    about = json.loads((folder / "campaign.json").read_text())
    about["tasks"] = "export.json"
    about["policy"] = {"name": "evidence", "params": {"theta": "0.90", "hold_s": 3_600}}
    (folder / "campaign.json").write_text(json.dumps(about))
    truth = [{**one, "origin": "manual", "score": None} for one in GOOD]
    rows = [
        {"id": 5, "data": {"text": "First."}, "annotations": [], "predictions": [{"result": []}]},
        {"id": 6, "data": {"text": "Known."}, "annotations": [{"result": truth, "ground_truth": True}]},
    ]
    (folder / "export.json").write_text(json.dumps(rows))
    asking = await requester(live)
    private = tmp_path / "private"
    options = Namespace(
        campaign=folder,
        tasks=None,
        config=None,
        rows=None,
        seconds_per_task=None,
        hourly_floor="0",
        dry_run=False,
        private=private,
    )
    assert await create_campaign(options, asking) == 0
    said = capsys.readouterr()
    campaign = said.out.strip()
    assert (
        "Note: Predictions of a model are left out (in 1 of the tasks)." in said.err
        and "1 hidden" in said.err
    )
    kept = read_private(private, campaign)
    assert kept is not None and [item.index for item in kept.gold] == [1]

    terms = await asking.terms(campaign)
    approve = call_data("Gem", "approve", live.settings.campaigns, 2**200)
    await live.chain.send(asking.key, live.settings.gem, approve)
    fund = call_data("Campaigns", "fund", terms.abi(), 2)
    await live.chain.send(asking.key, live.settings.campaigns, fund)
    await live.tick()
    anna = await miner(live)
    batch = await live.lease(anna, campaign, 1)
    hashes = [
        "0x" + Assignment.from_json(item["assignment"]["message"]).struct_hash().hex()
        for item in batch["items"]
    ]
    await live.submit(anna, live.sealed(anna, batch["batch_id"], hashes, GOOD))
    await judged(live, campaign)
    live.clock.at += 7_200  # what was held is final
    await live.person("requester")  # signs in again
    await live.tick()

    out = tmp_path / "project.json"
    wanted = Namespace(
        campaign_id=campaign, private=private, probability=False, out=out, format="label-studio", media_prefix="",
        converter=None, follow=False,
    )  # fmt: skip
    assert await show_results(wanted, asking) == 0
    config = (tmp_path / "project.config.xml").read_text("utf-8")
    again = read_tasks(out, parse(config))
    assert [task.data for task in again] == [{"text": "First."}, {"text": "Known."}]
    assert sorted([task.reference is not None for task in again]) == [False, True]
    assert GOOD in [task.reference for task in again]
    wanted.private = tmp_path / "elsewhere"
    with pytest.raises(TasksNotKept, match="is not there"):
        await show_results(wanted, asking)


async def test_a_dry_run_keeps_nothing(live: World, tmp_path: Path) -> None:
    folder = write_campaign(tmp_path / "c", tasks=1)
    asking = await requester(live)
    private = tmp_path / "private"
    options = Namespace(
        campaign=folder,
        tasks=None,
        config=None,
        rows=None,
        seconds_per_task=None,
        hourly_floor="0",
        dry_run=True,
        private=private,
    )
    assert await create_campaign(options, asking) == 0
    assert not private.exists() and read_draft(folder).notes == ()
