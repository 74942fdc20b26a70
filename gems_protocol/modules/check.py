# SPDX-License-Identifier: Apache-2.0
"""Tells an author what a config uses, what is missing, and whether a task fits it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from gems_protocol.modules import keys, limits
from gems_protocol.modules.fields import MEDIA, task_problems
from gems_protocol.modules.parse import ConfigRefused, parse
from gems_protocol.modules.tags import TAGS
from gems_protocol.text import line

__all__ = ["MEDIA", "Report", "check", "task_problems"]


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
    told = tuple(task_problems(module, task, names=names)) if task is not None else ()
    given = tuple((control, option, key) for (control, option), key in keys.assign(module).items())
    return Report(not told, found, (), (), module.notes, module.variables(), given, told)


def _tags(config: str) -> tuple[str, ...]:
    if len(config) > limits.CONFIG_BYTES:
        return ()
    try:
        root = fromstring(config, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError):
        return ()
    return tuple(dict.fromkeys(line(str(element.tag), 40) for element in root.iter()))
