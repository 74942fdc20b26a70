# SPDX-License-Identifier: Apache-2.0
"""What a task's answer holds before anybody touched it: choices that the author selected, default values.

As in Label Studio: `selected` of choices and of places in a tree, `defaultValue` of ratings and numbers, `value` of a
text field, `selected` of a label for the hand. Controls of single regions start empty. An order of items is none
until somebody made it, although Label Studio writes the list's own order down: here an answer is somebody's act.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from gems_protocol.modules import limits
from gems_protocol.modules.edits import EditRefused, apply
from gems_protocol.modules.options import word
from gems_protocol.modules.tree import Module, Node
from gems_protocol.modules.visible import shown, whole_task
from gems_protocol.text import clean

_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,9})?", re.ASCII)
_ROUNDS = 4  # what is selected may show more, and that may show more again


def start(module: Module, data: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
    """The answer that a bound module's task with this `data` begins with; what a control would refuse is left out."""
    answer: list[dict[str, Any]] = []
    defaults = [(n, value) for n in module.controls() if (value := default(n, data or {})) is not None]
    tried: set[str] = set()
    for _ in range(_ROUNDS if defaults else 0):
        visible = shown(module, answer)
        fresh = [(n, v) for n, v in defaults if n.place in visible and n.name not in tried]
        if not fresh:
            break
        for node, value in fresh:
            tried.add(node.name)
            try:
                answer = apply(answer, {"op": "put", "control": node.name, "value": value}, module)
            except EditRefused:
                continue  # such as a rating above the highest: Label Studio shows none either
    visible = shown(module, answer)
    hidden = {node.name for node, _ in defaults if node.place not in visible}
    return [result for result in answer if result.get("from_name") not in hidden]


def hand(module: Module) -> tuple[str, str] | None:
    """The control and the label that are in the hand from the start, when the author selected one."""
    for node in module.controls():
        for option in node.options:
            if option.selected and node.tag.endswith("Labels"):
                return node.name, option.stored
    return None


def default(node: Node, data: Mapping[str, Any]) -> dict[str, Any] | None:
    """The value that a control starts with; None when it starts empty."""
    if not whole_task(node):
        return None
    if node.tag in ("Choices", "Taxonomy"):
        return _selected(node)
    if node.tag == "TextArea":
        given = word(data.get(node.variable)) if node.variable else node.get("value")
        words = clean(given or "", max_length=limits.TYPED_LENGTH).strip()
        return {"text": [words]} if words else None
    if node.tag == "Rating":
        stars = node.number("defaultValue", 0)
        return {"rating": stars} if stars else None
    found = _NUMBER.fullmatch(node.get("defaultValue").strip())
    if node.tag == "Number" and found:
        return {"number": float(found[0]) if found[1] else int(found[0])}
    return None


def _selected(node: Node) -> dict[str, Any] | None:
    paths = [list(path) for path, option in node.every_option() if option.selected]
    if node.tag == "Choices" and not node.multiple:
        paths = paths[:1]
    if not paths:
        return None
    if node.tag == "Taxonomy":
        return {"taxonomy": paths}
    return {"choices": paths if node.flag("allowNested") else [path[-1] for path in paths]}
