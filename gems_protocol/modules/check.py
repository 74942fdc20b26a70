# SPDX-License-Identifier: Apache-2.0
"""Tells an author what a config uses, what is missing, and whether a task fits it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from gems_protocol.modules import keys, limits
from gems_protocol.modules.bind import bind
from gems_protocol.modules.config_xml import ConfigRefused, read
from gems_protocol.modules.fields import MEDIA, task_problems
from gems_protocol.modules.parse import parse
from gems_protocol.modules.tags import TAGS, canonical_tag
from gems_protocol.modules.tree import Module
from gems_protocol.text import line

__all__ = ["MEDIA", "Report", "check", "check_rows", "row_problems", "task_problems"]


@dataclass(frozen=True, slots=True)
class Report:
    """What `gems module check` says; `usable` only when there are neither reasons nor task problems."""

    usable: bool
    tags: tuple[str, ...]
    unsupported: tuple[str, ...]
    reasons: tuple[str, ...]
    notes: tuple[str, ...]
    variables: tuple[str, ...]
    keys: tuple[tuple[str, str, str], ...]  # control, option, key
    task_problems: tuple[str, ...]


def check(config: str, task: dict[str, Any] | None = None, *, names: bool = False) -> Report:
    """Look at a config, and at a task when one is given. `names`: media may still be file names."""
    found = _tags(config)
    unsupported = tuple(tag for tag in found if tag not in TAGS)
    try:
        module = parse(config)
    except ConfigRefused as refused:
        return Report(False, found, unsupported, refused.reasons, (), (), (), ())
    told = tuple(row_problems(module, task, names=names)) if task is not None else ()
    given = tuple((control, option, key) for (control, option), key in keys.assign(module).items())
    return Report(not told, found, (), (), module.notes, module.variables(), given, told)


def check_rows(config: str, rows: Iterable[object], *, names: bool = False) -> list[str]:
    """What is wrong with a file of tasks, row by row ("Row 3: …"); the first ones, and how many more there are.

    Rows count from 1. A config that cannot be used is told in place of the rows.
    """
    try:
        module = parse(config)
    except ConfigRefused as refused:
        return list(refused.reasons)
    told: list[str] = []
    more = 0
    for number, row in enumerate(rows, start=1):
        for problem in row_problems(module, row, names=names):
            if len(told) < limits.SHOWN_LINES:
                told.append(f"Row {number}: {problem}")
            else:
                more += 1
    return [*told, f"… and {more} more."] if more else told


def row_problems(module: Module, row: object, *, names: bool = False) -> list[str]:
    """What is wrong with one row of a file of tasks: its fields, and what the module makes of them."""
    if not isinstance(row, dict):
        return ["This is not an object with fields."]
    found = task_problems(module, row, names=names)
    if not found:
        try:
            bind(module, row)
        except ValueError as error:
            found = [f"The module cannot be filled: {error}."]
    return found


def _tags(config: str) -> tuple[str, ...]:
    try:
        root = read(config)
    except ConfigRefused:
        return ()
    return tuple(dict.fromkeys(line(canonical_tag(str(element.tag)), 40) for element in root.iter()))
