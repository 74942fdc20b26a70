# SPDX-License-Identifier: Apache-2.0
"""Tasks from Label Studio, tables and series: names become hashes, annotations known answers, addresses are refused."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gems_platform.client.requesting.draft import BadCampaignFile, read_draft
from gems_platform.client.requesting.fitting import check_fit
from gems_platform.client.requesting.imported import Notes, TaskDraft, read_tasks
from gems_platform.client.requesting.label_studio import annotation_of, answer_from
from gems_platform.client.requesting.media_names import MediaNames, candidates
from gems_platform.client.requesting.row_checks import problems_of
from gems_platform.client.requesting.series import columns_of
from gems_protocol.modules import parse
from gems_protocol.modules.fields import task_problems

PNG = b"\x89PNG\r\n\x1a\n not looked at further"
WAV = b"RIFF\0\0\0\0WAVE not looked at further"
HASH = "sha256:" + hashlib.sha256(PNG).hexdigest()
BOXES = """<View><Image name="img" value="$image"/><RectangleLabels name="box" toName="img"><Label value="Cat"/>
<Label value="Dog"/></RectangleLabels><Choices name="mood" toName="img"><Choice value="calm"/></Choices></View>"""
TEXT = "<View><Text name='t' value='$t'/><Choices name='c' toName='t'><Choice value='a'/></Choices></View>"

KEYS = {
    *("id", "from_name", "to_name", "type", "value", "origin", "result", "ground_truth", "was_cancelled"),
    *(
        "x",
        "y",
        "width",
        "points",
        "rectanglelabels",
        "sequence",
        "item_index",
        "original_width",
        "annotations",
    ),
}


def put(folder: Path, name: str, content: object) -> Path:
    """A file: bytes, text, or anything else as JSON."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8", newline="")
    return path


def result(**changes: Any) -> dict[str, Any]:
    """A box as Label Studio's editor writes it."""
    value = {"x": 10.123456789, "y": 20, "width": 30.00000001, "height": 40, "rotation": 0}
    return {
        "original_width": 600,
        "original_height": 400,
        "image_rotation": 0,
        "value": {**value, "rectanglelabels": ["Cat"]},
        "id": "Abc-1_x",
        "from_name": "box",
        "to_name": "img",
        "type": "rectanglelabels",
        "origin": "manual",
        "score": None,
        **changes,
    }


def exported(image: str, *annotations: dict[str, Any]) -> dict[str, Any]:
    """A task as Label Studio exports it."""
    return {
        "id": 7,
        "data": {"image": image},
        "annotations": list(annotations),
        "predictions": [{"result": [], "model_version": "m"}],
        "meta": {},
        "project": 3,
    }


def test_annotations_become_known_answers(tmp_path: Path) -> None:
    first = {"result": [result(id="no")], "was_cancelled": True}
    usual, truth = {"result": [result()]}, {"result": [result(id="truth")], "ground_truth": True}
    rows = [
        exported("/data/upload/3/0a1b2c3d-cat.png", first, usual),
        exported("cat.png", usual, truth),
        exported("cat.png"),
        exported("cat.png", {"result": [result(value={"x": 1})]}),
        {"data": {"image": "cat.png"}, "reference": []},
    ]
    notes = Notes()
    tasks = read_tasks(put(tmp_path, "export.json", rows), parse(BOXES), notes)
    assert [task.gold for task in tasks] == [False, True, False, False, False]
    (answer,) = tasks[0].reference
    assert answer["id"] == "Abc-1_x" and "origin" not in answer and "score" not in answer
    assert answer["value"] == {
        "x": 10.1235,
        "y": 20,
        "width": 30,
        "height": 40,
        "rotation": 0,
        "rectanglelabels": ["Cat"],
    }
    assert tasks[1].reference[0]["id"] == "truth"
    assert tasks[2].reference is None and tasks[3].reference is None and tasks[4].reference == []
    said = notes.lines()
    assert said[0] == "Predictions of a model are left out (in 4 of the tasks)."
    assert said[1].startswith("tasks:4: its annotation is left out. A result in an answer")


def test_a_whole_export_becomes_a_campaign(tmp_path: Path) -> None:
    put(tmp_path, "media/cat.png", PNG)
    put(tmp_path, "config.xml", BOXES)
    put(tmp_path, "campaign.json", {"title": "t", "mr": "1 GEM", "tasks": "export.json"})
    names = [
        "/data/upload/3/0a1b2c3d-cat.png",
        "/data/local-files/?d=photos%2Fcat.png",
        "cat.png",
        "upload/cat.png",
    ]
    rows = [exported(name, {"result": [result()], "ground_truth": True}) for name in names]
    put(tmp_path, "export.json", rows)
    draft = read_draft(tmp_path)
    check_fit(draft)
    assert [task.data for task in draft.tasks] == [{"image": HASH}] * 4
    assert len(draft.gold) == 4 and draft.notes == (
        "Predictions of a model are left out (in 4 of the tasks).",
    )
    assert list(draft.media) == [HASH.removeprefix("sha256:")] and len(draft.names) == 1


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a/b.png", ("a/b.png",)),
        ("a%20b.png", ("a%20b.png", "a b.png")),
        (
            "/data/upload/12/0a1b2c3d-cat.png",
            ("data/upload/12/0a1b2c3d-cat.png", "0a1b2c3d-cat.png", "cat.png"),
        ),
        ("/data/local-files/?d=x%2Fcat.png&y=1", ("x/cat.png", "cat.png")),
        ("C:\\photos\\cat.png", ("cat.png",)),
        ("/home/me/cat.png", ("cat.png",)),
        ("photos\\cat.png", ("photos/cat.png", "cat.png")),
    ],
)
def test_where_a_name_is_looked_for(text: str, found: tuple[str, ...]) -> None:
    assert candidates(text) == found


@pytest.mark.parametrize(
    "address",
    ["http://a.b/c.png", "https://a.b/c.png", "s3://bucket/c.png", "gs://b/c.png", "data:image/png;base64,AAAA",
     "azure-blob://b/c.png", "file:///etc/passwd"],
)  # fmt: skip
def test_addresses_are_refused_by_name(address: str, tmp_path: Path) -> None:
    put(tmp_path, "config.xml", BOXES)
    put(tmp_path, "campaign.json", {"title": "t", "mr": "1 GEM"})
    put(tmp_path, "tasks.jsonl", json.dumps({"image": address}))
    with pytest.raises(
        BadCampaignFile, match=r"tasks:1: The field image holds an address .*download the file first"
    ):
        read_draft(tmp_path)


@pytest.mark.parametrize(
    "name", ["../secret.png", "/etc/../secret.png", "/data/local-files/?d=../secret.png", "a\0b"]
)
def test_no_task_reaches_beyond_its_folder(name: str, tmp_path: Path) -> None:
    put(tmp_path, "secret.png", PNG)
    (tmp_path / "tasks").mkdir()
    (tmp_path / "tasks" / "link.png").symlink_to(tmp_path / "secret.png")
    media = MediaNames((tmp_path / "tasks",), parse(BOXES))
    for value in (name, "link.png"):
        told: list[str] = []
        media.named({"image": value}, told)
        assert len(told) == 1 and "is not there" in told[0]
    assert not media.media


def test_names_in_lists_html_and_fields_of_sound(tmp_path: Path) -> None:
    put(tmp_path, "a.png", PNG)
    put(tmp_path, "s.wav", WAV)
    sound = "sha256:" + hashlib.sha256(WAV).hexdigest()
    config = """<View><Image name="i" valueList="$pages"/><Paragraphs name="p" value="$talk" audioUrl="$sound"/>
      <List name="l" value="$items"/><Ranker name="r" toName="l"/><Choices name="c" toName="p" value="$kinds"/>
      <Text name="t" value="$words"/><HyperText name="h" value="$page"/></View>"""
    data = {
        "pages": ["a.png", "a.png"],
        "talk": [{"author": "A", "text": "see a.png"}],
        "sound": "s.wav",
        "items": [{"id": "1", "title": "One", "html": "<p>One <img alt='x' src='a.png'></p>"}],
        "kinds": [
            {"value": "k", "html": '<IMG width=3 SRC="a.png" />'},
            {"value": "l", "html": "<img src=a.png>"},
        ],
        "words": "a.png",
        "page": "<p><img src='http://a.b/c.png'>words</p>",
        "more": {"deep": ["a.png"], "words": "not a file.png"},
    }
    told: list[str] = []
    module = parse(config)
    media = MediaNames((tmp_path,), module)
    found = media.named(data, told)
    assert told == [] and task_problems(module, found) == []
    assert found["pages"] == [HASH, HASH] and found["sound"] == sound and found["words"] == "a.png"
    assert found["items"][0]["html"] == f"<p>One <img alt='x' src=\"{HASH}\"></p>"
    assert found["kinds"][0]["html"] == f'<IMG width=3 SRC="{HASH}" />'
    assert found["kinds"][1]["html"] == f'<img src="{HASH}">'
    assert found["more"] == {"deep": [HASH], "words": "not a file.png"} and found["page"] == data["page"]
    assert set(media.names.values()) == {"a.png", "s.wav"}
    for bad in ("<img src='http://a.b/c.png'>", "<img src='gone.png'>"):
        told = []
        media.named({"items": [{"id": "1", "html": bad}]}, told)
        assert len(told) == 1


@pytest.mark.parametrize(
    ("tag", "control", "content", "said"),
    [
        ("Image", "Choices", WAV, "is not a picture"),
        ("Audio", "Choices", PNG, "is not a recording"),
        ("Video", "Choices", WAV, "is not a video"),
        ("Pdf", "Choices", PNG, "is not a PDF file"),
        ("Image", "Choices", b"GIF89a", "is not a picture"),
        ("Image", "Choices", b"<svg/>", "is not a picture"),
    ],
)
def test_kinds_that_are_not_allowed(
    tag: str, control: str, content: bytes, said: str, tmp_path: Path
) -> None:
    put(tmp_path, "f.bin", content)
    config = f"<View><{tag} name='x' value='$x'/><{control} name='c' toName='x'><Choice value='a'/></{control}></View>"
    told: list[str] = []
    MediaNames((tmp_path,), parse(config)).named({"x": "f.bin"}, told)
    assert len(told) == 1 and said in told[0]


def test_cells_with_json_are_opened_where_a_list_is_shown(tmp_path: Path) -> None:
    config = """<View><Paragraphs name="p" value="$talk"/><Choices name="c" toName="p" value="$kinds"/>
      <Table name="tab" value="$row"/><Text name="t" value="$words"/></View>"""
    talk = '[{""author"": ""A"", ""text"": ""Hi""}]'
    text = f'talk,kinds,row,words,other\n"{talk}","[""a"",""b""]","{{""k"": 1}}","[not json]","[1]"\n'
    (task,) = read_tasks(put(tmp_path, "t.csv", text), parse(config))
    assert task.data == {
        "talk": [{"author": "A", "text": "Hi"}],
        "kinds": ["a", "b"],
        "row": {"k": 1},
        "words": "[not json]",
        "other": "[1]",
    }
    assert task_problems(parse(config), task.data) == []


@pytest.mark.parametrize(
    "text", ['{"t": NaN}', "[" * 100_000, '{"t": 1e400}', '{"t": 123456789012345678901}']
)
def test_json_that_no_one_else_reads_alike_is_refused(text: str, tmp_path: Path) -> None:
    for name in ("t.json", "t.jsonl"):
        with pytest.raises(BadCampaignFile, match="not what its ending says"):
            read_tasks(put(tmp_path, name, text))


def test_known_answers_in_a_table(tmp_path: Path) -> None:
    answer = [{"id": "c", "from_name": "c", "to_name": "t", "type": "choices", "value": {"choices": ["a"]}}]
    cell = json.dumps(answer).replace('"', '""')
    path = put(tmp_path, "t.csv", f't,reference,gold\nx,"{cell}",true\ny,"{cell}",\nz,,\n')
    one, two, three = read_tasks(path, parse(TEXT))
    assert one.gold and one.reference == answer and one.data == {"t": "x"}
    assert not two.gold and two.reference == answer and two.data == {"t": "y"}
    assert three.reference is None and three.data == {"t": "z"}


# ------------------------------------------------------------------------------------------------ series
def series(
    attributes: str = 'timeColumn="time"', channels: str = '<Channel column="a"/><Channel column="b"/>'
) -> Any:
    """A TimeSeries node."""
    config = f"""<View><TimeSeries name="ts" value="$csv" valueType="url" {attributes}>{channels}</TimeSeries>
      <TimeSeriesLabels name="l" toName="ts"><Label value="x"/></TimeSeriesLabels></View>"""
    return parse(config).objects()[0]


def test_a_series_becomes_columns() -> None:
    text = "time,a,b,unused\n0,1.5,x,9\n1,-2e3,,9\n2,3,\n"
    assert columns_of(text, series()) == {"time": [0, 1, 2], "a": [1.5, -2000, 3], "b": ["x", None, None]}
    assert columns_of("TIME;A;B\n0;1;2\n", series('timeColumn="time" sep=";"'))["a"] == [1]
    assert columns_of("time\ta\tb\n0\t1\t2\n", series('timeColumn="time" sep="\\t"'))["b"] == [2]
    bare = series('timeColumn="0"', '<Channel column="2"/>')
    assert columns_of("0,5,7\n1,6,8\n", bare) == {"0": [0, 1], "2": [7, 8]}
    assert columns_of("when,x,y\n0,5,7\n", bare) == {"0": [0], "2": [7]}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "empty"),
        ("time,a,b\n", "1 to 20000 rows"),
        ("time,a\n0,1\n", "has no column b"),
        ("time,a,b\n" + "0,1,2\n" * 20_001, "1 to 20000 rows"),
        ("time,a,b\n" + "1.123456,1.123456,2.123456\n" * 10_000, "keep about"),
    ],
)
def test_series_that_do_not_fit(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        columns_of(text, series())


def test_a_series_is_read_from_the_file_that_a_task_names(tmp_path: Path) -> None:
    module = parse(
        """<View><TimeSeries name="ts" value="$csv" valueType="url" timeColumn="time"><Channel column="a"/></TimeSeries>
        <TimeSeriesLabels name="l" toName="ts"><Label value="x"/></TimeSeriesLabels></View>"""
    )
    put(tmp_path, "s.csv", "time,a\n0,1\n1,2\n")
    media = MediaNames((tmp_path,), module)
    told: list[str] = []
    found = media.named({"csv": "s.csv"}, told)
    assert told == [] and found == {"csv": {"time": [0, 1], "a": [1, 2]}}
    assert media.named({"csv": "time,a\n5,6\n"}, told) == {"csv": {"time": [5], "a": [6]}}
    assert task_problems(module, found) == [] and not media.media
    for bad, said in (
        ("gone.csv", "not there"),
        ("https://a.b/s.csv", "an address"),
        ("s.csv\n1", "no column"),
    ):
        told = []
        media.named({"csv": bad}, told)
        assert said in told[0]


@pytest.mark.parametrize(
    ("tag", "head", "most"), [("Image", PNG, 32), ("Pdf", b"%PDF-1.7 ", 64), ("Audio", WAV, 512)]
)
def test_files_that_are_too_large_are_told(tag: str, head: bytes, most: int, tmp_path: Path) -> None:
    with put(tmp_path, "f.bin", head).open("r+b") as file:
        file.truncate((most << 20) + 1)  # a hole on the disk
    config = (
        f"<View><{tag} name='x' value='$x'/><Choices name='c' toName='x'><Choice value='a'/></Choices></View>"
    )
    told: list[str] = []
    MediaNames((tmp_path,), parse(config)).named({"x": "f.bin"}, told)
    assert told == [f"The field x: the file f.bin is larger than {most} MB."]


JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["cat.png", "box"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(sorted(KEYS)) | st.text(max_size=5), inner, max_size=6)
    ),
    max_leaves=25,
)


@given(value=JUNK)
def test_whatever_an_export_holds_nothing_falls_over(value: Any) -> None:
    module = parse(BOXES)
    results = value if isinstance(value, list) else [value]
    answer = answer_from(results, module)
    assert len(answer) == len(results)
    annotation_of({"annotations": value})
    told: list[str] = []
    MediaNames((Path("/nowhere"),), module).named({"image": value, "more": value}, told)
    problems_of(TaskDraft({"image": value}, answer), module, MediaNames((Path("/nowhere"),), module))
