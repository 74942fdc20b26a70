# SPDX-License-Identifier: Apache-2.0
"""What of a task is read aloud: its instructions, then the headings and texts of the task itself, as plain words."""

from __future__ import annotations

from typing import Any

from gems_desktop.services.answers import module_of
from gems_protocol.errors import GemsError
from gems_protocol.instructions import blocks
from gems_protocol.modules.bind import bind
from gems_protocol.modules.plain import from_html
from gems_protocol.modules.tree import Node
from gems_protocol.text import clean

_MOST_LETTERS = 20_000


def spoken(instructions: str, config: str, data: dict[str, Any] | None) -> str:
    """The words, a paragraph a line; data: None leaves the task out (it warns of itself and is covered)."""
    parts = [block.text for block in blocks(instructions)]
    if data is not None:
        try:
            parts += [_words(node, data) for node in bind(module_of(config), data).nodes]
        except GemsError:
            parts.append("")  # a task that cannot be shown is not read either
    lines = (line.strip() for part in parts for line in part.splitlines())
    text = "\n".join(line for line in lines if line)
    return clean(text, max_length=_MOST_LETTERS)


def _words(node: Node, data: dict[str, Any]) -> str:
    if node.tag == "Header":
        return node.get("value")
    if node.tag not in ("Text", "HyperText") or node.get("valueType") == "url":
        return ""
    value = data.get(node.variable) if node.variable else node.get("value")
    if not isinstance(value, str):
        return ""
    return from_html(value)[0] if node.tag == "HyperText" else value
