# SPDX-License-Identifier: Apache-2.0
"""A campaign as its requester writes it down: a description, a labelling config, the tasks and their files."""

from __future__ import annotations

import csv
import hashlib
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from gems_protocol.amount import Amount
from gems_protocol.campaign import Manifest, PolicyInfo
from gems_protocol.errors import GemsError

_MEDIA_SUFFIXES = (
    ".jpg",
    ".jpeg",
    ".png",
    ".webp",
    ".gif",
    ".bmp",
    ".mp3",
    ".wav",
    ".ogg",
    ".mp4",
    ".webm",
    ".pdf",
)
_DAY = 86_400


class BadCampaignFile(GemsError):
    """A file of a campaign cannot be used."""


def _bad(what: str) -> BadCampaignFile:
    return BadCampaignFile(
        f"The campaign cannot be made: {what}.",
        safe="Nothing was sent and nothing was paid.",
        action="Mend the file and try again.",
    )


@dataclass(frozen=True, slots=True)
class Pay:
    """The money of one task and how it is judged, see `gems_protocol.campaign.Terms`."""

    mr: Amount
    ms: Amount
    vs: Amount
    floor: Amount
    z: int
    panel: int
    quorum: int
    rounds: int
    redo_s: int
    window_s: int
    lasts_s: int


@dataclass(frozen=True, slots=True)
class TaskDraft:
    """One task's data as workers get it (files by hash) and the known right answer, if there is one."""

    data: dict[str, Any]
    reference: Any = None


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything that a campaign is made of. media: sha256 -> file."""

    manifest: Manifest
    pay: Pay
    tasks: tuple[TaskDraft, ...]
    media: dict[str, Path]


def read_draft(path: Path, tasks_file: Path | None = None, config_file: Path | None = None) -> Draft:
    """Read `campaign.json` (or the folder that holds it) with its config and tasks; raises BadCampaignFile.

    tasks_file: JSON Lines, JSON or CSV instead of the `tasks` it names. Texts in tasks that name a file beside
    the tasks (or in `media/`) are replaced by the file's SHA-256.
    """
    about = path / "campaign.json" if path.is_dir() else path
    value = _object(about)
    folder = about.parent
    config = config_file or folder / str(value.get("config", "config.xml"))
    tasks_at = tasks_file or folder / str(value.get("tasks", "tasks.jsonl"))
    manifest = _manifest(value, _read(config))
    media: dict[str, Path] = {}
    roots = (tasks_at.parent, tasks_at.parent / "media", folder, folder / "media")
    tasks = tuple(_with_media(task, roots, media) for task in read_tasks(tasks_at))
    if not tasks:
        raise _bad("there is no task in it")
    return Draft(manifest, _pay(value, manifest.policy), tasks, media)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise _bad(f"{path.name} cannot be read") from error


def _object(path: Path) -> dict[str, Any]:
    try:
        value = json.loads(_read(path))
    except ValueError as error:
        raise _bad(f"{path.name} is not JSON") from error
    if not isinstance(value, dict):
        raise _bad(f"{path.name} is not an object")
    return value


def _manifest(value: dict[str, Any], config: str) -> Manifest:
    module, policy = value.get("module", {}), value.get("policy", {})
    if not isinstance(module, dict) or not isinstance(policy, dict):
        raise _bad("module and policy are objects")
    name = str(policy.get("name", "consensus"))
    usual = (5, 3) if name == "girm" else (2, 2)
    try:
        return Manifest.from_json(
            {
                "title": value["title"],
                "description": value.get("description", ""),
                "instructions": value.get("instructions", ""),
                "module": {
                    "name": module.get("name", "custom"),
                    "version": str(module.get("version", "1")),
                    "family": module.get("family", "custom"),
                    "difficulty": module.get("difficulty", "medium"),
                    "config": config,
                },
                "policy": {
                    "name": name,
                    "panel": policy.get("panel", usual[0]),
                    "quorum": policy.get("quorum", usual[1]),
                },
                "expected_seconds": value.get("expected_seconds", 30),
                "lease_s": value.get("lease_s", _DAY),
                "languages": value.get("languages", []),
                "content_warning": value.get("content_warning") or "",
            }
        )
    except KeyError as error:
        raise _bad(f"{error.args[0]} is missing") from error


def _pay(value: dict[str, Any], policy: PolicyInfo) -> Pay:
    """Amounts are base units ("100000000000000000") or GEM ("0.10 GEM"), times are seconds.

    The terms' panel of seven pays for a split and the larger panel after it.
    """
    if "mr" not in value:
        raise _bad('the reward "mr" is missing')
    try:
        return Pay(
            **{name: _amount(value.get(name, "0")) for name in ("mr", "ms", "vs", "floor")},
            z=int(value.get("z", 1 if policy.name == "girm" else 5)),
            panel=7,
            quorum=4,
            rounds=int(value.get("rounds", 3)),
            redo_s=int(value.get("redo_s", _DAY)),
            window_s=int(value.get("window_s", 3 * _DAY)),
            lasts_s=int(value.get("lasts_s", 30 * _DAY)),
        )
    except (TypeError, ValueError) as error:
        raise _bad("a number of its pay or times is none") from error


def _amount(text: Any) -> Amount:
    if isinstance(text, str) and text.endswith(" GEM"):
        return Amount.gem(text.removesuffix(" GEM"))
    return Amount.parse(text)


def read_tasks(path: Path) -> list[TaskDraft]:
    """The tasks of a CSV, JSON (a list) or JSON Lines file. A "data" object is taken out of its wrapping."""
    text = _read(path)
    try:
        if path.suffix.lower() == ".csv":
            rows: list[Any] = list(csv.DictReader(text.splitlines()))
        elif path.suffix.lower() == ".json":
            rows = json.loads(text)
        else:
            rows = [json.loads(line) for line in text.splitlines() if line.strip()]
    except (ValueError, csv.Error) as error:
        raise _bad(f"{path.name} is not what its ending says") from error
    if not isinstance(rows, list) or any(not isinstance(row, dict) for row in rows):
        raise _bad(f"{path.name} is not a list of objects")
    return [_task(row) for row in rows]


def _task(row: dict[str, Any]) -> TaskDraft:
    rest = {name: item for name, item in row.items() if name != "reference"}
    inside = rest.get("data")
    return TaskDraft(inside if isinstance(inside, dict) else rest, row.get("reference"))


def _with_media(task: TaskDraft, roots: tuple[Path, ...], media: dict[str, Path]) -> TaskDraft:
    data = {name: _named(item, roots, media) for name, item in task.data.items()}
    return replace(task, data=data)


def _named(value: Any, roots: tuple[Path, ...], media: dict[str, Path]) -> Any:
    if isinstance(value, list):
        return [_named(item, roots, media) for item in value]
    if not isinstance(value, str) or not value.lower().endswith(_MEDIA_SUFFIXES) or len(value) > 500:
        return value
    for root in roots:
        file = root / value
        if file.is_file() and file.resolve().is_relative_to(root.resolve()):
            sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
            media[sha256] = file
            return f"sha256:{sha256}"
    raise _bad(f"the file {value} of a task is not there")
