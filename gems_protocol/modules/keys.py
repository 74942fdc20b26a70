# SPDX-License-Identifier: Apache-2.0
"""Gives every choice and label a key: the user's own wish, then the author's, then digits, then free letters."""

from __future__ import annotations

from collections.abc import Mapping

from gems_protocol.modules.tree import Module

Place = tuple[str, str]  # a control's name and the stored option

# Keys that the screens use themselves: accept, reject, skip, undo, zoom and moving must never clash.
RESERVED = frozenset({"escape", "enter", "return", "tab", "space", "delete", "backspace", "+", "-", "0"})
_FREE = "123456789qwertyuiopasdfghjklzxcvbm"


def assign(module: Module, wishes: Mapping[Place, str] | None = None) -> dict[Place, str]:
    """For each (control name, stored option) its key; options beyond the keyboard have none.

    `wishes` are the user's own keys; one that clashes with an earlier wish is not granted (see `clashes`).
    """
    wishes = wishes or {}
    keys: dict[Place, str] = {}
    taken: set[str] = set()
    options = [
        ((node.name, option.stored), option)
        for node in module.controls()
        if node.tag not in ("Ranker", "TextArea")
        for _, option in node.every_option()
    ]
    for place, _ in options:
        wish = wishes.get(place, "")
        if wish and usable(wish) and wish not in taken:
            keys[place] = wish
            taken.add(wish)
    for place, option in options:
        if place not in keys and option.key and usable(option.key) and option.key not in taken:
            keys[place] = option.key
            taken.add(option.key)
    free = iter([key for key in _FREE if key not in taken])
    for place, _ in options:
        if place not in keys and (key := next(free, None)) is not None:
            keys[place] = key
    return keys


def usable(key: str) -> bool:
    """Whether an option may have `key`: one visible character that no screen uses itself."""
    return len(key) == 1 and key.isprintable() and not key.isspace() and key not in RESERVED


def clash(module: Module, wishes: Mapping[Place, str], place: Place, key: str) -> Place | None:
    """The option to which the user or the author gave `key`, so that `place` cannot have it; None when it is free."""
    for other, wish in wishes.items():
        if other != place and wish == key:
            return other
    for node in module.controls():
        for _, option in node.every_option():
            at = (node.name, option.stored)
            if at != place and option.key == key and at not in wishes:
                return at
    return None
