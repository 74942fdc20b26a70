# SPDX-License-Identifier: Apache-2.0
"""Whether the fields of a task hold what the elements of a module show; each problem in words."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from math import isfinite
from typing import Any

from gems_protocol.modules import limits
from gems_protocol.modules.bind import takes_options
from gems_protocol.modules.config_xml import brief
from gems_protocol.modules.options import items_from, options_from, word
from gems_protocol.modules.tree import MEDIA_TAGS, Module, Node

MEDIA = re.compile(r"sha256:[0-9a-f]{64}", re.ASCII)
_HALF = re.compile(r"[\ud800-\udfff]")
_LARGEST = 2**53  # what every reader of JSON keeps exactly
_NAME = 1_000  # characters of a file's name on the author's machine


def task_problems(module: Module, task: Mapping[str, Any], *, names: bool = False) -> list[str]:
    """Why a task's data cannot be shown with this module; empty when it can. `names`: media may be file names."""
    found: list[str] = []
    strange: set[str] = set()
    for variable in module.variables():
        value = task.get(variable)
        if value is None:
            found.append(f"The field {variable} is missing.")
        elif problem := _strange(value):
            strange.add(variable)
            found.append(f"The field {variable} {problem}.")
    for node in module.nodes:
        shown = {node.variable, node.sound} - {""}
        for variable in sorted(shown | set(node.woven)):
            value = task.get(variable)
            if value is None or variable in strange:
                continue
            if variable not in shown:
                found.extend(_words(variable, value))
            elif variable == node.sound or node.tag in MEDIA_TAGS:
                found.extend(_media(variable, value, names))
            else:
                found.extend(_reader(node)(node, value, names))
    return list(dict.fromkeys(map(brief, found)))


def _strange(value: Any) -> str:
    """What no JSON of a task may hold, in words: half characters, endless numbers, too many or too deep parts."""
    waiting: list[tuple[Any, int]] = [(value, 1)]
    seen = 0
    while waiting:
        part, depth = waiting.pop()
        if isinstance(part, (list, dict)):
            seen += len(part)
            if depth > limits.DATA_DEPTH or seen > limits.DATA_PARTS:
                return "is nested too deep or holds too much"
            if isinstance(part, dict):
                if not all(isinstance(key, str) and not _HALF.search(key) for key in part):
                    return "has names that are no texts"
                part = part.values()
            waiting.extend((item, depth + 1) for item in part)
        elif isinstance(part, str):
            if _HALF.search(part):
                return "holds half a character"
        elif isinstance(part, float):
            if not isfinite(part):
                return "holds a number that is none"
        elif isinstance(part, int):
            if not -_LARGEST <= part <= _LARGEST:
                return "holds a number that is too large"
        elif part is not None:
            return "holds what no task can hold"
    return ""


def _words(variable: str, value: Any) -> Iterator[str]:
    found = word(value)
    if found is None:
        yield f"The field {variable} is not a text."
    elif len(found) > limits.TEXT_LENGTH:
        yield f"The field {variable} is longer than {limits.TEXT_LENGTH} characters."


def _media(variable: str, value: Any, names: bool) -> Iterator[str]:
    pages = value if isinstance(value, list) else [value]
    if not 0 < len(pages) <= limits.PAGES:
        yield f"The field {variable} does not hold 1 to {limits.PAGES} pages."
    elif any(not isinstance(page, str) or not 0 < len(page) <= _NAME for page in pages):
        yield f"The field {variable} is not a text."
    elif not names and any(not MEDIA.fullmatch(page) for page in pages):
        yield f"The field {variable} does not name a file by its content hash."


def _text(node: Node, value: Any, names: bool) -> Iterator[str]:
    # Label Studio joins a list of texts by lines
    parts = [word(part) for part in (value if isinstance(value, list) else [value])]
    if any(part is None for part in parts):
        yield f"The field {node.variable} is not a text."
    elif sum(len(part or "") for part in parts) > limits.TEXT_LENGTH:
        yield f"The field {node.variable} is longer than {limits.TEXT_LENGTH} characters."


def _options(node: Node, value: Any, names: bool) -> Iterator[str]:
    try:
        options_from(value)
    except ValueError as error:
        yield f"The field {node.variable}: {error}."


def _list(node: Node, value: Any, names: bool) -> Iterator[str]:
    try:
        items_from(value)
    except ValueError as error:
        yield f"The field {node.variable}: {error}."


def _paragraphs(node: Node, value: Any, names: bool) -> Iterator[str]:
    text, name = node.get("textKey", "text"), node.get("nameKey", "author")
    if not isinstance(value, list) or not 0 < len(value) <= limits.PARAGRAPHS:
        yield f"The field {node.variable} does not hold 1 to {limits.PARAGRAPHS} paragraphs."
    elif any(not isinstance(part, dict) or not isinstance(part.get(text), str) for part in value):
        yield f"A paragraph in the field {node.variable} has no {text}."
    elif any(not isinstance(part.get(name, ""), str) for part in value):
        yield f"A paragraph in the field {node.variable} has a {name} that is not a text."
    elif sum(len(part[text]) for part in value) > limits.TEXT_LENGTH:
        yield f"The field {node.variable} is longer than {limits.TEXT_LENGTH} characters."


def _chat(node: Node, value: Any, names: bool) -> Iterator[str]:
    if not isinstance(value, list) or len(value) > limits.MESSAGES:
        yield f"The field {node.variable} does not hold a list of at most {limits.MESSAGES} messages."
        return
    for message in value:
        said = isinstance(message, dict) and isinstance(message.get("content"), str)
        if not said or not isinstance(message.get("role"), str):
            yield f"A message in the field {node.variable} has no role or no content."
            return
        if len(message["content"]) > limits.TEXT_LENGTH:
            yield f"A message in the field {node.variable} is longer than {limits.TEXT_LENGTH} characters."
            return


def _table(node: Node, value: Any, names: bool) -> Iterator[str]:
    rows = value if isinstance(value, list) else [value]
    if not 0 < len(rows) <= limits.TABLE_ROWS or any(not isinstance(row, (dict, list)) for row in rows):
        yield f"The field {node.variable} is no table: an object, or a list of 1 to {limits.TABLE_ROWS} rows."
        return
    for row in rows:
        cells = list(row.values()) if isinstance(row, dict) else row
        if len(cells) > limits.TABLE_CELLS or any(_length(cell) > limits.CELL_LENGTH for cell in cells):
            yield f"A row in the field {node.variable} has too many cells, or one that is too long."
            return


def _length(cell: Any) -> int:
    """How many characters a cell takes; data has been looked through before (see _strange)."""
    return len(cell) if isinstance(cell, str) else len(json.dumps(cell, ensure_ascii=False))


def _series(node: Node, value: Any, names: bool) -> Iterator[str]:
    if names and isinstance(value, str):
        return  # a CSV file, whose columns go into the task when the campaign is made
    if not isinstance(value, dict):
        yield f"The field {node.variable} is not an object of columns."
        return
    wanted = [option.value for option in node.options]
    for column in [*([node.get("timeColumn")] if node.get("timeColumn") else []), *wanted]:
        found = value.get(column)
        if not isinstance(found, list) or not 0 < len(found) <= limits.SAMPLES:
            yield f"The field {node.variable} has no column {column} of 1 to {limits.SAMPLES} values."
        elif any(isinstance(sample, (list, dict)) for sample in found):
            yield f"The column {column} of the field {node.variable} holds more than single values."


def _free(node: Node, value: Any, names: bool) -> Iterator[str]:
    yield from ()


_BY_TAG: dict[str, Callable[[Node, Any, bool], Iterator[str]]] = {
    "Text": _text,
    "HyperText": _text,
    "Header": _text,
    "Paragraphs": _paragraphs,
    "Chat": _chat,
    "Table": _table,
    "List": _list,
    "TimeSeries": _series,
    "TextArea": _text,
}


def _reader(node: Node) -> Callable[[Node, Any, bool], Iterator[str]]:
    return _options if takes_options(node) else _BY_TAG.get(node.tag, _free)
