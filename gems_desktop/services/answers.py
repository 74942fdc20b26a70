# SPDX-License-Identifier: Apache-2.0
"""From a journal of edits to an answer, through the campaign's module; the module's rules are the protocol's."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from gems_desktop.services.ports import Tx
from gems_desktop.services.records import EditRecord, ItemRecord
from gems_protocol import modules


@dataclass(frozen=True, slots=True)
class Draft:
    """What the journal of one item comes to."""

    answer: list[dict[str, Any]]
    done: tuple[dict[str, Any], ...]
    undone: tuple[dict[str, Any], ...]


def replay(journal: list[EditRecord]) -> tuple[tuple[dict[str, Any], ...], tuple[dict[str, Any], ...]]:
    """(edits that count, edits that redo would bring back), from an append-only journal."""
    done: list[dict[str, Any]] = []
    undone: list[dict[str, Any]] = []
    for line in journal:
        if line.kind == "edit":
            done.append(json.loads(line.edit))
            undone.clear()
        elif line.kind == "undo" and done:
            undone.append(done.pop())
        elif line.kind == "redo" and undone:
            done.append(undone.pop())
    return tuple(done), tuple(undone)


@lru_cache(maxsize=32)
def module_of(config: str) -> modules.Module:
    """The parsed module of a labelling config; raises the protocol's refusal for one that cannot be shown."""
    return modules.parse(config)


def draft_of(tx: Tx, item: ItemRecord, config: str) -> Draft:
    """The answer drafted so far."""
    done, undone = replay(tx.find(EditRecord, item_id=item.item_id))
    module = module_for(config, item.data)
    answer = json.loads(item.start)
    for edit in done:
        answer = modules.apply(answer, edit, module)
    return Draft(answer, done, undone)


@lru_cache(maxsize=8)
def module_for(config: str, data: str) -> modules.Module:
    """The module of a labelling config for one task, whose data is JSON; what does not fit is left out."""
    module = module_of(config)
    try:
        return modules.bind(module, json.loads(data))
    except ValueError:  # the platform refuses such tasks when a campaign is made
        return module


def begun(config: str, data: str) -> str:
    """What an answer holds before anybody touched it, as JSON: what the author selected beforehand."""
    return json.dumps(modules.start(module_for(config, data), json.loads(data)), ensure_ascii=False)


def apply(config: str, data: str, answer: list[dict[str, Any]], edit: dict[str, Any]) -> list[dict[str, Any]]:
    """The answer after one edit; raises EditRefused for an edit that the module does not allow."""
    return modules.apply(answer, edit, module_for(config, data))


def problems(config: str, data: str, answer: list[dict[str, Any]]) -> tuple[str, ...]:
    """What keeps this answer from being complete, in words; empty when nothing does."""
    return tuple(modules.problems(answer, module_for(config, data)))
