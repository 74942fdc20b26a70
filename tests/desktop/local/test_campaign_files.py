# SPDX-License-Identifier: Apache-2.0
"""Campaigns from files: what is read, what is warned of, and what is refused in words."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from gems_platform.client.floors import floor_of
from gems_platform.client.requesting.draft import BadCampaignFile, read_draft, read_tasks
from gems_platform.client.requesting.preview import preview
from gems_protocol.amount import Amount
from gems_protocol.errors import GemsError
from tests.desktop.local.world import write_campaign


def test_a_campaign_is_read_with_its_files_by_hash(tmp_path: Path) -> None:
    folder = write_campaign(tmp_path / "campaign", policy="consensus")
    (folder / "media").mkdir()
    (folder / "media" / "dog.png").write_bytes(b"not looked at here")
    (folder / "tasks.jsonl").write_text('{"data": {"photo": "dog.png"}}\n\n{"photo": "dog.png"}\n')
    draft = read_draft(folder)
    name = hashlib.sha256(b"not looked at here").hexdigest()
    assert [task.data for task in draft.tasks] == [{"photo": f"sha256:{name}"}] * 2
    assert draft.media == {name: folder / "media" / "dog.png"}
    assert draft.pay.mr == Amount.gem("0.30") and draft.manifest.policy.quorum == 2


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("t.csv", "text,more\na,b\n"),
        ("t.json", '[{"text":"a","more":"b"}]'),
        ("t.jsonl", '{"text":"a","more":"b"}'),
    ],
)
def test_tasks_are_read_from_every_format(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)
    assert [task.data for task in read_tasks(tmp_path / name)] == [{"text": "a", "more": "b"}]


def test_lines_within_a_text_stay(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text('text,more\n"a\nb\u2028c",d\n', "utf-8", newline="\n")
    assert read_tasks(tmp_path / "t.csv")[0].data == {"text": "a\nb\u2028c", "more": "d"}
    (tmp_path / "t.jsonl").write_text('{"text":"a\u2028b"}\r\n', "utf-8", newline="")
    assert read_tasks(tmp_path / "t.jsonl")[0].data == {"text": "a\u2028b"}


@pytest.mark.parametrize("row", ["a", "a,b,c"])
def test_a_row_of_another_width_is_named(tmp_path: Path, row: str) -> None:
    (tmp_path / "t.csv").write_text(f"text,more\na,b\n{row}\n")
    with pytest.raises(BadCampaignFile, match=r"row 2 of t\.csv"):
        read_tasks(tmp_path / "t.csv")


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("campaign.json", "{", "not JSON"),
        ("campaign.json", "[]", "not an object"),
        ("campaign.json", "{}", "title is missing"),
        ("campaign.json", '{"title":"t"}', '"mr" is missing'),
        ("campaign.json", '{"title":"t","mr":"much"}', '"mr" is no amount'),
        ("campaign.json", '{"title":"t","mr":0.1}', '"mr" is no amount'),
        ("campaign.json", '{"title":"t","mr":"1","floor":"0.1"}', '"floor" is no amount'),
        ("campaign.json", '{"title":"t","mr":"1","golden":"g.jsonl"}', 'did you mean "gold"'),
        ("campaign.json", '{"title":"t","mr":"1","module":{"familiy":"x"}}', 'did you mean "family"'),
        ("campaign.json", '{"title":"t","mr":"1","policy":{"name":"evidense"}}', 'no policy "evidense"'),
        ("campaign.json", '{"title":"t","mr":"1","policy":{"params":{"teta":1}}}', 'did you mean "theta"'),
        ("campaign.json", '{"title":"t","mr":"1","z":"quick"}', "is none"),
        ("campaign.json", '{"title":"t","mr":"1","window_s":604801}', "under a minute or over 7 days"),
        ("campaign.json", '{"title":"t","mr":"1","redo_s":2592001}', "under a minute or over 30 days"),
        ("campaign.json", '{"title":"t","mr":"1","lasts_s":0}', "last no time"),
        ("tasks.jsonl", "", "no task"),
        ("tasks.jsonl", "[1]", "not a list of objects"),
        ("tasks.jsonl", "\udcff", "cannot be read"),
    ],
)
def test_files_that_cannot_be_used(tmp_path: Path, file: str, text: str, said: str) -> None:
    folder = write_campaign(tmp_path / "campaign")
    (folder / file).write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(GemsError) as caught:
        read_draft(folder)
    assert said in caught.value.message


def test_a_campaign_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(BadCampaignFile):
        read_draft(tmp_path / "nowhere")


def test_low_pay_and_worthless_redos_are_warned_of(tmp_path: Path) -> None:
    fair = preview(read_draft(write_campaign(tmp_path / "a", policy="consensus")), floor_of("8"))
    assert ["add gold" in warning for warning in fair.warnings] == [True]  # verifiers see the answer
    assert fair.hourly == Amount.gem("108")
    poor = write_campaign(tmp_path / "b", policy="consensus", mr="0.01 GEM", expected_seconds=60)
    low, worthless, dear, _ = preview(read_draft(poor), floor_of("8")).warnings
    assert "less than the floor" in low and "redo earns nothing" in worthless
    assert "leads by two" in dear
    assert (
        "does not correct" in preview(read_draft(write_campaign(tmp_path / "c")), floor_of("8")).warnings[0]
    )


def test_json_of_samples_is_usable(tmp_path: Path) -> None:
    from gems_desktop.local.samples import read_sample, sample_names
    from gems_platform.client.requesting.fitting import check_fit

    names = sample_names()
    drafts = {draft.manifest.policy.name: draft for draft in map(read_sample, names)}
    assert len(names) == 3 and set(drafts) == {"girm", "evidence", "consensus"}
    weighed = drafts["evidence"]
    assert len(weighed.gold) == 6 and len(weighed.practice) == 5 and weighed.pay.ms * 2 == weighed.pay.mr
    for name in names:
        draft = read_sample(name)
        check_fit(draft)
        assert all(task.reference for task in draft.tasks)
        assert all(
            task.gold is (place in {item.index for item in draft.gold})
            for place, task in enumerate(draft.tasks)
        )
        assert json.dumps(draft.manifest.to_json())
