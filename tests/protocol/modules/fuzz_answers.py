# SPDX-License-Identifier: Apache-2.0
"""Tasks, answers and edits from a seed for a module: mostly near what it takes, and damaged."""

from __future__ import annotations

import copy
import random
from typing import Any

from gems_protocol.modules import Module
from tests.protocol.modules.fuzz_configs import HASH, WORDS, strange
from tests.protocol.modules.kinds import KINDS


def data(r: random.Random, module: Module) -> dict[str, Any]:
    """A task for a module, mostly one that fits."""
    found: dict[str, Any] = {}
    fitting: dict[str, Any] = {
        "Paragraphs": [{"author": "A", "text": "Hello"}, {"author": "B", "text": "\U0001f600"}],
        "Table": [{"a": 1, "b": "x"}],
        "List": [{"id": name, "title": name.upper()} for name in ("x", "y", "z")],
        "Chat": [{"role": "user", "content": "Hi"}],
        **dict.fromkeys(("Image", "Audio", "Video", "Pdf"), HASH),
    }
    for node in module.nodes:
        for variable in (node.variable, node.sound, *node.woven):
            if variable and r.random() < 0.95:
                fits = fitting.get(
                    node.tag, ["Cat", "dog", {"value": "x"}] if node.variable == variable else "w"
                )
                text = node.tag in ("Text", "HyperText", "Header", "TextArea")
                found[variable] = "some words" if text else fits
                if node.tag == "TimeSeries":
                    columns = [node.get("timeColumn"), *(option.value for option in node.options)]
                    found[variable] = {column: [1, 2.5, 3] for column in columns if column}
                if r.random() < 0.15:
                    found[variable] = strange(r)
    return found


def answer(r: random.Random, module: Module) -> Any:
    """An answer, mostly near one that the module can give."""
    results: list[Any] = []
    for control in module.controls():
        for kind in KINDS.values():
            if kind.answer[0].get("type") == control.answer_type and r.random() < 0.4:
                result = copy.deepcopy(kind.answer[0])
                result |= {"from_name": control.name, "to_name": control.to_name, "id": f"r{len(results)}"}
                stored = [option.stored for option in control.options]
                for key, value in result["value"].items():
                    if isinstance(value, list) and value and isinstance(value[0], str) and stored:
                        result["value"][key] = [r.choice(stored)]
                copies = 350 if r.random() < 0.01 else 1
                results += [result | {"id": f"r{len(results) + at}"} for at in range(copies)]
    found: Any = results
    for _ in range(r.choice((0, 0, 1, 3))):
        found = damaged_value(r, found)
    return found


def damaged_value(r: random.Random, value: Any) -> Any:
    """The same value with one place of it changed, gone or twice."""
    if isinstance(value, (list, dict)) and value and r.random() < 0.9:
        changed = value.copy()
        at: Any = r.choice(list(changed)) if isinstance(changed, dict) else r.randrange(len(changed))
        kind = r.random()
        if kind < 0.7:
            changed[at] = damaged_value(r, changed[at])
        elif kind < 0.8:
            del changed[at]
        elif isinstance(changed, list):
            changed.append(changed[at])
        else:
            changed[r.choice([*WORDS, "x", "text", "labels", "item_index"])] = strange(r)
        return changed
    if isinstance(value, (int, float)) and abs(value) < 1e9 and r.random() < 0.6:
        return r.choice([value + 1, -value, value * 1000, value + 0.12345, True, None])
    return strange(r)


def edit(r: random.Random, module: Module, results: list[dict[str, Any]]) -> Any:
    """An edit, mostly one that is known."""
    node = r.choice(module.controls() or module.objects())
    options = [list(path) for path, _ in node.every_option()] or [["x"]]
    region = r.choice(results) if results else {"id": "r1", "value": {}}
    found: dict[str, Any] = {
        "op": r.choice(
            [
                "choose",
                "unchoose",
                "write",
                "put",
                "add",
                "replace",
                "label",
                "remove",
                "relate",
                "unrelate",
                "say",
                "reset",
                "all",
            ]
        ),
        "control": node.name,
        "option": r.choice((options[0], options[-1][-1], options[0][0], "x")),
        "texts": r.choice((["words"], [], [""], "x", [5])),
        "value": r.choice(
            (None, {"rating": 2}, {"number": 1}, {"choices": options[0]}, region.get("value"), {}, 5)
        ),
        "labels": r.choice(([options[0][0]], [], None)),
        "id": region.get("id"),
        "from": region.get("id"),
        "to": (r.choice(results) if results else region).get("id"),
        "role": r.choice(("user", "x", 5)),
        "content": "words",
        "answer": results,
        "edits": [],
    }
    if found["op"] in ("add", "replace"):
        found["region"] = region if r.random() < 0.5 else region | {"id": "new"}
    elif r.random() < 0.3:
        found["region"] = region.get("id")
    return damaged_value(r, found) if r.random() < 0.2 else found
