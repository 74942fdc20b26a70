# SPDX-License-Identifier: Apache-2.0
"""Whether a draft's tasks and known answers fit its labelling config, before anything of it is sent."""

from __future__ import annotations

from typing import Any

from gems_platform.client.requesting.draft import Draft
from gems_protocol import modules
from gems_protocol.errors import GemsError, MalformedMessage
from gems_protocol.modules.tree import Module


class DoesNotFit(GemsError):
    """Tasks do not fit their labelling config."""


def check_fit(draft: Draft) -> None:
    """Raise ConfigRefused, or DoesNotFit naming the first tasks that lack what the config shows."""
    module = modules.parse(draft.manifest.module.config)
    found = []
    for number, task in enumerate(draft.tasks, 1):
        name = task.source if draft.gold else f"task {number}"
        found += [f"{name}: {problem}" for problem in modules.task_problems(module, task.data)]
        found += _answer_problems(name, module, task.data, task.reference) if task.gold else []
    for number, item in enumerate(draft.practice, 1):
        name = f"practice:{number}"
        found += [f"{name}: {problem}" for problem in modules.task_problems(module, item.data)]
        found += _answer_problems(name, module, item.data, item.answer)
    if found:
        rest = f" ({len(found) - 5} more)" if len(found) > 5 else ""
        raise DoesNotFit(
            f"The tasks do not fit the labelling config: {'; '.join(found[:5])}{rest}",
            safe="Nothing was sent and nothing was paid.",
            action="Mend the tasks or the config.",
        )


def _answer_problems(name: str, module: Module, data: dict[str, Any], answer: Any) -> list[str]:
    try:
        modules.parse_answer(answer, modules.bind(module, data))
    except MalformedMessage as error:
        return [f"{name}: {error.message}"]
    except ValueError:
        return []  # the task itself does not fit, which is told already
    return []
