# SPDX-License-Identifier: Apache-2.0
"""`gems module check` and `gems module render` from the outside: exit codes, JSON, and a picture of each sample."""

from __future__ import annotations

import json
import shutil
import struct
from pathlib import Path

import pytest

from gems_desktop.cli import main

ROOT = Path(__file__).resolve().parents[3]
SAMPLES = ROOT / "resources" / "samples"
NAMES = sorted(path.parent.name for path in SAMPLES.glob("*/config.xml"))
CONFIG = "<View><Text name='t' value='$t'/><Choices name='c' toName='t'><Choice value='a'/></Choices></View>"
PICTURE = CONFIG.replace("<Text name='t' value='$t'/>", "<Image name='t' value='$t'/>")


def call(*arguments: str | Path) -> int:
    """Run `gems module ...` in this process; argparse leaves with an exit."""
    try:
        return int(main(["module", *map(str, arguments)]) or 0)
    except SystemExit as left:
        assert isinstance(left.code, int)
        return left.code


def put(folder: Path, name: str, content: str | bytes) -> Path:
    """A file."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return put(tmp_path, "config.xml", CONFIG)


def sample_task(name: str, folder: Path) -> Path:
    """The first task of a sample, with its media beside it."""
    first = (SAMPLES / name / "tasks.jsonl").read_text("utf-8").splitlines()[0]
    media = SAMPLES / name / "media"
    if media.is_dir():
        for file in media.iterdir():
            shutil.copy(file, folder)
    return put(folder, "task.json", first)


def test_there_are_three_samples() -> None:
    assert NAMES == ["animal-boxes", "animal-photos", "sentence-topics"]


@pytest.mark.parametrize("name", NAMES)
def test_check_of_the_samples(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    task = sample_task(name, tmp_path)
    assert call("check", SAMPLES / name / "config.xml", "--data", task) == 0
    said = capsys.readouterr().out
    assert said.startswith("This config can be used.") and "Keys:" in said


def test_check_as_json(config: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("check", config, "--json") == 0
    report = json.loads(capsys.readouterr().out)
    assert report["usable"] is True and report["variables"] == ["t"]
    assert report["tags"] == ["View", "Text", "Choices", "Choice"] and report["keys"] == [["c", "a", "1"]]
    assert call("check", config, "--json", "--data", put(tmp_path, "task.json", "{}")) == 1
    assert json.loads(capsys.readouterr().out)["task_problems"] == ["The field t is missing."]


def test_an_unknown_tag_is_refused_by_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = put(
        tmp_path, "config.xml", CONFIG.replace("</View>", "\n<Paragraphs name='p' value='$p'/></View>")
    )
    assert call("check", config) == 1
    said = capsys.readouterr().out
    assert (
        said.startswith("This config cannot be used")
        and "line 2: the tag Paragraphs is not supported" in said
    )
    task = put(tmp_path, "task.json", '{"t": "x"}')
    assert call("render", config, "--data", task, "--png", tmp_path / "out.png") == 1
    assert "Paragraphs" in capsys.readouterr().err and not (tmp_path / "out.png").exists()


@pytest.mark.parametrize("verb", ["check", "render"])
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "cannot be read"),
        (b"\xff\xfe\xff", "is not text in UTF-8"),
        (b" " * 64_001, "is larger than 64000 bytes"),
    ],
)
def test_configs_that_cannot_be_read(
    verb: str, content: bytes | None, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = tmp_path / "config.xml"
    if content is not None:
        config.write_bytes(content)
    task = put(tmp_path, "task.json", '{"t": "x"}')
    more = ["--data", task, "--png", tmp_path / "out.png"] if verb == "render" else []
    assert call(verb, config, *more) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("content", ["", "{", "[]", "1", '"x"', "[" * 100_000, "null"])
def test_tasks_that_cannot_be_read(
    content: str, config: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call("check", config, "--data", put(tmp_path, "task.json", content)) == 2
    assert "task.json" in capsys.readouterr().err


@pytest.mark.parametrize("content", ['{"t": "x"}', '{"data": {"t": "x"}}', '[{"data": {"t": "x"}}]'])
def test_forms_of_a_task(content: str, config: Path, tmp_path: Path) -> None:
    assert call("check", config, "--data", put(tmp_path, "task.json", content)) == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("check",),
        ("mend", "x"),
        ("render", "c", "--data", "t"),
        ("render", "c", "--data", "t", "--png", "o", "--size", "12"),
        ("render", "c", "--data", "t", "--png", "o", "--size", "99x100"),
        ("render", "c", "--data", "t", "--png", "o", "--size", "10000x100"),
        ("render", "c", "--data", "t", "--png", "o", "--text-scale", "99"),
        ("render", "c", "--data", "t", "--png", "o", "--text-scale", "²"),
        ("render", "c", "--data", "t", "--png", "o", "--theme", "pink"),
    ],
)
def test_bad_calls(arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert call(*arguments) == 2
    assert "usage:" in capsys.readouterr().err


def png_size(path: Path) -> tuple[int, int]:
    """Width and height in a PNG's header."""
    head = path.read_bytes()[:24]
    assert head.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", head[16:24])
    return int(width), int(height)


@pytest.mark.parametrize(
    ("name", "size", "more"),
    [
        ("animal-boxes", (1000, 600), ()),
        ("animal-photos", (800, 1000), ("--theme", "dark")),
        ("sentence-topics", (640, 480), ("--theme", "contrast", "--text-scale", "200")),
    ],
)
def test_render(
    name: str,
    size: tuple[int, int],
    more: tuple[str, ...],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    from PySide6.QtGui import QImage

    out = tmp_path / "out.png"
    task = sample_task(name, tmp_path)
    config = SAMPLES / name / "config.xml"
    wanted = f"{size[0]}x{size[1]}"
    assert call("render", config, "--data", task, "--png", out, "--size", wanted, *more) == 0
    assert capsys.readouterr().out.strip().endswith(wanted)
    assert png_size(out) == size
    image = QImage(str(out))
    colours = {image.pixel(x, y) for x in range(0, size[0], 7) for y in range(0, size[1], 7)}
    assert len(colours) > (50 if name != "sentence-topics" else 3), "something is drawn"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("gone.png", "gone.png cannot be read"),
        ("../config.xml", "does not name a file beside the task"),
        ("http://127.0.0.1:9/x.png", "does not name a file beside the task"),
        ("sha256:" + "0" * 64, "names a file by its hash"),
        ("config.xml", "not a picture of a kind that is allowed"),
    ],
)
def test_media_that_is_not_there(
    value: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "task"
    folder.mkdir()
    config = put(tmp_path, "config.xml", PICTURE)
    put(folder, "config.xml", PICTURE)
    task = put(folder, "task.json", json.dumps({"t": value}))
    assert call("render", config, "--data", task, "--png", tmp_path / "out.png") == 1
    assert said in capsys.readouterr().err and not (tmp_path / "out.png").exists()


def test_a_picture_that_cannot_be_written(
    config: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    task = put(tmp_path, "task.json", '{"t": "x"}')
    out = tmp_path / "no" / "folder" / "out.png"
    assert call("render", config, "--data", task, "--png", out, "--size", "300x200") == 1
    assert "cannot be written" in capsys.readouterr().err


def test_media_may_lie_in_a_media_folder_as_campaigns_have_it(tmp_path: Path) -> None:
    campaign = SAMPLES / "animal-boxes"
    folder = tmp_path / "campaign"
    shutil.copytree(campaign, folder)
    first = json.loads((folder / "tasks.jsonl").read_text("utf-8").splitlines()[0])
    task = put(folder, "task.json", json.dumps(first["data"]))
    out = tmp_path / "out.png"
    assert call("render", folder / "config.xml", "--data", task, "--png", out, "--size", "400x300") == 0
    assert png_size(out) == (400, 300)
