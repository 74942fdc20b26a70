# SPDX-License-Identifier: Apache-2.0
"""Label Studio's own annotation templates with its sample tasks and files, taken out of its wheel for one test run."""

from __future__ import annotations

import hashlib
import json
import math
import re
import subprocess
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped]

from gems_protocol.modules import Module, parse
from tests.helpers.sdk import sdk_python

WHEEL = "label-studio==1.23.2"
_HERE = Path(__file__).parent
_TEMPLATES = "label_studio/annotation_templates/"
_SAMPLES = "label_studio/core/static/samples/"
_FILE = re.compile(r"[^'\"<> ]*?([\w.-]+\.(?:png|jpe?g|wav|mp3|mp4|pdf))", re.ASCII)
#: What stands for a file that the wheel does not hold.
_STAND_INS = {
    "png": "sample.jpg",
    "jpg": "sample.jpg",
    "jpeg": "sample.jpg",
    "wav": "game.wav",
    "mp3": "sample.mp3",
}
_SAMPLES_OF_A_SERIES = 400


@dataclass(frozen=True)
class Template:
    """One official template: `kind` is "community" or "enterprise", `data` its task with files by content hash."""

    name: str
    kind: str
    config: str
    module: Module
    data: dict[str, Any]


@dataclass(frozen=True)
class Official:
    """All templates, the files that their tasks show by SHA-256, and the interpreter that has the SDK."""

    templates: tuple[Template, ...]
    files: dict[str, Path]
    python: Path


def take(folder: Path) -> Official:
    """Download the wheel and the SDK into `folder` (an environment of its own) and read the templates."""
    python = sdk_python(folder / "sdk")
    wheel = _download(python, folder)
    configs, kinds = _configs(wheel)
    files = _unpack(wheel, folder / "samples")
    tasks = run_sdk(python, "samples", configs, folder)
    by_hash: dict[str, Path] = {}
    templates = []
    for name, config in configs.items():
        module = parse(config)
        data = {key: _localised(value, files, by_hash) for key, value in tasks[name].items()}
        templates.append(Template(name, kinds[name], config, module, _with_series(module, data)))
    return Official(tuple(templates), by_hash, python)


def run_sdk(python: Path, verb: str, given: Any, folder: Path) -> Any:
    """What the SDK's side of this test says about `given`."""
    asked, told = folder / f"{verb}.in.json", folder / f"{verb}.out.json"
    asked.write_text(json.dumps(given))
    command = [str(python), str(_HERE / "sdk_side.py"), verb, str(asked), str(told)]
    subprocess.run(command, check=True, capture_output=True, timeout=600)
    return json.loads(told.read_text())


def _download(python: Path, folder: Path) -> Path:
    command = [str(python), "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder), WHEEL]
    subprocess.run(command, check=True, capture_output=True, timeout=600)
    return next(folder.glob("label_studio-*.whl"))


def _configs(wheel: Path) -> tuple[dict[str, str], dict[str, str]]:
    configs, kinds = {}, {}
    with zipfile.ZipFile(wheel) as archive:
        for entry in sorted(archive.namelist()):
            if entry.startswith(_TEMPLATES) and entry.endswith((".yml", ".yaml")):
                found = yaml.safe_load(archive.read(entry))
                if isinstance(found, dict) and "config" in found:
                    name = entry.removeprefix(_TEMPLATES).rpartition("/")[0]
                    configs[name], kinds[name] = found["config"], found["type"]
    return configs, kinds


def _unpack(wheel: Path, folder: Path) -> dict[str, Path]:
    files = {}
    folder.mkdir()
    with zipfile.ZipFile(wheel) as archive:
        for entry in archive.namelist():
            if entry.startswith(_SAMPLES) and not entry.endswith("/"):
                path = folder / Path(entry).name
                path.write_bytes(archive.read(entry))
                files[path.name] = path
    return files


def _localised(value: Any, files: dict[str, Path], by_hash: dict[str, Path]) -> Any:
    """`value` with every address of a media file replaced by the content hash of the wheel's own sample."""
    if isinstance(value, list):
        return [_localised(part, files, by_hash) for part in value]
    if isinstance(value, dict):
        return {key: _localised(part, files, by_hash) for key, part in value.items()}
    if not isinstance(value, str):
        return value

    def named(found: re.Match[str]) -> str:
        suffix = found[1].rpartition(".")[2].lower()
        path = files.get(found[1]) or files[_STAND_INS[suffix]]
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        by_hash[digest] = path
        return f"sha256:{digest}"

    whole = _FILE.fullmatch(value)
    return named(whole) if whole else _FILE.sub(named, value) if "<img" in value else value


def _with_series(module: Module, data: dict[str, Any]) -> dict[str, Any]:
    """The columns of a time series, which Label Studio's server makes up for its samples."""
    for node in module.objects():
        if node.tag == "TimeSeries":
            steps = range(_SAMPLES_OF_A_SERIES)
            times: list[Any] = [f"2020-03-01 {at // 60:02}:{at % 60:02}:00.000000" for at in steps]
            columns: dict[str, list[Any]] = {
                node.get("timeColumn"): times if node.get("timeFormat") else list(steps)
            }
            for place, option in enumerate(node.options, 1):
                columns[option.value] = [round(math.sin(at / (9 * place)) * 10, 3) for at in steps]
            data = {**data, node.variable: columns}
    return data
