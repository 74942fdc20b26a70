# SPDX-License-Identifier: Apache-2.0
"""Values of what is chosen: choices, places of a tree, the better of two, an order of items."""

from __future__ import annotations

from typing import Any

from gems_protocol.modules import limits
from gems_protocol.modules.tree import Node
from gems_protocol.modules.values_base import Subject, Value, known, refuse, words

UNSORTED = "_"  # Label Studio's name for the items that lie in no bucket


def choices(value: Value, subject: Subject) -> None:
    """{"choices": [stored]}; with allowNested {"choices": [[path from the root]]}."""
    chosen = value["choices"]
    if type(chosen) is not list or not chosen:
        raise refuse("holds no choices")
    if subject.control.flag("allowNested"):
        paths(chosen, subject)
        above = {tuple(path[:depth]) for path in chosen for depth in range(1, len(path))}
        count = sum(tuple(path) not in above for path in chosen)
    else:
        known(chosen, subject, {option.stored for option in subject.control.options})
        count = len(chosen)
    if count > 1 and not subject.control.multiple:
        raise refuse("holds several choices where one is allowed")


def paths(chosen: list[Any], subject: Subject) -> None:
    """Refuse what is no list of paths of the control's tree, each once."""
    if len(chosen) > limits.DATA_OPTIONS:
        raise refuse("holds too many options")
    seen: set[tuple[str, ...]] = set()
    tree = {path for path, _ in subject.control.every_option()}
    for path in chosen:
        if type(path) is not list or not 0 < len(path) <= limits.OPTION_DEPTH:
            raise refuse("holds an option that is no path")
        if any(type(part) is not str for part in path):
            raise refuse("holds an option that is no path")
        if tuple(path) not in tree:
            if not subject.free:
                raise refuse("holds an option that the module does not have")
            for part in path:
                words(part, limits.LABEL_LENGTH, "holds an option that is empty or too long")
        seen.add(tuple(path))
    if len(seen) != len(chosen):
        raise refuse("holds an option twice")


def taxonomy(value: Value, subject: Subject) -> None:
    """{"taxonomy": [[path from the root]]}."""
    chosen = value["taxonomy"]
    if type(chosen) is not list or not 0 < len(chosen) <= limits.TAXONOMY_PATHS:
        raise refuse("holds no places of a tree, or too many")
    paths(chosen, subject)
    control = subject.control
    if control.flag("leafsOnly"):
        inner = {path for path, option in control.every_option() if option.children}
        if any(tuple(path) in inner for path in chosen):
            raise refuse("holds a place of a tree that is no end")
    if len(chosen) > control.number("maxUsages", limits.TAXONOMY_PATHS):
        raise refuse("holds more places of a tree than the module allows")


def pairwise(value: Value, subject: Subject) -> None:
    """{"selected": "left" | "right"}: the first or the second object that the control names."""
    if value["selected"] not in ("left", "right"):
        raise refuse("chooses neither left nor right")


def columns(control: Node) -> tuple[str, ...]:
    """The keys of a Ranker's value: its own name, or its buckets' and the one of what lies in none."""
    return (*(option.stored for option in control.options), UNSORTED) if control.options else (control.name,)


def ranker(value: Value, subject: Subject) -> None:
    """{"ranker": {column: [ids of items]}}: without buckets all items in order, else what lies in each bucket."""
    sorted_into = value["ranker"]
    if (
        type(sorted_into) is not dict
        or not sorted_into
        or not sorted_into.keys() <= set(columns(subject.control))
    ):
        raise refuse("sorts items into what the module does not have")
    items: list[Any] = []
    for column in sorted_into.values():
        if type(column) is not list:
            raise refuse("holds no list of items")
        items += column
    if len(items) > limits.DATA_OPTIONS or any(type(item) is not str for item in items):
        raise refuse("holds no list of items")
    if len(set(items)) != len(items):
        raise refuse("sorts an item twice")
    there = {option.stored for option in subject.shown.options} if subject.shown is not None else set()
    for item in items:
        words(item, limits.LABEL_LENGTH, "names an item that is empty or too long")
        if subject.module.bound and item not in there:
            raise refuse("sorts an item that the task does not have")
    if subject.module.bound and not subject.control.options and len(items) != len(there):
        raise refuse("does not sort all items")
