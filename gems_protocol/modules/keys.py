# SPDX-License-Identifier: Apache-2.0
"""Gives every choice and label a key: the user's own wish, then the author's, then digits, then free letters."""

from __future__ import annotations

from collections.abc import Mapping

from gems_protocol.modules.tree import Module, Option

Place = tuple[str, str]  # a control's name and the stored option

# Keys that the screens use themselves: accept, reject, skip, undo, zoom and moving must never clash.
RESERVED = frozenset({"escape", "enter", "return", "tab", "space", "delete", "backspace", "+", "-", "0"})
_WITHOUT_KEYS = frozenset({"Ranker", "TextArea"})  # moved, or typed
_FREE = "123456789qwertyuiopasdfghjklzxcvbm"


def assign(module: Module, wishes: Mapping[Place, str] | None = None) -> dict[Place, str]:
    """For each (control name, stored option) its key; options beyond the keyboard have none.

    `wishes` are the user's own keys; one that clashes with an earlier wish is not granted (see `refused`).
    """
    wishes = wishes or {}
    keys: dict[Place, str] = {}
    taken: set[str] = set()
    options = _places(module)
    for place in options:
        wish = wishes.get(place, "").lower()
        if wish and usable(wish) and wish not in taken:
            keys[place] = wish
            taken.add(wish)
    for place, option in options.items():
        if place not in keys and option.key and usable(option.key) and option.key not in taken:
            keys[place] = option.key
            taken.add(option.key)
    free = iter([key for key in _FREE if key not in taken])
    trees = {node.name for node in module.controls() if node.tag == "Taxonomy"}  # too many: found by typing
    for place in options:
        if place[0] in trees:
            continue
        if place not in keys and (key := next(free, None)) is not None:
            keys[place] = key
    return keys


def usable(key: str) -> bool:
    """Whether an option may have `key`: one visible character that no screen uses itself."""
    return len(key) == 1 and key.isprintable() and not key.isspace() and key not in RESERVED


def clash(module: Module, wishes: Mapping[Place, str], place: Place, key: str) -> Place | None:
    """The option to which the user or the author gave `key`, so that `place` cannot have it; None when it is free.

    Keys that an option got by itself clash with nothing: that option takes another one (see `assign`).
    """
    places = _places(module)
    for other, wish in wishes.items():
        if other != place and other in places and wish.lower() == key.lower():
            return other
    for other, option in places.items():
        if other != place and option.key == key.lower() and other not in wishes:
            return other
    return None


def refused(module: Module, wishes: Mapping[Place, str], place: Place, key: str) -> str:
    """Why `place` cannot have `key`, in words; empty when it can."""
    if place not in _places(module):
        return "This module has no such option."
    if not usable(key):
        return "Choose one letter, digit or sign that no screen uses itself."
    other = clash(module, wishes, place, key)
    return f"“{key}” is already the key of {_places(module)[other].shown}." if other is not None else ""


def _places(module: Module) -> dict[Place, Option]:
    """Every option that may have a key, by its place; of options that are stored alike the first."""
    found: dict[Place, Option] = {}
    for node in module.controls():
        if node.tag not in _WITHOUT_KEYS:
            for _, option in node.every_option():
                found.setdefault((node.name, option.stored), option)
    return found
