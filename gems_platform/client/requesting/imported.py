# SPDX-License-Identifier: Apache-2.0
"""Tasks from a file of ours or of Label Studio, with the right answers that came along."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from gems_platform.client.requesting.files import TABLES, BadCampaignFile, bad, numbered_rows
from gems_platform.client.requesting.label_studio import (
    TASK_KEYS,
    annotation_of,
    answer_from,
    is_task,
    opened_cells,
)
from gems_protocol.errors import MalformedMessage
from gems_protocol.modules import bind, parse_answer
from gems_protocol.modules.tree import Module

_SHOWN = 5  # notes of one kind that are told one by one


@dataclass(frozen=True, slots=True)
class TaskDraft:
    """One task's data as workers get it (files by hash) and the known right answer, if there is one.

    gold: whether that answer measures who works, secretly. source: the row it came from, "tasks:1".
    """

    data: dict[str, Any]
    reference: Any = None
    gold: bool = False
    source: str = ""


@dataclass
class Notes:
    """What was left out while reading a file, counted by kind, with the first cases."""

    _cases: Counter[str] = field(default_factory=Counter)
    _said: list[str] = field(default_factory=list)
    _told: list[str] = field(default_factory=list)

    def count(self, kind: str, more: int = 1) -> None:
        """Note something that needs no names."""
        self._cases[kind] += more

    def say(self, text: str) -> None:
        """Note one case in words."""
        self._said.append(text)

    def tell(self, text: str) -> None:
        """Note something about the whole file."""
        self._told.append(text)

    def lines(self) -> list[str]:
        """Everything, each a sentence."""
        said = self._said[:_SHOWN]
        if len(self._said) > _SHOWN:
            said.append(f"… and {len(self._said) - _SHOWN} more.")
        return (
            [f"{kind} (in {number} of the tasks)." for kind, number in self._cases.items()]
            + said
            + self._told
        )


def read_tasks(
    path: Path, module: Module | None = None, notes: Notes | None = None, rows: range | None = None
) -> list[TaskDraft]:
    """The tasks of a CSV, TSV, JSON or JSON Lines file; raises BadCampaignFile.

    rows: only those rows (from 1); what comes after them is not read.

    A "data" object is taken out of its wrapping. Annotations of Label Studio become references, those marked as
    ground truth become gold; predictions are left out. With the module, cells of tables that hold lists are opened.
    """
    notes = notes if notes is not None else Notes()
    table = path.suffix.lower() in TABLES
    last = None if rows is None else rows.stop - 1
    found = []
    for number, (line, row) in enumerate(islice(numbered_rows(path), last), 1):
        if rows is not None and number not in rows:
            continue
        try:
            cells = opened_cells(row, module) if table and module is not None else row
            found.append(_task(cells, number, module, notes))
        except BadCampaignFile as error:
            raise bad(f"{error.reason} (line {line} of {path.name})") from error
    if module is not None:
        _tell_columns(found, module, notes)
    return found


def _tell_columns(tasks: list[TaskDraft], module: Module, notes: Notes) -> None:
    """Say which fields the config shows nothing of: workers' programs get them all the same."""
    names: Counter[str] = Counter(name for task in tasks for name in task.data)
    shown = {name.partition(".")[0].partition("[")[0] for name in module.variables()}
    unknown = [name for name in names if name not in shown]
    if unknown and shown:
        listed = ", ".join(f'"{name[:40]}"' for name in unknown[:_SHOWN])
        more = f" and {len(unknown) - _SHOWN} more" if len(unknown) > _SHOWN else ""
        notes.tell(
            f"Fields that the config does not show: {listed}{more}. Workers' programs get them all the same."
        )


def _task(row: dict[str, Any], number: int, module: Module | None, notes: Notes) -> TaskDraft:
    source = f"tasks:{number}"
    reference = row.get("reference")
    gold = row.get("gold") is True and (is_task(row) or reference is not None)
    if gold and type(reference) is not list:
        raise bad(f"{source} is gold, but its reference is no answer")
    if is_task(row):
        if row.get("predictions"):
            notes.count("Predictions of a model are left out")
        if reference is None:
            reference, gold = _annotated(row, source, module, notes)
        return TaskDraft(row["data"], reference, gold, source)
    aside = {"reference", "gold"} if gold else {"reference"}
    if "annotations" in row and "id" in row:
        aside |= TASK_KEYS  # a task of Label Studio without its wrapping
    return TaskDraft({k: v for k, v in row.items() if k not in aside}, reference, gold, source)


def _annotated(
    row: dict[str, Any], source: str, module: Module | None, notes: Notes
) -> tuple[list[Any] | None, bool]:
    """The right answer of a task that Label Studio wrote; None where there is none that this module can give."""
    results, truth = annotation_of(row)
    if results is None or module is None:
        return results, truth and results is not None
    answer = answer_from(results, module)
    try:
        parse_answer(answer, bind(module, row["data"]))
    except MalformedMessage as error:
        notes.say(f"{source}: its annotation is left out. {error.message}")
        return None, False
    except ValueError:
        return None, False  # the task itself does not fit, which is told when it is checked
    return answer, truth
