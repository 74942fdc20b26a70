# SPDX-License-Identifier: Apache-2.0
"""What a campaign's module demands of its tasks and answers, by the protocol's reading of it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from gems_platform.errors import Malformed
from gems_protocol.modules import Module, bind, parse, parse_answer, problems, task_problems


@lru_cache(maxsize=64)
def _module(config: str) -> Module:
    return parse(config)


def check_config(config: str) -> None:
    """Raise ConfigRefused, naming each tag, when the labelling config cannot be shown."""
    _module(config)


def check_tasks(config: str, tasks: list[dict[str, Any]]) -> None:
    """Raise Malformed at the first task that lacks what the config shows."""
    module = _module(config)
    for place, data in enumerate(tasks):
        found = task_problems(module, data)
        if found:
            raise Malformed(f"Task {place + 1}: {found[0]}")


def check_answer(config: str, data: dict[str, Any], answer: list[Any]) -> None:
    """Raise MalformedMessage or Malformed when an answer is not a finished one of this module to the task `data`."""
    module = bind(_module(config), data)
    missing = problems(parse_answer(answer, module), module)
    if missing:
        raise Malformed(missing[0])
