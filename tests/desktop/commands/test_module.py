# SPDX-License-Identifier: Apache-2.0
"""`gems module check` and `gems module render` from the outside: exit codes, JSON, and a picture of each sample."""

from __future__ import annotations

import json
import shutil
import struct
from pathlib import Path

import pytest

from gems_desktop.cli import main
from gems_platform.client.requesting.module_files import READY, ready_names

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


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("t.jsonl", '{"t": "a"}\n{"t": oops}\n', "Line 2 is not valid JSON (Expecting value at column 7)"),
        ("t.json", '[{"t": "a"},\n{"t": oops}]', "not valid JSON (Expecting value at line 2, column 7)"),
        ("t.jsonl", '{"t": "a", "t": "b"}\n', "Line 1 is not valid JSON (a key stands twice)"),
    ],
)
def test_a_broken_file_of_tasks_is_named_with_its_place(
    name: str, text: str, said: str, config: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call("check", config, "--data", put(tmp_path, name, text)) != 0
    told = "".join(capsys.readouterr())
    assert said in told and name in told


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
        tmp_path, "config.xml", CONFIG.replace("</View>", "\n<Repeater name='p' value='$p'/></View>")
    )
    assert call("check", config) == 1
    said = capsys.readouterr().out
    assert said.startswith("This config cannot be used")
    assert "line 2: the tag Repeater is not supported: write its content out" in said
    task = put(tmp_path, "task.json", '{"t": "x"}')
    assert call("render", config, "--data", task, "--png", tmp_path / "out.png") == 1
    assert "Repeater" in capsys.readouterr().err and not (tmp_path / "out.png").exists()


@pytest.mark.parametrize(
    ("extra", "said"),
    [
        ("<Choises/>", "did you mean Choices?"),
        ("<Marquee/>", "leave it out, or ask"),
        (
            "<Image name='i' value='$i' resolver='x'/>",
            "resolver, which is not supported: put what it would fetch",
        ),
    ],
)
def test_what_to_do_is_said(
    extra: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call("check", put(tmp_path, "config.xml", CONFIG.replace("</View>", f"{extra}</View>"))) == 1
    assert said in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("t.csv", 'photo,kind\nhere.png,"[""a""]"\ngone.png,x\nfake.png,[]\nhttp://a.b/c.png,[]\n'),
        ("t.tsv", 'photo\tkind\nhere.png\t["a"]\ngone.png\tx\nfake.png\t[]\nhttp://a.b/c.png\t[]\n'),
        (
            "t.jsonl",
            "\n".join(
                json.dumps({"photo": photo, "kind": kind})
                for photo, kind in [
                    ("here.png", ["a"]), ("gone.png", "x"), ("fake.png", []), ("http://a.b/c.png", []),
                ]
            ),
        ),
    ],
)  # fmt: skip
def test_problems_of_tasks_are_told_row_by_row(
    name: str, text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = put(
        tmp_path,
        "config.xml",
        "<View><Image name='i' value='$photo'/><Choices name='c' toName='i' value='$kind'/></View>",
    )
    put(tmp_path, "here.png", b"\x89PNG\r\n\x1a\n not looked at further")
    put(tmp_path, "fake.png", b"MZ no picture at all")
    assert call("check", config, "--data", put(tmp_path, name, text), "--json") == 1
    report = json.loads(capsys.readouterr().out)
    assert report["rows"] == 4 and not report["usable"]
    told = "\n".join(report["task_problems"])
    assert "Row 1" not in told
    assert "Row 2: The field photo: the file gone.png is not there." in told
    assert "Row 2: The field kind: the options of a task are not a list." in told
    assert "Row 3: The field photo: the file fake.png is not a picture (PNG, JPEG or WebP)" in told
    assert "Row 4: The field photo holds an address (http://a.b/c.png): download the file first" in told


def test_a_task_that_is_too_large_is_told(
    config: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    row = json.dumps({"t": "x", "more": ["y" * 1000] * 70})
    assert call("check", config, "--data", put(tmp_path, "t.json", row)) == 1
    assert "larger than 64 kB" in capsys.readouterr().out


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
    more: list[str | Path] = ["--data", task, "--png", tmp_path / "out.png"] if verb == "render" else []
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
        ("render", "c", "--data", "t", "--png", "o", "--row", "0"),
        ("render", "c", "--data", "t", "--png", "o", "--lang", "xx"),
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
        ("gone.png", "the file gone.png is not there"),
        ("../config.xml", "config.xml is not there"),
        ("http://127.0.0.1:9/x.png", "download the file first"),
        ("sha256:" + "0" * 64, "names a file by its hash"),
        ("config.xml", "config.xml is not a picture (PNG, JPEG or WebP)"),
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


def test_an_answer_can_be_shown_and_the_review(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = "animal-boxes"
    task = sample_task(name, tmp_path)
    config = SAMPLES / name / "config.xml"
    pictures: list[bytes] = []
    for more in ((), ("--answer", task), ("--answer", task, "--review"), ("--lang", "ar")):
        out = tmp_path / f"{len(pictures)}.png"
        assert call("render", config, "--data", task, "--png", out, "--size", "900x600", *more) == 0
        pictures.append(out.read_bytes())
    assert len(set(pictures)) == 4
    wrong = put(tmp_path, "wrong.json", '[{"id": "a"}]')
    assert call("render", config, "--data", task, "--png", out, "--answer", wrong) == 1
    assert "This answer does not fit" in capsys.readouterr().err


def test_one_row_of_many(config: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tasks = put(tmp_path, "t.csv", "t\na\nb\n")
    out = tmp_path / "out.png"
    assert call("render", config, "--data", tasks, "--row", "2", "--png", out, "--size", "300x200") == 0
    assert call("render", config, "--data", tasks, "--row", "3", "--png", out) == 2
    assert "has 2 tasks only" in capsys.readouterr().err
    assert call("render", config, "--png", out) == 2
    assert "Name a file of tasks" in capsys.readouterr().err


@pytest.mark.parametrize("name", ready_names())
def test_a_ready_module_is_drawn_with_its_right_answer(name: str, tmp_path: Path) -> None:
    practice = READY / name / "practice.jsonl"
    pictures: list[bytes] = []
    for more in ((), ("--answer", tmp_path / "answer.json", "--review")):
        if more and not practice.exists():
            continue
        if more:
            put(tmp_path, "answer.json", practice.read_text("utf-8").splitlines()[0])
        out = tmp_path / f"{len(pictures)}.png"
        assert call("render", name, "--png", out, "--size", "900x560", *more) == 0
        pictures.append(out.read_bytes())
    assert len(set(pictures)) == len(pictures)


VECTORS = ROOT / "tests" / "vectors" / "media"
PHOTOS = SAMPLES / "animal-photos" / "media"
EVERY = [
    ("<Image name='o' valueList='$o'/>", ["cat.jpg", "owl.jpg"], ["cat.jpg", "owl.jpg"]),
    ("<Video name='o' value='$o'/>", "counter.mp4", ["counter.mp4"]),
    ("<Audio name='o' value='$o'/>", "tone.wav", ["tone.wav"]),
    ("<Paragraphs name='o' value='$o' audioUrl='$s'/>", [{"author": "A", "text": "Hello"}], ["tone.wav"]),
    ("<TimeSeries name='o' value='$o' timeColumn='t'><Channel column='a'/></TimeSeries>", "s.csv", []),
    (
        "<List name='o' value='$o'/>",
        [{"id": "1", "title": "One", "html": "<img src='cat.jpg'>"}],
        ["cat.jpg"],
    ),
    ("<HyperText name='o' value='$o'/>", "<h1>Title</h1><p>Words<br>and more</p>", []),
    ("<Table name='o' value='$o'/>", [{"a": 1, "b": "two"}], []),
    ("<Chat name='o' value='$o'/>", [{"role": "user", "content": "Hello"}], []),
]


def test_a_pdf_beside_the_task_is_drawn(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from PySide6.QtGui import QImage

    page = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R>>endobj "
        b"4 0 obj<</Length 26>>stream\n1 0 0 rg 50 50 100 100 re f\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    )
    put(tmp_path, "page.pdf", page)
    config = put(tmp_path, "config.xml", CONFIG.replace("<Text", "<Pdf"))
    task = put(tmp_path, "task.json", '{"t": "page.pdf"}')
    assert call("check", config, "--data", task) == 0
    out = tmp_path / "out.png"
    assert call("render", config, "--data", task, "--png", out, "--size", "700x500") == 0
    image = QImage(str(out))
    red = [image.pixelColor(x, y) for x in range(0, 700, 10) for y in range(0, 500, 10)]
    assert sum(pixel.red() > 200 > 60 > pixel.green() for pixel in red) > 20, "the page is there"
    put(tmp_path, "page.pdf", "no PDF at all")
    assert call("check", config, "--data", task) == 1
    assert "is not a PDF file" in capsys.readouterr().out


@pytest.mark.parametrize(("shown", "value", "names"), EVERY, ids=[case[0][1:].split()[0] for case in EVERY])
def test_every_tag_is_drawn_with_its_files(
    shown: str, value: object, names: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in names:
        found = next(
            p for p in (VECTORS / name, PHOTOS / name, READY / "transcription/media" / name) if p.is_file()
        )
        shutil.copy(found, tmp_path / name)
    put(tmp_path, "s.csv", "t,a\n" + "".join(f"{number},{number % 7}\n" for number in range(60)))
    asked = "<Choices name='c' toName='o'><Choice value='a'/></Choices>"
    config = put(tmp_path, "config.xml", f"<View>{shown}{asked}</View>")
    task = put(tmp_path, "task.json", json.dumps([{"id": 3, "data": {"o": value, "s": "tone.wav"}}]))
    assert call("check", config, "--data", task) == 0, capsys.readouterr().out
    out = tmp_path / "out.png"
    assert call("render", config, "--data", task, "--png", out, "--size", "700x500") == 0
    assert png_size(out) == (700, 500)
