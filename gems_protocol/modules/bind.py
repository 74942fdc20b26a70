# SPDX-License-Identifier: Apache-2.0
"""A module for one task: options and limits that the task's data brings, filled in."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from gems_protocol.modules.options import items_from, options_from
from gems_protocol.modules.tree import Kind, Module, Node

_OWN = frozenset({"value", "valueList", "audioUrl"})  # what shows data itself
_FROM_DATA = frozenset({"Choice", "Label"})


def bind(module: Module, data: dict[str, Any]) -> Module:
    """`module` with what comes from a task's `data`; raises ValueError, in words, for data that does not fit."""
    root = _bound(module.root, data)
    return replace(module, root=root, bound=True)


def takes_options(node: Node) -> bool:
    """Whether the options of a control come from the task ("$labels")."""
    from gems_protocol.modules.tags import TAGS

    return bool(node.variable) and node.kind is Kind.CONTROL and TAGS[node.tag].options in _FROM_DATA


def _bound(node: Node, data: dict[str, Any]) -> Node:
    children = tuple(_bound(child, data) for child in node.children)
    attributes = tuple((key, _filled(key, value, data)) for key, value in node.attributes)
    options = node.options
    if takes_options(node) and node.variable in data:
        options = (*options, *options_from(data[node.variable]))
    elif node.tag == "List" and node.variable in data:
        options = items_from(data[node.variable])
    if children == node.children and attributes == node.attributes and options == node.options:
        return node
    return replace(node, children=children, attributes=attributes, options=options)


def _filled(key: str, value: str, data: dict[str, Any]) -> str:
    if key in _OWN or not value.startswith("$"):
        return value
    found = data.get(value[1:], "")
    return str(found) if isinstance(found, (str, int)) and not isinstance(found, bool) else ""
