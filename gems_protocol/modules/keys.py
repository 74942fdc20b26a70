# SPDX-License-Identifier: Apache-2.0
"""Gives every choice and label a key: the author's own first, then digits, then free letters."""

from __future__ import annotations

from gems_protocol.modules.tree import Module

# Keys that the screens use themselves: accept, reject, skip, undo, zoom and moving must never clash.
RESERVED = frozenset({"escape", "enter", "return", "tab", "space", "delete", "backspace", "+", "-", "0"})
_FREE = "123456789qwertyuiopasdfghjklzxcvbnm"


def assign(module: Module) -> dict[tuple[str, str], str]:
    """For each (control name, stored option) its key; options beyond the keyboard have none."""
    keys: dict[tuple[str, str], str] = {}
    taken: set[str] = set()
    options = [(node.name, option) for node in module.controls() for option in node.options]
    for name, option in options:
        if option.key and option.key not in RESERVED and option.key not in taken:
            keys[name, option.stored] = option.key
            taken.add(option.key)
    free = iter([key for key in _FREE if key not in taken])
    for name, option in options:
        if (name, option.stored) not in keys and (key := next(free, None)) is not None:
            keys[name, option.stored] = key
    return keys
