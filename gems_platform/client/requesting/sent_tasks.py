# SPDX-License-Identifier: Apache-2.0
"""The tasks of a campaign as they were sent, kept beside the key: the platform gives answers, not the tasks again."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gems_platform.client.requesting.draft import Draft
from gems_protocol import canonical
from gems_protocol.campaign import content_root
from gems_protocol.errors import GemsError, MalformedMessage

_MOST = 2_000_000_000


class TasksNotKept(GemsError):
    """The tasks of a campaign are not on this computer, or are not those that were sent."""


@dataclass(frozen=True)
class Sent:
    """The config and the tasks' data in order. names, files: SHA-256 in hex -> the name in the tasks, the path then."""

    config: str
    tasks: tuple[dict[str, Any], ...]
    names: dict[str, str] = field(default_factory=dict)
    files: dict[str, Path] = field(default_factory=dict)


def path_of(folder: Path, campaign_id: str) -> Path:
    """Where a campaign's tasks are."""
    return folder / f"{campaign_id}.tasks.json"


def sent_of(draft: Draft) -> Sent:
    """What is kept of a draft."""
    return Sent(
        draft.manifest.module.config,
        tuple(task.data for task in draft.tasks),
        dict(draft.names),
        {sha256: path.resolve() for sha256, path in draft.media.items()},
    )


def keep_sent(folder: Path, campaign_id: str, sent: Sent) -> Path:
    """Write them so that only their owner can read them, whole or not at all; raises TasksNotKept."""
    path = path_of(folder, campaign_id)
    value = {
        "config": sent.config,
        "names": sent.names,
        "files": {sha256: str(file) for sha256, file in sent.files.items()},
        "tasks": sent.tasks,
    }
    fresh = path.with_suffix(".new")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as out:
            json.dump(value, out, ensure_ascii=False)
        fresh.replace(path)
    except OSError as error:
        raise TasksNotKept(
            f"The file {path} with the campaign's tasks cannot be written: {error.strerror or error}.",
            safe="Nothing was sent and nothing was paid.",
            action="Make room for it, or give another folder with --private.",
        ) from error
    return path


def read_sent(folder: Path, campaign_id: str, root: bytes) -> Sent:
    """The tasks whose content root is `root`; raises TasksNotKept."""
    path = path_of(folder, campaign_id)
    try:
        value = canonical.loads(path.read_bytes(), _MOST)
        sent = Sent(
            str(value["config"]),
            tuple(value["tasks"]),
            {str(key): str(item) for key, item in value["names"].items()},
            {str(key): Path(item) for key, item in value["files"].items()},
        )
        if content_root(sent.tasks) != root:
            raise MalformedMessage("They are not the tasks that this campaign was offered with.")
    except FileNotFoundError as error:
        raise _lost(path, "is not there") from error
    except (OSError, MalformedMessage, KeyError, TypeError, AttributeError, ValueError) as error:
        raise _lost(path, "is damaged, or belongs to another campaign") from error
    return sent


def _lost(path: Path, what: str) -> TasksNotKept:
    return TasksNotKept(
        f"The file {path} with the campaign's tasks {what}.",
        safe="The answers are still at the platform: the formats json, jsonl and csv need no tasks.",
        action="Put back a copy of it, or give its folder with --private.",
    )
