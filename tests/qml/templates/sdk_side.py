# SPDX-License-Identifier: Apache-2.0
"""What runs inside the SDK's own environment: `samples IN OUT` gives each config a task, `judge IN OUT` judges answers.

It is never imported here: the test starts it with the interpreter that has label-studio-sdk.
"""

import json
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any


def samples(configs: dict[str, str]) -> dict[str, Any]:
    """The sample task that Label Studio shows for each config."""
    from label_studio_sdk.label_interface import LabelInterface  # type: ignore[import-not-found]

    found = {}
    for name, config in configs.items():
        task, _, _ = LabelInterface(config)._sample_task()
        found[name] = task
    return found


FORMATS = {
    "COCO": {"rectanglelabels", "polygonlabels"},
    "YOLO": {"rectanglelabels", "polygonlabels"},
    "VOC": {"rectanglelabels"},
    "CONLL2003": {"labels"},
    "ASR_MANIFEST": {"textarea"},
    "BRUSH_TO_NUMPY": {"brushlabels"},
    "BRUSH_TO_COCO": {"brushlabels"},
}


def judge(played: list[dict[str, Any]]) -> dict[str, Any]:
    """For each played template: what the SDK finds wrong, and which of its converters wrote what."""
    from label_studio_sdk.label_interface import LabelInterface

    return {
        one["name"]: {
            "wrong": LabelInterface(one["config"])._validate_object(
                {"result": one["answer"]}, return_errors=True
            ),
            "converted": converted(one),
        }
        for one in played
    }


def converted(one: dict[str, Any]) -> dict[str, str]:
    """Each format with the number of bytes that it gave, or the error."""
    from label_studio_sdk.converter import Converter  # type: ignore[import-not-found]

    found = {}
    with tempfile.TemporaryDirectory() as folder:
        tasks = Path(folder) / "tasks.json"
        annotation = {"id": 1, "result": one["answer"], "completed_by": {"id": 1, "email": "a@example.org"}}
        annotation |= {
            "created_at": "2026-01-01T00:00:00Z",
            "updated_at": "2026-01-01T00:00:00Z",
            "lead_time": 1.0,
        }
        data = uploaded(one["data"], one["files"], Path(folder))
        tasks.write_text(json.dumps([{"id": 1, "data": data, "annotations": [annotation]}]))
        converter = Converter(one["config"], project_dir=folder, upload_dir=folder, download_resources=True)
        for name in ["JSON", "JSON_MIN", "CSV", "TSV", *fitting(one)]:
            if name not in converter.supported_formats:
                continue  # the SDK has no such converter for this config
            out = Path(folder) / name
            out.mkdir()
            try:
                converter.convert(str(tasks), str(out), name, is_dir=False)
                found[name] = str(sum(path.stat().st_size for path in out.rglob("*") if path.is_file()))
            except Exception as error:  # noqa: BLE001 - whatever a converter says is the finding
                found[name] = f"{type(error).__name__}: {error}"
    return found


def uploaded(value: Any, files: dict[str, str], folder: Path) -> Any:
    """A task as Label Studio holds it: its media copied to `folder` and named as uploads."""
    if isinstance(value, list):
        return [uploaded(part, files, folder) for part in value]
    if isinstance(value, dict):
        return {key: uploaded(part, files, folder) for key, part in value.items()}
    source = files.get(value.removeprefix("sha256:")) if isinstance(value, str) else None
    if source is None:
        return value
    shutil.copy(source, folder)
    return f"/data/upload/{Path(source).name}"


def fitting(one: dict[str, Any]) -> list[str]:
    """The special formats that are meant for this answer."""
    kinds = {result["type"] for result in one["answer"]}
    text = "<Text" in one["config"]
    sound = "<Audio" in one["config"]
    return [
        name
        for name, wanted in FORMATS.items()
        if kinds & wanted and (name != "CONLL2003" or text) and (name != "ASR_MANIFEST" or sound)
    ]


if __name__ == "__main__":
    given = json.loads(Path(sys.argv[2]).read_text())
    made = samples(given) if sys.argv[1] == "samples" else judge(given)
    Path(sys.argv[3]).write_text(json.dumps(made))
