# SPDX-License-Identifier: Apache-2.0
"""Looks through a file of tasks as it would be offered, and tells what is wrong row by row."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gems_platform.client.requesting.imported import Notes, TaskDraft, read_tasks
from gems_platform.client.requesting.media_names import MediaNames
from gems_protocol.campaign import task_bytes
from gems_protocol.errors import MalformedMessage
from gems_protocol.modules import bind, limits, parse_answer
from gems_protocol.modules.check import row_problems
from gems_protocol.modules.tree import Module


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found: `problems` in words, each with its row where there are several; `files` are those named."""

    rows: int
    problems: tuple[str, ...]
    notes: tuple[str, ...]
    files: int


def look_through(module: Module, path: Path) -> Looked:
    """Check every row of a file of tasks; raises BadCampaignFile when it cannot be read at all."""
    notes = Notes()
    tasks = read_tasks(path, module, notes)
    media = MediaNames((path.parent, path.parent / "media"), module)
    told: list[str] = []
    more = 0
    for number, task in enumerate(tasks, 1):
        for problem in problems_of(task, module, media):
            if len(told) < limits.SHOWN_LINES:
                told.append(problem if len(tasks) == 1 else f"Row {number}: {problem}")
            else:
                more += 1
    if more:
        told.append(f"… and {more} more.")
    return Looked(len(tasks), tuple(told), tuple(notes.lines()), len(media.media))


def problems_of(task: TaskDraft, module: Module, media: MediaNames) -> list[str]:
    """What keeps one task from being offered, each a sentence."""
    found: list[str] = []
    data = media.named(task.data, found)
    found += row_problems(module, data, names=True)
    try:
        task_bytes(data)
    except MalformedMessage as error:
        found.append(error.message)
    if task.reference is not None and not found:
        found += answer_problems(task.reference, data, module)
    return found


def answer_problems(answer: Any, data: dict[str, Any], module: Module) -> list[str]:
    """Why a known answer is none that the module can give for a task with this data."""
    try:
        parse_answer(answer, bind(module, data))
    except MalformedMessage as error:
        return [f"Its known answer is wrong. {error.message}"]
    except ValueError:
        return []  # the task itself does not fit, which is told already
    return []
