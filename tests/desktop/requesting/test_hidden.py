# SPDX-License-Identifier: Apache-2.0
"""Known answers hidden among tasks, practice sets and seeds, from files to what the platform is given."""

from __future__ import annotations

import json
import os
import random
from pathlib import Path
from typing import Any

import pytest

from gems_platform.client.floors import floor_of
from gems_platform.client.requesting.draft import read_draft
from gems_platform.client.requesting.fitting import DoesNotFit, check_fit
from gems_platform.client.requesting.preview import preview
from gems_platform.client.requesting.private_file import (
    Private,
    PrivateFileDamaged,
    keep_private,
    path_of,
    read_private,
)
from gems_protocol.campaign import NO_GOLD
from gems_protocol.errors import GemsError
from gems_protocol.gold import gold_root
from tests.desktop.local.world import answer, write_campaign


def with_files(folder: Path, tasks: int = 12, **files: list[dict[str, Any]]) -> Path:
    """A campaign with more files of rows, each named in campaign.json."""
    write_campaign(folder, policy="evidence", tasks=tasks, **{name: f"{name}.jsonl" for name in files})
    for name, rows in files.items():
        (folder / f"{name}.jsonl").write_text("\n".join(json.dumps(row) for row in rows))
    return folder


def own(number: int) -> dict[str, Any]:
    """A known answer with a task of its own."""
    return {"data": {"text": f"Known {number} is good."}, "answer": answer("good")}


def test_known_answers_hide_at_random_places(tmp_path: Path) -> None:
    folder = with_files(tmp_path / "c", gold=[own(number) for number in range(4)])
    drafts = [read_draft(folder, chance=random.Random(seed)) for seed in range(20)]
    assert len({tuple(item.index for item in draft.gold) for draft in drafts}) > 15
    for draft in drafts:
        assert len(draft.tasks) == 16 and len(draft.gold) == 4
        assert draft.manifest.gold_root == gold_root(draft.gold) != NO_GOLD
        for item in draft.gold:
            task = draft.tasks[item.index]
            assert task.data["text"].startswith("Known") and item.answer == answer("good")
        plain = [task.source for task in draft.tasks if not task.gold]
        assert plain == [f"tasks:{number}" for number in range(1, 13)]
    assert len({item.salt for draft in drafts for item in draft.gold}) == 80


def test_known_answers_of_tasks_that_are_there(tmp_path: Path) -> None:
    folder = with_files(tmp_path / "c", tasks=3, gold=[{"index": 2, "reference": answer("bad")}])
    rows = (folder / "tasks.jsonl").read_text().splitlines()
    rows[0] = json.dumps({**json.loads(rows[0]), "gold": True})
    (folder / "tasks.jsonl").write_text("\n".join(rows))
    draft = read_draft(folder)
    assert [(item.index, item.answer) for item in draft.gold] == [(0, answer("good")), (2, answer("bad"))]
    assert all("gold" not in task.data for task in draft.tasks)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([{"data": {"text": "x"}}], "has no answer"),
        ([{"answer": answer("good")}], "either the data"),
        ([{"index": 0, "data": {}, "answer": answer("good")}], "either the data"),
        ([{"index": 99, "answer": answer("good")}], "not there"),
        ([{"index": 0, "answer": answer("good")}] * 2, "gold already"),
    ],
)
def test_gold_that_cannot_be_used(tmp_path: Path, rows: list[dict[str, Any]], said: str) -> None:
    with pytest.raises(GemsError) as caught:
        read_draft(with_files(tmp_path / "c", gold=rows))
    assert said in caught.value.message


def test_answers_that_the_module_cannot_give_are_named(tmp_path: Path) -> None:
    wrong = {**own(1), "answer": answer("odd")}
    hint = {"data": {"text": "Try"}, "answer": [{}], "hint": "Look at the adjective."}
    with pytest.raises(DoesNotFit) as caught:
        check_fit(read_draft(with_files(tmp_path / "c", gold=[wrong], practice=[hint])))
    assert "gold:1" in caught.value.message and "practice:1" in caught.value.message


def test_practice_and_seeds(tmp_path: Path) -> None:
    hint = {"data": {"text": "Try"}, "answer": answer("good"), "hint": "Look at the adjective."}
    folder = with_files(tmp_path / "c", practice=[hint])
    about = json.loads((folder / "campaign.json").read_text())
    (folder / "campaign.json").write_text(json.dumps({**about, "seeds": True}))
    draft = read_draft(folder)
    check_fit(draft)
    assert [item.to_json() for item in draft.practice] == [hint]
    assert draft.seeds is not None and draft.seeds != read_draft(folder).seeds
    (folder / "campaign.json").write_text(json.dumps({**about, "seeds": "yes"}))
    with pytest.raises(GemsError, match="neither true nor false"):
        read_draft(folder)


def test_too_little_gold_and_held_pay_are_warned_of(tmp_path: Path) -> None:
    folder = with_files(tmp_path / "c", tasks=40, gold=[own(0)])
    about = json.loads((folder / "campaign.json").read_text())
    about["policy"]["params"] = {"commission": "0.5", "hold_s": 172_800}
    (folder / "campaign.json").write_text(json.dumps(about))
    said = " ".join(preview(read_draft(folder), floor_of("8")).warnings)
    assert "5 % of the tasks are gold" in said and "paid 2 days later" in said and "answers blind" in said


@pytest.mark.parametrize(
    ("policy", "said"),
    [
        ({"name": "gram"}, "bond of 4.50 GEM for each task, 15.0 times"),
        ({"name": "commissioned", "params": {"hold_s": 0}}, "paid at once"),
        ({"name": "commissioned"}, "unless you commission it"),
        ({"name": "evidence", "params": {"entry_tasks": 10}}, "enter under GIRM"),
    ],
)
def test_what_each_policy_warns_of(tmp_path: Path, policy: dict[str, Any], said: str) -> None:
    folder = write_campaign(tmp_path / "c", policy="evidence")
    about = json.loads((folder / "campaign.json").read_text())
    about = {name: value for name, value in about.items() if name not in ("ms", "vs")} | {
        "policy": policy,
        "z": 5,
    }
    (folder / "campaign.json").write_text(json.dumps(about))
    assert said in " ".join(preview(read_draft(folder), floor_of("8")).warnings)


def test_what_only_the_requester_knows_is_kept_for_its_eyes(tmp_path: Path) -> None:
    draft = read_draft(with_files(tmp_path / "c", gold=[own(0)]))
    private = Private(draft.gold, ("tasks:1",), b"\x01" * 32).with_day(5, {"count": 1, "root": "0x"})
    folder = tmp_path / "keys" / "campaigns"
    path = keep_private(folder, "0xabc", private)
    assert read_private(folder, "0xabc") == private and read_private(folder, "0xdef") is None
    assert path == path_of(folder, "0xabc")
    assert os.name == "nt" or path.stat().st_mode & 0o077 == 0
    assert [file.name for file in folder.iterdir()] == ["0xabc.json"]
    path.write_text("{}")
    with pytest.raises(PrivateFileDamaged):
        read_private(folder, "0xabc")
