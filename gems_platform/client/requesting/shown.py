# SPDX-License-Identifier: Apache-2.0
"""A task in words as its worker meets it: what is shown, then what can be answered, from top to bottom."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gems_protocol import modules
from gems_protocol.modules.tree import MEDIA_TAGS, WOVEN, Kind, Module, Node
from gems_protocol.text import clean

_MOST = 600  # characters of one text
_OPTIONS = 12  # of one control
_MARKS = {"Choices": "( )", "Rating": "(*)"}


def lines_of(module: Module, data: Mapping[str, Any], names: Mapping[str, str]) -> list[str]:
    """The lines of one task. names: SHA-256 -> the file's name; raises ValueError where the task does not fit."""
    bound = modules.bind(module, dict(data))
    found: list[str] = []
    for node in bound.nodes:
        if node.kind is Kind.OBJECT:
            found += _object(node, data, names)
        elif node.kind is Kind.CONTROL:
            found += _control(node)
    return found


def _object(node: Node, data: Mapping[str, Any], names: Mapping[str, str]) -> list[str]:
    if node.tag in MEDIA_TAGS:
        value = data.get(node.variable)
        files = [names.get(str(one).removeprefix("sha256:"), str(one)) for one in _list(value)]
        return [f"[{node.tag}] {', '.join(_short(name) for name in files)}"]
    if node.variable:
        return [f"[{node.tag}] {_short(data.get(node.variable, ''))}"]
    words = WOVEN.sub(lambda found: str(data.get(found[1], found[0])), node.get("value"))
    return [_short(words)] if words else []


def _control(node: Node) -> list[str]:
    mark = "[ ]" if node.multiple else _MARKS.get(node.tag, "-")
    options = [option for _, option in node.every_option()]
    if not options:
        return [f"{node.tag} ({node.name})"]
    found = [f"{node.tag} ({node.name}){', required' if node.flag('required') else ''}:"]
    for option in options[:_OPTIONS]:
        key = f"  key {option.key}" if option.key else ""
        hint = f"  {option.hint}" if option.hint else ""
        found.append(f"  {mark} {_short(option.shown)}{key}{_short(hint)}")
    if len(options) > _OPTIONS:
        found.append(f"  … and {len(options) - _OPTIONS} more")
    return found


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _short(value: Any) -> str:
    text = clean(value if isinstance(value, str) else repr(value), multiline=False)
    return text if len(text) <= _MOST else text[:_MOST] + "…"
