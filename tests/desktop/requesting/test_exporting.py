# SPDX-License-Identifier: Apache-2.0
"""Results as a Label Studio project, read back alike, and through label-studio-sdk's converter (with --long)."""

from __future__ import annotations

import csv
import json
import stat
import struct
import subprocess
import sys
from argparse import Namespace
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree

import pytest

from gems_desktop.commands import campaign_export
from gems_platform.client.requesting import sdk_convert, sdk_export
from gems_platform.client.requesting.exporting import (
    as_given,
    config_for_import,
    flat_names,
    project,
    restored,
)
from gems_platform.client.requesting.imported import read_tasks
from gems_platform.client.requesting.media_names import MediaNames
from gems_platform.client.requesting.module_files import READY, read_module, ready_names
from gems_platform.client.requesting.sdk_export import FORMATS, CannotConvert, convert, interpreter
from gems_platform.client.requesting.sent_tasks import Sent, TasksNotKept, keep_sent, path_of, read_sent
from gems_protocol.campaign import content_root
from gems_protocol.modules import parse
from tests.helpers.sdk import sdk_python

ID = "0x" + "ab" * 32
NAMES = [name for name in ready_names() if name != "summarisation"]


def done(name: str) -> tuple[Sent, list[dict[str, Any]]]:
    """A campaign of a ready module's practice set, all answered, and one task without an answer."""
    package = read_module(READY / name)
    media = MediaNames((READY / name / "media",), parse(package.config))
    told: list[str] = []
    tasks = [media.named(item.data, told) for item in package.practice]
    rows = [
        {"index": place, "state": "accepted", "attempts": 1, "answer": item.answer, "votes": []}
        for place, item in enumerate(package.practice)
    ]
    rows.append({"index": len(tasks), "state": "open", "attempts": 0, "answer": None, "votes": []})
    return Sent(package.config, (*tasks, tasks[0]), media.names, media.media), rows


@pytest.mark.parametrize("name", NAMES)
def test_a_project_is_read_back_as_it_was(name: str, tmp_path: Path) -> None:
    sent, rows = done(name)
    tasks = project(sent, rows, as_given(sent))
    assert [len(task["annotations"]) for task in tasks] == [1] * (len(rows) - 1) + [0]
    assert "sha256:" not in json.dumps(tasks)
    assert all(
        r["origin"] == "manual" for t in tasks for a in t["annotations"] for r in a["result"] if "id" in r
    )
    path = tmp_path / "project.json"
    path.write_text(json.dumps(tasks), "utf-8")
    package = read_module(READY / name)
    again = read_tasks(path, parse(package.config))
    assert [task.data for task in again] == [
        *(item.data for item in package.practice),
        package.practice[0].data,
    ]
    assert [task.reference for task in again] == [*(item.answer for item in package.practice), None]


def test_names_are_put_back_everywhere() -> None:
    one, two = "1" * 64, "2" * 64
    sent = Sent("", (), {one: "photos/a b.png", two: "more/a b.png"})
    value = {
        "list": [f"sha256:{one}"],
        "html": f'<img src="sha256:{two}">',
        "other": "sha256:" + "3" * 64,
        "n": 1,
    }
    found = restored(value, as_given(sent, "/data/local-files/?d="))
    assert found["list"] == ["/data/local-files/?d=photos/a%20b.png"]
    assert found["html"] == '<img src="/data/local-files/?d=more/a%20b.png">'
    assert found["other"] == "sha256:" + "3" * 64 and found["n"] == 1
    assert flat_names(sent) == {one: "a_b.png", two: "a_b-2.png"}
    assert set(flat_names(Sent("", (), {one: "../../..", two: "C:\\x\\..png"})).values()) == {
        "file",
        "file.png",
    }


def test_a_series_is_imported_from_the_task() -> None:
    config = "<View><TimeSeries name='a' valueType='url' value='$a'/><Text valueType=\"url\"/></View>"
    assert config_for_import(config) == config.replace("valueType='url'", "valueType='json'")


def test_what_was_sent_is_kept_for_its_owner_alone(tmp_path: Path) -> None:
    sent, _ = done("image-boxes")
    root = content_root(sent.tasks)
    path = keep_sent(tmp_path / "private", ID, sent)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600 and path == path_of(tmp_path / "private", ID)
    assert read_sent(tmp_path / "private", ID, root) == sent
    for wrong_root, text, said in ((bytes(32), None, "another campaign"), (root, "{}", "is damaged")):
        if text is not None:
            path.write_text(text)
        with pytest.raises(TasksNotKept, match=said):
            read_sent(tmp_path / "private", ID, wrong_root)
    with pytest.raises(TasksNotKept, match="is not there"):
        read_sent(tmp_path / "elsewhere", ID, root)


async def export(tmp_path: Path, name: str, form: str, **more: Any) -> int:
    """`gems campaign results --format form` for a campaign of a ready module."""
    sent, rows = done(name)
    keep_sent(tmp_path / "private", ID, sent)
    terms = SimpleNamespace(content_root=content_root(sent.tasks))

    async def of(_: str) -> Any:
        return terms

    options = {
        "format": form,
        "campaign_id": ID,
        "private": tmp_path / "private",
        "out": tmp_path / "out",
        "media_prefix": "",
        "converter": None,
        **more,
    }
    requester: Any = SimpleNamespace(terms=of)
    return await campaign_export.export(Namespace(**options), requester, rows)


async def test_a_project_is_written_with_its_config(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "project.json"
    assert await export(tmp_path, "image-boxes", "label-studio", out=out, media_prefix="/data/upload/") == 0
    tasks = json.loads(out.read_text("utf-8"))
    assert tasks[0]["data"] == {"photo": "/data/upload/dog.jpg"} and len(tasks) == 3
    assert tasks[0]["meta"]["gems"] == {"state": "accepted", "attempts": 1}
    parse((tmp_path / "project.config.xml").read_text("utf-8"))
    capsys.readouterr()
    assert await export(tmp_path, "image-boxes", "label-studio", out=None) == 0
    assert json.loads(capsys.readouterr().out)[0]["data"] == {"photo": "dog.jpg"}


async def test_what_is_missing_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CannotConvert, match="folder of files"):
        await export(tmp_path, "image-boxes", "coco", out=None)
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(CannotConvert) as caught:
        interpreter(None)
    assert "pip install" in caught.value.action
    with pytest.raises(CannotConvert, match="needs label-studio-sdk"):  # this interpreter does not have it
        await export(tmp_path, "image-boxes", "coco", converter=Path(sys.executable), out=tmp_path / "a")
    with pytest.raises(CannotConvert, match="could not be run"):
        await export(tmp_path, "image-boxes", "coco", converter=tmp_path / "nowhere", out=tmp_path / "b")
    with pytest.raises(CannotConvert, match="is there already"):
        await export(
            tmp_path, "image-boxes", "coco", converter=Path(sys.executable), out=tmp_path / "private"
        )


def test_only_the_pictures_of_exported_tasks_are_in_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sdk_export, "_run", lambda *_: None)
    sent, rows = done("image-boxes")
    dog, duck = (task["photo"].removeprefix("sha256:") for task in sent.tasks[:2])
    # the practice set's picture was named first, as another file of the same name; the last task has no answer
    names = {"1" * 64: "practice/dog.jpg", **sent.names}
    files = {"1" * 64: sent.files[duck], **sent.files}
    notes = convert(Sent(sent.config, sent.tasks, names, files), rows, "coco", tmp_path / "all", "python")
    assert notes == ["1 of 3 tasks have no answer and are left out."]
    assert sorted(path.name for path in (tmp_path / "all" / "images").iterdir()) == ["dog.jpg", "duck.jpg"]
    convert(Sent(sent.config, sent.tasks[:2], names, files), rows[:1], "coco", tmp_path / "one", "python")
    (only,) = (tmp_path / "one" / "images").iterdir()
    assert only.read_bytes() == sent.files[dog].read_bytes()


def test_the_formats_are_listed_alike() -> None:
    assert set(campaign_export.FORMATS) == {campaign_export.PROJECT, *FORMATS}
    with pytest.raises(OSError, match="nothing is fetched"):
        sdk_convert.NoNetwork().get("http://127.0.0.1:9/")


@pytest.fixture(scope="module")
def sdk(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(sdk_python(tmp_path_factory.mktemp("sdk")))


@pytest.mark.long
def test_the_converter_writes_every_format(sdk: str, tmp_path: Path) -> None:
    def converted(name: str, form: str) -> Path:
        sent, rows = done(name)
        out = tmp_path / name / form
        notes = convert(sent, rows, form, out, sdk)
        assert notes == [f"1 of {len(rows)} tasks have no answer and are left out."]
        return out

    coco = json.loads((converted("image-boxes", "coco") / "result.json").read_text("utf-8"))
    assert sorted(image["file_name"] for image in coco["images"]) == ["images/dog.jpg", "images/duck.jpg"]
    assert [one["name"] for one in coco["categories"]] == ["Bird", "Mammal", "Reptile"]
    dog = next(
        one for one in coco["annotations"] if coco["categories"][one["category_id"]]["name"] == "Mammal"
    )
    assert dog["bbox"] == pytest.approx([400 * 0.04, 300 * 0.03, 400 * 0.845, 300 * 0.92])

    yolo = converted("image-boxes", "yolo")
    assert (yolo / "classes.txt").read_text().split() == ["Bird", "Mammal", "Reptile"]
    (line,) = (yolo / "labels" / "dog.txt").read_text().splitlines()
    assert [float(part) for part in line.split()] == pytest.approx([1, 0.4625, 0.49, 0.845, 0.92])
    assert (yolo / "images" / "dog.jpg").is_file()
    assert (converted("image-boxes", "yolo-obb") / "labels" / "duck.txt").is_file()

    voc = ElementTree.parse(converted("image-boxes", "voc") / "Annotations" / "dog.xml")  # noqa: S314
    assert voc.findtext("object/name") == "Mammal" and voc.findtext("object/bndbox/xmin") == "16"

    outline = json.loads((converted("image-polygons", "coco") / "result.json").read_text("utf-8"))
    assert len(outline["annotations"][0]["segmentation"][0]) == 2 * 28

    (mask,) = converted("image-masks", "brush-to-png").glob("*.png")
    assert struct.unpack(">II", mask.read_bytes()[16:24]) == (400, 300)
    assert len(list(converted("image-masks", "brush-to-numpy").glob("*.npy"))) == 1
    masks = json.loads((converted("image-masks", "brush-to-coco") / "result_coco.json").read_text("utf-8"))
    assert len(masks["annotations"]) >= 1

    spoken = converted("transcription", "asr-manifest")
    entry = json.loads((spoken / "manifest.json").read_text("utf-8").splitlines()[0])
    assert entry["text"] == "[no speech]" and entry["duration"] == pytest.approx(2.8)
    assert (spoken / entry["audio_filepath"]).is_file()

    tagged = (converted("text-entities", "conll2003") / "result.conll").read_text("utf-8")
    assert "Marie -X- _ B-Person" in tagged and "Curie -X- _ I-Person" in tagged

    plain = json.loads((converted("sentiment", "json-min") / "result.json").read_text("utf-8"))
    assert plain[0]["feeling"] == "Positive"
    for form, sign in (("ls-csv", ","), ("ls-tsv", "\t")):
        (file,) = (path for path in converted("sentiment", form).iterdir() if path.is_file())
        rows = list(csv.DictReader(file.read_text("utf-8").splitlines(), delimiter=sign))
        assert [row["feeling"] for row in rows] == ["Positive", "Negative", "Mixed", "Neutral"]

    with pytest.raises(CannotConvert) as caught:
        convert(*done("sentiment"), "coco", tmp_path / "none", sdk)
    assert caught.value.action == "They can be written as json-min, ls-csv, ls-tsv."
    assert not (tmp_path / "none").exists()


CHECK = """
import json, sys
from label_studio_sdk.label_interface import LabelInterface
refused = []
for one in json.load(open(sys.argv[1])):
    interface = LabelInterface(one["config"])
    for task in one["tasks"]:
        if not interface.validate_task({"data": task["data"]}):
            refused.append([one["name"], task["data"]])
        for annotation in task["annotations"]:
            results = [result for result in annotation["result"] if result["type"] != "relation"]
            if not interface.validate_annotation({"result": results}):
                refused.append([one["name"], results])
print(json.dumps(refused))
"""


@pytest.mark.long
def test_the_sdk_accepts_our_projects(sdk: str, tmp_path: Path) -> None:
    projects = []
    for name in NAMES:
        sent, rows = done(name)
        tasks = project(sent, rows, as_given(sent, "/data/upload/1/"))
        projects.append({"name": name, "config": config_for_import(sent.config), "tasks": tasks})
    (tmp_path / "projects.json").write_text(json.dumps(projects), "utf-8")
    command = [sdk, "-c", CHECK, str(tmp_path / "projects.json")]
    told = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert told.returncode == 0, told.stderr
    assert json.loads(told.stdout.splitlines()[-1]) == []
