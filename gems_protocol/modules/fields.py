# SPDX-License-Identifier: Apache-2.0
"""Whether the fields of a task hold what the elements of a module show; each problem in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from gems_protocol.modules import limits
from gems_protocol.modules.bind import takes_options
from gems_protocol.modules.options import items_from, options_from
from gems_protocol.modules.tree import MEDIA_TAGS, Module, Node

MEDIA = re.compile(r"sha256:[0-9a-f]{64}", re.ASCII)


def task_problems(module: Module, task: dict[str, Any], *, names: bool = False) -> list[str]:
    """Why a task's data cannot be shown with this module; empty when it can. `names`: media may be file names."""
    found: list[str] = []
    for node in module.nodes:
        for variable in (node.variable, node.sound):
            if variable:
                value = task.get(variable)
                if value is None:
                    found.append(f"The field {variable} is missing.")
                else:
                    media = variable == node.sound or node.tag in MEDIA_TAGS
                    found.extend(
                        _media(variable, value, names) if media else _reader(node)(node, value, names)
                    )
    return list(dict.fromkeys(found))


def _media(variable: str, value: Any, names: bool) -> Iterator[str]:
    pages = value if isinstance(value, list) else [value]
    if not 0 < len(pages) <= limits.PAGES:
        yield f"The field {variable} does not hold 1 to {limits.PAGES} pages."
    elif any(not isinstance(page, str) for page in pages):
        yield f"The field {variable} is not a text."
    elif not names and any(not MEDIA.fullmatch(page) for page in pages):
        yield f"The field {variable} does not name a file by its content hash."


def _text(node: Node, value: Any, names: bool) -> Iterator[str]:
    # Label Studio joins a list of texts by lines
    parts = value if isinstance(value, list) else [value]
    if any(not isinstance(part, (str, int)) or isinstance(part, bool) for part in parts):
        yield f"The field {node.variable} is not a text."
    elif sum(len(str(part)) for part in parts) > limits.TEXT_LENGTH:
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
        if len(cells) > limits.TABLE_CELLS or any(len(str(cell)) > limits.CELL_LENGTH for cell in cells):
            yield f"A row in the field {node.variable} has too many cells, or one that is too long."
            return


def _series(node: Node, value: Any, names: bool) -> Iterator[str]:
    if isinstance(value, str):
        if not names and not MEDIA.fullmatch(value):
            yield f"The field {node.variable} does not name a file by its content hash."
        return
    if not isinstance(value, dict):
        yield f"The field {node.variable} is neither a file nor an object of columns."
        return
    wanted = [option.value for option in node.options]
    for column in [*([node.get("timeColumn")] if node.get("timeColumn") else []), *wanted]:
        found = value.get(column)
        if not isinstance(found, list) or not 0 < len(found) <= limits.SAMPLES:
            yield f"The field {node.variable} has no column {column} of 1 to {limits.SAMPLES} values."


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
