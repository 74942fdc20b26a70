# SPDX-License-Identifier: Apache-2.0
"""Results in the formats of label-studio-sdk's converter: COCO, YOLO, VOC and others, written into a folder."""

from __future__ import annotations

import csv
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from gems_platform.client.requesting import sdk_convert
from gems_platform.client.requesting.exporting import config_for_import, flat_names, hashes_in, project
from gems_platform.client.requesting.sent_tasks import Sent
from gems_protocol.errors import GemsError
from gems_protocol.text import cell

#: --format -> the converter's name
FORMATS = {
    "coco": "COCO",
    "yolo": "YOLO",
    "yolo-obb": "YOLO_OBB",
    "voc": "VOC",
    "brush-to-coco": "BRUSH_TO_COCO",
    "brush-to-png": "BRUSH_TO_PNG",
    "brush-to-numpy": "BRUSH_TO_NUMPY",
    "asr-manifest": "ASR_MANIFEST",
    "conll2003": "CONLL2003",
    "json-min": "JSON_MIN",
    "ls-csv": "CSV",
    "ls-tsv": "TSV",
}
_IMAGES = frozenset({"coco", "yolo", "yolo-obb", "voc", "brush-to-coco"})
_TABLES = {"ls-csv": ",", "ls-tsv": "\t"}
_FIELD = 10_000_000  # characters of one cell: an answer is at most 200 kB, a task 64
_PATIENCE_S = 3_600  # for a large campaign
_WORDS = 2_000  # of what a failed conversion says


class CannotConvert(GemsError):
    """Results cannot be converted."""


def _cannot(what: str, action: str) -> CannotConvert:
    return CannotConvert(what, safe="The results are still at the platform.", action=action)


def interpreter(given: Path | None) -> str:
    """The Python that has label-studio-sdk; raises CannotConvert with how to get it."""
    if given is not None:
        return str(given)
    if not getattr(sys, "frozen", False) and importlib.util.find_spec("label_studio_sdk") is not None:
        return sys.executable
    raise _no_sdk()


def _no_sdk() -> CannotConvert:
    return _cannot(
        "This format needs label-studio-sdk, which is not part of Gems.",
        "Install it into an environment of its own (python -m venv sdk, then sdk/bin/pip install"
        ' "label-studio-sdk>=2.1,<3") and name it with --converter sdk/bin/python; or install gems-desktop[export].',
    )


def convert(sent: Sent, rows: Sequence[dict[str, Any]], form: str, out: Path, python: str) -> list[str]:
    """Write results as `form` into the folder `out`, with pictures where the format goes with them; notes in words.

    Raises CannotConvert.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise _cannot(f"{out} is there already.", "Name a new folder.")
    try:
        return _convert(sent, rows, form, out, python)
    except CannotConvert:
        shutil.rmtree(out, ignore_errors=True)  # it held nothing but what was made here
        raise


def _convert(sent: Sent, rows: Sequence[dict[str, Any]], form: str, out: Path, python: str) -> list[str]:
    answered_at = {row["index"] for row in rows if row.get("answer") is not None}
    needed = hashes_in([data for place, data in enumerate(sent.tasks) if place in answered_at])
    # no pictures of the practice set, of the instructions or of tasks left out
    sent = replace(sent, names={sha256: name for sha256, name in sent.names.items() if sha256 in needed})
    names = flat_names(sent)
    with tempfile.TemporaryDirectory(prefix="gems-export-") as temporary:
        work = Path(temporary)
        uploads = work / "uploads"
        uploads.mkdir()
        folder, before = (out / "images", "images/") if form in _IMAGES else (uploads, "/data/upload/")
        missing: list[str] = []
        if form in _IMAGES or form == "asr-manifest":
            missing = _copied(sent, names, folder, out)
        else:
            before = ""
        shown = {sha256: before + name for sha256, name in names.items()}
        tasks = project(sent, rows, lambda sha256: shown.get(sha256, f"sha256:{sha256}"))
        answered = [task for task in tasks if task["annotations"]]
        if not answered:
            raise _cannot("No task has an answer yet.", "Wait for the first results.")
        try:
            out.mkdir(parents=True, exist_ok=True)
            (work / "config.xml").write_text(config_for_import(sent.config), "utf-8")
            (work / "tasks.json").write_text(json.dumps(answered), "utf-8")
        except OSError as error:
            raise _cannot(
                f"{out} cannot be written: {error.strerror or error}.", "Name another folder."
            ) from error
        _run(python, work, out.resolve(), FORMATS[form])
        _guard(out, form)
    notes = [f"{len(tasks) - len(answered)} of {len(tasks)} tasks have no answer and are left out."]
    notes = notes if len(answered) < len(tasks) else []
    if missing:
        notes.append(
            f"{len(missing)} files are not where they were, so they are not in the folder: {', '.join(missing[:3])}"
        )
    return notes


def _copied(sent: Sent, names: dict[str, str], folder: Path, out: Path) -> list[str]:
    """Copy the tasks' files side by side; the names of those that are gone."""
    missing = []
    try:
        out.mkdir(parents=True, exist_ok=True)
        folder.mkdir(exist_ok=True)
        for sha256, name in names.items():
            path = sent.files.get(sha256)
            if path is None or not path.is_file():
                missing.append(sent.names[sha256])
            else:
                shutil.copyfile(path, folder / name)
    except OSError as error:
        raise _cannot(
            f"{out} cannot be written: {error.strerror or error}.", "Name another folder."
        ) from error
    return missing


def _guard(out: Path, form: str) -> None:
    """Keep what workers typed from being taken for formulas by whoever opens the table. Raises CannotConvert."""
    sign = _TABLES.get(form)
    for path in sorted(out.glob("*.[ct]sv")) if sign else ():
        try:
            with path.open(newline="", encoding="utf-8") as file:
                csv.field_size_limit(_FIELD)
                rows = [[cell(each) for each in row] for row in csv.reader(file, delimiter=sign or ",")]
            with path.open("w", newline="", encoding="utf-8") as file:
                csv.writer(file, delimiter=sign or ",").writerows(rows)
        except (OSError, csv.Error) as error:
            raise _cannot(f"{path} cannot be written: {error}.", "Name another folder.") from error


def _run(python: str, work: Path, out: Path, form: str) -> None:
    """Run the converter beside `out`; raises CannotConvert with what it said."""
    script = Path(sdk_convert.__file__).resolve()
    command = [python, "-s", str(script), str(work / "config.xml"), str(work / "tasks.json"), str(out), form]
    command.append(str(work / "uploads"))
    # its own view of the world: no account of a Label Studio server, no modules of ours
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("LABEL_STUDIO", "PYTHON"))
    }
    try:
        done = subprocess.run(
            command, cwd=out, env=kept, capture_output=True, text=True, timeout=_PATIENCE_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise _cannot(f"The converter could not be run: {error}.", "Look at --converter.") from error
    if done.returncode == sdk_convert.NO_SDK:
        raise _no_sdk()
    if done.returncode == sdk_convert.NOT_SUPPORTED:
        able = [name for name, theirs in FORMATS.items() if theirs in done.stderr.strip().split(", ")]
        raise _cannot(
            f"This module's answers cannot be written as {form}.",
            f"They can be written as {', '.join(able)}.",
        )
    if done.returncode:
        raise _cannot(
            f"The converter failed: {done.stderr.strip()[-_WORDS:]}",
            "Export as label-studio and convert it there.",
        )
