# SPDX-License-Identifier: Apache-2.0
"""Edits of an answer as JSON values: the journal keeps them, and replaying them gives the answer back.

An edit is `{"op", ...}`: `choose`/`unchoose` (control, option), `write` (control, texts), `add` (region), `replace`
(region, by id), `remove` (id), `reset` (answer). `apply` is pure, so undo is replaying one edit less.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from gems_protocol.errors import GemsError, MalformedMessage
from gems_protocol.modules.answer import Region, parse_answer
from gems_protocol.modules.tree import Module, Node

Edit = dict[str, Any]


class EditRefused(GemsError):
    """An edit does not fit the module or the answer; the answer stays as it was."""


def apply(answer: list[Region], edit: Edit, module: Module) -> list[Region]:
    """The answer after `edit`; raises EditRefused and leaves `answer` alone."""
    try:
        changed = _OPERATIONS[edit["op"]](answer, edit, module)
        return parse_answer(changed, module)
    except (KeyError, TypeError) as error:
        raise EditRefused("An edit of the answer is not one that is known.") from error
    except MalformedMessage as error:
        raise EditRefused(error.message) from error


def replay(start: list[Region], edits: Iterable[Edit], module: Module) -> list[Region]:
    """The answer after all of `edits`."""
    answer = start
    for edit in edits:
        answer = apply(answer, edit, module)
    return answer


def _control(edit: Edit, module: Module) -> Node:
    control = module.control(edit["control"])
    if control is None:
        raise EditRefused("An edit names a control that the module does not have.")
    return control


def _set(answer: list[Region], control: Node, value: dict[str, Any] | None) -> list[Region]:
    """Put the one region of a control that labels the whole object, or drop it."""
    kept = [region for region in answer if region["from_name"] != control.name]
    if value is None:
        return kept
    return [
        *kept,
        {
            "id": f"{control.name.replace(' ', '_').replace('.', '_')[:56]}",
            "from_name": control.name,
            "to_name": control.to_name,
            "type": control.answer_type,
            "value": value,
        },
    ]


def _chosen(answer: list[Region], control: Node) -> list[str]:
    return next((r["value"]["choices"] for r in answer if r["from_name"] == control.name), [])


def _choose(answer: list[Region], edit: Edit, module: Module) -> list[Region]:
    control = _control(edit, module)
    before = _chosen(answer, control)
    if control.get("choice", "single") != "multiple":
        return _set(answer, control, {"choices": [edit["option"]]})
    wanted = {*before, edit["option"]}
    known = [option.stored for option in control.options]
    if edit["option"] not in known:
        raise EditRefused("An edit names an option that the module does not have.")
    return _set(answer, control, {"choices": [stored for stored in known if stored in wanted]})


def _unchoose(answer: list[Region], edit: Edit, module: Module) -> list[Region]:
    control = _control(edit, module)
    left = [stored for stored in _chosen(answer, control) if stored != edit["option"]]
    return _set(answer, control, {"choices": left} if left else None)


def _write(answer: list[Region], edit: Edit, module: Module) -> list[Region]:
    texts = [text for text in edit["texts"] if text]
    return _set(answer, _control(edit, module), {"text": texts} if texts else None)


def _add(answer: list[Region], edit: Edit, module: Module) -> list[Region]:
    return [*answer, edit["region"]]


def _replace(answer: list[Region], edit: Edit, module: Module) -> list[Region]:
    wanted = edit["region"]["id"]
    if all(region["id"] != wanted for region in answer):
        raise EditRefused("An edit changes a region that is not there.")
    return [edit["region"] if region["id"] == wanted else region for region in answer]


def _remove(answer: list[Region], edit: Edit, module: Module) -> list[Region]:
    return [region for region in answer if region["id"] != edit["id"]]


def _reset(answer: list[Region], edit: Edit, module: Module) -> list[Region]:
    return list(edit["answer"])


_OPERATIONS = {
    "choose": _choose,
    "unchoose": _unchoose,
    "write": _write,
    "add": _add,
    "replace": _replace,
    "remove": _remove,
    "reset": _reset,
}
