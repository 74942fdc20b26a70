# SPDX-License-Identifier: Apache-2.0
"""`gems campaign preview`, `launch`, `watch`, `rate` and `results --follow` as somebody types them."""

from __future__ import annotations

import asyncio
import contextlib
import io
import json
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from gems_desktop.cli import main
from gems_desktop.commands.progress_words import as_json, in_words
from gems_platform.client.floors import BadFloor, floor_of
from gems_platform.client.progress import progress_of
from gems_platform.client.requesting.draft import read_draft
from gems_platform.client.requesting.files import BadCampaignFile
from gems_platform.client.requesting.imported import read_tasks
from gems_platform.client.requesting.requester import MOST_TASKS, TooLarge, check_size
from gems_protocol.amount import Amount
from gems_protocol.rate import Rate
from tests.desktop.local.world import write_campaign
from tests.platform.clients import network_file, pictures
from tests.platform.conftest import HandClock
from tests.platform.conftest import clock as clock
from tests.platform.progress_value import VALUE
from tests.platform.world import World, world

Typed = Callable[..., Awaitable[tuple[str, str]]]


@pytest.fixture
def typed(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Typed:
    """Run `gems campaign` beside the test's own servers; what it wrote, after the exit status that is expected."""

    async def run(*words: str | Path, status: int = 0) -> tuple[str, str]:
        monkeypatch.setattr(sys, "stdin", io.StringIO())
        capsys.readouterr()
        code = await asyncio.to_thread(main, ["campaign", *(str(word) for word in words)])
        said = capsys.readouterr()
        assert code == status, said
        return said.out, said.err

    return run


@contextlib.asynccontextmanager
async def ticking(live: World) -> AsyncIterator[None]:
    """The platform looks at its chain by itself."""

    async def on() -> None:
        while True:
            await live.tick()
            await asyncio.sleep(0.2)

    task = asyncio.create_task(on())
    yield
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


async def test_from_files_to_followed_results(tmp_path: Path, clock: HandClock, typed: Typed) -> None:
    async with world(tmp_path, clock) as live, ticking(live):
        network, key = network_file(live, tmp_path)
        who = ("--network", network, "--key-file", key)
        folder = pictures(tmp_path / "c", 2)
        out, err = await typed("launch", folder, *who, status=2)
        assert out == "" and "Escrow in all" in err and "Nobody confirmed." in err
        out, err = await typed("launch", folder, *who, "--yes")
        campaign = out.strip()
        assert "are in escrow for 2 tasks" in err and "1 of 1 files" in err
        out, err = await typed("launch", folder, *who)  # it costs nothing, so nobody is asked
        assert out.strip() == campaign and "launched before" in err
        out, _ = await typed("watch", campaign, *who, "--once")
        assert "0 of 2 tasks done" in out and "2 open" in out and "\x1b" not in out
        out, _ = await typed("watch", campaign, *who, "--once", "--json")
        value = json.loads(out)
        assert (
            value["tasks"] == {"open": 2} and value["over"] is False and value["escrowed"] == value["funded"]
        )
        _, err = await typed("watch", campaign, *who, "--once", "--hourly-floor", "9 USD", status=2)
        assert "worth in USD" in err
        assert "Nobody has rated it" in (await typed("rate", campaign, *who))[0]
        await typed("cancel", campaign, *who)
        out, _ = await typed("watch", campaign, *who, "--every", "1")
        assert "over" in out
        kept = tmp_path / "results.jsonl"
        for _ in range(2):  # again adds nothing
            await typed("results", campaign, *who, "--follow", "--out", kept)
            assert [json.loads(line)["index"] for line in kept.read_text().splitlines()] == [0, 1]
        kept.write_text(kept.read_text()[:-5])  # a line that was cut off is written again
        await typed("results", campaign, *who, "--follow", "--out", kept)
        assert [json.loads(line)["state"] for line in kept.read_text().splitlines()] == ["cancelled"] * 2
        kept.write_text("something else\n")
        _, err = await typed("results", campaign, *who, "--follow", "--out", kept, status=2)
        assert "something else" in err and kept.read_text() == "something else\n"
        _, err = await typed("results", campaign, *who, "--follow", "--format", "csv", status=2)
        assert "JSON Lines" in err


async def test_a_preview_shows_tasks_pay_and_a_trial(tmp_path: Path, typed: Typed) -> None:
    folder = write_campaign(tmp_path / "c", policy="consensus", tasks=5)
    out, err = await typed("preview", folder, "--show", "2", "--hourly-floor", "200")
    assert "Task 2 of 5 (tasks:2)" in out and "[Text] Sentence 1 is bad." in out and "( ) good" in out
    assert "less than the floor of 200.00 GEM" in err and "at the expected 10 s a task" in err
    _, err = await typed("preview", folder, "--seconds-per-task", "1000")
    assert "at 1000 s a task, as tried" in err and "A reward of" in err
    out, err = await typed("preview", folder, "--rows", "2-3")
    assert "Task 1 of 2 (tasks:2)" in out
    _, err = await typed("preview", folder, "--hourly-floor", "a lot", status=2)
    assert "is none" in err


@pytest.mark.long
async def test_a_preview_is_drawn(tmp_path: Path, typed: Typed) -> None:
    _, err = await typed("preview", write_campaign(tmp_path / "c"), "--png", tmp_path / "p", "--show", "1")
    assert (tmp_path / "p" / "task-1.png").read_bytes().startswith(b"\x89PNG") and "task-1.png" in err


def test_a_trial_is_timed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, ticks = write_campaign(tmp_path / "c"), iter(range(0, 1_000, 7))
    monkeypatch.setattr("gems_desktop.commands.campaign_preview.time.monotonic", lambda: next(ticks))
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n\n"))
    assert main(["campaign", "preview", str(folder), "--trial"]) == 0
    said = capsys.readouterr().err
    assert "You took 7 s for a task (the median of 2)." in said and "154.2857 GEM" in said


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("t.csv", "text\na\nb,c\n", "row 2 of t.csv has not as many cells as there are columns (line 3)"),
        ("t.csv", 'text,more\n"a\nb",c\nd\n', "(line 4)"),
        ("t.csv", "text,text\na,b\n", 'names the column "text" twice in line 1'),
        ("t.csv", 'text\n"a', "near line 1: unexpected end of data"),
        ("t.jsonl", '{"text":"a"}\n\n{"text":\n', "Line 3 is not valid JSON"),
        ("t.jsonl", '{"text":"a"}\n[]\n', "line 2 is none"),
        ("t.jsonl", '{"data":{"text":"a"},"gold":true}\n', "(line 1 of t.jsonl)"),
        ("t.json", '[{"text":"a"},]', "It is not valid JSON ("),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, name: str, text: str, said: str) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(BadCampaignFile) as caught:
        read_tasks(tmp_path / name)
    assert said in caught.value.message and "Nothing was sent" in caught.value.safe


def test_rows_are_read_as_they_are_needed(tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    path.write_text('{"text":"a"}\n{"text":"b"}\nthis line is broken\n')
    assert [task.data["text"] for task in read_tasks(path, rows=range(2, 3))] == ["b"]
    with pytest.raises(BadCampaignFile):  # the control: it is read when it is asked for
        read_tasks(path)


def test_fields_that_nothing_shows_are_told(tmp_path: Path) -> None:
    folder = write_campaign(tmp_path / "c")
    (folder / "tasks.csv").write_text("text,patient\na,Jo\n")
    draft = read_draft(folder, folder / "tasks.csv")
    assert any('"patient"' in note and "get them all the same" in note for note in draft.notes)
    assert not read_draft(folder).notes


def test_a_campaign_that_is_too_large_is_told_before_it_is_sent() -> None:
    tasks = [{"text": "a"}]
    check_size({"tasks": tasks * MOST_TASKS})
    with pytest.raises(TooLarge, match="at most 20000 tasks") as caught:
        check_size({"tasks": tasks * (MOST_TASKS + 1)})
    assert "--rows 1-20000, then --rows 20001-20001" in caught.value.action
    with pytest.raises(TooLarge) as caught:
        check_size({"tasks": [{"text": "a" * 60_000}] * 200})
    assert "--rows 1-119" in caught.value.action


def test_floors_in_gem_and_in_a_currency() -> None:
    assert floor_of("8").amount == floor_of("8.00 GEM").amount == Amount.gem("8")
    rate = Rate("USD", 250_000_000, "test", 1)  # 2.50 USD a GEM
    floor = floor_of("10 USD", [rate])
    assert floor.amount == Amount.gem("4") and floor.text == "10 USD (4.00 GEM)"
    warning = floor.warning(Amount.gem("0.01"), 10, "measured")
    assert warning is not None and "3.60 GEM (measured)" in warning
    assert floor.warning(Amount.gem("0.02"), 10, "measured") is None
    for text in ("", "-1", "8 XXX", "8 usd", "1e9", "10 EUR"):
        with pytest.raises(BadFloor):
            floor_of(text, [rate])


def test_a_look_in_words() -> None:
    value = {
        **VALUE,
        "tasks": {"open": 2, "in_review": 1, "accepted": 3, "paid": 4},
        "held": 3,
        "attempts": {"submitted": 9, "accepted": 7, "rejected": 1},
        "disagreement": {"part": 2, "whole": 8, "lower": 0.07, "upper": 0.59},
        "rejections": {"wrong_label": 3, "": 1},
        "money": {
            "funded": "3000000000000000000",
            "due": "2000000000000000000",
            "signed": "0",
            "redeemed": "0",
        },
        "last_hour": {"submitted": 4, "judged": 6},
        "first_submission_at": VALUE["at"] - 7_200,
        "last_submission_at": VALUE["at"],
        "median_seconds": 600,
        "measured": 9,
    }
    text = "\n".join(in_words(progress_of(value), floor_of("8")))
    for part in (
        "7 of 10 tasks done (70 %)  about 30 min left",
        "2 open, 1 in review, 3 accepted, 4 paid",
        "2.00 GEM for work so far",
        "1.00 left in escrow",
        "3 wait for your objection",
        "2 of 8 judged tasks (95 % bounds 7% to 59%)",
        "3 wrong label, 1 no reason given",
        "1.80 GEM measured (600 s a task, 9 answers)",
        "Warning       An hour of this work pays 1.80 GEM (measured)",
    ):
        assert part in text, text
    assert as_json(progress_of(value), floor_of("8"))["below_floor"] is True
