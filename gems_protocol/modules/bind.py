# SPDX-License-Identifier: Apache-2.0
"""A module for one task: options, limits and words that the task's data brings, filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from gems_protocol.modules import limits
from gems_protocol.modules.options import items_from, options_from, word
from gems_protocol.modules.tags import TAGS
from gems_protocol.modules.tree import WOVEN, Kind, Module, Node, Option
from gems_protocol.text import clean, line

_OWN = frozenset({"value", "valueList", "audioUrl"})  # what shows data itself
_FROM_DATA = frozenset({"Choice", "Label"})
_WORDS = frozenset({"Header", "Text", "HyperText"})  # whose value may weave fields into words


def bind(module: Module, data: Mapping[str, Any]) -> Module:
    """`module` with what comes from a task's `data`; raises ValueError, in words, for data that does not fit."""
    root = _bound(module.root, data)
    return replace(module, root=root, bound=True)


def takes_options(node: Node) -> bool:
    """Whether the options of a control come from the task ("$labels")."""
    return bool(node.variable) and node.kind is Kind.CONTROL and TAGS[node.tag].options in _FROM_DATA


def _bound(node: Node, data: Mapping[str, Any]) -> Node:
    children = tuple(_bound(child, data) for child in node.children)
    attributes = tuple((key, _filled(node, key, value, data)) for key, value in node.attributes)
    options = _options(node, data)
    if children == node.children and attributes == node.attributes and options == node.options:
        return node
    return replace(node, children=children, attributes=attributes, options=options)


def _options(node: Node, data: Mapping[str, Any]) -> tuple[Option, ...]:
    if node.tag == "List" and node.variable in data:
        return items_from(data[node.variable])
    options = node.options
    if node.woven and node.kind is Kind.CONTROL:
        options = _written(options, data)
    if not takes_options(node) or node.variable not in data:
        return options
    flat = node.tag == "Choices" and not node.flag("allowNested")
    brought = options_from(data[node.variable])
    if flat:
        brought = tuple(replace(option, children=()) for option in brought)
    return _once((*options, *brought))


def _written(options: tuple[Option, ...], data: Mapping[str, Any]) -> tuple[Option, ...]:
    """Options whose values name fields of the task; one whose field is missing or empty is left out."""
    found = []
    for option in options:
        value = line(_woven(option.value, data), limits.LABEL_LENGTH)
        if value:
            found.append(replace(option, value=value, children=_written(option.children, data)))
    return _once(found)


def _once(options: tuple[Option, ...] | list[Option]) -> tuple[Option, ...]:
    """Each stored value once, the first of it."""
    kept: dict[str, Option] = {}
    for option in options:
        kept.setdefault(option.stored, option)
    return tuple(kept.values())


def _filled(node: Node, key: str, value: str, data: Mapping[str, Any]) -> str:
    if "$" not in value:
        return value
    if key == "value" and node.tag in _WORDS and not node.variable:
        words = clean(_woven(value, data), max_length=limits.TEXT_LENGTH)
        # what a task says must not be taken for the name of a field
        return f" {words}" if words.startswith("$") else words
    if key == "value" and node.tag == "TextArea" and not node.variable:
        return clean(_woven(value, data), max_length=limits.TYPED_LENGTH)
    if key in _OWN or not value.startswith("$"):
        return value
    return clean(word(data.get(value[1:])) or "", max_length=limits.TEXT_LENGTH)


def _woven(text: str, data: Mapping[str, Any]) -> str:
    """`text` with the fields that it names; longer than any text may be, it is cut."""
    room = limits.TEXT_LENGTH

    def value(name: str) -> str:
        nonlocal room
        found = (word(data.get(name)) or "")[: max(room, 0)]
        room -= len(found)
        return found

    return WOVEN.sub(lambda match: value(match[1]), text)
