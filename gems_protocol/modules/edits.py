# SPDX-License-Identifier: Apache-2.0
"""Edits of an answer as JSON values: the journal keeps them, and replaying them gives the answer back.

An edit is `{"op", ...}`; `apply` is pure, so undo is replaying one edit less. Of controls: `choose`/`unchoose`
(control, option: what is stored, or its path in a tree), `write` (control, texts), `put` (control, value: the whole
value, or null); with `region` they are about that region. Of regions: `add` (region), `replace` (region, by id),
`label` (id, control, labels), `remove` (id), `relate` (from, to, labels?, direction?), `unrelate` (from, to),
`say` (control, role, content, id, createdAt?). `reset` (answer) replaces everything; `all` (edits) does
several as one step. What is said about a region
follows its place, and goes with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from gems_protocol.errors import GemsError, MalformedMessage
from gems_protocol.modules.answer import parse_answer
from gems_protocol.modules.regions import (
    BARE,
    LABEL_KEYS,
    OWN_KEYS,
    Region,
    beside,
    firsts,
    geometry,
    is_region,
)
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


def _at(answer: list[Region], identity: Any, module: Module) -> tuple[Region, Node]:
    """The region of that id and its control."""
    region = firsts(answer).get(identity)
    control = module.control(region["from_name"]) if region is not None else None
    if region is None or control is None or not is_region(region, module):
        raise EditRefused("An edit is about a region that is not there.")
    return region, control


def _given(edit: Edit) -> Region:
    region = edit["region"]
    if type(region) is not dict or type(region.get("value")) is not dict or type(region.get("id")) is not str:
        raise EditRefused("An edit brings a region that is none.")
    if type(region.get("from_name")) is not str or type(region.get("to_name")) is not str:
        raise EditRefused("An edit brings a region that is none.")
    return region


# What is answered about the whole task, or about one region.


def _before(answer: list[Region], control: Node, edit: Edit) -> Region | None:
    region = edit.get("region", "")
    mine = (result for result in answer if result.get("from_name") == control.name)
    return next((result for result in mine if not region or result["id"] == region), None)


def _set(answer: list[Region], edit: Edit, module: Module, value: dict[str, Any] | None) -> list[Region]:
    """Put the one result of a control about the whole task or about the edit's region, or drop it."""
    control, identity = _control(edit, module), edit.get("region", "")
    if control.tag not in OWN_KEYS or control.tag == "Labels" or control.per_region != bool(identity):
        raise EditRefused("An edit does not fit its control.")
    if identity:
        return _accompany(answer, control, identity, module, value)
    kept = [result for result in answer if result.get("from_name") != control.name]
    if value is None:
        return kept
    name = f"{control.name.replace(' ', '_').replace('.', '_')[:56]}"
    taken = firsts(kept)
    while name in taken:
        name += "_"
    return [*kept, _result(name, control, control.to_name, value)]


def _accompany(
    answer: list[Region], control: Node, identity: Any, module: Module, value: dict[str, Any] | None
) -> list[Region]:
    """Put what a control says about one region behind the region and what is said about it already, or drop it."""
    region, of = _at(answer, identity, module)
    mine = [result.get("id") == identity and result.get("from_name") == control.name for result in answer]
    if value is None:
        return [result for result, ours in zip(answer, mine, strict=True) if not ours]
    key = OWN_KEYS[control.tag]
    result = {
        **_result(identity, control, region["to_name"], {**geometry(region, of, key), **value}),
        **beside(region),
    }
    if any(mine):
        return [result if ours else other for other, ours in zip(answer, mine, strict=True)]
    last = max(at for at, other in enumerate(answer) if other.get("id") == identity)
    return [*answer[: last + 1], result, *answer[last + 1 :]]


def _result(identity: str, control: Node, to_name: str, value: dict[str, Any]) -> Region:
    return {
        "id": identity,
        "from_name": control.name,
        "to_name": to_name,
        "type": control.answer_type,
        "value": value,
    }


def _choose(answer: list[Region], edit: Edit, module: Module) -> list[Region]:
    control, option = _control(edit, module), edit["option"]
    if control.flag("allowNested"):
        return _set(answer, edit, module, _chosen_paths(answer, edit, control, _path(control, option), True))
    if not control.multiple:
        return _set(answer, edit, module, {"choices": [option]})
    known = [one.stored for one in control.options]
    if option not in known and (not control.variable or module.bound):
        raise EditRefused("An edit names an option that the module does not have.")
    chosen = _chosen(answer, edit, control)
    wanted = {*chosen, option}
    strange = [stored for stored in dict.fromkeys([*chosen, option]) if stored not in known]
    return _set(answer, edit, module, {"choices": [stored for stored in known if stored in wanted] + strange})


def _unchoose(answer: list[Region], edit: Edit, module: Module) -> list[Region]:
    control, option = _control(edit, module), edit["option"]
    if control.flag("allowNested"):
        return _set(answer, edit, module, _chosen_paths(answer, edit, control, _path(control, option), False))
    left = [stored for stored in _chosen(answer, edit, control) if stored != option]
    return _set(answer, edit, module, {"choices": left} if left else None)


def _chosen(answer: list[Region], edit: Edit, control: Node) -> list[Any]:
    before = _before(answer, control, edit)
    return list(before["value"]["choices"]) if before is not None else []


def _path(control: Node, option: Any) -> tuple[str, ...]:
    """The path that an edit names: a path, or what is stored where only one option has it."""
    if type(option) is list:
        return tuple(option)
    found = [path for path, _ in control.every_option() if path[-1] == option]
    if len(found) > 1:
        raise EditRefused("An edit names an option that stands at several places.")
    return found[0] if found else (option,)


def _chosen_paths(
    answer: list[Region], edit: Edit, control: Node, path: tuple[str, ...], on: bool
) -> dict[str, Any] | None:
    """As Label Studio chooses in a tree: with an option all below it, and an option when all below it are chosen."""
    every = {found: not option.children for found, option in control.every_option()}
    ends = {found for found, is_end in every.items() if is_end}
    before = {tuple(one) for one in _chosen(answer, edit, control)}
    touched = {end for end in ends if end[: len(path)] == path} or {path}
    if on and not control.multiple:
        if len(touched) > 1:
            raise EditRefused("An edit chooses several options where one is allowed.")
        before = set()
    chosen = before & ends | {one for one in before if one not in every}
    chosen = chosen | touched if on else chosen - touched
    lacking = {end[:depth] for end in ends - chosen for depth in range(1, len(end) + 1)}
    kept = [found for found in every if found not in lacking]
    kept += sorted(found for found in chosen if found not in every)
    return {"choices": [list(found) for found in kept]} if kept else None


def _write(answer: list[Region], edit: Edit, module: Module) -> list[Region]:
    texts = [text for text in edit["texts"] if text]
    return _set(answer, edit, module, {"text": texts} if texts else None)


def _put(answer: list[Region], edit: Edit, module: Module) -> list[Region]:
    value = edit["value"]
    if value is not None and type(value) is not dict:
        raise EditRefused("An edit brings a value that is none.")
    if value is not None and value.keys() != {OWN_KEYS.get(_control(edit, module).tag, "")}:
        raise EditRefused("An edit brings a value of another control.")
    return _set(answer, edit, module, value)


# Regions.


def _add(answer: list[Region], edit: Edit, module: Module) -> list[Region]:
    region = _given(edit)
    if not is_region(region, module):
        raise EditRefused("An edit brings a region that is none.")
    if region["id"] in firsts(answer):
        raise EditRefused("An edit brings a region whose id is taken.")
    return [*answer, region]


def _replace(answer: list[Region], edit: Edit, module: Module) -> list[Region]:
    region = _given(edit)
    first, _ = _at(answer, region["id"], module)
    control = module.control(region["from_name"])
    if control is None or not is_region(region, module):
        raise EditRefused("An edit brings a region that is none.")
    return [region if result is first else _follow(result, region, control, module) for result in answer]


def _follow(result: Region, region: Region, of: Node, module: Module) -> Region:
    """A companion where its region now lies; any other result as it is."""
    control = module.control(result["from_name"]) if result.get("id") == region["id"] else None
    if control is None:
        return result
    key = OWN_KEYS[control.tag]
    value = {**geometry(region, of, key), key: result["value"][key]}
    return {**_result(result["id"], control, region["to_name"], value), **beside(region)}


def _remove(answer: list[Region], edit: Edit, module: Module) -> list[Region]:
    gone = edit["id"]
    return [
        result
        for result in answer
        if gone not in (result.get("id"), result.get("from_id"), result.get("to_id"))
    ]


def _label(answer: list[Region], edit: Edit, module: Module) -> list[Region]:
    """Label a region: in its own result, or by a Labels beside a bare shape."""
    control, labels = _control(edit, module), edit["labels"]
    region, of = _at(answer, edit["id"], module)
    if type(labels) is not list:
        raise EditRefused("An edit brings labels that are none.")
    if of.tag in BARE and control.tag == "Labels":
        return _accompany(answer, control, edit["id"], module, {"labels": labels} if labels else None)
    if of.tag == "VideoRectangle" and control.tag == "Labels":
        value = {**geometry(region, of), **({"labels": labels} if labels else {})}
        return _replace(answer, {"region": {**region, "value": value}}, module)
    if control.tag != of.tag or control.tag not in LABEL_KEYS or control.tag == "VideoRectangle":
        raise EditRefused("An edit labels a region with what does not label it.")
    value = {**geometry(region, of), LABEL_KEYS[control.tag]: labels}
    changed = _result(region["id"], control, region["to_name"], value)
    return _replace(answer, {"region": {**changed, **beside(region)}}, module)


def _relate(answer: list[Region], edit: Edit, module: Module) -> list[Region]:
    relation = {
        "type": "relation",
        "from_id": edit["from"],
        "to_id": edit["to"],
        "direction": edit.get("direction", "right"),
    }
    if edit.get("labels"):
        relation["labels"] = edit["labels"]
    return [*_unrelate(answer, edit, module), relation]


def _unrelate(answer: list[Region], edit: Edit, module: Module) -> list[Region]:
    ends = (edit["from"], edit["to"])
    return [result for result in answer if (result.get("from_id"), result.get("to_id")) != ends]


def _say(answer: list[Region], edit: Edit, module: Module) -> list[Region]:
    control = _control(edit, module)
    if control.tag != "Chat" or type(edit["id"]) is not str:
        raise EditRefused("An edit does not fit its control.")
    said = {key: edit[key] for key in ("role", "content", "createdAt") if key in edit}
    region = _result(edit["id"], control, control.name, {"chatmessage": said})
    return _add(answer, {"region": region}, module)


def _all(answer: list[Region], edit: Edit, module: Module) -> list[Region]:
    for step in edit["edits"]:
        if step["op"] == "all":
            raise EditRefused("An edit of the answer holds another of its kind.")
        answer = apply(answer, step, module)
    return answer


def _reset(answer: list[Region], edit: Edit, module: Module) -> list[Region]:
    return list(edit["answer"])


_OPERATIONS: dict[str, Callable[[list[Region], Edit, Module], list[Region]]] = {
    "choose": _choose,
    "unchoose": _unchoose,
    "write": _write,
    "put": _put,
    "add": _add,
    "replace": _replace,
    "label": _label,
    "remove": _remove,
    "relate": _relate,
    "unrelate": _unrelate,
    "say": _say,
    "reset": _reset,
    "all": _all,
}
