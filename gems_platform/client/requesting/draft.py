# SPDX-License-Identifier: Apache-2.0
"""A campaign as its requester writes it down: a description, a labelling config, the tasks and their files."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from gems_platform.client.requesting.files import (
    BadCampaignFile,
    bad,
    check_fields,
    read_object,
    read_text,
)
from gems_platform.client.requesting.hidden import Checked, read_gold, read_practice, scattered
from gems_platform.client.requesting.imported import Notes, TaskDraft, read_tasks
from gems_platform.client.requesting.judging import Pay, policy_info, read_pay
from gems_platform.client.requesting.media_names import MediaNames
from gems_platform.client.requesting.module_files import chosen_module
from gems_protocol.audit import DAY_S
from gems_protocol.campaign import Manifest
from gems_protocol.gold import GoldItem, gold_root
from gems_protocol.instructions import with_hashes
from gems_protocol.modules import parse
from gems_protocol.practice import PracticeItem

FIELDS = frozenset(
    {
        *("title", "description", "instructions", "module", "policy", "languages", "content_warning"),
        *("mr", "floor", "ms", "vs", "z", "panel", "quorum", "rounds"),
        *("expected_seconds", "lease_s", "redo_s", "window_s", "lasts_s"),
        *("config", "tasks", "gold", "practice", "seeds"),
    }
)
MODULE_FIELDS = frozenset({"name", "version", "family", "difficulty"})

__all__ = ["BadCampaignFile", "Draft", "Pay", "TaskDraft", "read_draft", "read_tasks"]


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything that a campaign is made of. media: sha256 -> file.

    gold: the known answers by place among the tasks. seeds: the last seed of the requester's own chain, secret,
    None where draws do without. names: sha256 -> the file's name as the tasks had it. notes: what was left out while
    reading, in words.
    """

    manifest: Manifest
    pay: Pay
    tasks: tuple[TaskDraft, ...]
    media: dict[str, Path]
    gold: tuple[GoldItem, ...] = ()
    practice: tuple[PracticeItem, ...] = ()
    seeds: bytes | None = None
    names: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def read_draft(
    path: Path,
    tasks_file: Path | None = None,
    config_file: Path | None = None,
    chance: random.Random | None = None,
    rows: range | None = None,
) -> Draft:
    """Read `campaign.json` (or the folder that holds it) with its config and tasks; raises BadCampaignFile.

    tasks_file: JSON Lines, JSON, CSV or TSV instead of the `tasks` it names; JSON may be Label Studio's. Names of
    files beside the tasks (or in `media/`) are replaced by their SHA-256. chance: where gold is hidden and its
    salts; the system's own randomness when None. rows: only those rows of the tasks (from 1), for a part of a file.
    """
    chance = chance or random.SystemRandom()
    about = path / "campaign.json" if path.is_dir() else path
    value = read_object(about)
    check_fields(value, FIELDS, about.name)
    folder = about.parent
    own_words = "instructions" not in value
    package, value = chosen_module(value, folder)
    config = config_file or folder / str(value.get("config", "config.xml"))
    tasks_at = tasks_file or folder / str(value.get("tasks", "tasks.jsonl"))
    use_package = package is not None and config_file is None and "config" not in value
    manifest = _manifest(value, package.config if package and use_package else read_text(config))
    module = parse(manifest.module.config)
    notes = Notes()
    tasks = read_tasks(tasks_at, module, notes, rows)
    if value.get("gold"):
        tasks = _with_gold(tasks, folder / str(value["gold"]), chance)
    if not tasks:
        raise bad("there is no task in it")
    roots = (tasks_at.parent, tasks_at.parent / "media", folder, folder / "media")
    media = MediaNames(roots, module)
    tasks = [replace(task, data=_named(media, task.data, task.source)) for task in tasks]
    practice: tuple[PracticeItem, ...] = ()
    if value.get("practice"):
        practice = _practice(read_practice(folder / str(value["practice"])), media)
    elif package is not None and use_package:
        media.roots = (package.folder, package.folder / "media")
        practice = _practice(package.practice, media)
    media.roots = (package.folder, package.folder / "media") if own_words and package else roots
    manifest = replace(manifest, instructions=_with_pictures(manifest.instructions, media))
    gold = tuple(
        GoldItem(place, task.reference, chance.randbytes(32)) for place, task in enumerate(tasks) if task.gold
    )
    return Draft(
        replace(manifest, gold_root=gold_root(gold)),
        read_pay(value, manifest.policy),
        tuple(tasks),
        media.media,
        gold,
        practice,
        chance.randbytes(32) if _flag(value, "seeds") else None,
        media.names,
        tuple(notes.lines()),
    )


def _practice(items: Sequence[PracticeItem], media: MediaNames) -> tuple[PracticeItem, ...]:
    return tuple(
        replace(item, data=_named(media, item.data, f"practice:{number}"))
        for number, item in enumerate(items, 1)
    )


def _with_pictures(instructions: str, media: MediaNames) -> str:
    def find(name: str) -> str:
        problems: list[str] = []
        found = media.picture(name, "instructions", problems)
        if problems:
            raise bad(problems[0].rstrip("."))
        return found.removeprefix("sha256:")

    return with_hashes(instructions, find)


def _named(media: MediaNames, data: dict[str, Any], source: str) -> dict[str, Any]:
    problems: list[str] = []
    found = media.named(data, problems)
    if problems:
        raise bad(f"{source}: {problems[0].rstrip('.')}")
    return found


def _flag(value: dict[str, Any], name: str) -> bool:
    given = value.get(name, False)
    if type(given) is not bool:
        raise bad(f"{name} is neither true nor false")
    return given


def _manifest(value: dict[str, Any], config: str) -> Manifest:
    module = value.get("module", {})
    if not isinstance(module, dict):
        raise bad("module is an object")
    check_fields(module, MODULE_FIELDS, "module")
    policy = policy_info(value)
    judged: dict[str, Any] = {"name": policy.name, "panel": policy.panel, "quorum": policy.quorum}
    if policy.params:
        judged["params"] = dict(policy.params)
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
                "policy": judged,
                "expected_seconds": value.get("expected_seconds", 30),
                "lease_s": value.get("lease_s", DAY_S),
                "languages": value.get("languages", []),
                "content_warning": value.get("content_warning") or "",
            }
        )
    except KeyError as error:
        raise bad(f"{error.args[0]} is missing") from error


def _with_gold(tasks: list[TaskDraft], path: Path, chance: random.Random) -> list[TaskDraft]:
    """Known answers join their tasks, or bring tasks of their own to random places."""
    found = list(tasks)
    own: list[TaskDraft] = []
    for checked in read_gold(path):
        if checked.index is None:
            own.append(TaskDraft(checked.data, checked.answer, True, checked.source))
        elif checked.index >= len(tasks) or found[checked.index].gold:
            raise bad(f"{checked.source} names a task that is not there or is gold already")
        else:
            found[checked.index] = _made_gold(found[checked.index], checked)
    return scattered(found, own, chance)


def _made_gold(task: TaskDraft, checked: Checked) -> TaskDraft:
    return replace(task, reference=checked.answer, gold=True)
